//! The outcome of one attempt to send a request.

use http::{HeaderMap, Method, Response, StatusCode};

use super::super::transport::TransportError;
use super::super::transport::error::Failure;
use super::super::transport::status::is_transient;
use super::idempotency;

/// Outcome of one attempt to send a request, for [`Retries::when`](super::super::Retries::when). Contains neither the
/// body nor the URL.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    method: &'a Method,
    /// Whether the request has an `Idempotency-Key`.
    keyed: bool,
    /// Whether a server has received the request and answered with a redirect.
    redirected: bool,
    came: Came<'a>,
    own: Option<&'a Own>,
}

/// Status codes and methods that replace the defaults.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    pub(crate) statuses: Option<Vec<u16>>,
    pub(crate) methods: Option<Vec<String>>,
}

impl Own {
    /// Returns whether requests with a method may be sent twice, if that was set.
    fn method(&self, method: &str) -> Option<bool> {
        let methods = self.methods.as_ref()?;
        Some(methods.iter().any(|own| own.eq_ignore_ascii_case(method)))
    }
}

#[derive(Clone, Copy, Debug)]
enum Came<'a> {
    Reply(StatusCode, &'a HeaderMap),
    /// Nothing was sent.
    NotSent,
    /// The connection broke before a response.
    Broken,
    /// An error that another attempt would not change.
    Failed,
}

impl<'a> Outcome<'a> {
    pub(crate) fn new<B>(
        method: &'a Method,
        keyed: bool,
        redirected: bool,
        outcome: &'a Result<Response<B>, TransportError>,
        own: Option<&'a Own>,
    ) -> Self {
        let came = match outcome {
            Ok(response) => Came::Reply(response.status(), response.headers()),
            Err(error) => match &error.kind {
                Failure::Connect | Failure::ConnectTimeout => Came::NotSent,
                Failure::Credential(error) if error.is_transient() => Came::NotSent,
                Failure::Broken | Failure::BrokenTls(_) | Failure::Closed => Came::Broken,
                Failure::Credential(_) | Failure::Tls(_) | Failure::NotReady | Failure::Timeout | Failure::Body(_) => {
                    Came::Failed
                }
            },
        };
        Self {
            method,
            keyed,
            redirected,
            came,
            own,
        }
    }

    /// Returns the method of the request.
    #[must_use]
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// Returns the status code of the response, if there is one.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        match self.came {
            Came::Reply(status, _) => Some(status),
            _ => None,
        }
    }

    /// Returns the headers of the response, if there is one.
    #[must_use]
    pub const fn headers(&self) -> Option<&'a HeaderMap> {
        match self.came {
            Came::Reply(_, headers) => Some(headers),
            _ => None,
        }
    }

    /// Returns whether nothing was sent: no connection could be made, or a token was temporarily unavailable.
    #[must_use]
    pub const fn is_unsent(&self) -> bool {
        matches!(self.came, Came::NotSent) && !self.redirected
    }

    /// Returns whether the connection broke before a response arrived, so that it is unknown whether the server handled
    /// the request.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        matches!(self.came, Came::Broken)
    }

    /// Returns whether the request may be sent twice: its method is idempotent or listed in
    /// [`Retries::methods`](super::super::Retries::methods), or it has an `Idempotency-Key`.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        let own = self.own.and_then(|own| own.method(self.method.as_str()));
        self.keyed || own.unwrap_or_else(|| idempotency::is_idempotent(self.method))
    }

    /// Returns whether the default rules would retry the request after this outcome.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.came {
            Came::Reply(StatusCode::TOO_MANY_REQUESTS, _) => self.passes(StatusCode::TOO_MANY_REQUESTS),
            Came::Reply(status, _) => self.passes(status) && self.is_repeatable(),
            Came::NotSent => self.is_unsent() || self.is_repeatable(),
            Came::Broken => self.is_repeatable(),
            Came::Failed => false,
        }
    }

    fn passes(&self, status: StatusCode) -> bool {
        match self.own.and_then(|own| own.statuses.as_ref()) {
            Some(own) => own.contains(&status.as_u16()),
            None => is_transient(status),
        }
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
    }
}
