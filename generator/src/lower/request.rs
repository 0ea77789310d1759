//! Request bodies -> [`Body`].

use openapiv3::RequestBody as Piece;
use serde_json::Value;

use super::body::Choice;
use super::context::Lower;
use super::encoding_object::Encodings;
use super::files::{DEEPEST, is_bytes, is_file, reference};
use super::media_type::{Format, is_multipart};
use super::parts::Parts;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Body, BodyContent, BodyKind, Docs, OperationId, Part, Root, Slot, media_words};
use crate::parse::{Node, piece};

/// What a request body of a media type is made from, the likeliest choice of a caller first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    Form,
    Multipart,
    Xml,
    /// A list of operations, whatever the schema says: one that says nothing, or what the patch is applied to.
    JsonPatch,
    Text,
    Bytes,
}

/// A media type of a body.
#[derive(Debug, Clone)]
struct Offer<'d> {
    media_type: &'d str,
    kind: Kind,
    node: Node<'d>,
}

impl<'d> Offer<'d> {
    fn new(root: &Value, media_type: &'d str, node: Node<'d>) -> Self {
        let essence = essence(media_type);
        let kind = match Format::of(media_type) {
            Format::Json if node.value.get("schema").is_some_and(|schema| is_bytes(root, schema)) => Kind::Bytes,
            Format::Json if is_range(&essence) && !describes_json(root, &node) => Kind::Bytes,
            Format::Json if is_json_patch(&essence) && !describes_patch(root, &node) => Kind::JsonPatch,
            Format::Json => Kind::Json,
            Format::Form => Kind::Form,
            _ if is_multipart(media_type) => Kind::Multipart,
            Format::Xml => Kind::Xml,
            Format::Text => Kind::Text,
            Format::Bytes => Kind::Bytes,
        };
        Self { media_type, kind, node }
    }

    fn schema(&self) -> Option<&'d Value> {
        self.node.value.get("schema")
    }

    /// Whether one media type can stand for the other, which says the same in another spelling.
    fn stands_for(&self, other: &Self) -> bool {
        let plain = match self.kind {
            Kind::Json => matches!(essence(self.media_type).as_str(), "application/json" | "text/json"),
            Kind::Xml => matches!(essence(self.media_type).as_str(), "application/xml" | "text/xml"),
            _ => false,
        };
        // a patch of an object is not the object; frameworks that list JSON Patch list it for every body
        let patch = essence(other.media_type) == "application/merge-patch+json";
        let alike = self.kind == other.kind || (self.kind, other.kind) == (Kind::Json, Kind::JsonPatch);
        plain && !patch && alike && self.schema() == other.schema()
    }

    /// What most callers want comes first, wherever it stands: the object, then what is merged into it. JSON Patch is a
    /// language of its own.
    fn rank(&self) -> (Kind, usize) {
        let place = match essence(self.media_type).as_str() {
            "application/json" => 0,
            "text/json" => 1,
            "application/merge-patch+json" => 2,
            other if is_json_patch(other) => 4,
            _ => 3,
        };
        (self.kind, place)
    }

    /// The words that tell it from others: how it is made, or what it is where that is more than a form of values.
    fn hint(&self) -> String {
        let essence = essence(self.media_type);
        let subtype = essence.split_once('/').map_or("", |(_, subtype)| subtype);
        match self.kind {
            Kind::Json if subtype.ends_with("+json") && !subtype.starts_with('*') => media_words(&essence).to_owned(),
            Kind::Json => "json".to_owned(),
            Kind::JsonPatch => "json-patch".to_owned(),
            Kind::Form => "form".to_owned(),
            Kind::Multipart => "multipart".to_owned(),
            Kind::Xml => "xml".to_owned(),
            Kind::Text => "text".to_owned(),
            Kind::Bytes => match subtype {
                // what says nothing of the bytes, and JSON that is none
                "" | "*" | "octet-stream" | "binary" | "json" => "bytes".to_owned(),
                _ => media_words(&essence).trim_start_matches("x-").to_owned(),
            },
        }
    }
}

