//! Merges a value of an overlay into a node of the document.

use serde_json::Value;

use crate::pointer::Pointer;

/// What came of a merge.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Where it failed; what it did before stays.
    pub(super) clash: Option<Clash>,
    /// Where the value is `null` and the document has an object or an array.
    pub(super) empty: Vec<Pointer>,
}

/// Two values that cannot come together.
#[derive(Debug)]
pub(super) struct Clash {
    /// Where, below the target.
    pub(super) at: Pointer,
    /// What the document has there.
    pub(super) found: &'static str,
    /// What the overlay has for it.
    pub(super) given: &'static str,
}

/// Merges `value` into a target: objects by member, arrays by appending, primitive values by replacing.
pub(super) fn into(target: &mut Value, value: &Value, at: &Pointer, merged: &mut Merged) {
    match (&mut *target, value) {
        // An array may hold anything, so what is not an array becomes its last element.
        (Value::Array(elements), value) if !value.is_array() => elements.push(value.clone()),
        _ => member(target, value, at, merged),
    }
}

fn member(target: &mut Value, value: &Value, at: &Pointer, merged: &mut Merged) {
    match (target, value) {
        (Value::Object(members), Value::Object(given)) => {
            for (key, value) in given {
                match members.get_mut(key) {
                    Some(existing) => member(existing, value, &at.child(key), merged),
                    None => drop(members.insert(key.clone(), value.clone())),
                }
                if merged.clash.is_some() {
                    return;
                }
            }
        }
        (Value::Array(elements), Value::Array(given)) => elements.extend(given.iter().cloned()),
        // The specification calls this incompatible, but its own example of an overlay that mirrors a document leaves
        // sections empty that the document has.
        (Value::Object(_) | Value::Array(_), Value::Null) => merged.empty.push(at.clone()),
        (target, value) if kind(target) == PRIMITIVE && kind(value) == PRIMITIVE => *target = value.clone(),
        (target, value) => {
            merged.clash = Some(Clash {
                at: at.clone(),
                found: described(target),
                given: described(value),
            });
        }
    }
}

const PRIMITIVE: &str = "a primitive value";

/// The three kinds of values that the specification tells apart.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "an object",
        Value::Array(_) => "an array",
        _ => PRIMITIVE,
    }
}

/// What a value is, for a reader.
pub(super) fn described(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
