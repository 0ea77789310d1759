//! What writing is made of: sinks of values, types that are written to them, and what is written of a value or a member.

use serde_json::{Map, Value};

use super::super::value_error::ValueError;
use super::request::is_request;

/// Destination of one value: a serializer behind a trait object.
pub trait Sink {
    /// Writes `null`.
    ///
    /// # Errors
    /// The serializer fails.
    fn null(&mut self) -> Result<(), ValueError>;

    /// Writes `true` or `false`.
    ///
    /// # Errors
    /// The serializer fails.
    fn boolean(&mut self, value: bool) -> Result<(), ValueError>;

    /// Writes an integer.
    ///
    /// # Errors
    /// The serializer fails.
    fn integer(&mut self, value: i64) -> Result<(), ValueError>;

    /// Writes an unsigned integer.
    ///
    /// # Errors
    /// The serializer fails.
    fn unsigned(&mut self, value: u64) -> Result<(), ValueError>;

    /// Writes an integer of up to 128 bits.
    ///
    /// # Errors
    /// The serializer fails.
    fn long_integer(&mut self, value: i128) -> Result<(), ValueError>;

    /// Writes a finite number.
    ///
    /// # Errors
    /// The serializer fails.
    fn number(&mut self, value: f64) -> Result<(), ValueError>;

    /// Writes a string.
    ///
    /// # Errors
    /// The serializer fails.
    fn text(&mut self, value: &str) -> Result<(), ValueError>;

    /// Writes an array.
    ///
    /// # Errors
    /// An element cannot be written, or the serializer fails.
    fn array(&mut self, elements: &mut dyn Iterator<Item = Content<'_>>) -> Result<(), ValueError>;

    /// Writes an object of members, followed by additional ones.
    ///
    /// # Errors
    /// A member cannot be written, or the serializer fails.
    fn object(&mut self, members: &[Entry<'_>], extra: &mut dyn Iterator<Item = Entry<'_>>) -> Result<(), ValueError>;

    /// Writes any JSON value.
    ///
    /// # Errors
    /// The serializer fails.
    fn any(&mut self, value: &Value) -> Result<(), ValueError>;
}

/// Type whose values can be written to a [`Sink`].
pub trait Write {
    /// Writes the value.
    ///
    /// # Errors
    /// The value cannot be written, or the serializer fails.
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError>;

    /// Returns the content that is written for the value.
    fn content(&self) -> Content<'_>
    where
        Self: Sized,
    {
        Content::of(self)
    }
}

/// Content of a value that is being written. Common types have a variant of their own and are written without a call
/// through a trait object.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a value may be a function")]
pub struct Content<'a>(pub(super) Kind<'a>);

#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// No value; `null` where a value is required.
    Absent,
    Null,
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Number(f64),
    Text(&'a str),
    Any(&'a Value),
    Object(&'a Map<String, Value>),
    Other(&'a dyn Write),
}

impl<'a> Content<'a> {
    /// No value; `null` where a value is required.
    pub(in super::super) const ABSENT: Self = Self(Kind::Absent);
    /// `null`.
    pub(in super::super) const NULL: Self = Self(Kind::Null);

    /// Creates the content of any value.
    pub fn of(value: &'a dyn Write) -> Self {
        Self(Kind::Other(value))
    }

    /// Creates the content of a string.
    pub const fn text(text: &'a str) -> Self {
        Self(Kind::Text(text))
    }

    /// Returns whether there is no value, so that a member is omitted.
    pub(in super::super) const fn is_absent(&self) -> bool {
        matches!(self.0, Kind::Absent)
    }

    /// Replaces no value with `null`.
    #[must_use]
    pub(in super::super) const fn present(self) -> Self {
        match self.0 {
            Kind::Absent => Self::NULL,
            _ => self,
        }
    }
}

/// Member of an object that is being written: its name, its content, and whether it may be omitted.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a value may be a function")]
pub struct Entry<'a> {
    pub(in super::super) name: &'a str,
    pub(in super::super) value: Content<'a>,
    pub(in super::super) always: bool,
    pub(in super::super) read_only: bool,
}

impl<'a> Entry<'a> {
    /// Declares a member that is always written.
    pub(in super::super) const fn always(name: &'a str, value: Content<'a>) -> Self {
        Self {
            name,
            value,
            always: true,
            read_only: false,
        }
    }

    /// Marks the member as read-only: it is not written in requests.
    #[must_use]
    pub const fn read_only(self) -> Self {
        Self {
            read_only: true,
            ..self
        }
    }

    pub(in super::super) fn is_written(&self) -> bool {
        (self.always || !self.value.is_absent()) && !(self.read_only && is_request())
    }
}