impl<'d> Lower<'d, '_> {
    pub(super) fn body(&mut self, id: OperationId, operation: &Node<'d>) -> Option<Body> {
        let reference = operation.get("requestBody")?;
        let node = self.follow(reference.clone())?;
        let piece = piece::<Piece>(&node, &[], self.diagnostics)?;
        let offers = self.offers(&node);
        if offers.is_empty() {
            let message = "this request body has no media type; not generated";
            self.diagnostics.report(Code::Invalid, &node.at, message);
            return None;
        }
        Some(Body {
            origin: node.at.clone(),
            required: piece.required,
            contents: self.body_contents(id, offers),
            docs: Docs {
                description: reference.said("description").or(piece.description).unwrap_or_default(),
                ..Docs::default()
            },
        })
    }

    /// The media types that differ in more than their names, the likeliest first.
    fn offers(&mut self, body: &Node<'d>) -> Vec<Offer<'d>> {
        let content = body.get("content");
        let mut offers: Vec<Offer<'d>> = Vec::new();
        for (media_type, node) in content.iter().flat_map(Node::members) {
            let Some(node) = self.follow(node) else { continue };
            let mut offer = Offer::new(self.root, media_type, node);
            if offer.kind == Kind::Xml && self.is_bare_text(offer.node.get("schema").as_ref()) {
                let text = essence(media_type).starts_with("text/");
                offer.kind = if text { Kind::Text } else { Kind::Bytes };
            }
            offers.push(offer);
        }
        offers.sort_by_key(Offer::rank);
        let mut kept: Vec<Offer<'d>> = Vec::new();
        for offer in offers {
            if kept.iter().any(|other| other.stands_for(&offer)) {
                continue;
            }
            match kept.iter().find(|other| clashes(other, &offer)) {
                Some(other) => {
                    let message = format!(
                        "only `{}` is generated; not generated: {}",
                        offer.media_type, other.media_type
                    );
                    self.diagnostics.report(Code::OtherMediaTypes, &offer.node.at, message);
                }
                None => kept.push(offer),
            }
        }
        kept
    }

    fn body_contents(&mut self, id: OperationId, offers: Vec<Offer<'d>>) -> Vec<BodyContent> {
        let by_caller = raw(&offers);
        let named: Vec<&str> = by_caller.iter().map(|offer| offer.media_type).collect();
        let mut known: Vec<(&'d Value, Slot)> = Vec::new();
        let mut contents: Vec<BodyContent> = Vec::new();
        for offer in &offers {
            let raw = named.contains(&offer.media_type);
            let hint = if raw { "other".to_owned() } else { offer.hint() };
            let part = if contents.is_empty() {
                Part::Request
            } else {
                Part::RequestAs(hint.clone())
            };
            let site = Site::root(Root::Operation(id, part));
            if raw {
                if named.first() == Some(&offer.media_type) {
                    let sequence = by_caller.iter().find(|offer| offer.node.get("itemSchema").is_some());
                    contents.push(BodyContent {
                        hint,
                        media_type: named.join(", "),
                        kind: BodyKind::Raw,
                        item: sequence.and_then(|offer| self.item(&Choice::of(offer.media_type, &offer.node), &site)),
                        examples: Vec::new(),
                    });
                }
                continue;
            }
            let kind = self.body_kind(offer, &site, &mut known);
            if let Some(slot) = kind.slot() {
                self.keep_examples_of(&offer.node, slot, false);
            }
            contents.push(BodyContent {
                hint,
                media_type: sendable(offer.media_type),
                kind,
                item: self.item(&Choice::of(offer.media_type, &offer.node), &site),
                examples: self.examples(&offer.node),
            });
        }
        contents
    }

    fn body_kind(&mut self, offer: &Offer<'d>, site: &Site, known: &mut Vec<(&'d Value, Slot)>) -> BodyKind {
        let encodings = Encodings::of(&offer.node);
        match offer.kind {
            Kind::Json => BodyKind::Json(self.body_value(offer, site, known)),
            Kind::JsonPatch => BodyKind::JsonPatch,
            Kind::Form => {
                let slot = self.body_value(offer, site, known);
                let encodings = self.encodings(&encodings, &slot, false);
                BodyKind::Form(slot, encodings)
            }
            Kind::Multipart => {
                let schema = offer.node.get("schema");
                let slot = schema.and_then(|schema| match self.parts(&schema, &encodings, site) {
                    Parts::Object(slot) => Some(slot),
                    Parts::Values => {
                        let slot = self.body_value(offer, site, known);
                        self.valued_parts(slot)
                    }
                    Parts::Unknown => None,
                });
                let encodings = match &slot {
                    Some(slot) => self.encodings(&encodings, slot, true),
                    None => Vec::new(),
                };
                BodyKind::Multipart(slot, encodings)
            }
            Kind::Text if offer.node.get("itemSchema").is_none() => BodyKind::Text,
            Kind::Text | Kind::Bytes => BodyKind::Bytes,
            Kind::Xml => {
                let slot = self.body_value(offer, site, known);
                if let Some(schema) = offer.node.get("schema") {
                    self.check_root_name(&slot, &schema);
                }
                BodyKind::Xml(slot)
            }
        }
    }

    /// The type of a body; equal schemas in several media types are one.
    fn body_value(&mut self, offer: &Offer<'d>, site: &Site, known: &mut Vec<(&'d Value, Slot)>) -> Slot {
        let Some(schema) = offer.node.get("schema") else {
            return Self::any();
        };
        if let Some((_, slot)) = known.iter().find(|(other, _)| *other == schema.value) {
            return slot.clone();
        }
        let value = schema.value;
        let slot = self.slot(schema, site);
        known.push((value, slot.clone()));
        slot
    }
}

