//! Detects schemas of files: bytes that are not a string in JSON.

use serde_json::Value;

use super::encoding_object::Encodings;
use super::media_type::Format;
use crate::pointer::Pointer;

/// How deep schemas are looked into for files.
pub(super) const DEEPEST: usize = 8;

/// What says nothing about the values of a schema.
const ANNOTATIONS: [&str; 9] = [
    "title",
    "description",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "nullable",
    "$comment",
];

pub(super) fn reference(value: &Value) -> Option<Pointer> {
    Pointer::parse(written(value)?)
}

/// The target of a reference, as it is written.
pub(super) fn written(value: &Value) -> Option<&str> {
    value.get("$ref")?.as_str()
}

/// Whether a schema is of a type, alone or beside `null`.
pub(super) fn is_type(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::Array(types)) => types.iter().any(|ty| ty == name),
        Some(ty) => ty == name,
        None => false,
    }
}

/// Whether the values of a schema are bytes.
pub(super) fn is_file(root: &Value, schema: &Value) -> bool {
    file(root, schema, 0).is_some()
}

/// How many files a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    One,
    Many,
}

/// Whether the values of a schema are files: bytes, and not text in a JSON document.
pub(super) fn file(root: &Value, schema: &Value, depth: usize) -> Option<File> {
    let object = schema.as_object().filter(|_| depth < DEEPEST)?;
    let deeper = |schema: &Value| file(root, schema, depth + 1);
    if let Some(target) = reference(schema) {
        return deeper(root.pointer(target.as_str())?);
    }
    let binary = object.get("format").is_some_and(|format| format == "binary");
    if is_type(schema, "file") || binary && (is_type(schema, "string") || !object.contains_key("type")) {
        return Some(File::One);
    }
    if let Some(items) = object.get("items")
        && is_type(schema, "array")
    {
        return deeper(items).map(|_| File::Many);
    }
    let branches = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| object.get(key)?.as_array());
    let mut files = branches.flatten().filter_map(deeper);
    let first = files.next()?;
    Some(if files.any(|other| other == File::Many) {
        File::Many
    } else {
        first
    })
}

/// Whether an object has a member that is a file, or may have one.
pub(super) fn holds_file(root: &Value, schema: &Value, depth: usize) -> bool {
    let Some(object) = schema.as_object().filter(|_| depth < DEEPEST) else {
        return false;
    };
    let deeper = |schema: &Value| holds_file(root, schema, depth + 1);
    if let Some(target) = reference(schema).and_then(|at| root.pointer(at.as_str())) {
        return deeper(target);
    }
    let properties = object.get("properties").and_then(Value::as_object);
    let mut members = properties.into_iter().flatten().map(|(_, schema)| schema);
    let mut branches = ["allOf", "oneOf", "anyOf"]
        .into_iter()
        .filter_map(|key| object.get(key)?.as_array());
    members.any(|schema| file(root, schema, 0).is_some())
        || object
            .get("additionalProperties")
            .is_some_and(|schema| file(root, schema, 0).is_some())
        || branches.any(|branches| branches.iter().any(deeper))
}

/// Whether the values of a schema are nothing but bytes, whatever the media type around them is called.
pub(super) fn is_bytes(root: &Value, schema: &Value) -> bool {
    let mut schema = schema;
    for _ in 0..DEEPEST {
        let Some(target) = reference(schema).and_then(|at| root.pointer(at.as_str())) else {
            break;
        };
        schema = target;
    }
    // text of another media type, which JSON holds as a string
    let text = |inner: &str| !matches!(Format::of(inner), Format::Bytes | Format::Form);
    let inner = schema.get("contentMediaType").and_then(Value::as_str);
    let binary = schema.get("format").is_some_and(|format| format == "binary");
    binary && (is_type(schema, "string") || schema.get("type").is_none()) && !inner.is_some_and(text)
}

/// Whether an object has a part that is bytes although its schema does not say so.
pub(super) fn holds_bytes(root: &Value, schema: &Value, encodings: &Encodings<'_>) -> bool {
    let properties = schema.get("properties").and_then(Value::as_object);
    let mut properties = properties.into_iter().flatten();
    properties.any(|(name, schema)| bytes(root, name, schema, encodings).is_some())
}

/// What a part is whose schema says nothing: bytes, unless its content type says otherwise (OpenAPI 3.1, "Encoding Object",
/// `contentType`).
pub(super) fn bytes(root: &Value, name: &str, schema: &Value, encodings: &Encodings<'_>) -> Option<File> {
    let target = reference(schema).and_then(|at| root.pointer(at.as_str()));
    let schema = target.unwrap_or(schema);
    let file = match schema.get("items") {
        Some(items) if is_type(schema, "array") && says_nothing(items) => File::Many,
        _ if says_nothing(schema) => File::One,
        _ => return None,
    };
    let bytes = match encodings.content_type(name) {
        Some(content_types) => content_types.split(',').all(may_be_bytes),
        None => true,
    };
    bytes.then_some(file)
}

fn says_nothing(schema: &Value) -> bool {
    match schema {
        Value::Object(members) => members
            .keys()
            .all(|key| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-")),
        other => *other == Value::Bool(true),
    }
}

fn may_be_bytes(content_type: &str) -> bool {
    let range = matches!(content_type.trim(), "*" | "*/*" | "application/*");
    range || matches!(Format::of(content_type), Format::Bytes)
}
