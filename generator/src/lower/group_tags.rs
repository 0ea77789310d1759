//! Tags that group operations.

use std::collections::HashMap;

use serde_json::Value;

/// The tags of a document.
#[derive(Debug, Default)]
pub(super) struct Tags<'d> {
    /// By declared tag: its kind, where that is said.
    kinds: HashMap<&'d str, Option<&'d Value>>,
    /// By tag that groups operations: the position of its group.
    pub(super) groups: HashMap<String, usize>,
}

impl<'d> Tags<'d> {
    /// Reads the declared tags.
    pub(super) fn read(root: &'d Value) -> Self {
        let mut kinds = HashMap::new();
        for tag in root.get("tags").and_then(Value::as_array).into_iter().flatten() {
            if let Some(name) = tag.get("name").and_then(Value::as_str) {
                kinds.entry(name).or_insert_with(|| tag.get("kind"));
            }
        }
        let groups = HashMap::new();
        Self { kinds, groups }
    }

    /// Whether a tag groups operations; 3.2 has tags of other kinds, such as `badge` and `audience`.
    pub(super) fn navigate(&self, tag: &str) -> bool {
        let kind = self.kinds.get(tag).copied().flatten();
        kind.is_none_or(|kind| kind == "nav")
    }
}
