//! Places for values that are to be read.

use super::{Read, Refusal, Source, strict};

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
