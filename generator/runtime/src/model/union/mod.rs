//! Enums that hold one of several schemas (`oneOf`, `anyOf`).
//!
//! A value is buffered once, and branches are read from the buffer. How a value finds its branch:
//!
//! * by a discriminator: [`tag`] and [`branch`];
//! * by the only property of an object, or by a string, as serde tags enums externally: [`external`];
//! * by one of two properties, as serde tags them adjacently: [`adjacent`];
//! * by what it looks like: [`Attempts`], with a [`Shape`] per branch.
//!
//! A value that no branch takes is kept as it is: [`unknown`].

mod attempts;
mod effort;
mod shape;
mod written;

use std::borrow::Cow;
use std::ptr;

use serde_json::Value;

pub use self::attempts::Attempts;
pub(crate) use self::effort::only_known;
pub(super) use self::effort::{Tally, charge, count, other_form};
pub use self::shape::Shape;
pub use self::written::{write_adjacent, write_external, write_merged, write_tag, write_tagged};
use super::read::{Buffered, Read};
use super::refusal::Refusal;

/// The discriminator of a value as text, if the value is an object that has it as a string, a number or a boolean.
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

/// The variant that an externally tagged value names, and its content: a string alone, or the only property of an object.
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

/// The variant that an adjacently tagged value names, and its content.
pub fn adjacent<'v>(value: &'v Value, tag: &str, content: &str) -> Option<(&'v str, Option<&'v Value>)> {
    let object = value.as_object()?;
    let name = object.get(tag)?.as_str()?;
    Some((name, object.get(content)))
}

/// Reads a branch from the buffered value.
///
/// # Errors
/// The value is no `T`.
pub fn branch<T: Read>(value: &Value) -> Result<T, Refusal> {
    T::read(&mut Buffered::new(value))
}

/// Keeps a value that is none of the variants.
///
/// # Errors
/// The union is itself a branch of a union that reads the same value: that one tries its other branches first.
pub fn unknown<T>(value: &Value, keep: fn(Value) -> T) -> Result<T, Refusal> {
    if effort::refuses_unknown(value) {
        return Err(Refusal::new("none of the variants"));
    }
    effort::count(|tally| tally.unknown += 1);
    Ok(keep(value.clone()))
}

/// What tells one buffered value from another: its place in memory.
fn place(value: &Value) -> usize {
    ptr::from_ref(value).addr()
}
