//! Operations of an API description, and their constants.

use super::super::auth::Scheme;
use super::super::model::Read;
use super::decode::Decoded;
use super::origin::Origin;
use super::response::Reply;
use super::undeclared::Undeclared;

/// Operation of the API description. Implemented by generated code for an uninhabited marker type.
pub trait Operation {
    /// Type of a decoded success.
    type Output;
    /// Decoder of a success (2xx). It is a type, since compiling a type costs less than a function per operation.
    type Decoder: Decode<Self::Output>;
    /// Type and decoder of a declared error; [`Undeclared`] if there are none.
    type Error: Decode;
    /// Method, path, media types and security of the operation.
    const INFO: OperationInfo;
}

/// Decodes responses by status code.
pub trait Decode<T = Self> {
    /// Whether a redirect that was not followed is a success as well.
    const TAKES_REDIRECTS: bool = false;

    /// Decodes a response. Returns `None` if its status code is not in the API description.
    fn decode(reply: &Reply) -> Decoded<T>;
}

/// Decoder of operations whose only success is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {}

impl<T: Read> Decode<T> for Json {
    fn decode(reply: &Reply) -> Decoded<T> {
        reply.status().is_success().then(|| reply.model())
    }
}

/// Decoder of operations whose only success has no body. A body is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {}

impl Decode<()> for Empty {
    fn decode(reply: &Reply) -> Decoded<()> {
        reply.status().is_success().then(|| reply.empty())
    }
}

/// Constants of an operation: the fields of an OpenAPI Operation Object that do not depend on arguments.
///
/// Middleware finds it in the extensions of a request: `request.extensions().get::<OperationInfo>()`. For a request to an
/// endpoint that is not in the API description, method and path are empty.
///
/// ```
/// use envoi_runtime::OperationInfo;
///
/// const INFO: OperationInfo = OperationInfo {
///     accept: "application/json",
///     ..OperationInfo::new("ListPets", "GET", "/pets")
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OperationInfo {
    /// `operationId` in the API description.
    pub id: &'static str,
    /// HTTP method (RFC 9110, section 9.1), in the letter case that is sent.
    pub method: &'static str,
    /// Path template relative to the base URL: `/invitations/{invitation_id}`.
    pub path: &'static str,
    /// Value of the `Accept` header; empty for none.
    pub accept: &'static str,
    /// Security requirements: alternatives, each of which lists the schemes it needs. An empty outer slice requires
    /// nothing; an empty inner slice permits anonymous requests.
    pub security: &'static [&'static [&'static Scheme]],
    /// Server of the operation, used unless the caller sets a base URL: an absolute URL, or a path relative to the
    /// origin of the base URL; empty for that of the other operations.
    pub server: &'static str,
    /// Successes whose body is streamed: first and last status code, and a media type or media type range.
    pub streams: &'static [(u16, u16, &'static str)],
    /// Property of the JSON request body that selects the kind of response, as a JSON Pointer. It is always set to this
    /// value.
    pub flag: Option<(&'static str, bool)>,
}

impl OperationInfo {
    /// Creates an operation from its id, method and path.
    pub const fn new(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            accept: "",
            security: &[],
            server: "",
            streams: &[],
            flag: None,
        }
    }
}

/// Marker type for an endpoint that is not in the API description. A success is the undecoded [`Reply`](super::Reply).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl Operation for Undocumented {
    type Output = Reply;
    type Decoder = Self;
    type Error = Undeclared;

    const INFO: OperationInfo = OperationInfo::new(Origin::NONE.operation, "", "");
}

impl Decode<Reply> for Undocumented {
    fn decode(reply: &Reply) -> Decoded<Reply> {
        reply.status().is_success().then(|| Ok(reply.clone()))
    }
}

impl Decode for Undeclared {
    fn decode(_: &Reply) -> Decoded<Self> {
        None
    }
}
