//! The location of a schema, from which the name of its type is derived.

use crate::ir::{Hint, Root, Step};

/// Where a schema stands, for the name of the type it may become.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) hint: Hint,
}

impl Site {
    pub(super) fn root(root: Root) -> Self {
        Self {
            hint: Hint {
                root,
                steps: Vec::new(),
            },
        }
    }

    pub(super) fn step(&self, step: Step) -> Self {
        let mut hint = self.hint.clone();
        hint.steps.push(step);
        Self { hint }
    }
}
