//! A file of a document.

use std::rc::Rc;

use serde_json::Value;

use super::ids::Ids;
use crate::pointer::Pointer;

/// One of the texts.
pub(super) struct File {
    /// What it is found under.
    pub(super) address: String,
    /// Its index among the parts of the source.
    pub(super) part: Option<usize>,
    pub(super) tree: Rc<Value>,
    pub(super) ids: Ids,
}

impl File {
    pub(super) fn new(address: String, part: Option<usize>, tree: Value, named: bool) -> Self {
        Self {
            ids: Ids::of(&tree, &address, named),
            address,
            part,
            tree: Rc::new(tree),
        }
    }

    pub(super) fn has(&self, at: &Pointer) -> bool {
        self.tree.pointer(at.as_str()).is_some()
    }
}
