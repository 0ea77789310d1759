//! Operations: method, path, parameters, body, and responses.

use serde_json::Value;

use super::docs::Docs;
use super::ids::{OperationId, SchemeId};
use super::pagination::Pagination;
use super::parameter::{Location, Parameter, Style};
use super::response::{Header, Response};
use super::slot::Slot;
use super::status::Status;
use crate::pointer::Pointer;

/// Operations that share a tag.
#[derive(Debug, Clone)]
pub struct Group {
    /// The tag.
    pub tag: String,
    /// The name that the document gives it.
    pub name: Option<String>,
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
    /// The name that the document gives it.
    pub name: Option<String>,
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
    /// Where it is called, when that is not where the others are: an absolute URL, or a relative one.
    pub server: Option<String>,
    /// How the result is paginated, if it does.
    pub pagination: Option<Pagination>,
    /// The member of the JSON body that asks for this kind of response, where another operation asks for another.
    pub flag: Option<Flag>,
}

/// A boolean member of a JSON body that is set for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Where it is in the body, as a JSON Pointer.
    pub pointer: String,
    /// What it is set to.
    pub value: bool,
}

impl Operation {
    /// What callers give it to send: parameters, but not those with one value, and bodies.
    pub fn sent(&self) -> impl Iterator<Item = &Slot> {
        let contents = self.body.iter().flat_map(|body| &body.contents);
        let bodies = contents.flat_map(|content| {
            let items = content.item.iter().map(|item| &item.slot);
            content.kind.slot().into_iter().chain(items)
        });
        let parameters = self.parameters.iter().filter(|one| one.constant().is_none());
        parameters.map(|parameter| &parameter.slot).chain(bodies)
    }

    /// What it receives: bodies and headers.
    pub fn received(&self) -> impl Iterator<Item = &Slot> {
        self.responses.iter().flat_map(|response| {
            let headers = response.headers.iter().map(|header| &header.slot);
            let bodies = response.contents.iter().filter_map(|content| content.kind.slot());
            bodies.chain(headers)
        })
    }

    /// Responses that are a success, and their positions; where there is none, `default` stands for it.
    #[must_use]
    pub fn successes(&self) -> Vec<(usize, &Response)> {
        let with = |wanted: fn(&Response) -> bool| -> Vec<(usize, &Response)> {
            let all = self.responses.iter().enumerate();
            all.filter(|(_, response)| wanted(response)).collect()
        };
        let declared = with(Response::is_success);
        if declared.is_empty() {
            with(|response| response.status == Status::Default)
        } else {
            declared
        }
    }

    /// The only success that has a body, and its position. Beside it there may be those without: they are pages without
    /// items.
    #[must_use]
    pub fn page(&self) -> Option<(usize, &Slot)> {
        let mut with_body = self.successes().into_iter();
        let mut with_body = with_body.by_ref().filter(|(_, response)| !response.contents.is_empty());
        match (with_body.next(), with_body.next()) {
            (Some((index, only)), None) => Some((index, only.json()?)),
            _ => None,
        }
    }

    /// The headers that its responses may have. One of several responses is there once, and is required if each of
    /// them says so.
    #[must_use]
    pub fn headers(&self) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::new();
        for header in self.responses.iter().flat_map(|response| &response.headers) {
            let same = |other: &&mut Header| {
                let names = other.wire.eq_ignore_ascii_case(&header.wire);
                names && other.slot == header.slot && other.style == header.style
            };
            match headers.iter_mut().find(same) {
                Some(known) => known.required &= header.required,
                None => headers.push(header.clone()),
            }
        }
        headers
    }
}

/// An HTTP method: a token, with the capitalisation that is sent (RFC 9110, section 9.1).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Method(String);

impl Method {
    /// The keys of a path item that are methods.
    pub const KEYS: [&'static str; 9] = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ];

    /// The method that stands under a key of a path item.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::KEYS.contains(&key).then(|| Self(key.to_ascii_uppercase()))
    }

