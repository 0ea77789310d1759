//! Reading one branch from a buffered value, or keeping a value that is none.

use serde_json::Value;

use super::super::read::{Buffered, Read};
use super::super::refusal::Refusal;
use super::effort;

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
