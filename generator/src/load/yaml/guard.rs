//! One cheap pass over a YAML text that finds what libyaml should not be given.
//!
//! It splits the text into tokens as libyaml does, so that brackets in descriptions count for nothing. Where a text
//! is broken it may disagree with libyaml, which then stops at the same place.

use std::collections::HashSet;

use crate::diagnostic::Code;
use crate::load::fault::{Fault, FaultPlace};
use crate::load::limits::Limits;

/// More `%TAG` lines than any honest text has; each costs libyaml a look at all others.
const DIRECTIVES: usize = 32;

/// What the pass noticed on its way.
pub(super) struct Facts {
    /// Where a second document begins.
    pub(super) second_document: Option<usize>,
}

/// Looks the text over.
pub(super) fn check(text: &str, limits: &Limits) -> Result<Facts, Fault> {
    if let Some((at, character)) = text.char_indices().find(|(_, c)| !is_allowed(*c)) {
        let message = format!("the character U+{:04X} is not allowed in YAML", u32::from(character));
        return Err(Fault::new(Code::Syntax, FaultPlace::Offset(at), message));
    }
    let mut scan = Scan::new(text, limits);
    while scan.skip_space() {
        scan.token()?;
    }
    Ok(Facts {
        second_document: scan.second_document,
    })
}

fn is_allowed(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => true,
        '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}' => false,
        other => !other.is_control(),
    }
}

struct Scan<'t> {
    text: &'t str,
    bytes: &'t [u8],
    limits: &'t Limits,
    at: usize,
    line_start: usize,
    /// How many flow collections are open.
    flow: usize,
    /// Column of the innermost block collection; what is indented further belongs to it.
    block: Option<usize>,
    /// Column of the first token since the last indicator, where a key would begin.
    start: Option<usize>,
    tokens: usize,
    directives: usize,
    anchors: HashSet<&'t str>,
    second_document: Option<usize>,
}

