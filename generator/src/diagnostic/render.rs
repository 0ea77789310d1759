//! Diagnostics as text: for a terminal, for a log, for a program.
//!
//! Everything that may come from the document passes through [`visible`] or JSON escaping, so that a description
//! cannot move the cursor, change the direction of the text or fake another message.

mod text;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::str::FromStr;
use std::sync::OnceLock;

use serde_json::{Value, json};

use self::text::{escape_json, visible, window};
use super::{Diagnostic, Place};
use crate::document::{Document, Notation, Source};
use crate::load::{self, Index, Position};
use crate::pointer::Pointer;

/// How diagnostics are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// Several lines, with an excerpt of the document.
    #[default]
    Human,
    /// One line each.
    Short,
    /// One JSON object per line.
    Json,
}

impl FromStr for MessageFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "human" => Ok(Self::Human),
            "short" => Ok(Self::Short),
            "json" => Ok(Self::Json),
            other => Err(format!("`{other}` is not one of `human`, `short`, `json`")),
        }
    }
}

/// Turns diagnostics about one document into text.
#[derive(Debug)]
pub struct Renderer<'a> {
    format: MessageFormat,
    source: &'a Source,
    document: Option<&'a Document>,
    overlays: &'a [Source],
    lines: Vec<Cow<'a, str>>,
    index: OnceLock<Index<'a>>,
}

impl<'a> Renderer<'a> {
    /// A renderer for messages about `source`, and `document` once that was loaded.
    #[must_use]
    pub fn new(format: MessageFormat, source: &'a Source, document: Option<&'a Document>) -> Self {
        Self {
            format,
            source,
            document,
            overlays: &[],
            lines: load::lines(&source.bytes),
            index: OnceLock::new(),
        }
    }

    /// Shows messages about overlays at their place there; `overlays` are those of the configuration.
    #[must_use]
    pub fn with_overlays(self, overlays: &'a [Source]) -> Self {
        Self { overlays, ..self }
    }

    /// The text of one diagnostic, without a line break at its end.
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic) -> String {
        if let Some(overlay) = diagnostic.overlay.and_then(|index| self.overlays.get(index)) {
            let own = Diagnostic {
                overlay: None,
                ..diagnostic.clone()
            };
            return Renderer::new(self.format, overlay, None).render(&own);
        }
        match self.format {
            MessageFormat::Human => self.human(diagnostic),
            MessageFormat::Short => self.short(diagnostic),
            MessageFormat::Json => self.json(diagnostic),
        }
    }

    fn human(&self, diagnostic: &Diagnostic) -> String {
        let mut text = headline(diagnostic);
        let (position, pointer) = self.place(&diagnostic.at);
        let before = matches!(diagnostic.at, Place::Position { .. });
        let margin = self.excerpt(&mut text, position, before);
        if let Some(pointer) = pointer {
            let _ = write!(text, "\n{margin}= at: {}", visible(&pointer.to_string()));
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, "\n{margin}= help: {}", visible(help));
        }
        for (at, label) in &diagnostic.related {
            let _ = write!(text, "\nnote: {}", visible(label));
            let (position, pointer) = self.node(at);
            let margin = self.excerpt(&mut text, position, false);
            let _ = write!(text, "\n{margin}= at: {}", visible(&pointer.to_string()));
        }
        text
    }

    fn short(&self, diagnostic: &Diagnostic) -> String {
        let (position, _) = self.place(&diagnostic.at);
        let mut text = format!("{}: {}", self.file(position), headline(diagnostic));
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, " (help: {})", visible(help));
        }
        text
    }

    fn json(&self, diagnostic: &Diagnostic) -> String {
        let (position, pointer) = self.place(&diagnostic.at);
        let related = diagnostic.related.iter().map(|(at, label)| {
            let (position, pointer) = self.node(at);
            json!({
                "message": label,
                "line": position.map(|position| position.line),
                "column": position.map(|position| position.column),
                "pointer": pointer.to_string(),
            })
        });
        let object = json!({
            "code": diagnostic.code.id(),
            "severity": diagnostic.code.severity().to_string(),
            "message": diagnostic.message,
            "file": self.source.name,
            "line": position.map(|position| position.line),
            "column": position.map(|position| position.column),
            "pointer": pointer.map(|pointer| pointer.to_string()),
            "help": diagnostic.help,
            "related": related.collect::<Vec<Value>>(),
        });
        escape_json(&object.to_string())
    }

    fn place(&self, place: &Place) -> (Option<Position>, Option<Pointer>) {
        match place {
            Place::Document => (None, None),
            Place::Position { line, column } => {
                let (line, column) = (*line, *column);
                (Some(Position { line, column }), None)
            }
            Place::Node(at) => {
                let (position, original) = self.node(at);
                (position, Some(original))
            }
        }
    }

    /// Where a node stands, and the pointer that leads to it in the text as the user wrote it.
    fn node(&self, at: &Pointer) -> (Option<Position>, Pointer) {
        let original = self
            .document
            .map_or_else(|| at.clone(), |document| document.original(at));
        (self.locate(&original), original)
    }

    fn locate(&self, at: &Pointer) -> Option<Position> {
        let Some(document) = self.document else {
            return load::locate(self.source, Notation::Json, at)
                .or_else(|| load::locate(self.source, Notation::Yaml, at));
        };
        self.index
            .get_or_init(|| Index::new(self.source, document.notation))
            .find(at)
            .or_else(|| load::locate(self.source, document.notation, at))
    }

    fn file(&self, position: Option<Position>) -> String {
        let name = visible(&self.source.name);
        match position {
            Some(Position { line, column }) => format!("{name}:{line}:{column}"),
            None => name.into_owned(),
        }
    }

    /// Appends the place and its line; returns the margin of what follows.
    fn excerpt(&self, text: &mut String, position: Option<Position>, before: bool) -> String {
        let line = position.map(|position| position.line);
        let margin = " ".repeat(line.map_or(1, |line| line.to_string().len()) + 1);
        let _ = write!(text, "\n{}--> {}", &margin[1..], self.file(position));
        let Some((Position { line, column }, shown)) =
            position.and_then(|position| Some((position, self.lines.get(position.line - 1)?)))
        else {
            return margin;
        };
        let _ = write!(text, "\n{margin}|");
        let (shown, caret, length) = window(shown, column);
        if before && line > 1 && !self.lines[line - 2].trim().is_empty() {
            let (previous, ..) = window(&self.lines[line - 2], 1);
            let width = margin.len() - 1;
            let _ = write!(text, "\n{:>width$} | {previous}", line - 1);
        }
        let (indent, marks) = (" ".repeat(caret), "^".repeat(length));
        let _ = write!(text, "\n{line} | {shown}\n{margin}| {indent}{marks}\n{margin}|");
        margin
    }
}

fn headline(diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    format!("{}[{code}]: {}", code.severity(), visible(&diagnostic.message))
}

#[cfg(test)]
mod tests;
