//! The tags of values: which branch a value itself names.

use std::borrow::Cow;

use serde_json::Value;

/// Returns the discriminator of a value as text, if the value is an object and the property is a string, number or
/// boolean.
pub fn tag<'v>(value: &'v Value, property: &str) -> Option<Cow<'v, str>> {
    match value.get(property)? {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Bool(boolean) => Some(Cow::Borrowed(if *boolean { "true" } else { "false" })),
        Value::Number(number) => Some(Cow::Owned(match number.as_f64() {
            // `1.0` is the integer 1 (JSON Schema, `integer`)
            Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
            _ => number.to_string(),
        })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// Returns the variant name of an externally tagged value, and its content: a plain string, or the only property of an
/// object.
pub fn external(value: &Value) -> Option<(&str, Option<&Value>)> {
    match value {
        Value::String(name) => Some((name, None)),
        Value::Object(object) if object.len() == 1 => {
            let (name, content) = object.iter().next()?;
            Some((name, Some(content)))
        }
        _ => None,
    }
}

/// Returns the variant name of an adjacently tagged value, and its content.
pub fn adjacent<'v>(value: &'v Value, tag: &str, content: &str) -> Option<(&'v str, Option<&'v Value>)> {
    let object = value.as_object()?;
    let name = object.get(tag)?.as_str()?;
    Some((name, object.get(content)))
}