impl<'t> Scan<'t> {
    fn new(text: &'t str, limits: &'t Limits) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            limits,
            at: 0,
            line_start: 0,
            flow: 0,
            block: None,
            start: None,
            tokens: 0,
            directives: 0,
            anchors: HashSet::new(),
            second_document: None,
        }
    }

    /// Skips white space, line breaks and comments; false at the end.
    fn skip_space(&mut self) -> bool {
        loop {
            match self.byte(0) {
                Some(b' ' | b'\t') => self.at += 1,
                Some(b'#') => self.skip_line(),
                Some(_) if self.line_break(self.at) > 0 => self.pass_break(),
                Some(_) => return true,
                None => return false,
            }
        }
    }

    fn token(&mut self) -> Result<(), Fault> {
        let column = self.column();
        if column == 0 && self.flow == 0 && self.byte(0) == Some(b'%') {
            return self.directive();
        }
        if self.at_marker() {
            self.marker();
            return Ok(());
        }
        let first = self.bytes[self.at];
        match first {
            b'[' | b'{' => return self.open(column),
            b']' | b'}' => {
                self.flow = self.flow.saturating_sub(1);
                self.at += 1;
                return Ok(());
            }
            b',' => {
                self.at += 1;
                return Ok(());
            }
            b'-' | b'?' if self.blank(self.at + 1) => self.indicator(column),
            b'?' if self.flow > 0 => self.at += 1,
            b':' if self.flow > 0 || self.blank(self.at + 1) => {
                self.indicator(self.start.unwrap_or(column));
            }
            _ => {
                self.begin(column);
                return self.scalar(first);
            }
        }
        self.count()
    }

    /// Everything that is not an indicator: properties, aliases, scalars.
    fn scalar(&mut self, first: u8) -> Result<(), Fault> {
        match first {
            b'&' => return self.anchor(),
            b'*' => self.word(),
            b'!' => self.tag(),
            b'|' | b'>' if self.flow == 0 => self.block_scalar(),
            b'"' | b'\'' => self.quoted(first),
            _ => self.plain(),
        }
        self.count()
    }

    fn open(&mut self, column: usize) -> Result<(), Fault> {
        self.begin(column);
        if self.flow >= self.limits.depth {
            let message = format!("values are nested more than {} levels deep", self.limits.depth);
            return Err(Fault::new(Code::Limit, FaultPlace::Offset(self.at), message));
        }
        self.flow += 1;
        self.at += 1;
        self.count()
    }

    fn count(&mut self) -> Result<(), Fault> {
        self.tokens += 1;
        // A key, its colon and its value are three tokens and one node.
        if self.tokens / 3 <= self.limits.nodes {
            return Ok(());
        }
        let message = format!("the document holds more than {} values", self.limits.nodes);
        Err(Fault::new(Code::Limit, FaultPlace::Offset(self.at), message))
    }

    fn directive(&mut self) -> Result<(), Fault> {
        self.directives += 1;
        if self.directives > DIRECTIVES {
            let message = format!("there are more than {DIRECTIVES} YAML directives");
            return Err(Fault::new(Code::Limit, FaultPlace::Offset(self.at), message));
        }
        self.skip_line();
        Ok(())
    }

    fn marker(&mut self) {
        let begins = self.bytes[self.at] == b'-';
        if begins && self.tokens > 0 && self.second_document.is_none() {
            self.second_document = Some(self.at);
        }
        self.block = None;
        self.start = None;
        self.at += 3;
    }

    fn anchor(&mut self) -> Result<(), Fault> {
        let from = self.at;
        self.word();
        let name = &self.text[from..self.at];
        if self.anchors.insert(name) {
            return Ok(());
        }
        let message = format!("the anchor `{name}` is defined twice");
        Err(Fault::new(Code::Syntax, FaultPlace::Offset(from), message).help("give every anchor a unique name"))
    }

    /// An anchor or an alias: the mark and its name.
    fn word(&mut self) {
        self.at += 1;
        while self
            .byte(0)
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        {
            self.at += 1;
        }
    }

    fn tag(&mut self) {
        let verbatim = self.byte(1) == Some(b'<');
        while !self.blank(self.at) {
            let byte = self.bytes[self.at];
            if verbatim && byte == b'>' {
                self.at += 1;
                return;
            }
            if !verbatim && matches!(byte, b',' | b'[' | b']' | b'{' | b'}') {
                return;
            }
            self.at += 1;
        }
    }

    fn quoted(&mut self, quote: u8) {
        self.at += 1;
        while let Some(byte) = self.byte(0) {
            if byte == b'\\' && quote == b'"' {
                self.at += 1;
                if self.line_break(self.at) == 0 {
                    self.at += 1;
                }
            } else if byte == quote {
                self.at += 1;
                if quote == b'"' || self.byte(0) != Some(b'\'') {
                    return;
                }
                self.at += 1;
            } else if self.line_break(self.at) > 0 {
                self.break_line();
            } else {
                self.at += 1;
            }
        }
    }

    fn plain(&mut self) {
        loop {
            while !self.blank(self.at) {
                let byte = self.bytes[self.at];
                let ends = match byte {
                    b':' => self.blank(self.at + 1),
                    b',' | b'[' | b']' | b'{' | b'}' => self.flow > 0,
                    _ => false,
                };
                if ends {
                    return;
                }
                self.at += 1;
            }
            if !self.continues() {
                return;
            }
        }
    }

    /// Goes to the next word of a plain scalar, if there is one, else to the end of the last.
    fn continues(&mut self) -> bool {
        let end = (self.at, self.line_start);
        while self.at < self.bytes.len() && self.blank(self.at) {
            match self.line_break(self.at) {
                0 => self.at += 1,
                _ => self.break_line(),
            }
        }
        let same_line = self.line_start == end.1;
        let inside = same_line || self.flow > 0 || self.indented();
        let more = inside && !matches!(self.byte(0), None | Some(b'#')) && !self.at_marker();
        if !more {
            (self.at, self.line_start) = end;
        }
        more
    }

    fn indented(&self) -> bool {
        self.block.is_none_or(|block| self.column() > block)
    }

    fn block_scalar(&mut self) {
        let header = self.at;
        self.skip_line();
        let explicit = self.text[header..self.at]
            .bytes()
            .skip(1)
            .take_while(|byte| matches!(byte, b'+' | b'-' | b'0'..=b'9'))
            .find(u8::is_ascii_digit)
            .map(|digit| usize::from(digit - b'0'));
        let least = self.block.map_or(0, |block| block + 1);
        let mut indent = explicit.map(|more| self.block.unwrap_or(0) + more);
        let mut widest = 0;
        while self.at < self.bytes.len() {
            let line = (self.at, self.line_start);
            self.break_line();
            while self.byte(0) == Some(b' ') && indent.is_none_or(|indent| self.column() < indent) {
                self.at += 1;
            }
            widest = widest.max(self.column());
            if self.at < self.bytes.len() && self.line_break(self.at) > 0 {
                continue;
            }
            let indent = *indent.get_or_insert_with(|| widest.max(least).max(1));
            if self.column() < indent {
                (self.at, self.line_start) = line;
                return;
            }
            self.skip_line();
        }
    }

    /// A block collection begins or goes on at `column`.
    fn indicator(&mut self, column: usize) {
        self.at += 1;
        if self.flow == 0 {
            self.block = Some(column);
            self.start = None;
        }
    }

    fn begin(&mut self, column: usize) {
        if self.flow == 0 {
            self.start.get_or_insert(column);
        }
    }

    fn at_marker(&self) -> bool {
        let rest = &self.bytes[self.at..];
        self.column() == 0 && (rest.starts_with(b"---") || rest.starts_with(b"...")) && self.blank(self.at + 3)
    }

    fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.line_break(self.at) == 0 {
            self.at += 1;
        }
    }

    fn pass_break(&mut self) {
        self.break_line();
        if self.flow == 0 {
            self.start = None;
        }
    }

    fn break_line(&mut self) {
        self.at += self.line_break(self.at);
        self.line_start = self.at;
    }

    fn column(&self) -> usize {
        self.at - self.line_start
    }

    fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    fn blank(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            None | Some(b' ' | b'\t') => true,
            Some(_) => self.line_break(at) > 0,
        }
    }

    /// The length of the line break at `at`; YAML 1.1 also breaks lines at NEL, LS and PS.
    fn line_break(&self, at: usize) -> usize {
        match self.bytes.get(at..).unwrap_or_default() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xC2, 0x85, ..] => 2,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests;
