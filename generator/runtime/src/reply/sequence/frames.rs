//! Elements of JSON Lines and of JSON text sequences (RFC 7464).

use bytes::{Buf as _, Bytes};

use super::super::decode::Fault;
use super::parsing::{TooLong, without_mark};

/// What begins an element of a JSON text sequence.
const RECORD_SEPARATOR: u8 = 0x1e;

/// What stands between two elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    /// A line feed (JSON Lines).
    Lines,
    /// A record separator (RFC 7464).
    Records,
}

/// Parser of elements from a body in chunks. Its buffer never exceeds the limit, except for the last chunk.
#[derive(Debug)]
pub(crate) struct FrameParser {
    framing: Framing,
    limit: usize,
    pending: Bytes,
    text: Vec<u8>,
    first: bool,
    nesting: Nesting,
}

impl FrameParser {
    pub(crate) fn new(framing: Framing, limit: usize) -> Self {
        Self {
            framing,
            limit,
            pending: Bytes::new(),
            text: Vec::new(),
            first: true,
            nesting: Nesting::default(),
        }
    }

    /// Takes the next chunk, once [`next`](Self::next) has returned `None`.
    pub(crate) fn push(&mut self, piece: Bytes) {
        self.pending = piece;
    }

    /// Returns the text of the next element; `None` if more input is needed.
    pub(crate) fn next(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        while let Some(end) = self.end() {
            if self.text.len() + end > self.limit {
                return Err(TooLong);
            }
            self.text.extend_from_slice(&self.pending[..end]);
            let separator = self.pending[end];
            self.pending.advance(end + 1);
            // the line feed tells a number from the beginning of a longer one
            if separator == b'\n' {
                self.text.push(separator);
            }
            if let Some(text) = self.take() {
                return Ok(Some(text));
            }
        }
        if self.text.len() + self.pending.len() > self.limit {
            return Err(TooLong);
        }
        self.text.extend_from_slice(&self.pending);
        self.pending.clear();
        Ok(None)
    }

    /// Returns the element that the end of the body completes.
    pub(crate) fn finish(&mut self) -> Option<Vec<u8>> {
        self.take()
    }

    /// Whether the text is the beginning of a longer one: of a number or a word without white space after it, no one
    /// can tell (RFC 7464, section 2.4).
    pub(crate) fn fault(&self, text: &[u8]) -> Option<Fault> {
        let word = !matches!(text.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'));
        let cut = self.framing == Framing::Records && word && !text.last().is_some_and(u8::is_ascii_whitespace);
        cut.then(|| Fault {
            steps: Vec::new(),
            reason: "the text is cut off".to_owned(),
            offset: text.len(),
            quotes: true,
        })
    }

    /// Where the element ends in the piece.
    fn end(&mut self) -> Option<usize> {
        let framing = self.framing;
        let nesting = &mut self.nesting;
        self.pending.iter().position(|&byte| match framing {
            Framing::Lines => byte == b'\n',
            Framing::Records => nesting.ends(byte),
        })
    }

    fn take(&mut self) -> Option<Vec<u8>> {
        self.nesting = Nesting::default();
        let taken = std::mem::take(&mut self.text);
        let text = without_mark(&taken, &mut self.first);
        let blank = text.iter().all(u8::is_ascii_whitespace);
        (!blank).then(|| text.to_vec())
    }
}

/// How far a JSON text has come, so that an element is given before the next one begins.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl Nesting {
    /// Whether the text ends with this byte.
    fn ends(&mut self, byte: u8) -> bool {
        if byte == RECORD_SEPARATOR {
            return true;
        }
        if self.in_string {
            self.in_string = self.escaped || byte != b'"';
            self.escaped = byte == b'\\' && !self.escaped;
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth = self.depth.saturating_sub(1),
            b'\n' => return self.begun && self.depth == 0,
            _ => {}
        }
        self.begun |= !byte.is_ascii_whitespace();
        false
    }
}
