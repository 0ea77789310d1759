//! Names that the document gives: `x-rust-name`, and `x-rust-type-name` for the type of a schema that is something else
//! besides, such as a property.

use serde_json::Value;

use super::context::Lower;
use crate::config::Kind;
use crate::diagnostic::Code;
use crate::ir::{OperationId, Root, Step, TypeId};
use crate::parse::Node;
use crate::pointer::Pointer;
use crate::text::{is_rust_name, is_rust_type_name};

/// The name of what something becomes in Rust.
pub(super) const NAME: &str = "x-rust-name";

/// The name of the type of a schema.
const TYPE_NAME: &str = "x-rust-type-name";

impl<'d> Lower<'d, '_> {
    /// The name that a node gives what it describes.
    pub(super) fn rust_name(&mut self, node: &Node<'d>) -> Option<String> {
        self.name_under(NAME, node, is_rust_name)
    }

    /// The name that a node gives the type or the variant that it describes.
    pub(super) fn rust_type_name(&mut self, node: &Node<'d>) -> Option<String> {
        self.name_under(NAME, node, is_rust_type_name)
    }

    fn name_under(&mut self, key: &str, node: &Node<'d>, fits: fn(&str) -> bool) -> Option<String> {
        let name = node.value.get(key)?;
        if let Some(name) = name.as_str().filter(|name| fits(name)) {
            return Some(name.to_owned());
        }
        let reason = Kind::no_name(name.as_str().unwrap_or_default());
        let message = format!("`{key}` is {reason}; ignored");
        self.diagnostics.report(Code::Invalid, &node.at.child(key), message);
        None
    }

    /// Gives types, operations and groups the names that the document gives them.
    pub(super) fn take_names(&mut self) {
        let types: Vec<TypeId> = self.api.types.iter().map(|(id, _)| id).collect();
        for id in types {
            let name = self.type_name(id);
            self.api.types.get_mut(id).name = name;
        }
        for index in 0..self.api.operations.len() {
            let node = self.at(self.api.operations[OperationId(index).0].origin.clone());
            self.api.operations[index].name = node.and_then(|node| self.rust_name(&node));
        }
        let tags = self.root_node().get("tags");
        for node in tags.iter().flat_map(Node::elements) {
            let tag = node.value.get("name").and_then(Value::as_str);
            let name = self.rust_name(&node);
            if let Some(group) = self.api.groups.iter_mut().find(|group| Some(group.tag.as_str()) == tag) {
                group.name = name;
            }
        }
    }

    fn at(&self, at: Pointer) -> Option<Node<'d>> {
        let value = self.root.pointer(at.as_str())?;
        Some(Node { at, value })
    }

    /// The name that the schema of a type gives it, or the property or the branch where nothing else is named so.
    fn type_name(&mut self, id: TypeId) -> Option<String> {
        let definition = &self.api.types[id];
        let is_whole = !matches!(
            definition.hint.steps.last(),
            Some(Step::Base | Step::Parts | Step::Patch)
        );
        let is_named_otherwise = matches!(definition.hint.steps.last(), Some(Step::Field(_) | Step::Variant(_)))
            && matches!(definition.hint.root, Root::Type(_));
        let node = self.at(definition.origin.clone()).filter(|_| is_whole)?;
        let name = self.name_under(TYPE_NAME, &node, is_rust_type_name);
        match is_named_otherwise {
            true => name,
            false => name.or_else(|| self.rust_type_name(&node)),
        }
    }
}
