//! State shared by the repairs.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Version, original};
use crate::pointer::Pointer;

pub(super) type Object = Map<String, Value>;

/// What repairs share.
pub(super) struct Repair<'r> {
    pub(super) version: Version,
    /// Parameters that operations refer to, with their places.
    pub(super) shared: HashMap<Pointer, Value>,
    pub(super) moved: &'r mut Vec<(Pointer, Pointer)>,
    pub(super) diagnostics: &'r mut Diagnostics,
}

/// A value in a message, cut where it gets long.
pub(super) fn excerpt(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A name without what writers vary: its case, and what stands between its words.
pub(super) fn plain(name: &str) -> String {
    let characters = name.chars().filter(|c| !matches!(c, '-' | '_' | ' ' | '.'));
    characters.flat_map(char::to_lowercase).collect()
}

impl Repair<'_> {
    /// Reports a repair with its place in the text.
    pub(super) fn report(&mut self, at: &Pointer, message: impl Into<String>) {
        let at = original(self.moved, at);
        self.diagnostics.report(Code::Invalid, &at, message);
    }

    /// Records that a node was moved.
    pub(super) fn move_node(&mut self, now: Pointer, before: &Pointer) {
        let before = original(self.moved, before);
        self.moved.push((now, before));
    }

    pub(super) fn is_swagger2(&self) -> bool {
        self.version == Version::Swagger2
    }
}

/// A reference to a component.
pub(super) fn reference(name: &str) -> String {
    let at = Pointer::root().child("components").child("schemas").child(name);
    at.to_string()
}
