//! Multipart bodies: objects whose properties are parts, some of them files.

use serde_json::Value;

use super::context::Lower;
use super::encoding_object::Encodings;
use super::files::{DEEPEST, File, bytes, file, holds_bytes, holds_file, is_type, reference};
use super::media_type::{is_json, sendable};
use super::site::Site;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Docs, Primitive, Root, Shape, Slot, Step, TypeId, TypeRef};
use crate::parse::Node;

/// What a multipart body is made from.
pub(super) enum Parts {
    /// An object whose members are parts.
    Object(Slot),
    /// A value like that of other bodies: it has no files.
    Values,
    /// Nothing that the document says.
    Unknown,
}

impl<'d> Lower<'d, '_> {
    /// What a multipart body is made from.
    pub(super) fn parts(&mut self, schema: &Node<'d>, encodings: &Encodings<'d>, site: &Site) -> Parts {
        let Some(node) = self.follow(schema.clone()) else {
            return Parts::Unknown;
        };
        if self.multipart.only(&node.at).is_some()
            && let Some(id) = self.want(&node.at)
        {
            self.ensure_defined(id, &node);
            if matches!(&self.api.types[id].shape, Shape::Struct(object) if object.parts) {
                return Parts::Object(Slot::new(TypeRef::Named(id)));
            }
        }
        let properties = node.get("properties");
        let mut properties = properties.iter().flat_map(Node::members);
        let by_caller = properties.any(|(name, node)| is_by_caller(self.root, name, node.value, encodings));
        let files = holds_file(self.root, node.value) || holds_bytes(self.root, node.value, encodings);
        if !by_caller && !files {
            return Parts::Values;
        }
        if let Some(id) = self.parts.get(&node.at) {
            return Parts::Object(Slot::new(TypeRef::Named(*id)));
        }
        let mut view = self.view(std::slice::from_ref(&node));
        let docs = self.docs(&view);
        self.prepare(&mut view);
        if !self.is_object(&view) {
            let message = "the schema of this multipart body is not a plain object; pass the parts as `Multipart`";
            self.diagnostics.report(Code::UntypedBody, &node.at, message);
            return Parts::Unknown;
        }
        let component = self.definitions.get(&node.at).map(|definition| definition.id);
        let component = component.map(|id| Site::root(Root::Type(id)).step(Step::Parts));
        let hint = component.unwrap_or_else(|| site.clone()).hint;
        let id = self.api.types.reserve(node.at.clone(), hint);
        self.parts.insert(node.at.clone(), id);
        self.fill_parts(id, &view, encodings, docs);
        Parts::Object(Slot::new(TypeRef::Named(id)))
    }

    /// A value whose members become parts, if it says which ones it has.
    pub(super) fn valued_parts(&self, slot: Slot) -> Option<Slot> {
        let members = match self.api.types.resolve(&slot.ty) {
            TypeRef::Named(id) => matches!(self.api.types[*id].shape, Shape::Struct(_) | Shape::Union(_)),
            TypeRef::Map(value) => value.ty != TypeRef::Any,
            _ => false,
        };
        members.then_some(slot)
    }

    /// Makes a type an object of parts.
    pub(super) fn fill_parts(&mut self, id: TypeId, view: &View<'d>, encodings: &Encodings<'d>, docs: Docs) {
        self.api.types.get_mut(id).docs = docs;
        let object = self.members(id, view, Some(encodings));
        self.api.types.get_mut(id).shape = Shape::Struct(object);
    }

    /// A member that is a file, or that only the caller can write, with what is to be said about it.
    pub(super) fn part(
        &self,
        name: &str,
        nodes: &[Node<'d>],
        encodings: &Encodings<'d>,
    ) -> Option<(Slot, Vec<String>)> {
        let bytes = |node: &Node<'d>| bytes(self.root, name, node.value, encodings);
        let undescribed = || nodes.iter().map(bytes).collect::<Option<Vec<File>>>()?.pop();
        let file = nodes
            .iter()
            .find_map(|node| file(self.root, node.value))
            .or_else(undescribed);
        let by_caller = nodes
            .iter()
            .any(|node| is_by_caller(self.root, name, node.value, encodings));
        let file = file.or(by_caller.then_some(File::One))?;
        let part = Slot::new(TypeRef::Primitive(Primitive::Part));
        let slot = match file {
            File::One => part,
            File::Many => Slot::new(TypeRef::List(Box::new(part))),
        };
        let mut facts = Vec::new();
        if let Some(content_type) = encodings.content_type(name) {
            facts.push(format!("Content type: {}.", quoted(content_type.split(','))));
        }
        let headers = encodings.open_headers(name);
        if !headers.is_empty() {
            facts.push(format!("Headers of the part: {}.", quoted(headers.into_iter())));
        }
        Some((slot, facts))
    }

    /// What members beside the known ones hold, when they are files.
    pub(super) fn extra_part(&self, view: &View<'d>) -> Option<Slot> {
        let mut extras = view
            .facets
            .iter()
            .filter_map(|facet| facet.keywords.additional_properties.as_ref());
        let file = extras.find_map(|node| file(self.root, node.value))?;
        let part = Slot::new(TypeRef::Primitive(Primitive::Part));
        Some(match file {
            File::One => part,
            File::Many => Slot::new(TypeRef::List(Box::new(part))),
        })
    }
}

/// Names as inline code; those of a document may hold anything.
fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names
        .map(|name| format!("`{}`", name.trim().replace('`', "'")))
        .collect();
    names.join(", ")
}

/// Whether a part has headers that no schema fills in, or a form that Envoi does not write.
fn is_by_caller(root: &Value, name: &str, schema: &Value, encodings: &Encodings<'_>) -> bool {
    let written = |content_type: &str| is_json(content_type) || content_type.starts_with("text/");
    let foreign = encodings
        .content_type(name)
        .is_some_and(|own| sendable(own) && !written(own));
    !encodings.open_headers(name).is_empty() || foreign && !is_text(root, schema, 0)
}

/// Whether a schema is one of text, which is sent as it is under any content type.
fn is_text(root: &Value, schema: &Value, depth: usize) -> bool {
    match reference(schema).and_then(|at| root.pointer(at.as_str())) {
        Some(target) if depth < DEEPEST => is_text(root, target, depth + 1),
        _ => is_type(schema, "string"),
    }
}
