//! Headers of responses -> [`Header`]s.

use serde_json::{Value, json};

use super::context::Lower;
use super::media_type::Format;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Docs, Header, OperationId, Part, Primitive, Root, Slot, Style, TypeRef};
use crate::parse::{Node, piece};

impl<'d> Lower<'d, '_> {
    pub(super) fn headers(&mut self, id: OperationId, response: &Node<'d>) -> Vec<Header> {
        let Some(headers) = response.get("headers") else {
            return Vec::new();
        };
        let declared: Vec<(&'d str, Node<'d>)> = headers.members().collect();
        declared
            .into_iter()
            // the media type has a description of its own, so that OpenAPI ignores this one
            .filter(|(name, _)| !name.eq_ignore_ascii_case("content-type") && !name.starts_with("x-envoi"))
            .filter_map(|(name, node)| self.header(id, name, node))
            .collect()
    }

    fn header(&mut self, id: OperationId, name: &str, reference: Node<'d>) -> Option<Header> {
        let node = self.follow(reference.clone())?;
        if http::HeaderName::from_bytes(name.as_bytes()).is_err() {
            let message = format!("`{name}` is not a valid header name; not generated");
            self.diagnostics.report(Code::Invalid, &node.at, message);
            return None;
        }
        let piece = piece::<openapiv3::Header>(&node, &[("schema", json!({}))], self.diagnostics)?;
        self.report_prefix(name, &node, "read it with `headers()` of the response");
        let (schema, style) = self.written_header(&node);
        let described = schema.clone().map(|schema| {
            let view = self.view(&[schema]);
            self.docs(&view)
        });
        let mut docs: Docs = described.unwrap_or_default();
        if let Some(description) = reference.said("description").or(piece.description) {
            docs.description = description;
        }
        docs.deprecated |= piece.deprecated.unwrap_or_default();
        let slot = self.header_slot(id, name, &node, schema);
        self.keep_examples_of(&node, &slot, true);
        Some(Header {
            slot,
            origin: node.at,
            wire: name.to_owned(),
            required: piece.required,
            style,
            docs,
        })
    }

    /// Says of a header that stands for several (`x-ms-header-collection-prefix`) that it is one.
    pub(super) fn report_prefix(&mut self, name: &str, node: &Node<'d>, help: &str) {
        let prefix = node.value.get("x-ms-header-collection-prefix").and_then(Value::as_str);
        if let Some(prefix) = prefix {
            let message =
                format!("`{name}` describes all headers that begin with `{prefix}`; generated as a single header");
            self.diagnostics.report(Code::NotGenerated, &node.at, message).help = Some(help.to_owned());
        }
    }

    /// The type of a header; that of a component is one type wherever it is referred to.
    fn header_slot(&mut self, id: OperationId, name: &str, node: &Node<'d>, schema: Option<Node<'d>>) -> Slot {
        if let Some(slot) = self.header_slots.get(&node.at) {
            return slot.clone();
        }
        let text = || Slot::new(TypeRef::Primitive(Primitive::String));
        let site = Site::root(Root::Operation(id, Part::Header(name.to_owned())));
        let slot = match schema.map(|schema| self.slot(schema, &site)) {
            // what is not said about a header is no reason to take it for JSON
            None | Some(Slot { ty: TypeRef::Any, .. }) => text(),
            Some(slot) => slot,
        };
        self.header_slots.insert(node.at.clone(), slot.clone());
        slot
    }

    fn written_header(&mut self, node: &Node<'d>) -> (Option<Node<'d>>, Style) {
        let content = node.get("content").and_then(|content| content.members().next());
        match content {
            Some((media_type, content)) if Format::of(media_type) == Format::Json => {
                let schema = self.follow(content).and_then(|content| content.get("schema"));
                (schema, Style::Json)
            }
            Some(_) => (None, Style::Simple),
            None => (
                node.get("schema").filter(|schema| schema.value != &Value::Bool(true)),
                Style::Simple,
            ),
        }
    }
}
