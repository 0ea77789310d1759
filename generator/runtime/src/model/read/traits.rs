//! What reading is made of: sources of values, types that are read from them, and the places that values are read into.
//!
//! A [`Source`] fills places, a [`Place`] is filled from a source, and the [`Members`] of an object are places by name. So
//! they name one another.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::super::refusal::Refusal;
use super::strict;

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

/// A place for a value. What most members are is told apart here, and read without a call through a trait object.
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
    /// A place for a value of any type.
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
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal>;

    /// Forgets the value.
    fn clear(&mut self);
}

impl<T: Read> Slot for Option<T> {
    fn fill(&mut self, source: &mut dyn Source<'_>) -> Result<(), Refusal> {
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
    fn parse(text: &str) -> Result<Self, Refusal>;
}

/// A place for a value that is a text on the wire.
pub(in super::super) trait ParsedSlot {
    /// Reads the text. Where the value may be absent, an empty text says that it is: many servers write one instead of `null`.
    fn parse(&mut self, text: &str, may_be_absent: bool) -> Result<(), Refusal>;

    /// Forgets the value.
    fn clear(&mut self);
}

impl<T: Parsed> ParsedSlot for Option<T> {
    fn parse(&mut self, text: &str, may_be_absent: bool) -> Result<(), Refusal> {
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

/// A member that is read: its name and its place.
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
pub(in super::super) type Rest<'a> = &'a mut dyn FnMut(&mut String, &mut dyn Source<'_>) -> Result<(), Refusal>;

/// The members of an object that is being read.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Members<'a, 'm> {
    pub(in super::super) expecting: &'static str,
    pub(in super::super) members: &'a mut [Member<'m>],
    /// The member that comes next if they come in the order of the document.
    pub(in super::super) next: usize,
    pub(in super::super) rest: Option<Rest<'a>>,
    /// Whether the schema says that there are no other members.
    pub closed: bool,
    /// The name of a member without a place.
    pub(in super::super) unknown: String,
}
