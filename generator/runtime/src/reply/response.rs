//! What came back: a whole reply, and a success with its decoded body.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;

use super::super::auth::redact;
use super::super::encode::media_type;
use super::super::model::{Read, Step, path};
use super::decode::DecodeError;
use super::error::Origin;
use super::stream::ByteStream;
use super::{decode, retry_after};

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

/// Characters of a reason: long enough for the branches of a union.
pub(crate) const MAX_REASON: usize = 1000;

/// A whole reply, read under the limits of the client. `Debug` shows the body of errors alone, and never what is
/// sensitive among the headers.
#[derive(Clone)]
pub struct Reply {
    origin: Origin,
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    stream: Option<Arc<Mutex<Option<ByteStream>>>>,
    secrets: Arc<[String]>,
    strict: bool,
    redirects_to: Option<Arc<str>>,
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
            stream: None,
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

    /// The URL that the reply leads to, if it is a redirect that was not followed ([`Redirects`](super::super::Redirects)). It may
    /// hold a secret of its own, such as a signature.
    pub fn redirects_to(&self) -> Option<&str> {
        self.redirects_to.as_deref()
    }

    /// The same reply with its body still to be read.
    pub(crate) fn with_stream(self, stream: ByteStream) -> Self {
        let stream = Some(Arc::new(Mutex::new(Some(stream))));
        Self { stream, ..self }
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

    /// Decodes a JSON body into a type of the caller's own. One byte order mark is passed over. What is JSON is taken for
    /// it, whatever its content type is, unless the client is strict.
    ///
    /// # Errors
    /// The body is not JSON, empty, compressed, or not a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        let text = self.json_text()?;
        decode::json(text).map_err(|fault| self.json_error(&fault, &self.body))
    }

    /// Decodes a JSON body into a model, as [`json`](Self::json) does it. No body at all stands for `null`, unless the
    /// client is strict.
    ///
    /// # Errors
    /// Those of [`json`](Self::json).
    pub fn model<T: Read>(&self) -> Result<T, DecodeError> {
        match self.json_text() {
            Ok(text) => decode::model(text, self.strict).map_err(|fault| self.json_error(&fault, text)),
            Err(DecodeError::Empty) if !self.strict => T::absent().ok_or(DecodeError::Empty),
            Err(error) => Err(error),
        }
    }

    fn json_text(&self) -> Result<&[u8], DecodeError> {
        self.text_of("JSON", media_type::is_json).or_else(|error| match error {
            DecodeError::ContentType { .. } if self.is_json() => Ok(without_mark(&self.body)),
            other => Err(other),
        })
    }

    /// Whether the body is JSON and may be taken for it, whatever its content type is.
    pub(crate) fn is_json(&self) -> bool {
        !self.strict && decode::is_json(without_mark(&self.body))
    }

    /// Decodes a text body, which must be UTF-8. One byte order mark is passed over.
    ///
    /// # Errors
    /// The body is compressed, or not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        self.check_encoding()?;
        let text = std::str::from_utf8(without_mark(&self.body));
        text.map(str::to_owned).map_err(|_| DecodeError::Text)
    }

    /// The body of the declared media type, as it came.
    ///
    /// # Errors
    /// The body is compressed; [`body`](Self::body) has it nevertheless.
    pub fn bytes(&self) -> Result<Bytes, DecodeError> {
        self.check_encoding()?;
        Ok(self.body.clone())
    }

    /// The body while it comes in, which can be taken once; or a body that was read, in one piece.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn stream(&self) -> Result<ByteStream, DecodeError> {
        self.check_encoding()?;
        let Some(stream) = &self.stream else {
            return Ok(ByteStream::whole(self.body.clone(), self.origin, self.clone()));
        };
        let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
        stream.take().ok_or(DecodeError::Empty)
    }

    /// Whether the body was not read.
    pub(crate) const fn is_stream(&self) -> bool {
        self.stream.is_some()
    }

    /// Decodes a reply for which no body is declared; what there is of one is ignored.
    ///
    /// # Errors
    /// Never; the signature is that of the other decoders.
    pub fn empty(&self) -> Result<(), DecodeError> {
        Ok(())
    }

    /// A text with the secrets in it hidden.
    pub(crate) fn conceal(&self, text: &str) -> String {
        redact::hide(text, &self.secrets)
    }

    /// The beginning of the body for a message.
    pub(crate) fn excerpt(&self) -> String {
        redact::of(&self.body, &self.secrets)
    }

    /// The text of a body whose content type is one of those expected, or missing.
    pub(crate) fn text_of(&self, expected: &'static str, fits: fn(&str) -> bool) -> Result<&[u8], DecodeError> {
        let text = without_mark(&self.body);
        if text.iter().all(u8::is_ascii_whitespace) {
            return Err(DecodeError::Empty);
        }
        self.check_encoding()?;
        match self.headers.get(CONTENT_TYPE) {
            Some(found) if !fits(&media_type::of_value(found)) => Err(self.content_type_error(expected, found)),
            _ => Ok(text),
        }
    }

    /// Refuses octets that are not those of the media type. An HTTP client that decompresses has removed the header.
    fn check_encoding(&self) -> Result<(), DecodeError> {
        if !self.headers.contains_key(CONTENT_ENCODING) {
            return Ok(());
        }
        let all = self.headers.get_all(CONTENT_ENCODING).iter();
        let all: Vec<&[u8]> = all.map(HeaderValue::as_bytes).collect();
        let is_none = |coding: &&[u8]| coding.is_empty() || coding.eq_ignore_ascii_case(b"identity");
        if all.iter().all(is_none) {
            return Ok(());
        }
        Err(DecodeError::ContentEncoding {
            found: redact::of(&all.join(&b", "[..]), &self.secrets),
        })
    }

    /// The error of a content type that is none of those that are expected.
    pub(crate) fn content_type_error(&self, expected: impl Into<String>, found: &HeaderValue) -> DecodeError {
        DecodeError::ContentType {
            expected: expected.into(),
            found: redact::of(found.as_bytes(), &self.secrets),
            excerpt: redact::longer(&self.body, &self.secrets),
        }
    }

    /// What is wrong with a text of the body.
    pub(crate) fn json_error(&self, fault: &decode::Fault, text: &[u8]) -> DecodeError {
        // names that the document declares are no secrets
        let steps: Vec<Step> = fault
            .steps
            .iter()
            .map(|step| match step {
                Step::Member(Cow::Owned(name)) => Step::Member(self.line(name, MAX_REASON).into()),
                other => other.clone(),
            })
            .collect();
        let line = match fault.quotes {
            true => redact::quoting_line,
            false => redact::line,
        };
        DecodeError::Json {
            path: path(&steps).chars().take(MAX_REASON).collect(),
            reason: line(&fault.reason, &self.secrets, MAX_REASON),
            excerpt: redact::around(text, fault.offset, &self.secrets),
        }
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

fn without_mark(body: &[u8]) -> &[u8] {
    body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    text.windows(part.len().max(1)).any(|window| window == part)
}
