//! Why a transport brought no reply, or not all of it.

use std::error::Error;
use std::fmt;

use super::super::encode::EncodeError;
use super::super::encode::body::BoxError;
use super::credential_error::CredentialError;

/// Why a transport brought no reply, or not all of it. `Display` shows the kind, `source` what was below.
pub struct TransportError {
    pub(crate) kind: Failure,
    pub(crate) source: Option<BoxError>,
}

/// The kinds of [`TransportError`].
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// There was no connection, so that nothing was sent.
    Connect,
    /// There was none in time.
    ConnectTimeout,
    /// TLS could not be agreed on for this reason, so that nothing was sent.
    Tls(String),
    /// The transport was not ready in time, so that nothing was sent.
    #[cfg_attr(not(feature = "tower"), expect(dead_code, reason = "only services of tower wait"))]
    NotReady,
    /// It took too long.
    Timeout,
    /// The exchange broke.
    Broken,
    /// A connection that had been used before ended before any reply.
    #[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "only the HTTP client tells"))]
    Closed,
    /// The body cannot be read, so that nothing was sent.
    Body(EncodeError),
    /// A credential could not be had, so that nothing was sent.
    Credential(CredentialError),
}

impl TransportError {
    /// No connection could be made, so that nothing was sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Connect, source)
    }

    /// No connection could be made in time.
    pub fn connect_timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::ConnectTimeout, source)
    }

    /// The TLS handshake failed, so that nothing was sent. It is not retried. The source says why.
    pub fn tls(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self::of(Failure::Tls(source.to_string()), source)
    }

    /// It took too long.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Timeout, source)
    }

    /// The exchange broke.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Broken, source)
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
            Failure::Broken | Failure::Closed => f.write_str("the exchange with the server failed"),
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
