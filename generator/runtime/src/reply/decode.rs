//! Decoding of JSON, and why a body could not be decoded.

use std::fmt;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;

use super::super::auth::redact;
use super::super::model::read::strict;
use super::super::model::{Located, Read, Step, located, path};
use super::json_text;

/// Result of decoding a response; `None` if its status code is not in the API description.
pub type Decoded<T> = Option<Result<T, DecodeError>>;

/// Error returned when the body or a header of a response does not match the API description.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// The `Content-Type` is not declared.
    ContentType {
        /// Declared media types, or `JSON`, or `XML`.
        expected: String,
        /// Content type of the response.
        found: String,
        /// Beginning of the body, up to 1,000 characters.
        excerpt: String,
    },
    /// The body has a content encoding that the HTTP client does not decompress.
    ContentEncoding {
        /// Content encoding of the response.
        found: String,
    },
    /// The body is empty, but one is declared.
    Empty,
    /// The body is not the declared JSON.
    Json {
        /// Path of the invalid value, such as `data[3].status`; empty for the whole body.
        path: String,
        /// Reason of the error.
        reason: String,
        /// Body around the invalid value.
        excerpt: String,
    },
    /// The body is not the declared XML.
    Xml {
        /// Path of the invalid value, such as `Contents[3].Size`; empty for the whole document.
        path: String,
        /// Reason of the error.
        reason: String,
        /// Beginning of the body.
        excerpt: String,
    },
    /// The body is declared as text or XML, but is not UTF-8.
    Text,
    /// A header is missing or does not match its declaration.
    Header {
        /// Name of the header.
        name: &'static str,
        /// Reason of the error.
        reason: String,
        /// Beginning of its value; empty if there is none.
        excerpt: String,
    },
}

impl DecodeError {
    /// Returns the path of the invalid value, such as `data[3].status`; `None` for the whole body and for bodies other
    /// than JSON and XML.
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

/// Error of a JSON text, with its location.
pub(crate) struct Fault {
    /// Steps to the invalid value, innermost first.
    pub(crate) steps: Vec<Step>,
    pub(crate) reason: String,
    /// Number of bytes before the error.
    pub(crate) offset: usize,
    /// Whether the reason is from this runtime or serde, which repeat text from the body in quotes only.
    pub(crate) quotes: bool,
}

/// Deserializes a JSON text into a custom type.
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

/// Deserializes a JSON text into a model.
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

/// Returns whether a text is JSON.
pub(crate) fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
}

/// Converts an error of serde_json, with its location.
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
