//! Enums.

use serde_json::{Number, Value};

/// A list of values.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values, all of one kind.
    pub values: EnumValues,
    /// `default`.
    pub default: Option<Value>,
}

/// The values of an [`Enum`].
#[derive(Debug, Clone)]
pub enum EnumValues {
    /// Strings.
    Strings(Vec<EnumValue<String>>),
    /// Integers.
    Integers(Vec<EnumValue<i64>>),
    /// Numbers, as the document writes them; no two of them are equal.
    Numbers(Vec<EnumValue<Number>>),
}

/// One value of an [`Enum`].
#[derive(Debug, Clone)]
pub struct EnumValue<T> {
    /// The value on the wire.
    pub wire: T,
    /// A name from `x-enum-varnames` or its relatives.
    pub name: Option<String>,
    /// A description from `x-enum-descriptions` or its relatives.
    pub description: String,
}

impl EnumValues {
    /// How many values are listed.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Strings(values) => values.len(),
            Self::Integers(values) => values.len(),
            Self::Numbers(values) => values.len(),
        }
    }

    /// The position of a value; numbers are compared by what they are worth.
    #[must_use]
    pub fn position(&self, wanted: &Value) -> Option<usize> {
        match self {
            Self::Strings(values) => values
                .iter()
                .position(|value| Some(value.wire.as_str()) == wanted.as_str()),
            Self::Integers(values) => values.iter().position(|value| Some(value.wire) == integral(wanted)),
            Self::Numbers(values) => {
                let wanted = wanted.as_f64()?;
                values.iter().position(|value| value.wire.as_f64() == Some(wanted))
            }
        }
    }

    /// The value at a position, as it stands in JSON.
    #[must_use]
    pub fn json(&self, index: usize) -> Option<Value> {
        match self {
            Self::Strings(values) => values.get(index).map(|value| Value::from(value.wire.as_str())),
            Self::Integers(values) => values.get(index).map(|value| Value::from(value.wire)),
            Self::Numbers(values) => values.get(index).map(|value| Value::Number(value.wire.clone())),
        }
    }
}

/// An integer, also one that is written like `10.0`.
pub(crate) fn integral(value: &Value) -> Option<i64> {
    /// Floats below are exact as integers (2^53).
    const EXACT: f64 = 9_007_199_254_740_992.0;
    value.as_i64().or_else(|| {
        let float = value.as_f64()?;
        #[expect(clippy::cast_possible_truncation, reason = "it has no fraction, and is small")]
        (float.fract() == 0.0 && float.abs() <= EXACT).then_some(float as i64)
    })
}
