//! What became of one attempt to make a call.

use http::{HeaderMap, Method, Response, StatusCode};

use super::super::transport::TransportError;
use super::super::transport::error::Failure;
use super::super::transport::status::is_transient;
use super::idempotency;
use super::retries::Retries;

/// What became of one attempt to make a call, for those who decide whether there will be another
/// ([`Retries::when`]). It shows neither body nor URL.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    method: &'a Method,
    /// Whether the request carries an `Idempotency-Key`.
    keyed: bool,
    /// Whether a server has seen the call before, and answered with a redirect.
    redirected: bool,
    came: Came<'a>,
    retries: &'a Retries,
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
        retries: &'a Retries,
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
            retries,
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
    /// [`Retries::methods`] names, or it carries an `Idempotency-Key`.
    #[must_use]
    pub fn is_repeatable(&self) -> bool {
        let own = self.retries.own_method(self.method.as_str());
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
        match self.retries.own_statuses() {
            Some(own) => own.contains(&status.as_u16()),
            None => is_transient(status),
        }
    }

    pub(crate) fn is_success(&self) -> bool {
        self.status().is_some_and(|status| status.is_success())
    }
}
