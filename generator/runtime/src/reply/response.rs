//! What came back: a whole response, and a success with its decoded body.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderMap, StatusCode};

use super::super::auth::redact;
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::super::transport::{Incoming, TransportError, retry_after};
use super::error_kind::ErrorKind;
use super::origin::Origin;
use super::undeclared::Undeclared;

/// Headers with a request id, the most common first.
const REQUEST_ID_HEADERS: [&str; 7] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-ms-request-id",
    "x-correlation-id",
    "cf-ray",
];

/// Response that has not been decoded yet, read within the limits of the client. `Debug` shows the body of errors only,
/// and no sensitive headers.
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

/// Body of a response that has not been read, with the settings of its call.
pub(crate) struct Unread {
    pub(crate) incoming: Incoming,
    /// Maximum time between two chunks.
    pub(crate) idle: Duration,
    /// Maximum number of bytes that are buffered.
    pub(crate) limit: usize,
    /// The call, to reconnect; `None` if it can be sent only once.
    pub(crate) call: Option<Box<dyn Reconnect>>,
    /// Thread that runs blocking calls; `None` if nothing is awaited.
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Option<Arc<Blocking>>,
}

/// Call that can be sent again when the connection of its events is lost.
pub(crate) trait Reconnect: Send {
    /// Sends it for the events after the one with this `id`; `None` if it cannot be sent any more.
    fn reconnect(&self, last_event_id: &str) -> Option<Reconnecting>;
}

/// Future of a reconnection.
pub(crate) type Reconnecting = Pin<Box<dyn Future<Output = Result<Reply, Box<Failed>>> + Send>>;

/// Content of an [`Error`](super::Error). It is here since a response may be followed by others, or by errors.
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

    /// Returns the response, to be decoded strictly.
    pub(crate) const fn strictly(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    pub(crate) const fn is_strict(&self) -> bool {
        self.strict
    }

    /// Returns the response as a redirect to this URL that was not followed.
    pub(crate) fn redirecting_to(mut self, url: Option<String>) -> Self {
        self.redirects_to = url.map(Into::into);
        self
    }

    /// Returns the URL of a redirect that was not followed ([`Redirects`](super::super::call::Redirects)). It may
    /// contain a secret such as a signature.
    pub fn redirects_to(&self) -> Option<&str> {
        self.redirects_to.as_deref()
    }

    /// Returns the response with a body that is still to be read.
    pub(crate) fn with_unread(self, unread: Unread) -> Self {
        let unread = Some(Arc::new(Mutex::new(Some(unread))));
        Self { unread, ..self }
    }

    /// Returns the response without the body that is still to be read.
    pub(super) fn without_unread(self) -> Self {
        Self { unread: None, ..self }
    }

    /// Takes the unread body, which can be taken once. `None` if the body was read.
    pub(super) fn take_unread(&self) -> Option<Option<Unread>> {
        let unread = self.unread.as_ref()?;
        Some(unread.lock().unwrap_or_else(PoisonError::into_inner).take())
    }

    /// Returns the status code.
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the status code as a number, for matching.
    pub fn status_code(&self) -> u16 {
        self.status.as_u16()
    }

    /// Returns the headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body as it was received. That of an error is truncated at 64 KiB.
    pub const fn body(&self) -> &Bytes {
        &self.body
    }

    /// Returns the request id that the server assigned, from `X-Request-Id` or a similar header.
    pub fn request_id(&self) -> Option<&str> {
        REQUEST_ID_HEADERS
            .iter()
            .find_map(|name| self.headers.get(*name)?.to_str().ok())
    }

    /// Returns the delay that the server asks for (`Retry-After`, in seconds or as a date), without an upper limit.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::of(&self.headers)
    }

    /// Returns the value of the `Content-Type` header.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns whether the body was not read.
    pub(crate) const fn is_stream(&self) -> bool {
        self.unread.is_some()
    }

    /// Redacts the secrets in a text.
    pub(crate) fn conceal(&self, text: &str) -> String {
        redact::hide(text, &self.secrets)
    }

    /// Returns the beginning of the body for a message.
    pub(crate) fn excerpt(&self) -> String {
        redact::of(&self.body, &self.secrets)
    }

    /// Returns the call it belongs to.
    pub(crate) const fn origin(&self) -> Origin {
        self.origin
    }

    /// Returns the response as that of another call.
    pub(crate) const fn with_origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// Returns at most so many characters of a text, with secrets redacted.
    pub(crate) fn line(&self, text: &str, length: usize) -> String {
        redact::line(text, &self.secrets, length)
    }
}

/// Creates a response as if a server had sent it, for tests. It belongs to no operation until it is
/// [decoded](Reply::decode).
impl<B: Into<Bytes>> From<http::Response<B>> for Reply {
    fn from(response: http::Response<B>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(Origin::NONE, head.status, head.headers, body.into(), Arc::default())
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

/// Success with its status code, headers and decoded body, under the names of [`http::Response`]. `Debug` hides
/// credentials that the server has sent back.
#[derive(Clone)]
pub struct Response<T> {
    body: T,
    reply: Reply,
}

impl<T> Response<T> {
    /// Creates a response with the status code 200 and no headers, for tests. `From<http::Response<T>>` creates one with
    /// others.
    ///
    /// ```
    /// use envoi_runtime::Response;
    ///
    /// let response = Response::new("Tom");
    /// assert_eq!(response.status(), 200);
    ///
    /// let created = http::Response::builder().status(201).header("x-request-id", "r1").body("Tom").unwrap();
    /// let response = Response::from(created);
    /// assert_eq!((response.status().as_u16(), response.request_id()), (201, Some("r1")));
    /// ```
    pub fn new(body: T) -> Self {
        http::Response::new(body).into()
    }

    pub(crate) const fn of(body: T, reply: Reply) -> Self {
        Self { body, reply }
    }

    /// Returns the status code.
    pub const fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// Returns the headers.
    pub const fn headers(&self) -> &HeaderMap {
        self.reply.headers()
    }

    /// Returns the request id that the server assigned, see [`Reply::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.reply.request_id()
    }

    /// Returns the undecoded response.
    pub const fn reply(&self) -> &Reply {
        &self.reply
    }

    /// Returns the decoded body.
    pub const fn body(&self) -> &T {
        &self.body
    }

    /// Returns the decoded body, to change it.
    pub const fn body_mut(&mut self) -> &mut T {
        &mut self.body
    }

    /// Converts into the decoded body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// Converts into the undecoded response and the decoded body.
    pub fn into_parts(self) -> (Reply, T) {
        (self.reply, self.body)
    }

    /// Converts the decoded body.
    pub fn map<U>(self, convert: impl FnOnce(T) -> U) -> Response<U> {
        Response::of(convert(self.body), self.reply)
    }
}

/// Creates a response with a decoded body, for tests. The undecoded body is empty.
impl<T> From<http::Response<T>> for Response<T> {
    fn from(response: http::Response<T>) -> Self {
        let (head, body) = response.into_parts();
        Self::of(body, http::Response::from_parts(head, Bytes::new()).into())
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = self.reply.conceal(&format!("{:?}", self.body));
        f.debug_struct("Response")
            .field("body", &format_args!("{body}"))
            .field("reply", &self.reply)
            .finish()
    }
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|window| window == part)
}
