//! Paths -> [`Operation`]s, grouped by tag.

use openapiv3::Operation as Piece;
use serde_json::Value;

use super::context::Lower;
use super::path_item::PathItem;
use crate::ir::{Docs, Group, Method, Operation, OperationId};
use crate::parse::{Node, piece};
use crate::select::Candidate;
use serde_json::Map;

/// An object without members, for parts that are missing.
pub(super) fn empty_object() -> Value {
    Value::Object(Map::new())
}

impl<'d> Lower<'d, '_> {
    pub(super) fn lower_operations(&mut self) {
        let Some(paths) = self.root_node().get("paths") else {
            return;
        };
        for (path, node) in paths.members() {
            if path.starts_with("x-") {
                continue;
            }
            let Some(item) = self.path_item(node) else {
                continue;
            };
            for (method, node) in self.operations(&item) {
                self.lower_operation(path, method, &item, &node);
            }
        }
        self.describe_groups();
    }

    fn lower_operation(&mut self, path: &str, method: Method, item: &PathItem<'d>, node: &Node<'d>) {
        if !self.is_selected(path, &method, node) {
            self.selection.leave_out();
            return;
        }
        let id = OperationId(self.api.operations.len());
        let needed = [("responses", empty_object())];
        // An operation whose own fields are odd is still an operation; only those fields are lost.
        let piece = piece::<Piece>(node, &needed, self.diagnostics).unwrap_or_default();
        let mut parameters = self.parameters(id, path, item, node);
        let path = self.called_path(path, &parameters, node);
        let body = self.body(id, node);
        let mut responses = self.responses(id, node);
        if method.as_str() == "HEAD" {
            // What the document describes is the body that `GET` would have (RFC 9110, section 9.3.2).
            responses.iter_mut().for_each(|response| response.contents.clear());
        }
        let mut security = self.security(node);
        self.fill_credentials(&mut parameters, &mut security);
        let server = self.own_server(item, node);
        let shared = |key| item.text(key).map(str::to_owned);
        self.api.operations.push(Operation {
            origin: node.at.clone(),
            id: piece.operation_id.filter(|id| !id.trim().is_empty()),
            name: None,
            method,
            path,
            docs: Docs {
                summary: piece.summary.or_else(|| shared("summary")).unwrap_or_default(),
                description: piece.description.or_else(|| shared("description")).unwrap_or_default(),
                facts: Vec::new(),
                deprecated: piece.deprecated,
                example: None,
            },
            parameters,
            body,
            responses,
            security,
            server,
            pagination: None,
            flag: None,
        });
        if let Some(tag) = piece.tags.into_iter().find(|tag| self.tags.navigate(tag)) {
            self.add_to_group(tag, id);
        }
    }

    /// Whether the configuration wants a call; the name of a webhook is taken for its path.
    pub(super) fn is_selected(&mut self, path: &str, method: &Method, node: &Node<'d>) -> bool {
        let tags = node.get("tags");
        let tags = tags.iter().flat_map(Node::elements);
        self.selection.admits(&Candidate {
            id: node.value.get("operationId").and_then(Value::as_str),
            tags: tags.filter_map(|tag| tag.value.as_str()).collect(),
            path,
            method: method.as_str(),
        })
    }

    fn add_to_group(&mut self, tag: String, operation: OperationId) {
        match self.tags.groups.get(&tag) {
            Some(group) => self.api.groups[*group].operations.push(operation),
            None => {
                self.tags.groups.insert(tag.clone(), self.api.groups.len());
                self.api.groups.push(Group {
                    tag,
                    name: None,
                    description: String::new(),
                    operations: vec![operation],
                });
            }
        }
    }

    /// Describes the groups, and puts them into an order that new operations do not change: that of the declared tags, then
    /// that of the letters.
    fn describe_groups(&mut self) {
        let mut declared: Vec<String> = Vec::new();
        let tags = self.root_node().get("tags");
        for node in tags.iter().flat_map(Node::elements) {
            let Some(tag) = piece::<openapiv3::Tag>(&node, &[], self.diagnostics) else {
                continue;
            };
            if let Some(group) = self.api.groups.iter_mut().find(|group| group.tag == tag.name) {
                group.description = tag.description.or_else(|| node.text("summary")).unwrap_or_default();
                declared.push(tag.name);
            }
        }
        self.api.groups.sort_by_cached_key(|group| {
            let position = declared.iter().position(|tag| *tag == group.tag);
            (position.unwrap_or(declared.len()), group.tag.clone())
        });
    }
}
