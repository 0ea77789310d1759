//! Paths -> [`Operation`]s and the groups their tags make.

use openapiv3::Operation as Piece;

use super::{Lower, empty_object};
use crate::diagnostic::Code;
use crate::ir::{Docs, Group, Method, Operation, OperationId};
use crate::parse::{Node, piece};

impl<'d> Lower<'d, '_> {
    pub(super) fn lower_operations(&mut self) {
        let Some(paths) = self.root_node().get("paths") else {
            return;
        };
        for (path, node) in paths.members() {
            if path.starts_with("x-") {
                continue;
            }
            if let Some(item) = self.follow(node) {
                self.lower_path(path, &item);
            }
        }
        self.describe_groups();
        self.note_webhooks();
    }

    /// Calls that the API makes are not calls of a client.
    fn note_webhooks(&mut self) {
        for key in ["webhooks", "x-webhooks"] {
            if let Some(webhooks) = self.root_node().get(key) {
                let message = "webhooks have no counterpart in a client";
                self.diagnostics.report(Code::NotGenerated, &webhooks.at, message);
            }
        }
    }

    fn lower_path(&mut self, path: &str, item: &Node<'d>) {
        for (key, node) in item.members() {
            let method = Method::ALL.iter().find(|(name, _)| *name == key);
            if let Some((_, method)) = method {
                self.lower_operation(path, *method, item, &node);
            }
        }
    }

    fn lower_operation(&mut self, path: &str, method: Method, item: &Node<'d>, node: &Node<'d>) {
        let id = OperationId(self.api.operations.len());
        let needed = [("responses", empty_object())];
        // An operation whose own fields are odd is still an operation; only those fields are lost.
        let piece = piece::<Piece>(node, &needed, self.diagnostics).unwrap_or_default();
        let path = self.clean_path(path, node);
        let parameters = self.parameters(id, &path, item, node);
        let body = self.body(id, node);
        let mut responses = self.responses(id, node);
        if method == Method::Head {
            // What the document describes is the body that `GET` would have (RFC 9110, section 9.3.2).
            responses.iter_mut().for_each(|response| response.content = None);
        }
        let security = self.security(node);
        if let Some(callbacks) = node.get("callbacks") {
            let message = "callbacks have no counterpart in a client";
            self.diagnostics.report(Code::NotGenerated, &callbacks.at, message);
        }
        self.api.operations.push(Operation {
            origin: node.at.clone(),
            id: piece.operation_id.filter(|id| !id.trim().is_empty()),
            method,
            path,
            docs: Docs {
                summary: piece.summary.unwrap_or_default(),
                description: piece.description.unwrap_or_default(),
                facts: Vec::new(),
                deprecated: piece.deprecated,
            },
            parameters,
            body,
            responses,
            security,
        });
        if let Some(tag) = piece.tags.into_iter().next() {
            self.add_to_group(tag, id);
        }
    }

    /// A path as it can be sent: it begins with `/`, and has neither a query nor a fragment.
    fn clean_path(&mut self, path: &str, node: &Node<'d>) -> String {
        let end = path.find(['?', '#']).unwrap_or(path.len());
        let mut clean = path[..end].to_owned();
        if !clean.starts_with('/') {
            clean.insert(0, '/');
        }
        if clean != path {
            let message = format!("`{path}` is not a path template; `{clean}` is called");
            self.diagnostics.report(Code::Invalid, &node.at, message);
        }
        clean
    }

    fn add_to_group(&mut self, tag: String, operation: OperationId) {
        match self.api.groups.iter_mut().find(|group| group.tag == tag) {
            Some(group) => group.operations.push(operation),
            None => self.api.groups.push(Group {
                tag,
                description: String::new(),
                operations: vec![operation],
            }),
        }
    }

    fn describe_groups(&mut self) {
        let Some(tags) = self.root_node().get("tags") else {
            return;
        };
        for node in tags.elements() {
            let Some(tag) = piece::<openapiv3::Tag>(&node, &[], self.diagnostics) else {
                continue;
            };
            if let Some(group) = self.api.groups.iter_mut().find(|group| group.tag == tag.name) {
                group.description = tag.description.unwrap_or_default();
            }
        }
    }
}
