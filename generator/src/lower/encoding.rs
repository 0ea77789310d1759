//! Encoding Objects: how properties of forms and multipart bodies are encoded.

use serde_json::Value;

use super::context::Lower;
use super::encoding_object::{Encodings, is_content_type, only_value};
use super::media_type::{is_json, sendable};
use crate::diagnostic::Code;
use crate::ir::{Encoding, Shape, Slot, Style, TypeRef, Types};
use crate::parse::Node;

impl<'d> Lower<'d, '_> {
    /// What of the `encoding` makes a difference for a value, as far as types tell.
    pub(super) fn encodings(&mut self, encodings: &Encodings<'d>, slot: &Slot, multipart: bool) -> Vec<Encoding> {
        let mut found = Vec::new();
        for (name, node) in &encodings.0 {
            let Some(ty) = member(&self.api.types, slot, name) else {
                let message = format!("`encoding` names `{name}`, which is not a property of this body; ignored");
                self.diagnostics.report(Code::NotGenerated, &node.at, message);
                continue;
            };
            let ty = self.api.types.resolve(&ty).clone();
            let part = is_part(&ty);
            let style = (!part).then(|| style(node.value)).flatten();
            let is_text = is_text(&self.api.types, &ty);
            let content_type = encodings.content_type(name).filter(|_| style.is_none());
            if !part && !multipart && !is_text && content_type.is_some_and(|own| !is_json(own)) {
                let message = format!("`{name}` is sent as JSON, not in its declared content type");
                self.diagnostics.report(Code::UntypedBody, &node.at, message);
            }
            let content_type = content_type.filter(|own| {
                let default = if is_text { "text/plain" } else { "application/json" };
                let whole = matches!(ty, TypeRef::List(_)) && is_json(own);
                sendable(own) && (part || whole || !own.eq_ignore_ascii_case(default)) && (multipart || whole)
            });
            let encoding = Encoding {
                wire: (*name).to_owned(),
                content_type: content_type.map(str::to_owned),
                style: style.filter(|style| !is_default(*style, is_text)),
                headers: if multipart { fixed_headers(node) } else { Vec::new() },
            };
            if encoding.content_type.is_some() || encoding.style.is_some() || !encoding.headers.is_empty() {
                found.push(encoding);
            }
        }
        found
    }
}

fn fixed_headers(encoding: &Node<'_>) -> Vec<(String, String)> {
    let headers = encoding.get("headers");
    let headers = headers.iter().flat_map(Node::members);
    let fixed = headers.filter(|(name, _)| !is_content_type(name));
    fixed
        .filter_map(|(name, header)| Some((name.to_owned(), only_value(header.value)?)))
        .collect()
}

/// `style`, `explode` and `allowReserved`, when any of them is there.
fn style(encoding: &Value) -> Option<(Style, bool, bool)> {
    let given = ["style", "explode", "allowReserved"];
    if !given.iter().any(|key| encoding.get(key).is_some()) {
        return None;
    }
    let style = match encoding.get("style").and_then(Value::as_str) {
        _ if encoding
            .get("x-collection-format")
            .is_some_and(|format| format == "tsv") =>
        {
            Style::TabDelimited
        }
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("deepObject") => Style::DeepObject,
        _ => Style::Form,
    };
    let flag = |key| encoding.get(key).and_then(Value::as_bool);
    let explode = style == Style::DeepObject || flag("explode").unwrap_or(style == Style::Form);
    Some((style, explode, flag("allowReserved").unwrap_or_default()))
}

/// Whether a style is how text, and arrays of it, are written anyway.
fn is_default(style: (Style, bool, bool), is_text: bool) -> bool {
    is_text && style == (Style::Form, true, false)
}

fn is_part(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => *primitive == crate::ir::Primitive::Part,
        TypeRef::List(item) => is_part(&item.ty),
        _ => false,
    }
}

/// Whether values of a type, or the items of a list, are written as plain text.
fn is_text(types: &Types, ty: &TypeRef) -> bool {
    match types.resolve(ty) {
        TypeRef::Primitive(_) => true,
        TypeRef::List(item) => matches!(types.resolve(&item.ty), TypeRef::Primitive(_)) || is_enum(types, &item.ty),
        ty => is_enum(types, ty),
    }
}

fn is_enum(types: &Types, ty: &TypeRef) -> bool {
    matches!(types.resolve(ty), TypeRef::Named(id) if matches!(types[*id].shape, Shape::Enum(_)))
}

/// The type of a member of an object; any value where the object does not say.
fn member(types: &Types, slot: &Slot, name: &str) -> Option<TypeRef> {
    let TypeRef::Named(id) = types.resolve(&slot.ty) else {
        return Some(TypeRef::Any);
    };
    let Shape::Struct(object) = &types[*id].shape else {
        return Some(TypeRef::Any);
    };
    let field = object.fields.iter().find(|field| field.wire == name);
    let extra = || object.extra.as_ref().map(|extra| extra.ty.clone());
    field.map(|field| field.slot.ty.clone()).or_else(extra)
}
