//! Numbers as they are written.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::super::argument::Converted;
use super::super::number::Numbers;
use super::super::read::{self, Read, Source};
use super::super::value_error::ValueError;
use super::super::write;
use super::super::write::{Sink, Write};

/// JSON number as it was written: `3` stays `3` and `3.0` stays `3.0`. Integers of up to 64 bits are exact.
///
/// Numbers are compared by value, so `3` equals `3.0`.
///
/// # Examples
/// ```
/// use envoi_runtime::Number;
///
/// let whole = Number::from(3);
/// assert_eq!((whole.as_i64(), whole.as_f64()), (Some(3), 3.0));
/// assert_eq!(whole, Number::from(3.0));
/// assert_eq!([whole, Number::from(3.0)].map(|number| number.to_string()), ["3", "3.0"]);
/// ```
#[derive(Clone, Copy)]
pub struct Number(Repr);

#[derive(Clone, Copy)]
enum Repr {
    Integer(i64),
    Unsigned(u64),
    Float(f64),
}

impl Number {
    /// The number that `serde_json` read; with its feature `arbitrary_precision` it may be beyond all of ours.
    pub(super) fn of(number: &serde_json::Number) -> Option<Self> {
        let integer = number.as_i64().map(Self::from);
        let unsigned = || number.as_u64().map(Self::from);
        integer
            .or_else(unsigned)
            .or_else(|| number.as_f64().filter(|float| float.is_finite()).map(Self::from))
    }

    /// Returns the number as an `i64`, if it is an integer and fits. `3.0` is an integer.
    #[must_use]
    pub fn as_i64(self) -> Option<i64> {
        i64::try_from(self.integer()?).ok()
    }

    /// Returns the number as a `u64`, if it is an integer and fits. `3.0` is an integer.
    #[must_use]
    pub fn as_u64(self) -> Option<u64> {
        u64::try_from(self.integer()?).ok()
    }

    /// Returns the nearest `f64`.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest one is asked for")]
    pub const fn as_f64(self) -> f64 {
        match self.0 {
            Repr::Integer(integer) => integer as f64,
            Repr::Unsigned(integer) => integer as f64,
            Repr::Float(float) => float,
        }
    }

    fn integer(self) -> Option<i128> {
        /// Below 2^64 there are no more floats between those that 128 bits hold.
        const BOUND: f64 = 18_446_744_073_709_551_616.0;
        match self.0 {
            Repr::Integer(integer) => Some(integer.into()),
            Repr::Unsigned(integer) => Some(integer.into()),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "it has no fraction, and is within bounds"
            )]
            Repr::Float(float) => (float.fract() == 0.0 && float.abs() <= BOUND).then_some(float as i128),
        }
    }
}

macro_rules! from {
    ($($variant:ident: $($ty:ty)+;)+) => {$($(
        impl From<$ty> for Number {
            fn from(number: $ty) -> Self {
                Self(Repr::$variant(number.into()))
            }
        }
    )+)+};
}

from! {
    Integer: i32 i64 u32;
    Unsigned: u64;
    Float: f64;
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self.integer(), other.integer()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => self.as_f64().partial_cmp(&other.as_f64()),
        }
    }
}

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Integer(integer) => fmt::Debug::fmt(integer, f),
            Repr::Unsigned(integer) => fmt::Debug::fmt(integer, f),
            Repr::Float(float) => fmt::Debug::fmt(float, f),
        }
    }
}

/// Writes the number as JSON does: a float without a fraction ends in `.0`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl Converted for Number {}

impl Numbers for Number {
    fn are_finite(&self) -> bool {
        self.as_f64().is_finite()
    }
}

impl Read for Number {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let value = source.any()?;
        let number = value.as_number().and_then(Self::of);
        number.ok_or_else(|| ValueError::new(format!("invalid type: {}, expected a number", kind_of(&value))))
    }
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

impl Write for Number {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        match &self.0 {
            Repr::Integer(integer) => integer.write(sink),
            Repr::Unsigned(integer) => integer.write(sink),
            Repr::Float(float) => float.write(sink),
        }
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        write::serialize(self, serializer)
    }
}
