//! Decoding of JSON, and why a body could not be decoded.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::excerpt;

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
        /// The beginning of the body.
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
                write!(f, "expected {expected}, got {found}: {}", excerpt::cut(excerpt))
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
    pub(crate) path: String,
    pub(crate) reason: String,
}

/// Decodes a JSON text.
pub(crate) fn json<T: DeserializeOwned>(text: &[u8]) -> Result<T, Fault> {
    serde_json::from_slice(text).map_err(|error| fault(text, &error))
}

/// The path is recovered from the position of the error: tracking it while decoding would cost every
/// model a second set of generic code.
fn fault(text: &[u8], error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let mut reason = message.strip_suffix(&position).unwrap_or(&message).to_owned();
    if error.classify() == Category::Eof {
        reason.push_str(" (was the body cut off?)");
    }
    Fault {
        path: path_at(text, offset(text, error.line(), error.column())),
        reason,
    }
}

/// The octets before a position that serde_json reports.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let lines = text.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1));
    lines.map(<[u8]>::len).sum::<usize>() + column
}

enum Step<'t> {
    Member(Option<&'t [u8]>),
    Item(usize),
}

/// The path of the value that ends at an offset, or is being read there.
fn path_at(text: &[u8], offset: usize) -> String {
    let mut steps: Vec<Step<'_>> = Vec::new();
    let mut at = 0;
    while at < offset.min(text.len()) {
        match (text[at], steps.last_mut()) {
            (b'{', _) => steps.push(Step::Member(None)),
            (b'[', _) => steps.push(Step::Item(0)),
            (b'}' | b']', _) => drop(steps.pop()),
            (b',', Some(Step::Item(index))) => *index += 1,
            (b',', Some(Step::Member(name))) => *name = None,
            (b'"', last) => {
                let end = end_of_string(text, at + 1);
                if let Some(Step::Member(name @ None)) = last {
                    *name = Some(&text[at + 1..end]);
                }
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    render(&steps)
}

/// The offset of the quote that closes the string whose content begins at `at`.
fn end_of_string(text: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => return at,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn render(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Item(index) => path.push_str(&format!("[{index}]")),
            Step::Member(None) => {}
            Step::Member(Some(name)) => {
                let plain = name
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-$@".contains(byte));
                let name = String::from_utf8_lossy(name);
                match (plain, path.is_empty()) {
                    (true, true) => path.push_str(&name),
                    (true, false) => path.push_str(&format!(".{name}")),
                    (false, _) => path.push_str(&format!("[\"{name}\"]")),
                }
            }
        }
    }
    path
}
