//! Errors of reading a file.

use super::position::Position;
use crate::diagnostic::{Code, Diagnostic, Place};

/// Why a text could not be read, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: Option<String>,
    pub(super) at: FaultPlace,
}

/// Where a fault stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultPlace {
    Unknown,
    Offset(usize),
    Position(Position),
}

impl Fault {
    pub(super) fn new(code: Code, at: FaultPlace, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: None,
            at,
        }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn into_diagnostic(self, text: &str) -> Diagnostic {
        let position = match self.at {
            FaultPlace::Unknown => None,
            FaultPlace::Offset(offset) => Some(Position::of_offset(text, offset)),
            FaultPlace::Position(position) => Some(position),
        };
        let at = position.map_or(Place::Document, |Position { line, column }| Place::Position {
            line,
            column,
        });
        let diagnostic = Diagnostic::new(self.code, at, self.message);
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}
