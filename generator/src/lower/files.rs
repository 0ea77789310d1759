//! Detects schemas of files: bytes that are not a string in JSON.

use std::collections::HashMap;

use serde_json::{Map, Value};

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
    file(root, schema).is_some()
}

/// How many files a schema is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum File {
    One,
    Many,
}

/// Whether the values of a schema are files: bytes, and not text in a JSON document.
pub(super) fn file(root: &Value, schema: &Value) -> Option<File> {
    Files::new(root).file(schema, 0)
}

/// Whether an object has a member that is a file, or may have one.
pub(super) fn holds_file(root: &Value, schema: &Value) -> bool {
    Files::new(root).holds_file(schema, 0)
}

/// Looks for files. What was found is kept by schema and depth, since schemas may refer to the same ones again and again.
struct Files<'d> {
    root: &'d Value,
    files: HashMap<(*const Value, usize), Option<File>>,
    holders: HashMap<(*const Value, usize), bool>,
}

impl<'d> Files<'d> {
    fn new(root: &'d Value) -> Self {
        Self {
            root,
            files: HashMap::new(),
            holders: HashMap::new(),
        }
    }

    fn file(&mut self, schema: &Value, depth: usize) -> Option<File> {
        let key = (std::ptr::from_ref(schema), depth);
        if let Some(known) = self.files.get(&key) {
            return *known;
        }
        let found = self.look_for_file(schema, depth);
        self.files.insert(key, found);
        found
    }

    fn look_for_file(&mut self, schema: &Value, depth: usize) -> Option<File> {
        let object = schema.as_object().filter(|_| depth < DEEPEST)?;
        if let Some(target) = reference(schema) {
            return self.file(self.root.pointer(target.as_str())?, depth + 1);
        }
        let binary = object.get("format").is_some_and(|format| format == "binary");
        if is_type(schema, "file") || binary && (is_type(schema, "string") || !object.contains_key("type")) {
            return Some(File::One);
        }
        if let Some(items) = object.get("items")
            && is_type(schema, "array")
        {
            return self.file(items, depth + 1).map(|_| File::Many);
        }
        let mut files = branches(object).filter_map(|branch| self.file(branch, depth + 1));
        let first = files.next()?;
        Some(if files.any(|other| other == File::Many) {
            File::Many
        } else {
            first
        })
    }

    fn holds_file(&mut self, schema: &Value, depth: usize) -> bool {
        let key = (std::ptr::from_ref(schema), depth);
        if let Some(known) = self.holders.get(&key) {
            return *known;
        }
        let holds = self.look_into(schema, depth);
        self.holders.insert(key, holds);
        holds
    }

    fn look_into(&mut self, schema: &Value, depth: usize) -> bool {
        let Some(object) = schema.as_object().filter(|_| depth < DEEPEST) else {
            return false;
        };
        if let Some(target) = reference(schema).and_then(|at| self.root.pointer(at.as_str())) {
            return self.holds_file(target, depth + 1);
        }
        let properties = object.get("properties").and_then(Value::as_object);
        let members = properties.into_iter().flatten().map(|(_, schema)| schema);
        let mut members = members.chain(object.get("additionalProperties"));
        members.any(|schema| self.file(schema, 0).is_some())
            || branches(object).any(|branch| self.holds_file(branch, depth + 1))
    }
}

fn branches(object: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    let lists = ["allOf", "oneOf", "anyOf"].into_iter();
    lists.filter_map(|key| object.get(key)?.as_array()).flatten()
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
