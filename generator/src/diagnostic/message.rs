//! One message about a document, and those of a run.

use std::collections::HashSet;

use super::code::{Code, Severity};
use crate::document::Document;
use crate::pointer::Pointer;

/// Where a diagnostic points.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A line and a column, both counted from 1; known when the text could not be read as YAML or JSON.
    Position {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A node of the document.
    Node(Pointer),
}

/// One message about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of message this is.
    pub code: Code,
    /// The overlay it is about, by its position in the configuration; the document when there is none.
    pub overlay: Option<usize>,
    /// The place it is about.
    pub at: Place,
    /// What was found, in one sentence without a full stop.
    pub message: String,
    /// Other places that matter, each with a label.
    pub related: Vec<(Pointer, String)>,
    /// What the reader can do about it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A message about `at`.
    #[must_use]
    pub fn new(code: Code, at: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            overlay: None,
            at,
            message: message.into(),
            related: Vec::new(),
            help: None,
        }
    }

    /// Adds what the reader can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters.
    #[must_use]
    pub fn related(mut self, at: Pointer, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }
}

/// The messages of one run, in the order they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a message.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds a message about a node.
    pub fn report(&mut self, code: Code, at: &Pointer, message: impl Into<String>) -> &mut Diagnostic {
        self.0.push(Diagnostic::new(code, Place::Node(at.clone()), message));
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Leaves each of several equal messages out but one: a node may be looked at more than once, one after the other, and
    /// stand at several places of the tree that come from one in the text.
    pub(crate) fn drop_repeated(&mut self, document: &Document) {
        self.0.dedup();
        if document.brought.is_empty() {
            return;
        }
        let mut said = HashSet::new();
        self.0.retain(|diagnostic| match &diagnostic.at {
            Place::Node(at) if diagnostic.overlay.is_none() => {
                let origin = document.original(at);
                said.insert((diagnostic.code, diagnostic.message.clone(), origin.part, origin.at))
            }
            _ => true,
        });
    }

    /// Makes warnings of the errors that cost only a part of the document.
    pub(crate) fn keep_going(&mut self) {
        for diagnostic in &mut self.0 {
            if diagnostic.code.costs_a_part() {
                diagnostic.code = Code::Unresolved;
                diagnostic
                    .message
                    .push_str("; what needs it is left out, or has no type");
            }
        }
    }

    /// The messages, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Whether any message forbids writing the output.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many messages have this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.code.severity() == severity)
            .count()
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: I) {
        self.0.extend(diagnostics);
    }
}
