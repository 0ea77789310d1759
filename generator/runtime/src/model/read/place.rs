//! Places for values that are to be read.

use super::{Read, Refusal, Source};

/// A place for a value. What most members are is told apart here, and read without a call through a trait object.
#[expect(missing_debug_implementations, reason = "a place may be a function")]
pub struct Place<'a>(pub(super) Kind<'a>);

pub(super) enum Kind<'a> {
    Text(&'a mut Option<String>),
    Boolean(&'a mut Option<bool>),
    Integer(&'a mut Option<i64>),
    Number(&'a mut Option<f64>),
    Other(&'a mut dyn Slot),
}

impl<'a> Place<'a> {
    /// A place for a value of any type.
    pub fn of<T: Read>(place: &'a mut Option<T>) -> Self {
        Self(Kind::Other(place))
    }

    /// Forgets what was read.
    pub(super) fn clear(&mut self) {
        match &mut self.0 {
            Kind::Text(place) => **place = None,
            Kind::Boolean(place) => **place = None,
            Kind::Integer(place) => **place = None,
            Kind::Number(place) => **place = None,
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
