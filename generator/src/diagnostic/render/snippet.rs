//! Source text of diagnostics: positions, and the lines shown in messages.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use super::text::window;
use crate::document::{Document, Notation, Source};
use crate::load::{self, Index, Position};
use crate::pointer::Pointer;
use crate::text::visible;

/// One of the texts of a source.
#[derive(Debug)]
pub(super) struct Text<'a> {
    /// What messages call it.
    pub(super) name: Cow<'a, str>,
    bytes: &'a [u8],
    /// Its notation, once that is known.
    notation: Option<Notation>,
    lines: OnceLock<Vec<Cow<'a, str>>>,
    index: OnceLock<Index<'a>>,
}

impl<'a> Text<'a> {
    /// The document, then its parts by their index.
    pub(super) fn all(source: &'a Source, document: Option<&Document>) -> Vec<(Option<usize>, Self)> {
        let text = |name, bytes, notation| Self {
            name,
            bytes,
            notation,
            lines: OnceLock::new(),
            index: OnceLock::new(),
        };
        let notation = document.map(|document| document.notation);
        let mut all = vec![(None, text(Cow::Borrowed(source.name.as_str()), &source.bytes, notation))];
        for (index, part) in source.parts.iter().enumerate() {
            if let Ok(bytes) = &part.content {
                // Flow-style YAML begins like JSON.
                let unclear = bytes.trim_ascii_start().starts_with(b"{");
                let notation = (!unclear).then_some(Notation::Yaml);
                all.push((Some(index), text(source.name_of(part), bytes, notation)));
            }
        }
        all
    }

    /// Where a node stands.
    pub(super) fn locate(&self, at: &Pointer) -> Option<Position> {
        let Some(notation) = self.notation else {
            return load::locate_in(self.bytes, Notation::Json, at)
                .or_else(|| load::locate_in(self.bytes, Notation::Yaml, at));
        };
        self.index
            .get_or_init(|| Index::new(self.bytes, notation))
            .find(at)
            .or_else(|| load::locate_in(self.bytes, notation, at))
    }

    /// The name, with line and column when they are known.
    pub(super) fn file(&self, position: Option<Position>) -> String {
        let name = visible(&self.name);
        match position {
            Some(Position { line, column }) => format!("{name}:{line}:{column}"),
            None => name.into_owned(),
        }
    }

    /// Appends the place and its line; returns the margin of what follows.
    pub(super) fn snippet(&self, text: &mut String, position: Option<Position>, before: bool) -> String {
        let lines = self.lines.get_or_init(|| load::lines(self.bytes));
        let line = position.map(|position| position.line);
        let margin = " ".repeat(line.map_or(1, |line| line.to_string().len()) + 1);
        let _ = write!(text, "\n{}--> {}", &margin[1..], self.file(position));
        let Some((Position { line, column }, shown)) =
            position.and_then(|position| Some((position, lines.get(position.line - 1)?)))
        else {
            return margin;
        };
        let _ = write!(text, "\n{margin}|");
        let (shown, caret, length) = window(shown, column);
        if before && line > 1 && !lines[line - 2].trim().is_empty() {
            let (previous, ..) = window(&lines[line - 2], 1);
            let width = margin.len() - 1;
            let _ = write!(text, "\n{:>width$} | {previous}", line - 1);
        }
        let (indent, marks) = (" ".repeat(caret), "^".repeat(length));
        let _ = write!(text, "\n{line} | {shown}\n{margin}| {indent}{marks}\n{margin}|");
        margin
    }
}
