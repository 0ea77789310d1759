//! What came back: a whole reply, and a success with its decoded body.

use std::fmt;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use super::super::auth::redact;
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::super::transport::{Incoming, TransportError};
use super::error_kind::ErrorKind;
use super::origin::Origin;
use super::retry_after;
use super::undeclared::Undeclared;

/// Headers in which servers name a request, the most common first.
const REQUEST_ID_HEADERS: [&str; 7] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-correlation-id",
    "cf-ray",
];

/// A whole reply, read under the limits of the client. `Debug` shows the body of errors alone, and never what is
/// sensitive among the headers.
#[derive(Clone)]
pub struct Reply {
    origin: Origin,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    unread: Option<Arc<Mutex<Option<Unread>>>>,
    pub(super) secrets: Arc<[String]>,
    strict: bool,
    redirects_to: Option<Arc<str>>,
}

/// The body of a reply that was not read, and what those who read it need of its call.
pub(crate) struct Unread {
    pub(crate) incoming: Incoming,
    /// The longest pause.
    pub(crate) idle: Duration,
    /// The most bytes that are kept of it at a time.
    pub(crate) limit: usize,
    /// The call, should its connection be lost; `None` if it can be sent only once.
    pub(crate) call: Option<Box<dyn Reconnect>>,
    /// What waits for it in code that is not asynchronous; `None` if there is nothing to wait for.
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Option<Arc<Blocking>>,
}

/// A call that can be sent again when the connection is lost over which its events come.
pub(crate) trait Reconnect: Send {
    /// Sends it for the events after the one with this `id`; `None` if it cannot be sent any more.
    fn reconnect(&self, last_event_id: &str) -> Option<Reconnecting>;
}

/// What comes of a call that is sent again.
pub(crate) type Reconnecting = Pin<Box<dyn Future<Output = Result<Reply, Box<Failed>>> + Send>>;

/// What an [`Error`](super::Error) holds. It is here since a reply may be followed by others, or by failures.
pub(crate) struct Failed<E = Undeclared> {
    pub(super) origin: Origin,
    pub(super) kind: ErrorKind<E>,
    pub(super) reply: Option<Reply>,
    pub(super) source: Option<TransportError>,
}

impl Reply {
    pub(crate) fn new(
        origin: Origin,
        status: StatusCode,
        mut headers: HeaderMap,
        body: Bytes,
        secrets: Arc<[String]>,
    ) -> Self {
        for (name, value) in &mut headers {
            let echoes = |secret: &String| contains(value.as_bytes(), secret.as_bytes());
            // tokens travel in queries and fragments, passwords before the host
            let may_hold_one = name == LOCATION && value.as_bytes().iter().any(|byte| b"?#@".contains(byte));
            if name == SET_COOKIE || may_hold_one || secrets.iter().any(echoes) {
                value.set_sensitive(true);
            }
        }
        Self {
            origin,
            status,
            headers,
            body,
            unread: None,
            secrets,
            strict: false,
            redirects_to: None,
        }
    }

    /// The same reply, read as the document and the specifications say and not otherwise.
    pub(crate) const fn strictly(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    pub(crate) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// The same reply, a redirect to this URL that was not followed.
    pub(crate) fn redirecting_to(mut self, url: Option<String>) -> Self {
        self.redirects_to = url.map(Into::into);
        self
    }

    /// The URL that the reply leads to, if it is a redirect that was not followed ([`Redirects`](super::super::call::Redirects)). It may
    /// hold a secret of its own, such as a signature.
    pub fn redirects_to(&self) -> Option<&str> {
        self.redirects_to.as_deref()
    }

    /// The same reply with its body still to be read.
    pub(crate) fn with_unread(self, unread: Unread) -> Self {
        let unread = Some(Arc::new(Mutex::new(Some(unread))));
        Self { unread, ..self }
    }

    /// The same reply without a body that is still to be read.
    pub(super) fn without_unread(self) -> Self {
        Self { unread: None, ..self }
    }

    /// Takes the body that was not read; nothing where it was taken before. `None` if it was read.
    pub(super) fn take_unread(&self) -> Option<Option<Unread>> {
        let unread = self.unread.as_ref()?;
        Some(unread.lock().unwrap_or_else(PoisonError::into_inner).take())
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The status as a number, for matching.
    pub fn status_code(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body as it came. That of an error is cut at 64 KiB.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// The identifier the server gave the request, from `X-Request-Id` or one of its relatives.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS
            .iter()
            .find_map(|name| self.headers.get(*name)?.to_str().ok())
    }

    /// How long the server asks to wait (`Retry-After`, as seconds or as a date); not capped.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::of(&self.headers)
    }

    /// The value of the `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Whether the body was not read.
    pub(crate) const fn is_stream(&self) -> bool {
        self.unread.is_some()
    }

    /// A text with the secrets in it hidden.
    pub(crate) fn conceal(&self, text: &str) -> String {
        redact::hide(text, &self.secrets)
    }

    /// The beginning of the body for a message.
    pub(crate) fn excerpt(&self) -> String {
        redact::of(&self.body, &self.secrets)
    }

    /// The call it belongs to.
    pub(crate) const fn origin(&self) -> Origin {
        self.origin
    }

    /// At most so many characters of a text, without secrets.
    pub(crate) fn line(&self, text: &str, length: usize) -> String {
        redact::line(text, &self.secrets, length)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Reply");
        shown
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.len());
        if !self.status.is_success() && !self.body.is_empty() {
            shown.field("body", &self.excerpt());
        }
        shown.finish()
    }
}

/// The body of a success, decoded, with its status and headers. Dereferences to the body. `Debug` hides what the server
/// sends back of a credential.
#[derive(Clone)]
pub struct Response<T> {
    content: T,
    reply: Reply,
}

impl<T> Response<T> {
    pub(crate) const fn new(content: T, reply: Reply) -> Self {
        Self { content, reply }
    }

    /// The status.
    pub const fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// The identifier the server gave the request, see [`Reply::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
    }

    /// The reply it was decoded from.
    pub const fn reply(&self) -> &Reply {
        &self.reply
    }

    /// The decoded body alone.
    pub fn into_inner(self) -> T {
        self.content
    }

    /// Replaces the decoded body.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            content: convert(self.content),
            reply: self.reply,
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let content = self.reply.conceal(&format!("{:?}", self.content));
        f.debug_struct("Response")
            .field("content", &format_args!("{content}"))
            .field("reply", &self.reply)
            .finish()
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.content
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|window| window == part)
}
