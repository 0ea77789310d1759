//! One call under construction.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, Method};
use serde::Serialize;

use super::super::auth::choose::Security;
use super::super::auth::given::Given;
use super::super::call::idempotency::IDEMPOTENCY_KEY;
use super::super::call::settings::Settings;
use super::super::call::shared::Shared;
use super::super::call::{Redirects, Retries};
use super::super::encode::parameter::declaration::Location;
use super::super::encode::parameter::{self, form};
use super::super::encode::{Body, EncodeError, Encoding, FieldValue, Multipart, Parameter, header};
use super::super::model::{Numbers, to_json};
use super::super::reply::OperationInfo;
use super::super::reply::origin::Origin;
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::pairs::Pairs;

/// Request that has not been sent yet. The first argument that cannot be encoded is remembered, and its error is
/// returned when the request is sent. `Debug` shows names, never values.
#[must_use = "a request does nothing until it is sent"]
pub struct Request {
    pub(super) shared: Arc<Shared>,
    pub(super) info: &'static OperationInfo,
    pub(super) method: Method,
    pub(super) path: Path,
    pub(super) security: Security,
    pub(super) given: Given,
    pub(super) query: Pairs,
    pub(super) cookies: Pairs,
    pub(super) headers: HeaderMap,
    pub(super) own_headers: HeaderMap,
    pub(super) body: Option<(Cow<'static, str>, Body)>,
    pub(super) settings: Settings,
    pub(super) error: Option<EncodeError>,
}

/// Path of a request.
pub(crate) enum Path {
    /// Encoded values for the path template of the operation.
    Template(Vec<(&'static str, String)>),
    /// Encoded path.
    Literal(String),
}

impl Request {
    pub(crate) fn new(
        shared: Arc<Shared>,
        info: &'static OperationInfo,
        method: Method,
        path: Path,
        security: Security,
    ) -> Self {
        Self {
            settings: shared.settings.clone(),
            shared,
            info,
            method,
            path,
            security,
            given: Given::default(),
            query: Pairs::default(),
            cookies: Pairs::default(),
            headers: HeaderMap::new(),
            own_headers: HeaderMap::new(),
            body: None,
            error: None,
        }
    }

    /// Sets a parameter of the operation, in place of the value that was set before. A value that serializes to `null`
    /// leaves the parameter unset, which is an error for a path parameter. A parameter that is also a credential of the operation replaces the configured
    /// credential.
    pub fn set<T: Serialize + ?Sized>(&mut self, parameter: Parameter, value: &T) {
        // the text, not a `Value`, is what keeps 32-bit floats and large integers as they are
        self.set_text(parameter, to_json(value));
    }

    /// Sets a parameter that consists of numbers. They must be finite, as JSON requires.
    pub fn set_number<T: Serialize + Numbers + ?Sized>(&mut self, parameter: Parameter, value: &T) {
        match value.are_finite() {
            true => self.set(parameter, value),
            false => self.fail(EncodeError::new(parameter.name, "is not a finite number")),
        }
    }

    fn set_text(&mut self, parameter: Parameter, json: serde_json::Result<String>) {
        let written = json.and_then(|json| Ok((parameter::write::write(&parameter, &json)?, json)));
        let (written, json) = match written {
            Ok((Some(written), json)) => (written, json),
            Ok((None, _)) if parameter.location == Location::Path => {
                return self.fail(EncodeError::new(
                    parameter.name,
                    "is empty, which a path cannot contain",
                ));
            }
            Ok((None, _)) => return self.unset(parameter),
            Err(_) => {
                return self.fail(EncodeError::new(parameter.name, "cannot be written as JSON"));
            }
        };
        if self.security.asks_for(&parameter) {
            match self.given.set(parameter, &json, written) {
                Ok(()) => return,
                Err(error) => return self.fail(error),
            }
        }
        match parameter.location {
            Location::Query | Location::QueryString | Location::Form => {
                self.query.set(parameter.name, Some(written));
            }
            Location::Cookie => self.cookies.set(parameter.name, Some(written)),
            Location::Header => match header::parse(parameter.name, written.into()) {
                Ok((name, value)) => drop(self.headers.insert(name, value)),
                Err(error) => self.fail(error),
            },
            Location::Path => match &mut self.path {
                Path::Template(values) => values.push((parameter.name, written)),
                Path::Literal(_) => self.fail(EncodeError::new(parameter.name, "is not in the path")),
            },
        }
    }

    fn unset(&mut self, parameter: Parameter) {
        match parameter.location {
            Location::Query | Location::QueryString | Location::Form => self.query.set(parameter.name, None),
            Location::Cookie => self.cookies.set(parameter.name, None),
            Location::Header => drop(self.headers.remove(parameter.name)),
            Location::Path => {}
        }
    }

    /// Sets a JSON body with the given content type. Read-only properties are not sent.
    pub fn json<T: Serialize + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match to_json(body) {
            Ok(json) => self.body = Some((Cow::Borrowed(media_type), json.into())),
            Err(_) => self.fail(EncodeError::new("body", "cannot be written as JSON")),
        }
    }

    /// Sets a JSON body that consists of numbers. They must be finite, as JSON requires.
    pub fn json_numbers<T: Serialize + Numbers + ?Sized>(&mut self, media_type: &'static str, body: &T) {
        match body.are_finite() {
            true => self.json(media_type, body),
            false => self.fail(EncodeError::new("body", "has a number that is not finite")),
        }
    }

    /// Sets a body of `application/x-www-form-urlencoded`. Properties without an encoding are one pair each: arrays
    /// repeat the name, objects are JSON text (OpenAPI 3.0, "Encoding Object").
    pub fn form<T: Serialize + ?Sized>(&mut self, media_type: &'static str, encodings: &[Encoding], body: &T) {
        self.form_text(media_type, encodings, to_json(body));
    }

    fn form_text(&mut self, media_type: &'static str, encodings: &[Encoding], json: serde_json::Result<String>) {
        match json.and_then(|json| form::encode(&json, encodings)) {
            Ok(Some(text)) => self.body(media_type, text),
            Ok(None) => self.fail(EncodeError::new("body", "is not an object, which a form requires")),
            Err(_) => self.fail(EncodeError::new("body", "cannot be written as JSON")),
        }
    }

    /// Sets a `multipart/…` body. The boundary is added to the content type.
    pub fn multipart(&mut self, media_type: &str, encodings: &[Encoding], body: impl Into<Multipart>) {
        self.parts(media_type, encodings, body.into());
    }

    fn parts(&mut self, media_type: &str, encodings: &[Encoding], body: Multipart) {
        match body.encode(media_type, encodings) {
            Ok((media_type, body)) => self.body = Some((Cow::Owned(media_type), body)),
            Err(error) => self.fail(error),
        }
    }

    /// Sets a body of any content type: text, bytes, a file, a stream, or data that the caller has encoded.
    pub fn body(&mut self, media_type: &str, body: impl Into<Body>) {
        self.body = Some((Cow::Owned(media_type.to_owned()), body.into()));
    }

    /// Sets a custom header; replaces any other header of that name. `Host`, `Content-Length`, `Transfer-Encoding` and
    /// `Connection` are rejected.
    pub fn header(&mut self, name: impl AsRef<str>, value: impl Into<FieldValue>) {
        match header::parse(name.as_ref(), value.into()) {
            Ok((name, value)) => drop(self.own_headers.insert(name, value)),
            Err(error) => self.fail(error),
        }
    }

    /// Adds a custom query parameter. Name and value are percent-encoded.
    pub fn query(&mut self, name: impl AsRef<str>, value: impl AsRef<str>) {
        self.query.add(form::pair(name.as_ref(), value.as_ref()));
    }

    /// Sets the `Idempotency-Key` header. The server treats requests with the same key as one, so this request is
    /// retried like an idempotent one. Use a new key for every request.
    pub fn idempotency_key(&mut self, key: impl AsRef<str>) {
        match key.as_ref() {
            "" => self.fail(EncodeError::new(IDEMPOTENCY_KEY.as_str(), "is empty")),
            key => self.header(&IDEMPOTENCY_KEY, key),
        }
    }

    /// Sends this request without the credentials of the client, even if the operation requires them. Parameters that
    /// are credentials are still sent.
    pub const fn without_credentials(&mut self) {
        self.settings.without_credentials = true;
    }

    /// Sets the timeout of this request, retries included. Default: that of the client.
    pub const fn timeout(&mut self, limit: Duration) {
        self.settings.timeout = limit;
    }

    /// Sets the maximum time between two chunks of the response body. Default: that of the client.
    pub const fn idle_timeout(&mut self, limit: Duration) {
        self.settings.idle_timeout = limit;
    }

    /// Sets the maximum size of the response body in bytes. Default: that of the client.
    pub const fn max_body_bytes(&mut self, limit: usize) {
        self.settings.max_body_bytes = limit;
    }

    /// Sets the redirect policy of this request. Default: that of the client.
    pub const fn redirects(&mut self, redirects: Redirects) {
        self.settings.redirects = redirects;
    }

    /// Sets the retry policy of this request. Default: that of the client.
    pub fn retries(&mut self, retries: Retries) {
        self.settings.retries = retries;
    }

    pub(crate) fn fail(&mut self, error: EncodeError) {
        self.error.get_or_insert(error);
    }

    /// Returns the thread that runs blocking calls.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Arc<Blocking> {
        Arc::clone(&self.shared.blocking)
    }

    pub(crate) const fn origin(&self) -> Origin {
        Origin {
            operation: self.info.id,
            attempts: 0,
            retryable: false,
            is_exhausted: false,
        }
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.query.iter().filter_map(|pair| pair.split('=').next()).collect();
        let headers: Vec<&HeaderName> = self.headers.keys().chain(self.own_headers.keys()).collect();
        f.debug_struct("Request")
            .field("operation", &self.info.id)
            .field("method", &self.method)
            .field("path", &self.info.path)
            .field("query", &names)
            .field("headers", &headers)
            .field("credentials", &self.given)
            .field("body_bytes", &self.body.as_ref().and_then(|(_, body)| body.len()))
            .finish_non_exhaustive()
    }
}
