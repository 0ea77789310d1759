//! A property that can be unset, `null`, or a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::{Read, Source};
use super::value_error::ValueError;
use super::write::{Content, Sink, Write};

/// Value of an optional property that is also nullable (OpenAPI 3.0 `nullable`, 3.1 `type: [.., "null"]`): an unset
/// property and `null` differ, as in a PATCH request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The property is unset.
    #[default]
    Absent,
    /// The property is `null`.
    Null,
    /// The property has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// Converts from `&Nullable<T>` to `Nullable<&T>`.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// Returns a reference to the value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns the value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Returns whether the property is unset.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Returns whether the property is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

/// `None` is [`Nullable::Null`].
impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Value)
    }
}

impl From<&str> for Nullable<String> {
    fn from(value: &str) -> Self {
        Self::Value(value.to_owned())
    }
}

/// `Absent` is written as `null` too: where it can be left out, the object around it does so.
impl<T: Serialize> Serialize for Nullable<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Absent | Self::Null => serializer.serialize_unit(),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(Self::from)
    }
}

impl<T: Read> Read for Nullable<T> {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        Option::read(source).map(Self::from)
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

/// `Absent` is written as `null` too: where it can be left out, the object around it does so.
impl<T: Write> Write for Nullable<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        match self {
            Self::Value(value) => value.write(sink),
            Self::Absent | Self::Null => sink.null(),
        }
    }

    fn content(&self) -> Content<'_> {
        match self {
            Self::Value(value) => value.content().present(),
            Self::Null => Content::NULL,
            Self::Absent => Content::ABSENT,
        }
    }
}
