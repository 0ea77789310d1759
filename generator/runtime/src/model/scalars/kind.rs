//! What the scalars have in common, and the macro that makes enums of them.

use std::fmt;

use serde_json::Value;

use super::number::Number;

/// A scalar that a JSON value can be.
pub(super) trait Kind: Sized {
    /// The scalar that a value is; the value itself if it is something else.
    fn take(value: Value) -> Result<Self, Value>;

    /// Writes the scalar as text, as it stands in a URL.
    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

impl Kind for bool {
    fn take(value: Value) -> Result<Self, Value> {
        value.as_bool().ok_or(value)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A number like `10.0` is an integer too (JSON Schema, `integer`).
impl Kind for i64 {
    fn take(value: Value) -> Result<Self, Value> {
        let number = value.as_number().and_then(Number::of);
        number.and_then(|number| number.as_i64()).ok_or(value)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Kind for Number {
    fn take(value: Value) -> Result<Self, Value> {
        value.as_number().and_then(Self::of).ok_or(value)
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Kind for String {
    fn take(value: Value) -> Result<Self, Value> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(other),
        }
    }

    fn show(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An enum with a variant for each scalar, and one for values that are none of them.
macro_rules! choice {
    (
        $(#[$docs:meta])*
        $name:ident {
            $($(#[$about:meta])* $variant:ident($held:ty), $access:ident() -> $seen:ty = $see:expr, from $($from:ty),+;)+
        }
    ) => {
        $(#[$docs])*
        #[derive(Debug, Clone, PartialEq)]
        pub enum $name {
            $($(#[$about])* $variant($held),)+
            /// A value of another kind, which the API description does not allow, as it came.
            Unknown(Unlisted<Value>),
        }

        impl $name {
            $(
                #[doc = concat!("Returns the value of [`", stringify!($variant), "`](Self::", stringify!($variant), ").")]
                #[must_use]
                pub fn $access(&self) -> Option<$seen> {
                    match self {
                        Self::$variant(value) => Some($see(value)),
                        _ => None,
                    }
                }
            )+
        }

        $($(
            impl From<$from> for $name {
                fn from(value: $from) -> Self {
                    Self::$variant(value.into())
                }
            }
        )+)+

        /// Writes a string without quotes, and other values as JSON.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    $(Self::$variant(value) => value.show(f),)+
                    Self::Unknown(value) => match &**value {
                        Value::String(text) => fmt::Display::fmt(text, f),
                        other => fmt::Display::fmt(other, f),
                    },
                }
            }
        }

        impl Converted for $name {}

        impl Read for $name {
            fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
                let value = source.any()?;
                $(
                    let value = match <$held as Kind>::take(value) {
                        Ok(scalar) => return Ok(Self::$variant(scalar)),
                        Err(value) => value,
                    };
                )+
                Ok(Self::Unknown(Unlisted::new(value)))
            }
        }

        impl Write for $name {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
                match self {
                    $(Self::$variant(value) => value.write(sink),)+
                    Self::Unknown(value) => sink.any(value),
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                read::deserialize(deserializer)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                write::serialize(self, serializer)
            }
        }
    };
}
