//! A member that can be absent, null, or a value.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::read::{Read, Source};
use super::refusal::Refusal;
use super::write::{Content, Sink, Write};

/// An optional member that is nullable as well (OpenAPI 3.0 `nullable`, 3.1 `type: [.., "null"]`):
/// leaving it out and writing `null` mean different things, as in a PATCH request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Nullable<T> {
    /// The member is not there.
    #[default]
    Absent,
    /// The member is `null`.
    Null,
    /// The member has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The same with a reference to the value.
    pub const fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// A reference to the value, if there is one.
    pub const fn as_option(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value, if there is one.
    pub fn into_option(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// Whether the member is not there.
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the member is `null`.
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
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
        Option::read(source).map(Self::from)
    }

    fn absent() -> Option<Self> {
        Some(Self::Null)
    }
}

/// `Absent` is written as `null` too: where it can be left out, the object around it does so.
impl<T: Write> Write for Nullable<T> {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
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
