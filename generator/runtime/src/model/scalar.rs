//! Reading of open enums of strings and of integers.
//!
//! The conversion is a function pointer, so that nothing of a deserializer is compiled per enum.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, Unexpected, Visitor};

use super::text::Text;

/// Reads a string and converts it.
///
/// # Errors
/// The value is not a string.
pub fn string<'de, D: Deserializer<'de>, T>(deserializer: D, convert: fn(&str) -> T) -> Result<T, D::Error> {
    Ok(convert(&Text.deserialize(deserializer)?))
}

/// Reads an integer and converts it. A number like `10.0` is an integer too (JSON Schema, `integer`).
///
/// # Errors
/// The value is no integer, or does not fit 64 bits with a sign.
pub fn integer<'de, D: Deserializer<'de>, T>(deserializer: D, convert: fn(i64) -> T) -> Result<T, D::Error> {
    deserializer.deserialize_i64(Integer).map(convert)
}

struct Integer;

impl Visitor<'_> for Integer {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer of 64 bits")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<i64, E> {
        // -2^63 is a float, 2^63 - 1 is not: the upper bound is the first float that is too large
        let bound = 9_223_372_036_854_775_808.0;
        if value.fract() == 0.0 && value >= -bound && value < bound {
            return Ok(value as i64);
        }
        Err(E::invalid_value(Unexpected::Float(value), &self))
    }
}
