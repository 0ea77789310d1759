//! Webhooks and callbacks -> [`Webhook`]s.

use openapiv3::Operation as Piece;

use super::context::Lower;
use super::media_type::Format;
use super::operation::empty_object;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Docs, OperationId, Root, Slot, Trigger, Webhook};
use crate::parse::{Node, piece};

impl<'d> Lower<'d, '_> {
    /// The callbacks of all operations, then the webhooks.
    pub(super) fn lower_webhooks(&mut self) {
        for index in 0..self.api.operations.len() {
            self.lower_callbacks(OperationId(index));
        }
        for key in ["webhooks", "x-webhooks"] {
            let webhooks = self.root_node().get(key);
            for (name, node) in webhooks.iter().flat_map(Node::members) {
                if key == "x-webhooks" || !name.starts_with("x-") {
                    self.lower_webhook(name, &Trigger::Webhook, node);
                }
            }
        }
    }

    fn lower_callbacks(&mut self, operation: OperationId) {
        let at = self.api.operations[operation.0].origin.clone();
        let Some(value) = self.root.pointer(at.as_str()) else {
            return;
        };
        let callbacks = Node { at, value }.get("callbacks");
        for (name, node) in callbacks.iter().flat_map(Node::members) {
            let Some(node) = self.follow(node) else {
                continue;
            };
            for (expression, node) in node.members().filter(|(key, _)| !key.starts_with("x-")) {
                let expression = expression.to_owned();
                self.lower_webhook(name, &Trigger::Callback { operation, expression }, node);
            }
        }
    }

    fn lower_webhook(&mut self, name: &str, trigger: &Trigger, node: Node<'d>) {
        let Some(item) = self.path_item(node) else {
            return;
        };
        let operations = self.operations(&item);
        let ambiguous = operations.len() > 1;
        for (method, node) in operations {
            // A callback comes with its operation.
            if matches!(trigger, Trigger::Webhook) && !self.is_selected(name, &method, &node) {
                continue;
            }
            let needed = [("responses", empty_object())];
            let piece = piece::<Piece>(&node, &needed, self.diagnostics).unwrap_or_default();
            let shared = |key| item.text(key).map(str::to_owned);
            if let Some(callbacks) = node.get("callbacks") {
                let message = "callbacks of a webhook or a callback are not generated";
                self.diagnostics.report(Code::NotGenerated, &callbacks.at, message);
            }
            let payload = self.payload(&node);
            self.api.webhooks.push(Webhook {
                origin: node.at.clone(),
                name: name.to_owned(),
                trigger: trigger.clone(),
                method,
                ambiguous,
                docs: Docs {
                    summary: piece.summary.or_else(|| shared("summary")).unwrap_or_default(),
                    description: piece.description.or_else(|| shared("description")).unwrap_or_default(),
                    facts: Vec::new(),
                    deprecated: piece.deprecated,
                    example: None,
                },
                payload,
            });
        }
    }

    /// The type of what is sent; only JSON has one.
    fn payload(&mut self, operation: &Node<'d>) -> Option<Slot> {
        let body = self.follow(operation.get("requestBody")?)?;
        let choice = self.choose_media_type(&body)?;
        if choice.format != Format::Json {
            let message = format!(
                "a webhook payload of `{}` has no typed form; not generated",
                choice.media_type
            );
            self.diagnostics.report(Code::UntypedBody, &body.at, message);
            return None;
        }
        let site = Site::root(Root::Webhook(self.api.webhooks.len()));
        let slot = choice.schema.map_or_else(Self::any, |schema| self.slot(schema, &site));
        self.keep_examples_of(&choice.node, &slot, false);
        Some(slot)
    }
}
