//! Diagnostics as text: for terminals, logs and programs.
//!
//! Everything that may come from the document passes through [`visible`] or JSON escaping, so that a description
//! cannot move the cursor, change the direction of the text or fake another message.

mod snippet;
mod text;

use std::fmt::Write as _;
use std::str::FromStr;

use serde_json::{Value, json};

use self::snippet::Text;
pub(crate) use self::text::escape_json;
use super::message::{Diagnostic, Place};
use crate::document::{Document, Origin, Source};
use crate::load::Position;
use crate::pointer::Pointer;
use crate::text::visible;

/// Output format of diagnostics.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// Several lines, with the affected line of the document.
    #[default]
    Human,
    /// One line per diagnostic.
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

/// Renders diagnostics about one document as text.
#[derive(Debug)]
pub struct Renderer<'a> {
    format: MessageFormat,
    document: Option<&'a Document>,
    overlays: &'a [Source],
    /// The document, then the parts that were there to be read.
    texts: Vec<(Option<usize>, Text<'a>)>,
}

/// A resolved location.
struct Spot<'r, 'a> {
    text: &'r Text<'a>,
    position: Option<Position>,
    /// The pointer that leads to it in the text as the user wrote it.
    pointer: Option<Pointer>,
}

impl<'a> Renderer<'a> {
    /// Creates a renderer for diagnostics about `source`, and `document` if it could be loaded.
    #[must_use]
    pub fn new(format: MessageFormat, source: &'a Source, document: Option<&'a Document>) -> Self {
        Self {
            format,
            document,
            overlays: &[],
            texts: Text::all(source, document),
        }
    }

    /// Sets the overlays of the configuration, so that diagnostics about them show their location there.
    #[must_use]
    pub fn with_overlays(self, overlays: &'a [Source]) -> Self {
        Self { overlays, ..self }
    }

    /// Returns the text of one diagnostic, without a trailing line break.
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
        let spot = self.place(&diagnostic.at);
        let before = matches!(diagnostic.at, Place::Position { .. });
        let margin = spot.text.snippet(&mut text, spot.position, before);
        if let Some(pointer) = spot.pointer {
            let _ = write!(text, "\n{margin}= at: {}", visible(&pointer.to_string()));
        }
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, "\n{margin}= help: {}", visible(help));
        }
        for (at, label) in &diagnostic.related {
            let _ = write!(text, "\nnote: {}", visible(label));
            let spot = self.node(at);
            let margin = spot.text.snippet(&mut text, spot.position, false);
            if let Some(pointer) = spot.pointer {
                let _ = write!(text, "\n{margin}= at: {}", visible(&pointer.to_string()));
            }
        }
        text
    }

    fn short(&self, diagnostic: &Diagnostic) -> String {
        let spot = self.place(&diagnostic.at);
        let mut text = format!("{}: {}", spot.text.file(spot.position), headline(diagnostic));
        if let Some(help) = &diagnostic.help {
            let _ = write!(text, " (help: {})", visible(help));
        }
        text
    }

    fn json(&self, diagnostic: &Diagnostic) -> String {
        let spot = self.place(&diagnostic.at);
        let related = diagnostic.related.iter().map(|(at, label)| {
            let spot = self.node(at);
            json!({
                "message": label,
                "file": spot.text.name,
                "line": spot.position.map(|position| position.line),
                "column": spot.position.map(|position| position.column),
                "pointer": spot.pointer.map(|pointer| pointer.to_string()),
            })
        });
        let object = json!({
            "code": diagnostic.code.id(),
            "severity": diagnostic.code.severity().to_string(),
            "message": diagnostic.message,
            "file": spot.text.name,
            "line": spot.position.map(|position| position.line),
            "column": spot.position.map(|position| position.column),
            "pointer": spot.pointer.map(|pointer| pointer.to_string()),
            "help": diagnostic.help,
            "related": related.collect::<Vec<Value>>(),
        });
        escape_json(&object.to_string())
    }

    fn place(&self, place: &Place) -> Spot<'_, 'a> {
        let position = match place {
            Place::Document => None,
            Place::Position { line, column } => {
                let (line, column) = (*line, *column);
                Some(Position { line, column })
            }
            Place::Node(at) => return self.node(at),
        };
        Spot {
            text: &self.texts[0].1,
            position,
            pointer: None,
        }
    }

    /// Returns the file of a node, its position and the pointer that leads to it there.
    pub(crate) fn spot(&self, at: &Pointer) -> (String, Option<Position>, Option<Pointer>) {
        let spot = self.node(at);
        (visible(&spot.text.name).into_owned(), spot.position, spot.pointer)
    }

    fn node(&self, at: &Pointer) -> Spot<'_, 'a> {
        let origin = match self.document {
            Some(document) => document.original(at),
            None => Origin {
                part: None,
                at: at.clone(),
            },
        };
        let own = self.texts.iter().find(|(part, _)| *part == origin.part);
        let (_, text) = own.unwrap_or(&self.texts[0]);
        Spot {
            text,
            position: text.locate(&origin.at),
            pointer: Some(origin.at),
        }
    }
}

fn headline(diagnostic: &Diagnostic) -> String {
    let code = diagnostic.code;
    format!("{}[{code}]: {}", code.severity(), visible(&diagnostic.message))
}

#[cfg(test)]
mod tests;
