//! Reading of open enums of strings, of integers and of numbers.
//!
//! The conversion is a function pointer, so that little is compiled per enum.

use super::read::{Read, Source};
use super::value_error::ValueError;

/// Reads a string and converts it.
///
/// # Errors
/// The value is not a string.
pub fn string<T>(source: &mut dyn Source<'_>, convert: fn(&str) -> T) -> Result<T, ValueError> {
    source.text().map(|text| convert(&text))
}

/// Reads an integer and converts it. A number like `10.0` is an integer too (JSON Schema, `integer`).
///
/// # Errors
/// The value is not an integer, or does not fit into an `i64`.
pub fn integer<T>(source: &mut dyn Source<'_>, convert: fn(i64) -> T) -> Result<T, ValueError> {
    i64::read(source).map(convert)
}

/// Reads a number and converts it.
///
/// # Errors
/// The value is not a number.
pub fn number<T>(source: &mut dyn Source<'_>, convert: fn(f64) -> T) -> Result<T, ValueError> {
    source.number().map(convert)
}
