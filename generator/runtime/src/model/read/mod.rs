//! Reading of values, with the type of the deserializer forgotten.
//!
//! Serde's own way compiles every model anew for every deserializer. Here what belongs to a deserializer is compiled
//! once, in [`Source`], and a model is plain code that calls it.

mod source;
mod values;

use std::borrow::Cow;

use serde::Deserializer;
use serde_json::Value;

pub(crate) use self::source::from;
pub use super::refusal::Refusal;

/// A value that is about to be read.
pub trait Source<'de> {
    /// A text, borrowed from the input where that is possible.
    ///
    /// # Errors
    /// It is something else.
    fn text(&mut self) -> Result<Cow<'de, str>, Refusal>;

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is something else.
    fn boolean(&mut self) -> Result<bool, Refusal>;

    /// An integer; a number like `10.0` is one too (JSON Schema, `integer`).
    ///
    /// # Errors
    /// It is something else, or is beyond 64 bits.
    fn integer(&mut self) -> Result<i128, Refusal>;

    /// An integer of up to 128 bits.
    ///
    /// # Errors
    /// It is something else.
    fn long_integer(&mut self) -> Result<i128, Refusal>;

    /// A number.
    ///
    /// # Errors
    /// It is something else.
    fn number(&mut self) -> Result<f64, Refusal>;

    /// A value that may be `null`; `some` is called if it is not.
    ///
    /// # Errors
    /// Those of `some`.
    fn optional(&mut self, some: Each<'_, 'de>) -> Result<(), Refusal>;

    /// An array; `element` is called for each of its elements.
    ///
    /// # Errors
    /// It is something else, and those of `element`.
    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), Refusal>;

    /// An object; `member` is called for each of its members, and once more after the last. An error calls the object
    /// `expecting`.
    ///
    /// # Errors
    /// It is something else, and those of `member`.
    fn object(&mut self, expecting: &'static str, member: EachMember<'_, 'de>) -> Result<(), Refusal>;

    /// Any value.
    ///
    /// # Errors
    /// Malformed input.
    fn any(&mut self) -> Result<Value, Refusal>;

    /// Passes over the value.
    ///
    /// # Errors
    /// Malformed input.
    fn skip(&mut self) -> Result<(), Refusal>;
}

/// What is called for a value inside of another.
pub type Each<'a, 'de> = &'a mut dyn FnMut(&mut dyn Source<'de>) -> Result<(), Refusal>;

/// What is called for a member of an object, its name and its value, and with `None` at the end: an error that is found
/// there still belongs to the object.
pub type EachMember<'a, 'de> = &'a mut dyn FnMut(Option<Named<'_, 'de>>) -> Result<(), Refusal>;

/// The name of a member and its value.
pub type Named<'s, 'de> = (Cow<'de, str>, &'s mut dyn Source<'de>);

/// A type whose values can be read.
pub trait Read: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// What is there is no such value.
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal>;
}

/// Reads a value from a deserializer: serde's `Deserialize` for what can be [`Read`].
///
/// # Errors
/// What is there is no `T`.
pub fn deserialize<'de, D: Deserializer<'de>, T: Read>(deserializer: D) -> Result<T, D::Error> {
    from(deserializer, &mut |source| T::read(source))
}
