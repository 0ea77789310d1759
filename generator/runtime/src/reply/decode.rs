//! Decoding of JSON, and why a body could not be decoded.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::super::auth::redact;
use super::super::model::read::strict;
use super::super::model::{Located, Read, Step, located, path};
use super::json_text;

/// The outcome of decoding a reply; `None` if the document does not declare its status.
pub type Decoded<T> = Option<Result<T, DecodeError>>;

/// The body of a reply is not what the document declares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The `Content-Type` is not one that is declared.
    ContentType {
        /// What is declared: media types, or `JSON`, or `XML`.
        expected: String,
        /// The content type the reply has.
        found: String,
        /// The beginning of the body, up to 1,000 characters of it.
        excerpt: String,
    },
    /// The body is compressed in a way that the HTTP client does not undo.
    ContentEncoding {
        /// The content encoding the reply has.
        found: String,
    },
    /// There is no body where one is declared.
    Empty,
    /// The body is not the JSON the document declares.
    Json {
        /// Where in the JSON text, `data[3].status`; empty for the whole of it.
        path: String,
        /// What is wrong there.
        reason: String,
        /// The body around that place.
        excerpt: String,
    },
    /// The body is not the XML the document declares.
    Xml {
        /// Where in the document, `Contents[3].Size`; empty for the whole of it.
        path: String,
        /// What is wrong there.
        reason: String,
        /// The beginning of the body.
        excerpt: String,
    },
    /// The body is declared as text, or as XML, and is not UTF-8.
    Text,
    /// A header is missing, or is not what the document declares.
    Header {
        /// Its name.
        name: &'static str,
        /// What is wrong with it.
        reason: String,
        /// The beginning of its value; empty if there is none.
        excerpt: String,
    },
}

impl DecodeError {
    /// The path of the value that is wrong, `data[3].status`, if the body is JSON or XML and it is not the whole.
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Json { path, .. } | Self::Xml { path, .. } if !path.is_empty() => Some(path),
            _ => None,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ContentType {
                expected,
                found,
                excerpt,
            } => {
                write!(f, "expected {expected}, got {found}: {}", redact::cut(excerpt))
            }
            Self::ContentEncoding { found } => write!(f, "the body is compressed as {found}"),
            Self::Empty => f.write_str("the body is empty"),
            Self::Json { path, reason, .. } | Self::Xml { path, reason, .. } if path.is_empty() => f.write_str(reason),
            Self::Json { path, reason, .. } | Self::Xml { path, reason, .. } => write!(f, "at {path}: {reason}"),
            Self::Text => f.write_str("the body is not UTF-8"),
            Self::Header { name, reason, excerpt } if excerpt.is_empty() => write!(f, "header {name}: {reason}"),
            Self::Header { name, reason, excerpt } => write!(f, "header {name}: {reason}: {excerpt}"),
        }
    }
}

impl std::error::Error for DecodeError {}

/// What is wrong with a JSON text, and where.
pub(crate) struct Fault {
    /// The innermost first.
    pub(crate) steps: Vec<Step>,
    pub(crate) reason: String,
    /// The octets before what is wrong.
    pub(crate) offset: usize,
    /// Whether the reason is one of this runtime and serde's: what it repeats of the text stands in quotes.
    pub(crate) quotes: bool,
}

/// Decodes a JSON text into a type of the caller's own.
pub(crate) fn json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(text).map_err(|error| {
        let mut fault = fault(text, &error);
        // a model within the type says where in the model it is
        let ends = (1..=fault.steps.len())
            .rev()
            .map(|end| path(&fault.steps[..end]) + ": ");
        let told = ends.filter(|end| fault.reason.starts_with(end)).map(|end| end.len());
        fault.reason.drain(..told.max().unwrap_or(0));
        fault.quotes = false;
        fault
    })
}

/// Decodes a JSON text into a model.
pub(crate) fn model<T: Read>(text: &[u8], strictly: bool) -> Result<T, Fault> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    match strict::with(strictly, || located(&mut deserializer)) {
        Ok(value) => match deserializer.end() {
            Ok(()) => Ok(value),
            Err(error) => Err(fault(text, &error)),
        },
        Err(Located { steps, error }) => Err(Fault {
            offset: json_text::offset_of(text, &steps),
            steps,
            ..fault(text, &error)
        }),
    }
}

/// Whether a text is JSON, whatever it says.
pub(crate) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// What serde_json says, at the place where it says it.
fn fault(text: &[u8], error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let mut reason = message.strip_suffix(&position).unwrap_or(&message).to_owned();
    if error.classify() == Category::Eof {
        reason.push_str(" (was the body cut off?)");
    }
    let offset = json_text::offset(text, error.line(), error.column());
    Fault {
        steps: json_text::steps_at(text, offset),
        reason,
        offset,
        quotes: true,
    }
}
