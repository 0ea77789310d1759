//! Target of a reference: a node of a file, in a scope.

use super::scope::Scope;
use crate::pointer::Pointer;

/// A node of one of the texts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Target {
    /// The index of the text.
    pub(super) file: usize,
    /// The place in it.
    pub(super) at: Pointer,
    /// What dynamic references in it mean, where that depends on how one comes there.
    pub(super) scope: Scope,
}

impl Target {
    pub(super) fn new(file: usize, at: Pointer) -> Self {
        Self {
            file,
            at,
            scope: Scope::default(),
        }
    }

    /// The document as a whole.
    pub(super) fn root() -> Self {
        Self::new(0, Pointer::root())
    }

    pub(super) fn with(self, scope: Scope) -> Self {
        Self { scope, ..self }
    }
}
