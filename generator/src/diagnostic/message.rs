//! Diagnostics of a run.

use std::collections::HashSet;

use super::code::{Code, Severity};
use crate::document::Document;
use crate::pointer::Pointer;

/// Location of a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The document as a whole.
    Document,
    /// A line and a column, both counted from 1; used if the file is not valid YAML or JSON.
    Position {
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A node of the document.
    Node(Pointer),
}

/// A message about a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The code, which determines the severity.
    pub code: Code,
    /// Index of the overlay it is about; `None` for the document.
    pub overlay: Option<usize>,
    /// The location it is about.
    pub at: Place,
    /// What is wrong, and how it is generated now; one sentence without a full stop.
    pub message: String,
    /// Related locations, each with a label.
    pub related: Vec<(Pointer, String)>,
    /// How to fix it.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Creates a diagnostic at `at`.
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

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a related location.
    #[must_use]
    pub fn related(mut self, at: Pointer, label: impl Into<String>) -> Self {
        self.related.push((at, label.into()));
        self
    }
}

/// Diagnostics of a run, in the order they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Adds a diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds a diagnostic about a node.
    pub fn report(&mut self, code: Code, at: &Pointer, message: impl Into<String>) -> &mut Diagnostic {
        self.0.push(Diagnostic::new(code, Place::Node(at.clone()), message));
        let last = self.0.len() - 1;
        &mut self.0[last]
    }

    /// Removes duplicates: a node may be visited more than once, and inlined at several places of the tree.
    pub(crate) fn drop_repeated(&mut self, document: &Document) {
        self.0.dedup();
        if document.inlined.is_empty() {
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

    /// Turns errors about references into warnings.
    pub(crate) fn keep_going(&mut self) {
        for diagnostic in &mut self.0 {
            if diagnostic.code.costs_a_part() {
                diagnostic.code = Code::Unresolved;
                diagnostic
                    .message
                    .push_str("; what depends on it is not generated or is untyped");
            }
        }
    }

    /// Iterates over the diagnostics, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Returns whether there is an error, so that no output should be written.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// Returns the number of diagnostics with this severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.iter()
            .filter(|diagnostic| diagnostic.code.severity() == severity)
            .count()
    }

    /// Returns whether there are no diagnostics.
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
