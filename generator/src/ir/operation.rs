//! Operations: what is called, with what, and what comes back.

use super::types::{Docs, Slot};
use crate::pointer::Pointer;

/// Index of an [`Operation`] in `Api::operations`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// Index of a [`Scheme`] in `Api::schemes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);

/// Where an API lives.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL with the defaults of its variables filled in.
    pub url: String,
    /// What the document says about it.
    pub description: String,
}

/// Operations that share a tag.
#[derive(Debug, Clone)]
pub struct Group {
    /// The tag.
    pub tag: String,
    /// The description of the tag.
    pub description: String,
    /// Its operations, in the order of the document.
    pub operations: Vec<OperationId>,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The place of the operation object.
    pub origin: Pointer,
    /// `operationId`, when there is one.
    pub id: Option<String>,
    /// The method.
    pub method: Method,
    /// The path template, as in the document.
    pub path: String,
    /// What the document says about it.
    pub docs: Docs,
    /// Parameters: those of the path in the order of its template, then the others as they are declared.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Responses, in the order of the document.
    pub responses: Vec<Response>,
    /// What satisfies the operation: one of these, each a set of schemes.
    pub security: Vec<Vec<SchemeId>>,
}

/// An HTTP method that OpenAPI 3.0 knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// Every method, with the key of a path item it stands under.
    pub const ALL: [(&'static str, Self); 8] = [
        ("get", Self::Get),
        ("put", Self::Put),
        ("post", Self::Post),
        ("delete", Self::Delete),
        ("options", Self::Options),
        ("head", Self::Head),
        ("patch", Self::Patch),
        ("trace", Self::Trace),
    ];

    /// The name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The place of the parameter object.
    pub origin: Pointer,
    /// The name on the wire.
    pub wire: String,
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
    /// Whether reserved characters stay as they are.
    pub allow_reserved: bool,
    /// What the document says about it.
    pub docs: Docs,
}

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    Path,
    Query,
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
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
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
    /// `content` with a JSON media type: the value is JSON text.
    Json,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// The place of the request body.
    pub origin: Pointer,
    /// Whether every call has one.
    pub required: bool,
    /// The media type that is sent.
    pub media_type: String,
    /// How the body is made.
    pub kind: BodyKind,
    /// What the document says about it.
    pub docs: Docs,
}

/// How a request body is made.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// A value, written as JSON.
    Json(Slot),
    /// A value, written as `application/x-www-form-urlencoded`.
    Form(Slot),
    /// Text.
    Text,
    /// Bytes in the declared media type.
    Bytes,
    /// Bytes in a media type that the caller names.
    Raw,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The place of the response.
    pub origin: Pointer,
    /// Which statuses it is for.
    pub status: Status,
    /// What the document says about it.
    pub description: String,
    /// Its body; `None` when it has none.
    pub content: Option<Content>,
}

/// Which statuses a response is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status.
    Code(u16),
    /// A hundred, such as `4XX`.
    Range(u8),
    /// Every status that is not declared.
    Default,
}

impl Status {
    /// Whether a reply with this status is a success.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The media type, as in the document.
    pub media_type: String,
    /// How it is read.
    pub kind: ContentKind,
}

/// How the body of a response is read.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentKind {
    /// A value, from JSON.
    Json(Slot),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// How callers identify themselves.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// The place of the scheme.
    pub origin: Pointer,
    /// The name in the document.
    pub name: String,
    /// What is sent.
    pub kind: SchemeKind,
    /// What the document says about it.
    pub description: String,
}

/// What a security scheme sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// A key in a header of this name.
    ApiKeyHeader(String),
    /// A key in a query parameter of this name.
    ApiKeyQuery(String),
    /// A key in a cookie of this name.
    ApiKeyCookie(String),
    /// HTTP basic (RFC 7617).
    Basic,
    /// A bearer token (RFC 6750): `http` bearer, `oauth2`, `openIdConnect`.
    Bearer,
}
