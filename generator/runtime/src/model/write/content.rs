//! What is written, by what most members are.

use serde_json::{Map, Value};

use super::Write;

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
