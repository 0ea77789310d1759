//! What reading is made of: sources of values, types that are read from them, and the places that values are read into.
//!
//! A [`Source`] fills places, a [`Place`] is filled from a source, and the [`Members`] of an object are places by name. So
//! they name one another.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::value_error::ValueError;
use super::strict;

/// Source of one value: a deserializer behind a trait object.
pub trait Source<'de> {
    /// Reads a string, borrowed from the input where possible.
    ///
    /// # Errors
    /// The value is of another type.
    fn text(&mut self) -> Result<Cow<'de, str>, ValueError>;

    /// Reads an owned string.
    ///
    /// # Errors
    /// The value is of another type.
    fn string(&mut self) -> Result<String, ValueError>;

    /// Reads `true` or `false`.
    ///
    /// # Errors
    /// The value is of another type.
    fn boolean(&mut self) -> Result<bool, ValueError>;

    /// Reads an integer. A number like `10.0` is an integer as well (JSON Schema, `integer`).
    ///
    /// # Errors
    /// The value is of another type, or does not fit into an `i64`.
    fn integer(&mut self) -> Result<i64, ValueError>;

    /// Reads an unsigned integer.
    ///
    /// # Errors
    /// The value is of another type, is negative, or does not fit into a `u64`.
    fn unsigned(&mut self) -> Result<u64, ValueError>;

    /// Reads an integer of up to 128 bits.
    ///
    /// # Errors
    /// The value is of another type.
    fn long_integer(&mut self) -> Result<i128, ValueError>;

    /// Reads a number.
    ///
    /// # Errors
    /// The value is of another type.
    fn number(&mut self) -> Result<f64, ValueError>;

    /// Reads a value that may be `null`, which leaves the place empty.
    ///
    /// # Errors
    /// The value is neither `null` nor of the type of the place.
    fn optional(&mut self, some: &mut Place<'_>) -> Result<(), ValueError>;

    /// Reads an array and calls `element` for each of its elements. `null` is read as an empty array unless reading is
    /// strict: servers written in Go send it for a list without elements.
    ///
    /// # Errors
    /// The value is of another type, or `element` fails.
    fn array(&mut self, element: Each<'_, 'de>) -> Result<(), ValueError>;

    /// Reads an object into the places of its members.
    ///
    /// # Errors
    /// The value is of another type, a member cannot be read, or a required member is missing.
    fn object(&mut self, members: &mut Members<'_, '_>) -> Result<(), ValueError>;

    /// Reads an object with any members and calls `member` for each of them. `null` is read as an empty object unless
    /// reading is strict.
    ///
    /// # Errors
    /// The value is of another type, or `member` fails.
    fn map(&mut self, member: EachMember<'_, 'de>) -> Result<(), ValueError>;

    /// Reads any JSON value.
    ///
    /// # Errors
    /// The input is malformed.
    fn any(&mut self) -> Result<Value, ValueError>;

    /// Reads any JSON value for inspection, borrowed if it has been buffered before.
    ///
    /// # Errors
    /// The input is malformed.
    fn buffer(&mut self) -> Result<Cow<'de, Value>, ValueError> {
        self.any().map(Cow::Owned)
    }

    /// Reads any object.
    ///
    /// # Errors
    /// The value is of another type.
    fn any_object(&mut self) -> Result<Map<String, Value>, ValueError>;

    /// Skips the value.
    ///
    /// # Errors
    /// The input is malformed.
    fn skip(&mut self) -> Result<(), ValueError>;
}

/// Callback for a nested value.
pub type Each<'a, 'de> = &'a mut dyn FnMut(&mut dyn Source<'de>) -> Result<(), ValueError>;

/// Callback for a member of an object, with its name, which may be taken, and its value.
pub type EachMember<'a, 'de> = &'a mut dyn FnMut(&mut String, &mut dyn Source<'de>) -> Result<(), ValueError>;

/// Type whose values can be read from a [`Source`].
pub trait Read: Sized {
    /// Reads a value.
    ///
    /// # Errors
    /// The input is not a value of this type.
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError>;

