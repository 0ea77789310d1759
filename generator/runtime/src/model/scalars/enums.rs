//! Enums of two or three scalars.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::super::argument::Converted;
use super::super::number::Numbers;
use super::super::read::{self, Read, Source};
use super::super::unlisted::Unlisted;
use super::super::value_error::ValueError;
use super::super::write;
use super::super::write::{Sink, Write};
use super::kind::Kind;
use super::number::Number;

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
    #[derive(Eq, Hash)]
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
    #[derive(Eq, Hash)]
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

with_numbers! { NumberOrString BooleanOrNumber Scalar }