/// Whether two media types differ in nothing that a caller could see.
fn clashes(one: &Offer<'_>, other: &Offer<'_>) -> bool {
    let same = |wanted: Kind| one.kind == wanted && other.kind == wanted;
    let sent = sendable(one.media_type) == sendable(other.media_type);
    same(Kind::Form) || sent && (same(Kind::Json) || same(Kind::JsonPatch) || same(Kind::Multipart))
}

/// The media types of text and bytes that are offered as one, since the caller knows which: ranges, and any of several.
fn raw<'o, 'd>(offers: &'o [Offer<'d>]) -> Vec<&'o Offer<'d>> {
    let of = |kind: Kind| offers.iter().filter(move |offer| offer.kind == kind);
    let range = |kind: Kind| of(kind).any(|offer| is_range(&essence(offer.media_type)));
    let files = || of(Kind::Text).chain(of(Kind::Bytes));
    let several = of(Kind::Text).count() > 1 || of(Kind::Bytes).count() > 1;
    // encodings of a format that has a name, such as `application/apply-patch+yaml`, are no files of any type
    let formats = || files().count() < offers.len() && files().all(|offer| offer.media_type.contains('+'));
    if several && !formats() || range(Kind::Text) || range(Kind::Bytes) {
        files().collect()
    } else {
        Vec::new()
    }
}

/// Type and subtype in lower case.
fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

fn is_json_patch(essence: &str) -> bool {
    essence == "application/json-patch+json"
}

/// Whether the schema of a JSON Patch is one of its own: a list of operations, or an object with properties.
fn describes_patch(root: &Value, content: &Node<'_>) -> bool {
    let mut schema = content.value.get("schema");
    for _ in 0..DEEPEST {
        match schema.and_then(reference).and_then(|at| root.pointer(at.as_str())) {
            Some(target) => schema = Some(target),
            None => break,
        }
    }
    let says = |schema: &Value| {
        ["$ref", "properties", "allOf", "oneOf", "anyOf"]
            .iter()
            .any(|key| schema.get(key).is_some())
    };
    schema.is_some_and(|schema| says(schema) || schema.get("items").is_some_and(says))
}

fn is_range(essence: &str) -> bool {
    essence == "*" || essence.ends_with("/*")
}

/// Whether the schema of a range of media types is one of values, which JSON can carry, and not of bytes.
fn describes_json(root: &Value, content: &Node<'_>) -> bool {
    let Some(schema) = content.value.get("schema").and_then(Value::as_object) else {
        return false;
    };
    let string = schema.get("type").is_some_and(|ty| ty == "string");
    !string && !schema.is_empty() && !content.value.get("schema").is_some_and(|schema| is_file(root, schema))
}

/// The media type to send for a declared one: a range stands for JSON.
fn sendable(media_type: &str) -> String {
    let essence = essence(media_type);
    match essence.as_str() {
        "multipart/*" => "multipart/form-data".to_owned(),
        essence if essence.contains('*') => "application/json".to_owned(),
        _ => media_type.trim().to_owned(),
    }
}