    /// Returns a place for a value of this type.
    fn place(place: &mut Option<Self>) -> Place<'_> {
        Place::of(place)
    }

    /// Returns the value of an empty body; `None` if there is no such value.
    fn absent() -> Option<Self> {
        None
    }
}

/// Place for a value: a field that is being read. Common types have a variant of their own and are read without a call
/// through a trait object.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Place<'a>(pub(super) Kind<'a>);

pub(super) enum Kind<'a> {
    Text(&'a mut Option<String>),
    Boolean(&'a mut Option<bool>),
    Integer(&'a mut Option<i64>),
    Number(&'a mut Option<f64>),
    #[allow(dead_code, reason = "dates and UUIDs are, which not every client has")]
    Parsed(&'a mut dyn ParsedSlot),
    Other(&'a mut dyn Slot),
}

impl<'a> Place<'a> {
    /// Creates a place for a value of any type.
    pub fn of<T: Read>(place: &'a mut Option<T>) -> Self {
        Self(Kind::Other(place))
    }

    /// A place for a value that is a text on the wire.
    #[allow(dead_code, reason = "dates and UUIDs are, which not every client has")]
    pub(in super::super) fn parsed<T: Parsed>(place: &'a mut Option<T>) -> Self {
        Self(Kind::Parsed(place))
    }

    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        match &mut self.0 {
            Kind::Text(place) => **place = None,
            Kind::Boolean(place) => **place = None,
            Kind::Integer(place) => **place = None,
            Kind::Number(place) => **place = None,
            Kind::Parsed(place) => place.clear(),
            Kind::Other(place) => place.clear(),
        }
    }
}

/// A place of which only that is known.
pub(in super::super) trait Slot {
    /// Reads the value.
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), ValueError>;

    /// Forgets the value.
    fn clear(&mut self);
}

impl<T: Read> Slot for Option<T> {
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), ValueError> {
        *self = Some(T::read(source)?);
        Ok(())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// A value that is a text on the wire, such as a date.
#[allow(dead_code, reason = "dates and UUIDs are, which not every client has")]
pub(in super::super) trait Parsed: Sized {
    /// The value that a text stands for.
    fn parse(text: &str) -> Result<Self, ValueError>;
}

/// A place for a value that is a text on the wire.
pub(in super::super) trait ParsedSlot {
    /// Reads the text. Where the value may be absent, an empty text says that it is: many servers write one instead of `null`.
    fn parse(&mut self, text: &str, may_be_absent: bool) -> Result<(), ValueError>;

    /// Forgets the value.
    fn clear(&mut self);
}

impl<T: Parsed> ParsedSlot for Option<T> {
    fn parse(&mut self, text: &str, may_be_absent: bool) -> Result<(), ValueError> {
        *self = match text.is_empty() && may_be_absent && strict::takes_other_form() {
            true => None,
            false => Some(T::parse(text)?),
        };
        Ok(())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

/// Member of an object that is being read: its name and its place.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Member<'a> {
    pub(in super::super) name: &'static str,
    pub(in super::super) place: Place<'a>,
    pub(in super::super) presence: Presence,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Presence {
    /// It has to be there, and is not yet.
    Missing,
    /// It should be there, and is not yet; without it, it is as if it were `null`.
    Expected,
    Optional,
    Nullable,
}

/// What becomes of a member that has no place.
pub(in super::super) type Rest<'a> = &'a mut dyn FnMut(&mut String, &mut dyn Source<'_>) -> Result<(), ValueError>;

/// Members of an object that is being read.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Members<'a, 'm> {
    pub(in super::super) expecting: &'static str,
    pub(in super::super) members: &'a mut [Member<'m>],
    /// The member that comes next if they come in the order of the document.
    pub(in super::super) next: usize,
    pub(in super::super) rest: Option<Rest<'a>>,
    /// Whether the schema permits no other members.
    pub closed: bool,
    /// The name of a member without a place.
    pub(in super::super) unknown: String,
}
