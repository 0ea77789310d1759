//! Why a value was not read or written.

use std::fmt;

/// A value is not what its type wants, or cannot be written. It is one pointer, since every value is read with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(Box<Reason>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// The source or the sink has the error.
    Elsewhere,
    NotFinite,
    Because(Box<str>),
}

impl Refusal {
    /// With the reason.
    pub fn new(reason: impl Into<Box<str>>) -> Self {
        Self(Box::new(Reason::Because(reason.into())))
    }

    /// A required member did not come.
    pub fn missing(name: &str) -> Self {
        Self::new(format!("missing field `{name}`"))
    }

    /// The source or the sink keeps the reason.
    #[cold]
    pub(super) fn told_elsewhere() -> Self {
        Self(Box::new(Reason::Elsewhere))
    }

    /// The same for the value of a member.
    pub(super) fn of(self, member: Option<&str>) -> Self {
        match (&*self.0, member) {
            (Reason::NotFinite, Some(name)) => Self::new(format!("`{name}` is no finite number")),
            _ => self,
        }
    }

    /// A number that is NaN or infinite.
    pub(super) fn not_finite() -> Self {
        Self(Box::new(Reason::NotFinite))
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Reason::Elsewhere => f.write_str("the value was refused"),
            Reason::NotFinite => f.write_str("a number is not finite"),
            Reason::Because(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Refusal {}
