//! Reasons why a value cannot be decoded, or loses data.

use std::fmt;

use serde_json::Value;

use super::path::Path;

/// Text of a document in a message is cut at so many characters.
const LONGEST: usize = 60;

/// A value, or one inside of it, is not what its type wants.
#[derive(Debug, Clone)]
pub(super) struct Refusal<'v> {
    pub(super) at: Path<'v>,
    pub(super) reason: Reason<'v>,
}

#[derive(Debug, Clone)]
pub(super) enum Reason<'v> {
    /// It is of another kind.
    Kind { expected: &'static str, found: &'v Value },
    /// It is of the right kind and not what its format wants.
    Format { expected: &'static str, found: &'v Value },
    /// A member that is required is not there.
    Missing(&'v str),
    /// A tuple has another length.
    Length { expected: usize, found: usize },
    /// It is no branch of a union.
    NoBranch,
    /// The type is never read: its values are the parts of a body.
    Parts,
    /// It takes too long to find out.
    Undecided,
}

impl fmt::Display for Refusal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this example does not match its type: {}", self.reason)?;
        let at = self.at.to_string();
        match at.is_empty() {
            true => Ok(()),
            false => write!(f, ", at `{at}`"),
        }
    }
}

impl Reason<'_> {
    /// Whether it says something of the value.
    pub(super) fn is_about_value(&self) -> bool {
        !matches!(self, Self::Parts | Self::Undecided)
    }
}

impl fmt::Display for Reason<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { expected, found } => write!(f, "expected {expected}, found {}", excerpt(found)),
            Self::Format { expected, found } => write!(f, "{} is not {expected}", excerpt(found)),
            Self::Missing(name) => write!(f, "the required property `{}` is missing", cut(name)),
            Self::Length { expected, found } => write!(f, "expected an array of {expected} items, found {found}"),
            Self::NoBranch => f.write_str("no branch of `oneOf` or `anyOf` matches"),
            Self::Parts => f.write_str("its properties are parts of a multipart body, not JSON"),
            Self::Undecided => f.write_str("not checked: too many combinations of branches"),
        }
    }
}

/// Something of a value that is read and does not come back, or has no name in its type.
#[derive(Debug, Clone)]
pub(super) struct Loss<'v> {
    pub(super) at: Path<'v>,
    pub(super) what: Lost<'v>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Lost<'v> {
    /// A member that the type does not have.
    Undeclared,
    /// `null` where the type knows only that a member is absent.
    Null,
    /// An empty text that stands for no value.
    EmptyText,
    /// A value that no branch of a union takes, kept as it is.
    Unknown,
    /// A value that an enum does not list, kept as it is.
    Unlisted(&'v Value),
}

impl fmt::Display for Loss<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at.to_string();
        match self.what {
            Lost::Undeclared => write!(
                f,
                "this example loses `{at}` when decoded: its schema does not declare that property"
            ),
            Lost::Null => write!(
                f,
                "this example loses `{at}` when decoded: its schema does not allow `null`"
            ),
            Lost::EmptyText if at.is_empty() => {
                f.write_str("this example is an empty string, which is decoded as no value")
            }
            Lost::EmptyText => write!(
                f,
                "this example loses `{at}` when decoded: an empty string is decoded as no value"
            ),
            Lost::Unknown if at.is_empty() => f.write_str("this example matches no branch of its schema"),
            Lost::Unknown => write!(f, "`{at}` of this example matches no branch of its schema"),
            Lost::Unlisted(value) if at.is_empty() => {
                write!(f, "this example is not one of the `enum` values: {}", excerpt(value))
            }
            Lost::Unlisted(value) => {
                write!(
                    f,
                    "`{at}` of this example is not one of the `enum` values: {}",
                    excerpt(value)
                )
            }
        }
    }
}

/// A value in a message.
fn excerpt(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        Value::String(text) => format!("the string `{}`", cut(text)),
        other => format!("`{}`", cut(&other.to_string())),
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
