//! Writing of values, with the type of the serializer forgotten, as [`read`](super::read) does it.

mod content;
pub(crate) mod request;
mod sink;
mod values;

use serde_json::Value;

pub use self::content::Content;
pub use self::sink::serialize;
use super::object::Entry;
pub use super::refusal::Refusal;

/// A place that takes one value.
pub trait Sink {
    /// `null`.
    ///
    /// # Errors
    /// Those of the serializer.
    fn null(&mut self) -> Result<(), Refusal>;

    /// `true` or `false`.
    ///
    /// # Errors
    /// Those of the serializer.
    fn boolean(&mut self, value: bool) -> Result<(), Refusal>;

    /// An integer.
    ///
    /// # Errors
    /// Those of the serializer.
    fn integer(&mut self, value: i64) -> Result<(), Refusal>;

    /// An integer without a sign.
    ///
    /// # Errors
    /// Those of the serializer.
    fn unsigned(&mut self, value: u64) -> Result<(), Refusal>;

    /// An integer of up to 128 bits.
    ///
    /// # Errors
    /// Those of the serializer.
    fn long_integer(&mut self, value: i128) -> Result<(), Refusal>;

    /// A number that is finite.
    ///
    /// # Errors
    /// Those of the serializer.
    fn number(&mut self, value: f64) -> Result<(), Refusal>;

    /// A text.
    ///
    /// # Errors
    /// Those of the serializer.
    fn text(&mut self, value: &str) -> Result<(), Refusal>;

    /// An array.
    ///
    /// # Errors
    /// Those of the serializer and of the elements.
    fn array(&mut self, elements: &mut dyn Iterator<Item = Content<'_>>) -> Result<(), Refusal>;

    /// An object of members and then of others.
    ///
    /// # Errors
    /// Those of the serializer and of the members.
    fn object(&mut self, members: &[Entry<'_>], extra: &mut dyn Iterator<Item = Entry<'_>>) -> Result<(), Refusal>;

    /// Any value.
    ///
    /// # Errors
    /// Those of the serializer.
    fn any(&mut self, value: &Value) -> Result<(), Refusal>;
}

/// A type whose values can be written.
pub trait Write {
    /// Writes the value.
    ///
    /// # Errors
    /// The value cannot be written, and those of the serializer.
    fn write(&self, sink: &mut dyn Sink) -> Result<(), Refusal>;

    /// What is written of the value.
    fn content(&self) -> Content<'_>
    where
        Self: Sized,
    {
        Content::of(self)
    }
}
