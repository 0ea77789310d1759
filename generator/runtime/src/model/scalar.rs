//! Reading of open enums of strings, of integers and of numbers.
//!
//! The conversion is a function pointer, so that hardly anything is compiled per enum.

use super::read::{Read, Source};
use super::refusal::Refusal;

/// Reads a string and converts it.
///
/// # Errors
/// The value is not a string.
pub fn string<T>(source: &mut dyn Source<'_>, convert: fn(&str) -> T) -> Result<T, Refusal> {
    source.text().map(|text| convert(&text))
}

/// Reads an integer and converts it. A number like `10.0` is an integer too (JSON Schema, `integer`).
///
/// # Errors
/// The value is no integer, or does not fit 64 bits with a sign.
pub fn integer<T>(source: &mut dyn Source<'_>, convert: fn(i64) -> T) -> Result<T, Refusal> {
    i64::read(source).map(convert)
}

/// Reads a number and converts it.
///
/// # Errors
/// The value is no number.
pub fn number<T>(source: &mut dyn Source<'_>, convert: fn(f64) -> T) -> Result<T, Refusal> {
    source.number().map(convert)
}
