//! XML bodies, as declared by the XML Objects of an API description (OpenAPI 3.2, "XML Object").
//!
//! Models support JSON only. A [`Node`] maps the JSON text of a model to the nodes of an XML document: `tree` and `read`
//! convert XML to JSON text, `json` and `write` JSON text to XML.

mod fit;
mod json;
mod read;
mod shape;
mod tree;
mod write;

use serde::Serialize;

pub use self::shape::{Member, Node, Shape};
use self::tree::Malformed;
use super::auth::redact;
use super::encode::EncodeError;
use super::model::{Read, path, to_json};
use super::reply::body::MAX_REASON;
use super::reply::decode::{Fault, model};
use super::reply::{DecodeError, Reply};

/// Serializes a value as the text of an XML document.
///
/// # Errors
/// A property name or a character is not permitted in XML.
pub fn encode<T: Serialize + ?Sized>(node: &Node, value: &T) -> Result<String, EncodeError> {
    encode_json(node, to_json(value))
}

fn encode_json(node: &Node, json: serde_json::Result<String>) -> Result<String, EncodeError> {
    let value = json.ok().and_then(|json| json::parse(&json));
    let text = value.map_or(Err("cannot be written as XML"), |value| write::document(&value, node));
    text.map_err(|reason| EncodeError::new("body", reason))
}

/// Deserializes a value from the text of an XML document.
///
/// # Errors
/// The text is not UTF-8, not well-formed, or not a `T`.
pub fn decode<T: Read>(node: &Node, text: &[u8]) -> Result<T, DecodeError> {
    let error = |problem: Problem| problem.error(str::to_owned, || redact::of(text, &[]));
    let json = as_json(node, text).map_err(error)?;
    model(json.as_bytes(), false).map_err(|fault| error(fault.into()))
}

/// Error of reading an XML document.
enum Problem {
    Encoding,
    Malformed(Malformed),
}

impl Problem {
    fn error(self, line: impl Fn(&str) -> String, excerpt: impl Fn() -> String) -> DecodeError {
        match self {
            Self::Encoding => DecodeError::Text,
            Self::Malformed(Malformed { path, reason }) => DecodeError::Xml {
                path: line(&path),
                reason: line(&reason),
                excerpt: excerpt(),
            },
        }
    }
}

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self::Malformed(Malformed {
            path: path(&fault.steps),
            reason: fault.reason,
        })
    }
}

/// Returns the JSON text of a model for an XML document.
fn as_json(node: &Node, text: &[u8]) -> Result<String, Problem> {
    let text = std::str::from_utf8(text).map_err(|_| Problem::Encoding)?;
    let root = tree::parse(text).map_err(Problem::Malformed)?;
    Ok(read::document(root, node))
}

impl Reply {
    /// Deserializes an XML body. A leading byte order mark is skipped, and a response without a content type is treated
    /// as XML. The name of the root element is not checked, and neither are namespaces: names are compared without
    /// prefixes.
    ///
    /// # Errors
    /// The content type is not XML, the body is empty, compressed, not UTF-8, not well-formed, or not a `T`.
    pub fn xml<T: Read>(&self, node: &Node) -> Result<T, DecodeError> {
        let json = self.xml_as_json(node)?;
        model(json.as_bytes(), self.is_strict()).map_err(|fault| self.xml_error(fault.into()))
    }

    fn xml_as_json(&self, node: &Node) -> Result<String, DecodeError> {
        let text = self.text_of("XML", is_xml)?;
        as_json(node, text).map_err(|problem| self.xml_error(problem))
    }

    fn xml_error(&self, problem: Problem) -> DecodeError {
        problem.error(|text| self.line(text, MAX_REASON), || self.excerpt())
    }
}

/// Whether a media type is `application/xml`, `text/xml` or has the suffix `+xml` (RFC 7303).
fn is_xml(essence: &str) -> bool {
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}
