//! Reports examples of the document that do not match their types.

use serde_json::Value;

use super::read::{Reader, Types};
use crate::analyze::Facts;
use crate::config::Formats;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::Document;
use crate::ir::{Api, EnumValues, Example, Primitive, Shape, Slot, TypeRef, Types as Definitions};

/// How many values are looked at for one example, and for all of a document.
const MOST_OF_ONE: usize = 200_000;
const MOST: usize = 4_000_000;

/// Reports each example that its type does not read, or of which it loses something.
pub(crate) fn report(api: &Api, facts: &Facts, document: &Document, formats: &Formats, diagnostics: &mut Diagnostics) {
    let types = Types { api, facts, formats };
    let mut left = MOST;
    for example in &api.examples {
        let Some(value) = document.root.pointer(example.value.as_str()) else {
            continue;
        };
        if is_written_otherwise(&api.types, example, value) {
            continue;
        }
        let most = left.min(MOST_OF_ONE);
        let (read, rest) = Reader::new(types, false, most).read(&example.slot, value);
        left -= most - rest;
        let message = match &read {
            Ok(reading) => match &reading.loss {
                Some(loss) => loss.to_string(),
                None => continue,
            },
            Err(refusal) if refusal.reason.is_about_value() => refusal.to_string(),
            Err(_) => continue,
        };
        diagnostics.report(Code::Example, &example.at, message).help =
            Some("correct the example or its schema".to_owned());
    }
}

/// Whether a text stands for a value of another kind, which tells nothing: JSON or XML as text, the value of a
/// parameter as it is sent, a number in place of text.
fn is_written_otherwise(types: &Definitions, example: &Example, value: &Value) -> bool {
    let textual = is_textual(types, &example.slot);
    match value {
        Value::String(text) => !textual && (example.text || text.trim_start().starts_with(['{', '[', '<', '"'])),
        Value::Number(_) | Value::Bool(_) => textual && example.text,
        _ => false,
    }
}

/// Whether values of a place are text in JSON.
fn is_textual(types: &Definitions, slot: &Slot) -> bool {
    match types.resolve(&slot.ty) {
        TypeRef::Primitive(primitive) => !matches!(
            primitive,
            Primitive::Bool
                | Primitive::I32
                | Primitive::I64
                | Primitive::U32
                | Primitive::U64
                | Primitive::I128
                | Primitive::F64
        ),
        TypeRef::Named(id) => match &types[*id].shape {
            Shape::Enum(values) => matches!(values.values, EnumValues::Strings(_)),
            _ => false,
        },
        TypeRef::Any | TypeRef::List(_) | TypeRef::Map(_) | TypeRef::Tuple(_) => false,
    }
}
