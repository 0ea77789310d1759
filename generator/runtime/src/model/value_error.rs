//! Error of reading or writing a value, with its path.

use std::borrow::Cow;
use std::fmt;

/// Error returned when a value cannot be read or written as its type: the reason, and the path of the value. It is one
/// pointer in size, since every value is read with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    reason: Reason,
    /// From the invalid value to the outermost one.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// The source or the sink keeps the error.
    Elsewhere,
    NotFinite,
    Because(Box<str>),
}

/// A step from a value to one inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A member of an object, declared or not.
    Member(Cow<'static, str>),
    /// An element of an array.
    Item(usize),
}

impl ValueError {
    /// Creates an error from its reason.
    pub fn new(reason: impl Into<Box<str>>) -> Self {
        Self::because(Reason::Because(reason.into()))
    }

    fn because(reason: Reason) -> Self {
        Self(Box::new(Inner {
            reason,
            steps: Vec::new(),
        }))
    }

    /// Creates an error for a required member that is missing.
    pub fn missing(name: &str) -> Self {
        Self::new(format!("missing field `{name}`"))
    }

    /// Creates an error whose reason the source or the sink keeps.
    #[cold]
    pub(super) fn told_elsewhere() -> Self {
        Self::because(Reason::Elsewhere)
    }

    /// Adds the name of the member to the reason.
    pub(super) fn of(self, member: Option<&str>) -> Self {
        match (&self.0.reason, member) {
            (Reason::NotFinite, Some(name)) => Self::new(format!("`{name}` is not a finite number")),
            _ => self,
        }
    }

    /// Creates an error for a number that is NaN or infinite.
    pub(super) fn not_finite() -> Self {
        Self::because(Reason::NotFinite)
    }

    // unions: begin
    /// Adds the step from the enclosing value.
    #[cold]
    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }

    /// Adds the type that the value was read as.
    #[cold]
    pub(super) fn read_as(self, what: &str) -> Self {
        Self::new(format!("{} ({what})", self.reason())).after(self.into_steps())
    }

    /// Returns the number of steps to the invalid value.
    pub(super) fn depth(&self) -> usize {
        self.0.steps.len()
    }
    // unions: end

    /// Appends the steps of the enclosing values, innermost first.
    pub(super) fn after(mut self, mut steps: Vec<Step>) -> Self {
        steps.append(&mut self.0.steps);
        self.0.steps = steps;
        self
    }

    /// Returns the steps to the invalid value, innermost first.
    pub(super) fn into_steps(self) -> Vec<Step> {
        self.0.steps
    }

    /// Returns the reason without the path.
    pub(super) fn reason(&self) -> &str {
        match &self.0.reason {
            Reason::Elsewhere => "the value was rejected",
            Reason::NotFinite => "a number is not finite",
            Reason::Because(reason) => reason,
        }
    }
}

/// Shows the path and the reason.
impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.steps.is_empty() {
            write!(f, "{}: ", path(&self.0.steps))?;
        }
        f.write_str(self.reason())
    }
}

impl std::error::Error for ValueError {}

/// Formats steps, innermost first, as a path like `data[3].status`.
pub(crate) fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    for step in steps.iter().rev() {
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Member(name) => {
                let plain = |byte| matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'-' | b'$' | b'@');
                match (name.bytes().all(plain), path.is_empty()) {
                    (true, true) => path.push_str(name),
                    (true, false) => path.push_str(&format!(".{name}")),
                    (false, _) => path.push_str(&format!("[\"{name}\"]")),
                }
            }
        }
    }
    path
}
