//! Server-sent events: replaces `data` by the schema of its contents.
//!
//! An event is described as an object whose `data` is a text, and a text that is JSON by `contentSchema` (OpenAPI 3.2,
//! section "Working with Sequential Media Types"). Those who read events want what is in it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::Document;
use crate::pointer::Pointer;

/// The media type of server-sent events.
const EVENT_STREAM: &str = "text/event-stream";

/// Replaces the schema of each such text with that of its JSON.
pub(super) fn unwrap(document: &mut Document) {
    if !mentions(&document.root, "contentSchema") {
        return;
    }
    let mut events = BTreeSet::new();
    find(&document.root, &document.root, &Pointer::root(), &mut events);
    for place in events {
        let data = place.child("properties").child("data");
        let Some(schema) = document.root.pointer_mut(data.as_str()) else {
            continue;
        };
        if !is_json(schema) {
            continue;
        }
        if let Some(inner) = schema.get_mut("contentSchema").map(Value::take) {
            *schema = inner;
            let inside = data.child("contentSchema");
            document.moved.push((data, inside));
        }
    }
}

/// Whether a schema says that its text is JSON of some schema.
fn is_json(schema: &Value) -> bool {
    let media_type = schema.get("contentMediaType").and_then(Value::as_str);
    let media_type = media_type.unwrap_or_default();
    schema.get("contentSchema").is_some() && (media_type == "application/json" || media_type.ends_with("+json"))
}

/// Whether an object of the tree has this member.
fn mentions(value: &Value, key: &str) -> bool {
    match value {
        Value::Object(members) => members.contains_key(key) || members.iter().any(|(_, member)| mentions(member, key)),
        Value::Array(elements) => elements.iter().any(|element| mentions(element, key)),
        _ => false,
    }
}

/// Collects the places of the schemas of events.
fn find(root: &Value, value: &Value, at: &Pointer, events: &mut BTreeSet<Pointer>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let at = at.child(key);
                if key.starts_with(EVENT_STREAM) {
                    let (at, media_type) = target(root, &at, member);
                    if let Some(schema) = media_type.get("itemSchema") {
                        branches(root, &at.child("itemSchema"), schema, events);
                    }
                }
                find(root, member, &at, events);
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                find(root, element, &at.child(index), events);
            }
        }
        _ => {}
    }
}

/// A schema and the schemas it is composed of.
fn branches(root: &Value, at: &Pointer, schema: &Value, events: &mut BTreeSet<Pointer>) {
    let (at, schema) = target(root, at, schema);
    if !events.insert(at.clone()) {
        return;
    }
    for key in ["allOf", "anyOf", "oneOf"] {
        let list = schema.get(key).and_then(Value::as_array).into_iter().flatten();
        for (index, branch) in list.enumerate() {
            branches(root, &at.child(key).child(index), branch, events);
        }
    }
}

/// What a reference leads to, or the value itself.
fn target<'v>(root: &'v Value, at: &Pointer, value: &'v Value) -> (Pointer, &'v Value) {
    let mut found = (at.clone(), value);
    // references that lead in a circle are reported by those who need them
    for _ in 0..8 {
        let reference = found.1.get("$ref").and_then(Value::as_str);
        let Some(pointer) = reference.and_then(Pointer::parse) else {
            break;
        };
        match root.pointer(pointer.as_str()) {
            Some(value) => found = (pointer, value),
            None => break,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::unwrap;
    use crate::document::{Document, Notation, Version};

    #[test]
    fn only_events_are_taken_apart() {
        let text =
            |inner: Value| json!({ "type": "string", "contentMediaType": "application/json", "contentSchema": inner });
        let event = |data: Value| json!({ "properties": { "data": data } });
        let mut document = Document::new(
            "events.json",
            Notation::Json,
            Version::OpenApi32,
            json!({
                "a": { "text/event-stream": { "itemSchema": { "oneOf": [
                    { "$ref": "#/schemas/One" },
                    event(text(json!({ "type": "integer" }))),
                    event(json!({ "type": "string" })),
                ] } } },
                "schemas": {
                    "One": event(text(json!({ "type": "boolean" }))),
                    "Other": event(text(json!({ "type": "null" }))),
                },
            }),
        );
        unwrap(&mut document);
        let at = |pointer: &str| document.root.pointer(pointer).cloned();
        assert_eq!(at("/schemas/One/properties/data"), Some(json!({ "type": "boolean" })));
        assert_eq!(
            at("/schemas/Other/properties/data"),
            Some(text(json!({ "type": "null" })))
        );
        let branches = "/a/text~1event-stream/itemSchema/oneOf";
        assert_eq!(
            at(&format!("{branches}/1/properties/data/type")),
            Some(json!("integer"))
        );
        assert_eq!(at(&format!("{branches}/2/properties/data/type")), Some(json!("string")));
    }
}
