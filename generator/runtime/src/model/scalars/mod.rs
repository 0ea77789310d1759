//! Values that are one of several scalars (`oneOf`, `anyOf` or `type` with integers, strings and the like).
//!
//! They are types of the runtime, so that a client does not need an enum for each place.

mod number;

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

pub use self::number::Number;
use super::{Numbers, Read, Refusal, Sink, Source, Write, read, write};

/// A scalar that a JSON value can be.
trait Kind: Sized {
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
            Unknown(Value),
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
                    Self::Unknown(Value::String(text)) => fmt::Display::fmt(text, f),
                    Self::Unknown(value) => fmt::Display::fmt(value, f),
                }
            }
        }

        impl Read for $name {
            fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal> {
                let value = source.any()?;
                $(
                    let value = match <$held as Kind>::take(value) {
                        Ok(scalar) => return Ok(Self::$variant(scalar)),
                        Err(value) => value,
                    };
                )+
                Ok(Self::Unknown(value))
            }
        }

        impl Write for $name {
            fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal> {
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

/// Enums that hold numbers.
macro_rules! with_numbers {
    ($($name:ident)+) => {$(
        impl Numbers for $name {
            fn are_finite(&self) -> bool {
                match self {
                    Self::Number(number) => number.are_finite(),
                    _ => true,
                }
            }
        }
    )+};
}

choice! {
    /// An integer or a string, such as `80` and `"http"`.
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::IntegerOrString;
    ///
    /// let port = IntegerOrString::from(80);
    /// assert_eq!(port.as_i64(), Some(80));
    /// assert_eq!(IntegerOrString::from("http").to_string(), "http");
    /// ```
    #[derive(Eq)]
    IntegerOrString {
        /// An integer.
        Integer(i64), as_i64() -> i64 = |value: &i64| *value, from i32, i64, u32;
        /// A string.
        String(String), as_str() -> &str = String::as_str, from String, &str;
    }
}

choice! {
    /// A number or a string.
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::NumberOrString;
    ///
    /// assert_eq!(NumberOrString::from(1.5).to_string(), "1.5");
    /// assert_eq!(NumberOrString::from("auto").as_str(), Some("auto"));
    /// ```
    NumberOrString {
        /// A number.
        Number(Number), as_number() -> Number = |value: &Number| *value, from Number, i32, i64, u32, u64, f64;
        /// A string.
        String(String), as_str() -> &str = String::as_str, from String, &str;
    }
}

choice! {
    /// A boolean or a string.
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::BooleanOrString;
    ///
    /// assert_eq!(BooleanOrString::from(true).as_bool(), Some(true));
    /// assert_eq!(BooleanOrString::from("auto").to_string(), "auto");
    /// ```
    #[derive(Eq)]
    BooleanOrString {
        /// `true` or `false`.
        Boolean(bool), as_bool() -> bool = |value: &bool| *value, from bool;
        /// A string.
        String(String), as_str() -> &str = String::as_str, from String, &str;
    }
}

choice! {
    /// A boolean or a number.
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::BooleanOrNumber;
    ///
    /// assert_eq!(BooleanOrNumber::from(false).as_bool(), Some(false));
    /// assert_eq!(BooleanOrNumber::from(3).to_string(), "3");
    /// ```
    BooleanOrNumber {
        /// `true` or `false`.
        Boolean(bool), as_bool() -> bool = |value: &bool| *value, from bool;
        /// A number.
        Number(Number), as_number() -> Number = |value: &Number| *value, from Number, i32, i64, u32, u64, f64;
    }
}

choice! {
    /// A boolean, a number or a string.
    ///
    /// # Examples
    /// ```
    /// use envoi_runtime::Scalar;
    ///
    /// let values = [Scalar::from(true), Scalar::from(3), Scalar::from("three")];
    /// assert_eq!(values.map(|value| value.to_string()), ["true", "3", "three"]);
    /// ```
    Scalar {
        /// `true` or `false`.
        Boolean(bool), as_bool() -> bool = |value: &bool| *value, from bool;
        /// A number.
        Number(Number), as_number() -> Number = |value: &Number| *value, from Number, i32, i64, u32, u64, f64;
        /// A string.
        String(String), as_str() -> &str = String::as_str, from String, &str;
    }
}

// chrono: begin
// after the macro that it uses
#[cfg(feature = "chrono")]
mod dates;
#[cfg(feature = "chrono")]
pub use self::dates::IntegerOrDateTime;
// chrono: end

with_numbers! { NumberOrString BooleanOrNumber Scalar }
