//! Enums that hold one of several schemas (`oneOf`, `anyOf`).
//!
//! Reading buffers one [`Value`] and decodes branches from it by reference.

use std::cell::Cell;
use std::fmt::{self, Write as _};

use serde_json::Value;

use super::read::{self, Read};
use super::refusal::Refusal;

/// The text under the discriminator property, if the value is an object that has it as a string.
pub fn tag<'v>(value: &'v Value, property: &str) -> Option<&'v str> {
    value.get(property)?.as_str()
}

/// Decodes a branch from the buffered value.
///
/// # Errors
/// The value is no `T`.
pub fn branch<T: Read>(value: &Value) -> Result<T, Refusal> {
    read::deserialize(value).map_err(|error: serde_json::Error| Refusal::new(error.to_string()))
}

/// What a value must look like before a branch is tried: a cheap test that spares a decoding.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    kind: Kind,
    required: &'static [&'static str],
    constants: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Shape {
    /// Any value.
    pub const ANY: Self = Self::of(Kind::Any);
    /// `null`.
    pub const NULL: Self = Self::of(Kind::Null);
    /// `true` or `false`.
    pub const BOOLEAN: Self = Self::of(Kind::Boolean);
    /// A number without a fraction, `10.0` included.
    pub const INTEGER: Self = Self::of(Kind::Integer);
    /// Any number.
    pub const NUMBER: Self = Self::of(Kind::Number);
    /// A string.
    pub const STRING: Self = Self::of(Kind::String);
    /// An array.
    pub const ARRAY: Self = Self::of(Kind::Array);

    const fn of(kind: Kind) -> Self {
        Self {
            kind,
            required: &[],
            constants: &[],
        }
    }

    /// An object that has these members.
    pub const fn object(required: &'static [&'static str]) -> Self {
        Self {
            kind: Kind::Object,
            required,
            constants: &[],
        }
    }

    /// Members that, where they are there, are these strings: `const`, or an `enum` of one value.
    #[must_use]
    pub const fn constants(self, constants: &'static [(&'static str, &'static str)]) -> Self {
        Self { constants, ..self }
    }

    /// Why the value does not look like this; `None` if it does.
    fn mismatch(&self, value: &Value) -> Option<Mismatch> {
        let found = kind_of(value);
        let fits =
            self.kind == Kind::Any || self.kind == found || (self.kind == Kind::Number && found == Kind::Integer);
        if !fits {
            return Some(Mismatch::Kind(self.kind));
        }
        if let Some(name) = self.required.iter().find(|name| value.get(name).is_none()) {
            return Some(Mismatch::Missing(name));
        }
        self.constants
            .iter()
            .find(|(name, text)| value.get(name).is_some_and(|member| member.as_str() != Some(text)))
            .map(|(name, text)| Mismatch::Constant(name, text))
    }
}

/// What a value does not have of a [`Shape`]. It becomes text only if no branch fits.
#[derive(Clone, Copy, Debug)]
enum Mismatch {
    Kind(Kind),
    Missing(&'static str),
    Constant(&'static str, &'static str),
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind(kind) => write!(f, "not {}", kind.name()),
            Self::Missing(name) => write!(f, "missing field `{name}`"),
            Self::Constant(name, text) => write!(f, "`{name}` is not \"{text}\""),
        }
    }
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Any => "a value",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if number.is_i64() || number.is_u64() => Kind::Integer,
        Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}

thread_local! {
    /// The unions being decoded on this thread, one inside the other.
    static EFFORT: Cell<Effort> = const { Cell::new(Effort { depth: 0, failures: 0 }) };
}

#[derive(Clone, Copy)]
struct Effort {
    /// Unions inside which we are.
    depth: usize,
    /// Branches that may still fail before the outermost one is given up.
    failures: usize,
}

/// Branches that may fail per node of the outermost value. Recursive unions whose branches overlap
/// take a time exponential in the depth of the value, and the value comes from the network.
const FAILURES_PER_NODE: usize = 100;

/// The reason of one branch is cut at this many characters: reasons of nested unions add up.
const MAX_REASON: usize = 200;

/// The branches of a union tried in order, with the reasons of those that did not fit.
#[derive(Debug)]
pub struct Attempts<'v> {
    expecting: &'static str,
    value: &'v Value,
    reasons: Vec<(&'static str, Reason)>,
}

/// Why a branch does not fit.
#[derive(Debug)]
enum Reason {
    Shape(Mismatch),
    Refused(Refusal),
    NotTried,
}

impl<'v> Attempts<'v> {
    /// `expecting` is the name an error calls the union by.
    pub fn new(expecting: &'static str, value: &'v Value) -> Self {
        let Effort { depth, failures } = EFFORT.get();
        let failures = if depth == 0 {
            nodes(value).saturating_mul(FAILURES_PER_NODE)
        } else {
            failures
        };
        EFFORT.set(Effort {
            depth: depth + 1,
            failures,
        });
        Self {
            expecting,
            value,
            reasons: Vec::new(),
        }
    }

    /// Decodes the branch called `name` if the value has its shape; `None` if it does not fit.
    pub fn branch<T: Read>(&mut self, name: &'static str, shape: Shape) -> Option<T> {
        let reason = match self.mismatch(shape) {
            Some(reason) => reason,
            None => match branch(self.value) {
                Ok(branch) => return Some(branch),
                Err(refusal) => failed(refusal),
            },
        };
        self.reasons.push((name, reason));
        None
    }

    fn mismatch(&self, shape: Shape) -> Option<Reason> {
        if EFFORT.get().failures == 0 {
            return Some(Reason::NotTried);
        }
        shape.mismatch(self.value).map(Reason::Shape)
    }

    /// The error that lists every branch with its reason.
    pub fn into_refusal(self) -> Refusal {
        let mut text = String::new();
        for (name, reason) in &self.reasons {
            let separator = if text.is_empty() { "" } else { "; " };
            let cut: String = reason.to_string().chars().take(MAX_REASON).collect();
            // writing to a `String` cannot fail
            let _ = write!(text, "{separator}{name}: {cut}");
        }
        Refusal::new(format!("no variant of {} fits ({text})", self.expecting))
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape(mismatch) => mismatch.fmt(f),
            Self::Refused(refusal) => refusal.fmt(f),
            Self::NotTried => f.write_str("not tried, too many branches failed"),
        }
    }
}

impl Drop for Attempts<'_> {
    fn drop(&mut self) {
        let Effort { depth, failures } = EFFORT.get();
        EFFORT.set(Effort {
            depth: depth.saturating_sub(1),
            failures,
        });
    }
}

/// Counts the failure.
fn failed(refusal: Refusal) -> Reason {
    let Effort { depth, failures } = EFFORT.get();
    EFFORT.set(Effort {
        depth,
        failures: failures.saturating_sub(1),
    });
    Reason::Refused(refusal)
}

/// The values a value consists of, itself included.
fn nodes(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(nodes).sum::<usize>(),
        _ => 1,
    }
}
