//! Why a transport brought no response, or not all of it.

use std::error::Error;
use std::fmt;
use std::time::Duration;

use super::super::encode::EncodeError;
use super::super::encode::body::BoxError;
use super::credential_error::CredentialError;

/// Error of a transport that returned no response, or only a part of it. `Display` shows the kind, `source` the cause.
pub struct TransportError {
    pub(crate) kind: Failure,
    pub(crate) source: Option<BoxError>,
}

/// Kind of a [`TransportError`].
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// No connection could be made. Nothing was sent.
    Connect,
    /// The connect timeout expired. Nothing was sent.
    ConnectTimeout,
    /// The TLS handshake failed for this reason. Nothing was sent.
    Tls(String),
    /// The timeout expired before the transport was ready. Nothing was sent.
    #[cfg_attr(not(feature = "tower"), expect(dead_code, reason = "only services of tower wait"))]
    NotReady,
    /// A timeout expired.
    Timeout,
    /// The connection broke.
    Broken,
    /// TLS failed after the handshake, for this reason. The request may have been sent.
    #[cfg_attr(
        not(any(feature = "reqwest", feature = "tower")),
        expect(dead_code, reason = "only HTTP clients tell")
    )]
    BrokenTls(String),
    /// A reused connection was closed before any response.
    #[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "only the HTTP client tells"))]
    Closed,
    /// The request body cannot be read. Nothing was sent.
    Body(EncodeError),
    /// A credential could not be obtained. Nothing was sent.
    Credential(CredentialError),
}

impl TransportError {
    /// Creates an error for a connection that could not be made. Nothing was sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Connect, source)
    }

    /// Creates an error for a connect timeout. Nothing was sent.
    pub fn connect_timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::ConnectTimeout, source)
    }

    /// Creates an error for a failed TLS handshake. Nothing was sent, and the request is not retried. `source` is the
    /// reason.
    pub fn tls(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self::of(Failure::Tls(source.to_string()), source)
    }

    /// Creates an error for a timeout.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Timeout, source)
    }

    /// Creates an error for a broken connection.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Broken, source)
    }

    /// Returns the delay that a token endpoint asks for.
    pub(crate) const fn retry_after(&self) -> Option<Duration> {
        match &self.kind {
            Failure::Credential(error) => error.retry_after(),
            _ => None,
        }
    }

    pub(crate) fn of(kind: Failure, source: impl Into<BoxError>) -> Self {
        let source = Some(source.into());
        Self { kind, source }
    }
}

impl From<Failure> for TransportError {
    fn from(kind: Failure) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Failure::Connect | Failure::ConnectTimeout => f.write_str("no connection could be made"),
            Failure::Tls(reason) => write!(f, "the TLS handshake failed: {reason}"),
            Failure::NotReady => f.write_str("timed out before the transport was ready to send"),
            Failure::Timeout => f.write_str("timed out"),
            Failure::BrokenTls(reason) => write!(f, "the TLS connection failed: {reason}"),
            Failure::Broken | Failure::Closed => f.write_str("communication with the server failed"),
            Failure::Body(error) => write!(f, "{error}"),
            Failure::Credential(error) => write!(f, "{error}"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}

impl From<CredentialError> for TransportError {
    fn from(error: CredentialError) -> Self {
        Failure::Credential(error).into()
    }
}
