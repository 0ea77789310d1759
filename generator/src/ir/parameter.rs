//! Parameters: type, location, and style.

use serde_json::Value;

use super::docs::Docs;
use super::slot::Slot;
use crate::pointer::Pointer;

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The place of the parameter object.
    pub origin: Pointer,
    /// The name on the wire.
    pub wire: String,
    /// The name that the document gives it.
    pub name: Option<String>,
    /// Where it is sent.
    pub location: Location,
    /// Whether every call has it.
    pub required: bool,
    /// What it holds.
    pub slot: Slot,
    /// How the value is written.
    pub style: Style,
    /// Whether members and elements are written apart.
    pub explode: bool,
    /// What of the value is percent-encoded.
    pub escaping: Escaping,
    /// What it is when the caller says nothing, where it is not up to the caller alone.
    pub filled: Option<Filled>,
    /// What the document says about it.
    pub docs: Docs,
}

impl Parameter {
    /// Whether the method that begins a call takes it as an argument.
    #[must_use]
    pub fn is_argument(&self) -> bool {
        self.required && self.filled.is_none()
    }

    /// Whether the request has a setter for it.
    #[must_use]
    pub fn has_setter(&self) -> bool {
        !self.is_argument() && self.constant().is_none()
    }

    /// The one value that every call sends.
    #[must_use]
    pub fn constant(&self) -> Option<&Value> {
        match &self.filled {
            Some(Filled::Constant(value)) => Some(value),
            Some(Filled::Credential(_)) | None => None,
        }
    }

    /// The scheme whose credential is sent where the caller gives no value.
    #[must_use]
    pub fn credential(&self) -> Option<&str> {
        match &self.filled {
            Some(Filled::Credential(scheme)) => Some(scheme),
            Some(Filled::Constant(_)) | None => None,
        }
    }
}

/// What a parameter is when the caller says nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Filled {
    /// The only value that a required parameter has.
    Constant(Value),
    /// The credential of the scheme of this name, which goes to the same place.
    Credential(String),
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    Path,
    Query,
    /// The whole query string.
    QueryString,
    Header,
    Cookie,
}

impl Location {
    /// The name in a document.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// What of a value is percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Escaping {
    /// Everything but unreserved characters.
    Reserved,
    /// What would change the structure of the URL (`allowReserved`).
    Structure,
    /// What no URL can hold, and what would end the part that the value stands in (`x-ms-skip-url-encoding`).
    Nothing,
}

/// How the value of a parameter is written; the names are OpenAPI's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// Swagger 2.0 `tsv`.
    TabDelimited,
    /// `deepObject`.
    DeepObject,
    /// `cookie`: a cookie whose value is encoded already.
    Cookie,
    /// `content` with a JSON media type: the value is JSON text.
    Json,
}
