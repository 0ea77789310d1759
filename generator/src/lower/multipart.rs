//! Finds the components used only by multipart bodies.

use std::collections::HashMap;

use serde_json::Value;

use super::encoding_object::Encodings;
use super::files::{holds_bytes, holds_file, written};
use super::media_type::is_multipart;
use crate::parse::Node;
use crate::pointer::Pointer;

/// The components that only multipart bodies are made from, so that they are nothing but objects of parts.
#[derive(Debug, Default)]
pub(super) struct Multipart<'d> {
    /// By component: the encodings of one use; nothing when something else refers to it too.
    uses: HashMap<Pointer, Option<Encodings<'d>>>,
}

impl<'d> Multipart<'d> {
    /// Reads a whole document.
    pub(super) fn read(root: &'d Value) -> Self {
        let mut uses: HashMap<Pointer, Option<Encodings<'d>>> = HashMap::new();
        references(root, |target, content| {
            if let Some(content) = content
                && let Some(target) = Pointer::parse(target)
                && let Some(schema) = root.pointer(target.as_str())
            {
                let encodings = Encodings::of(&content);
                if holds_file(root, schema) || holds_bytes(root, schema, &encodings) {
                    uses.entry(target).or_insert(Some(encodings));
                }
            }
        });
        if !uses.is_empty() {
            references(root, |target, content| {
                if content.is_none()
                    && let Some(encodings) = Pointer::parse(target).and_then(|target| uses.get_mut(&target))
                {
                    *encodings = None;
                }
            });
        }
        Self { uses }
    }

    /// The encodings of a schema that is nothing but the parts of bodies, some of them files.
    pub(super) fn only(&self, at: &Pointer) -> Option<Encodings<'d>> {
        self.uses.get(at).cloned().flatten()
    }
}

/// Every target of a reference, with the Media Type Object when it is the schema of a multipart body.
fn references<'d>(root: &'d Value, mut found: impl FnMut(&'d str, Option<Node<'d>>)) {
    let mut pending = vec![root];
    while let Some(value) = pending.pop() {
        match value {
            Value::Array(elements) => pending.extend(elements.iter().rev()),
            Value::Object(members) => {
                if let Some(target) = written(value) {
                    found(target, None);
                }
                for (key, member) in members.iter().rev() {
                    match member.get("schema").and_then(written) {
                        Some(target) if is_multipart(key) => {
                            let at = Pointer::root();
                            found(target, Some(Node { at, value: member }));
                        }
                        _ => pending.push(member),
                    }
                }
            }
            _ => {}
        }
    }
}
