//! What writing is made of: sinks of values, types that are written to them, and what is written of a value or a member.

use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::request::is_request;

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

/// What is written of a value. What most members are is told apart here, and written without a call through a trait
/// object.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a value may be a function")]
pub struct Content<'a>(pub(super) Kind<'a>);

#[derive(Clone, Copy)]
pub(super) enum Kind<'a> {
    /// There is no value; `null` where something has to be.
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
    /// Nothing, or `null` where something has to be.
    pub(in super::super) const ABSENT: Self = Self(Kind::Absent);
    /// `null`.
    pub(in super::super) const NULL: Self = Self(Kind::Null);

    /// Any value.
    pub fn of(value: &'a dyn Write) -> Self {
        Self(Kind::Other(value))
    }

    /// A text.
    pub const fn text(text: &'a str) -> Self {
        Self(Kind::Text(text))
    }

    /// Whether an object leaves it out if it may.
    pub(in super::super) const fn is_absent(&self) -> bool {
        matches!(self.0, Kind::Absent)
    }

    /// The same where there is a value: what is nothing is `null`.
    #[must_use]
    pub(in super::super) const fn present(self) -> Self {
        match self.0 {
            Kind::Absent => Self::NULL,
            _ => self,
        }
    }
}

/// A member that is written: its name, its value, and whether it may be left out.
#[derive(Clone, Copy)]
#[expect(missing_debug_implementations, reason = "a value may be a function")]
pub struct Entry<'a> {
    pub(in super::super) name: &'a str,
    pub(in super::super) value: Content<'a>,
    pub(in super::super) always: bool,
    pub(in super::super) read_only: bool,
}

impl<'a> Entry<'a> {
    /// A member that is always written.
    pub(in super::super) const fn always(name: &'a str, value: Content<'a>) -> Self {
        Self {
            name,
            value,
            always: true,
            read_only: false,
        }
    }

    /// The same member as one that only the server sets (`readOnly`): it is left out of requests.
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
