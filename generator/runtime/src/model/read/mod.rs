//! Reading of values, with the type of the deserializer forgotten.
//!
//! Serde's own way compiles every model anew for every deserializer. Here what belongs to a deserializer is compiled
//! once, in [`Source`], and a model is plain code that calls it.

// unions: begin
mod buffered;
// unions: end
mod inside;
mod integer;
pub(super) mod place;
mod source;
pub(crate) mod strict;
mod values;

use std::borrow::Cow;

use serde_json::{Map, Value};

// unions: begin
pub(super) use self::buffered::Buffered;
// unions: end
pub use self::place::Place;
pub(super) use self::place::Slot;
pub(crate) use self::source::{Located, located};
pub use self::source::{deserialize, deserialize_strictly};
use super::object::Members;
pub use super::refusal::Refusal;

/// A value that is about to be read.
pub trait Source<'de> {
    /// A text, borrowed from the input where that is possible.
    ///
    /// # Errors
    /// It is something else.
    fn text(&mut self) -> Result<Cow<'de, str>, Refusal>;

    /// A text that is kept.
    ///
    /// # Errors
    /// It is something else.
    fn string(&mut self) -> Result<String, Refusal>;

    /// `true` or `false`.
    ///
    /// # Errors
    /// It is something else.
    fn boolean(&mut self) -> Result<bool, Refusal>;

    /// An integer; a number like `10.0` is one too (JSON Schema, `integer`).
    ///
    /// # Errors
    /// It is something else, or is beyond 64 bits.
    fn integer(&mut self) -> Result<i64, Refusal>;

    /// An integer without a sign.
    ///
    /// # Errors
    /// It is something else, is negative, or is beyond 64 bits.
    fn unsigned(&mut self) -> Result<u64, Refusal>;

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

    /// A value that may be `null`, which leaves the place empty.
    ///
    /// # Errors
    /// It is neither what belongs there nor `null`.
    fn optional(&mut self, some: &mut Place<'_>) -> Result<(), Refusal>;

    /// An array; `element` is called for each of its elements. `null` is an array without any, unless reading is strict:
    /// it is what servers in Go write for a list that nothing was put into.
    ///
    /// # Errors
    /// It is something else, and those of `element`.
    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), Refusal>;

    /// An object whose members have places.
    ///
    /// # Errors
    /// It is something else, a member cannot be read, or one is missing.
    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), Refusal>;

    /// An object of any members; `member` is called for each of them. `null` is an object without any, unless reading is
    /// strict.
    ///
    /// # Errors
    /// It is something else, and those of `member`.
    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), Refusal>;

    /// Any value.
    ///
    /// # Errors
    /// Malformed input.
    fn any(&mut self) -> Result<Value, Refusal>;

    /// Any value that is only looked at: borrowed where it was read before.
    ///
    /// # Errors
    /// Malformed input.
    fn buffer(&mut self) -> Result<Cow<'de, Value>, Refusal> {
        self.any().map(Cow::Owned)
    }

    /// Any object.
    ///
    /// # Errors
    /// It is something else.
    fn any_object(&mut self) -> Result<Map<String, Value>, Refusal>;

    /// Passes over the value.
    ///
    /// # Errors
    /// Malformed input.
    fn skip(&mut self) -> Result<(), Refusal>;
}

/// What is called for a value inside of another.
pub type Each<'a, 'de> = &'a mut dyn FnMut(&mut dyn Source<'de>) -> Result<(), Refusal>;

/// What is called for a member of an object, with its name, which may be taken, and its value.
pub type EachMember<'a, 'de> = &'a mut dyn FnMut(&mut String, &mut dyn Source<'de>) -> Result<(), Refusal>;

/// A type whose values can be read.
pub trait Read: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// What is there is no such value.
    fn read(source: &mut dyn Source<'_>) -> Result<Self, Refusal>;

    /// A place for a value.
    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::of(place)
    }

    /// The value that a body without any text stands for; `None` if there is no such value.
    fn absent() -> Option<Self> {
        None
    }
}
