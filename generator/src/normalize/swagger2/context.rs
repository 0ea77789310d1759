//! State shared by the passes over Swagger 2.0.

use serde_json::{Map, Value};

use crate::diagnostic::Diagnostics;
use crate::pointer::Pointer;

pub(super) type Object = Map<String, Value>;

/// What the passes share: the defaults of the document, and where nodes go.
pub(super) struct Upgrade<'r> {
    pub(super) consumes: Vec<String>,
    pub(super) produces: Vec<String>,
    /// Top-level parameters as written; those in `body` and `formData` have no place of their own in 3.0.
    pub(super) parameters: Object,
    pub(super) moved: &'r mut Vec<(Pointer, Pointer)>,
    pub(super) diagnostics: &'r mut Diagnostics,
}

pub(super) fn object(value: Option<Value>) -> Object {
    match value {
        Some(Value::Object(object)) => object,
        _ => Object::new(),
    }
}

pub(super) fn media_types(value: Option<Value>) -> Option<Vec<String>> {
    let types: Vec<String> = value?
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect();
    (!types.is_empty()).then_some(types)
}
