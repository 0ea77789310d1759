//! What is fixed about an operation of the document.

use super::super::auth::Scheme;
use super::super::model::Read;
use super::decode::Decoded;
use super::response::Reply;
use super::undeclared::Undeclared;

/// One operation of the document. Generated code implements it on an uninhabited marker type.
pub trait Operation {
    /// What a declared success decodes to.
    type Output;
    /// How a success (2xx) is decoded. It is a type, since compiling a type costs less than a function per operation.
    type Decoder: Decode<Self::Output>;
    /// What a declared error decodes to, and how; [`Undeclared`] if the document declares none.
    type Error: Decode;
    /// Method, path, media types and security of the operation.
    const INFO: OperationInfo;
}

/// Decodes replies by their status.
pub trait Decode<T = Self> {
    /// Whether a redirect that was not followed is a success as well.
    const TAKES_REDIRECTS: bool = false;

    /// What a reply decodes to. `None` means that the document does not declare its status.
    fn decode(reply: &Reply) -> Decoded<T>;
}

/// Any success is JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {}

impl<T: Read> Decode<T> for Json {
    fn decode(reply: &Reply) -> Decoded<T> {
        reply.status().is_success().then(|| reply.model())
    }
}

/// Any success is one without a body; what there is of one is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {}

impl Decode<()> for Empty {
    fn decode(reply: &Reply) -> Decoded<()> {
        reply.status().is_success().then(|| reply.empty())
    }
}

/// The constants of an operation: the fields of an OpenAPI Operation Object that do not depend on
/// the arguments of a call.
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
    /// The `operationId` as it stands in the document.
    pub id: &'static str,
    /// The method, a token (RFC 9110, section 9.1) with the capitalisation that is sent.
    pub method: &'static str,
    /// The path template, `/invitations/{invitation_id}`, relative to the base URL.
    pub path: &'static str,
    /// The value of the `Accept` header; the empty string sends none of our own.
    pub accept: &'static str,
    /// The security requirements: any one of the outer entries suffices, and it needs all of its
    /// schemes. An empty outer slice asks for nothing; an empty inner slice permits anonymous calls.
    pub security: &'static [&'static [&'static Scheme]],
    /// Where the operation is called in place of the base URL, if the caller set none: an absolute URL, or one that
    /// follows the origin of the base URL; empty if it is called where the others are.
    pub server: &'static str,
    /// The successes whose body is handed over while it comes in: first and last status, and a media type or a range
    /// of them.
    pub streams: &'static [(u16, u16, &'static str)],
    /// A member of the JSON body that is set whatever the caller gave for it, as a JSON Pointer: it decides which kind of
    /// reply comes.
    pub flag: Option<(&'static str, bool)>,
}

impl OperationInfo {
    /// An operation of which no more is known than this.
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

/// Stands for an endpoint that the document does not know: a success is the reply as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undocumented {}

impl Operation for Undocumented {
    type Output = Reply;
    type Decoder = Self;
    type Error = Undeclared;

    const INFO: OperationInfo = OperationInfo::new("undocumented operation", "", "");
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
