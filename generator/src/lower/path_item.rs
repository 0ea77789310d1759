//! Path items: their operations, including those of the path item that `$ref` refers to.

use std::cell::OnceCell;

use super::context::Lower;
use crate::diagnostic::Code;
use crate::ir::Method;
use crate::parse::Node;

/// How many path items may lead from one to the next: each takes part in every one before it.
const MOST_LAYERS: usize = 64;

/// A path item, then the ones it refers to: what stands nearer wins.
pub(super) struct PathItem<'d> {
    layers: Vec<Node<'d>>,
    /// Where the operations are called that do not say it themselves, once somebody has asked.
    pub(super) server: OnceCell<Option<String>>,
}

impl<'d> PathItem<'d> {
    /// The parameters of every operation, those that win last.
    pub(super) fn parameters(&self) -> impl Iterator<Item = Node<'d>> {
        self.layers.iter().rev().filter_map(|layer| layer.get("parameters"))
    }

    /// The servers of the operations that name none themselves.
    pub(super) fn servers(&self) -> Option<Node<'d>> {
        self.layers.iter().find_map(|layer| layer.get("servers"))
    }

    /// A text of the path item.
    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.layers.iter().find_map(|layer| layer.value.get(key)?.as_str())
    }
}

impl<'d> Lower<'d, '_> {
    /// The path item at a node.
    pub(super) fn path_item(&mut self, node: Node<'d>) -> Option<PathItem<'d>> {
        let mut layers = vec![node];
        while let Some(last) = layers.last().filter(|last| last.reference().is_some()).cloned() {
            let target = self.target(&last)?;
            if layers.iter().any(|layer| layer.at == target.at) {
                let message = "this reference leads back to itself, directly or through other references";
                self.diagnostics.report(Code::ReferenceCycle, &last.at, message);
                return None;
            }
            if layers.len() == MOST_LAYERS {
                let message = format!("more than {MOST_LAYERS} path items lead from one to the next");
                self.diagnostics.report(Code::Limit, &layers[0].at, message);
                return None;
            }
            layers.push(target);
        }
        layers.retain(|layer| {
            let object = layer.value.is_object();
            if !object {
                let message = "expected a path item object; ignored";
                self.diagnostics.report(Code::Invalid, &layer.at, message);
            }
            object
        });
        Some(PathItem {
            layers,
            server: OnceCell::new(),
        })
    }

    /// The operations of a path item, in the order of the document.
    pub(super) fn operations(&mut self, item: &PathItem<'d>) -> Vec<(Method, Node<'d>)> {
        let mut operations: Vec<(Method, Node<'d>)> = Vec::new();
        for layer in &item.layers {
            let nearer = operations.len();
            for (key, node) in layer.members() {
                let found = match (Method::of_key(key), key) {
                    (Some(method), _) => vec![(method, node)],
                    (None, "additionalOperations") => self.additional_operations(&node),
                    _ => Vec::new(),
                };
                for (method, node) in found {
                    match operations.iter().position(|(other, _)| *other == method) {
                        None => operations.push((method, node)),
                        Some(other) if other >= nearer => {
                            let message = "the path item already has this method; this operation is not generated";
                            self.diagnostics.report(Code::Invalid, &node.at, message);
                        }
                        Some(_) => {}
                    }
                }
            }
        }
        operations
    }

    fn additional_operations(&mut self, node: &Node<'d>) -> Vec<(Method, Node<'d>)> {
        let mut operations = Vec::new();
        for (name, node) in node.members() {
            match Method::named(name) {
                Some(method) => operations.push((method, node)),
                None => {
                    let message =
                        format!("`{name}` is not a valid HTTP method for a client; its operation is not generated");
                    self.diagnostics.report(Code::Invalid, &node.at, message).help =
                        Some("a method is a token (RFC 9110, section 9.1) other than `CONNECT`".to_owned());
                }
            }
        }
        operations
    }
}