    /// A method by its name; `None` when it is no token, or asks for a tunnel and not for a response.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        let sent = !name.is_empty() && name != "CONNECT" && name.bytes().all(token);
        sent.then(|| Self(name.to_owned()))
    }

    /// The name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// The place of the request body.
    pub origin: Pointer,
    /// Whether every call has one.
    pub required: bool,
    /// What it may be, never nothing; the first is what most callers want.
    pub contents: Vec<BodyContent>,
    /// What the document says about it.
    pub docs: Docs,
}

/// One of the media types of a request body.
#[derive(Debug, Clone)]
pub struct BodyContent {
    /// The words that tell it from most other media types of the body, without the suffix of a structured syntax.
    pub hint: String,
    /// The media type that is sent; for [`BodyKind::Raw`], the ranges and types that the caller chooses from.
    pub media_type: String,
    /// How the body is made.
    pub kind: BodyKind,
    /// What a sequence is made of, when the document says so.
    pub item: Option<Item>,
    /// Examples of it, those that are small enough to be read.
    pub examples: Vec<Value>,
}

/// How a request body is made.
#[derive(Debug, Clone, PartialEq)]
pub enum BodyKind {
    /// A value, written as JSON.
    Json(Slot),
    /// A list of operations in JSON Patch (RFC 6902).
    JsonPatch,
    /// A value, written as XML.
    Xml(Slot),
    /// A value, written as `application/x-www-form-urlencoded`.
    Form(Slot, Vec<Encoding>),
    /// An object whose members are the parts of a `multipart/…`; `None` when the program builds the `Multipart`.
    Multipart(Option<Slot>, Vec<Encoding>),
    /// Text.
    Text,
    /// Bytes in the declared media type.
    Bytes,
    /// Bytes in a media type that the caller names.
    Raw,
}

impl BodyKind {
    /// The value that the body is made from, when it has a type.
    #[must_use]
    pub fn slot(&self) -> Option<&Slot> {
        match self {
            Self::Json(slot) | Self::Xml(slot) | Self::Form(slot, _) | Self::Multipart(Some(slot), _) => Some(slot),
            Self::JsonPatch | Self::Multipart(None, _) | Self::Text | Self::Bytes | Self::Raw => None,
        }
    }
}

/// How a member of a form or a part is written, where that is not what its type says (Encoding Object).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoding {
    /// The name of the property.
    pub wire: String,
    /// `contentType`, when it names one type.
    pub content_type: Option<String>,
    /// `style`, `explode` and `allowReserved`, which stand instead of a content type.
    pub style: Option<(Style, bool, bool)>,
    /// Headers of the part that have one value.
    pub headers: Vec<(String, String)>,
}

/// The elements of a body that is a sequence (`itemSchema` of OpenAPI 3.2).
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The media type of the sequence.
    pub media_type: String,
    /// What one element holds.
    pub slot: Slot,
}

/// A call that the API makes to somebody who was registered.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// The place of the operation object.
    pub origin: Pointer,
    /// The name of the webhook or of the callback.
    pub name: String,
    /// What it belongs to.
    pub trigger: Trigger,
    /// The method.
    pub method: Method,
    /// Whether the path item has other methods, so that the name alone does not say which one this is.
    pub ambiguous: bool,
    /// What the document says about it.
    pub docs: Docs,
    /// What is sent, when it is JSON.
    pub payload: Option<Slot>,
}

/// What makes an API call somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trigger {
    /// A registration that the document does not describe.
    Webhook,
    /// A call of this operation.
    Callback {
        /// The operation.
        operation: OperationId,
        /// The runtime expression of the URL.
        expression: String,
    },
}

impl SchemeKind {
    /// Whether a parameter goes where the credential goes.
    #[must_use]
    pub fn is_sent_as(&self, parameter: &Parameter) -> bool {
        match (self, parameter.location) {
            (Self::ApiKeyHeader(name), Location::Header) => name.eq_ignore_ascii_case(&parameter.wire),
            (Self::ApiKeyQuery(name), Location::Query) | (Self::ApiKeyCookie(name), Location::Cookie) => {
                *name == parameter.wire
            }
            _ => false,
        }
    }
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
    /// Whether another scheme should be used.
    pub deprecated: bool,
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
    /// A bearer token that clients can get for themselves from this URL (RFC 6749, section 4.4).
    ClientCredentials(String),
    /// Whatever a function of the caller adds to a request; the document calls it so.
    Signed(String),
}
