//! Reading one branch from a buffered value, or keeping a value that is none.

use serde_json::Value;

use super::super::read::{Buffered, Read};
use super::super::unlisted::Unlisted;
use super::super::value_error::ValueError;
use super::effort;

/// Reads a branch from the buffered value.
///
/// # Errors
/// The value is not a `T`.
pub fn branch<T: Read>(value: &Value) -> Result<T, ValueError> {
    T::read(&mut Buffered::new(value))
}

/// Converts JSON into a union: the variant that it is read as, else `keep` of the value.
pub fn from_json<T: Read>(value: Value, keep: fn(Unlisted<Value>) -> T) -> T {
    branch(&value).unwrap_or_else(|_| keep(Unlisted::new(value)))
}

/// Keeps a value that matches no variant.
///
/// # Errors
/// The union is itself a branch of a union that reads the same value, which tries its other branches first.
pub fn unknown<T>(value: &Value, keep: fn(Unlisted<Value>) -> T) -> Result<T, ValueError> {
    if effort::refuses_unknown(value) {
        return Err(ValueError::new("none of the variants"));
    }
    effort::count(|tally| tally.unknown += 1);
    Ok(keep(Unlisted::new(value.clone())))
}
