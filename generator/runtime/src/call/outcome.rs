//! What became of one attempt to make a call.

use http::{HeaderMap, Method, Response, StatusCode};

use super::super::transport::TransportError;
use super::super::transport::error::Failure;
use super::super::transport::status::is_transient;
use super::idempotency;

/// What became of one attempt to make a call, for those who decide whether there will be another
/// ([`Retries::when`](super::super::Retries::when)). It shows neither body nor URL.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    method: &'a Method,
    /// Whether the request carries an `Idempotency-Key`.
    keyed: bool,
    /// Whether a server has seen the call before, and answered with a redirect.
    redirected: bool,
    came: Came<'a>,
    own: Option<&'a Own>,
}

/// The statuses and methods that callers have set, in place of the usual ones.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own {
    pub(crate) statuses: Option<Vec<u16>>,
    pub(crate) methods: Option<Vec<String>>,
}

impl Own {
    /// Whether calls of a method may be sent twice, where that was set.
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
    /// The connection broke before a reply.
    Broken,
    /// What another attempt would not change.
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
                Failure::Credential(error) if error.is_passing() => Came::NotSent,
                Failure::Broken | Failure::Closed => Came::Broken,
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

    /// The method of the call.
    #[must_use]
    pub const fn method(&self) -> &'a Method {
        self.method
    }

    /// The status of the reply, if one came.
    #[must_use]
    pub const fn status(&self) -> Option<StatusCode> {
        match self.came {
            Came::Reply(status, _) => Some(status),
            _ => None,
        }
    }

    /// The headers of the reply, if one came.
    #[must_use]
    pub const fn headers(&self) -> Option<&'a HeaderMap> {
        match self.came {
            Came::Reply(_, headers) => Some(headers),
            _ => None,
        }
    }

    /// Whether nothing was sent: no connection could be made, or a token could not be had for the moment.
    #[must_use]
    pub const fn is_unsent(&self) -> bool {
        matches!(self.came, Came::NotSent) && !self.redirected
    }

    /// Whether the connection broke before a reply came, so that nobody knows what the server did.
    #[must_use]
    pub const fn is_broken(&self) -> bool {
        matches!(self.came, Came::Broken)
    }

    /// Whether sending the call twice is as good as sending it once: its method is idempotent or one of those that
    /// [`Retries::methods`](super::super::Retries::methods) names, or it carries an `Idempotency-Key`.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        let own = self.own.and_then(|own| own.method(self.method.as_str()));
        self.keyed || own.unwrap_or_else(|| idempotency::is_idempotent(self.method))
    }

    /// Whether another attempt is made after this, if nothing else is set.
    #[must_use]
    pub fn is_passing(&self) -> bool {
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
