//! Why a credential could not be had.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use super::super::encode::body::BoxError;
use super::status::is_transient;

/// Error returned when a token or signature could not be obtained: a token endpoint or a function of the caller failed.
/// The request itself was not sent. Contains no secret of the client.
#[derive(Clone)]
pub struct CredentialError {
    scheme: &'static str,
    reason: Reason,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// Reason of a [`CredentialError`].
#[derive(Clone, Debug)]
pub(crate) enum Reason {
    /// The token endpoint returned an error.
    Refused {
        status: StatusCode,
        /// Error code of the token endpoint.
        code: Option<String>,
        /// `error_description` of the token endpoint.
        description: String,
        /// Delay that the token endpoint asks for.
        retry_after: Option<Duration>,
    },
    /// No complete response of the token endpoint was received, because of this failure of TLS if it was one.
    Unreachable(Option<String>),
    /// The TLS handshake with the token endpoint failed for this reason.
    Tls(String),
    /// The token endpoint timed out.
    Late,
    /// The credential function timed out.
    FunctionLate,
    /// The token or signature is invalid or cannot be sent.
    Unusable(&'static str),
    /// The credential function failed.
    Function,
}

impl CredentialError {
    pub(crate) const fn new(scheme: &'static str, reason: Reason) -> Self {
        let source = None;
        Self { scheme, reason, source }
    }

    /// Adds the source of the error.
    pub(crate) fn because(scheme: &'static str, reason: Reason, source: impl Into<BoxError>) -> Self {
        Self {
            source: Some(Arc::from(source.into())),
            ..Self::new(scheme, reason)
        }
    }

    /// Returns the name of the security scheme in the API description.
    pub const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// Returns the error code of the token endpoint, such as `invalid_client` (RFC 6749, section 5.2), whatever its
    /// status code.
    pub fn code(&self) -> Option<&str> {
        match &self.reason {
            Reason::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// Returns the status code of the token endpoint. It is 200 if only the body reports the error.
    pub const fn status(&self) -> Option<StatusCode> {
        match &self.reason {
            Reason::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Returns the delay that the token endpoint asks for (`Retry-After`, in seconds or as a date), without an upper
    /// limit.
    pub const fn retry_after(&self) -> Option<Duration> {
        match &self.reason {
            Reason::Refused { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// Returns whether the next attempt may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        match &self.reason {
            Reason::Refused { status, .. } => is_transient(*status),
            Reason::Unreachable(_) => true,
            Reason::Tls(_) | Reason::Late | Reason::FunctionLate | Reason::Unusable(_) | Reason::Function => false,
        }
    }

    /// Returns whether a timeout expired.
    pub(crate) const fn is_timeout(&self) -> bool {
        matches!(self.reason, Reason::Late | Reason::FunctionLate)
    }
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no credential for `{}`: ", self.scheme)?;
        match &self.reason {
            Reason::Refused {
                status,
                code,
                description,
                ..
            } => {
                write!(f, "the token endpoint answered {status}")?;
                for part in code.iter().chain(Some(description).filter(|text| !text.is_empty())) {
                    write!(f, ": {part}")?;
                }
                Ok(())
            }
            Reason::Unreachable(None) => f.write_str("communication with the token endpoint failed"),
            Reason::Unreachable(Some(reason)) => write!(f, "the TLS connection to the token endpoint failed: {reason}"),
            Reason::Tls(reason) => write!(f, "the TLS handshake with the token endpoint failed: {reason}"),
            Reason::Late => f.write_str("the token endpoint timed out"),
            Reason::FunctionLate => f.write_str("the credential function timed out"),
            Reason::Unusable(what) => f.write_str(what),
            Reason::Function => f.write_str("the credential function failed"),
        }
    }
}

impl fmt::Debug for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CredentialError")
            .field("scheme", &self.scheme)
            .field("reason", &self.reason)
            .field("source", &self.source)
            .finish()
    }
}

impl Error for CredentialError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
