//! Lists of values.

use serde_json::Value;

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
        }
    }

    /// The value at a position, as it stands in JSON.
    #[must_use]
    pub fn json(&self, index: usize) -> Option<Value> {
        match self {
            Self::Strings(values) => values.get(index).map(|value| Value::from(value.wire.as_str())),
            Self::Integers(values) => values.get(index).map(|value| Value::from(value.wire)),
        }
    }
}
