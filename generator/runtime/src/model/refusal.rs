//! Why a value was not read or written, and where.

use std::borrow::Cow;
use std::fmt;

/// A value is not what its type wants, or cannot be written. It is one pointer, since every value is read with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    reason: Reason,
    /// From the value that was refused to the outermost one.
    steps: Vec<Step>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// The source or the sink has the error.
    Elsewhere,
    NotFinite,
    Because(Box<str>),
}

/// A step from a value to one inside of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The member of an object: one that is declared, or one that only the value has.
    Member(Cow<'static, str>),
    /// The element of an array.
    Item(usize),
}

impl Refusal {
    /// With the reason.
    pub fn new(reason: impl Into<Box<str>>) -> Self {
        Self::because(Reason::Because(reason.into()))
    }

    fn because(reason: Reason) -> Self {
        Self(Box::new(Inner {
            reason,
            steps: Vec::new(),
        }))
    }

    /// A required member did not come.
    pub fn missing(name: &str) -> Self {
        Self::new(format!("missing field `{name}`"))
    }

    /// The source or the sink keeps the reason.
    #[cold]
    pub(super) fn told_elsewhere() -> Self {
        Self::because(Reason::Elsewhere)
    }

    /// The same for the value of a member.
    pub(super) fn of(self, member: Option<&str>) -> Self {
        match (&self.0.reason, member) {
            (Reason::NotFinite, Some(name)) => Self::new(format!("`{name}` is no finite number")),
            _ => self,
        }
    }

    /// A number that is NaN or infinite.
    pub(super) fn not_finite() -> Self {
        Self::because(Reason::NotFinite)
    }

    // unions: begin
    /// The same as what the value around the refused one says.
    #[cold]
    pub(super) fn within(mut self, step: Step) -> Self {
        self.0.steps.push(step);
        self
    }

    /// The same, with what the value was read as.
    #[cold]
    pub(super) fn read_as(self, what: &str) -> Self {
        Self::new(format!("{} ({what})", self.reason())).after(self.into_steps())
    }

    /// How many steps lead to the refused value.
    pub(super) fn depth(&self) -> usize {
        self.0.steps.len()
    }
    // unions: end

    /// The same after steps that were taken before, the innermost first.
    pub(super) fn after(mut self, mut steps: Vec<Step>) -> Self {
        steps.append(&mut self.0.steps);
        self.0.steps = steps;
        self
    }

    /// The steps that lead to the refused value, the innermost first.
    pub(super) fn into_steps(self) -> Vec<Step> {
        self.0.steps
    }

    /// The reason alone.
    pub(super) fn reason(&self) -> &str {
        match &self.0.reason {
            Reason::Elsewhere => "the value was refused",
            Reason::NotFinite => "a number is not finite",
            Reason::Because(reason) => reason,
        }
    }
}

/// Where, and what is wrong there.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.steps.is_empty() {
            write!(f, "{}: ", path(&self.0.steps))?;
        }
        f.write_str(self.reason())
    }
}

impl std::error::Error for Refusal {}

/// A path like `data[3].status`, from steps of which the innermost comes first.
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
