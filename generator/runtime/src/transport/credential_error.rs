//! Why a credential could not be had.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use http::StatusCode;

use super::super::encode::body::BoxError;
use super::status::is_transient;

/// A credential that has to be made for each call could not be had: a token endpoint gave no token, or a function of the
/// caller failed. The call itself was not sent. It shows no secret of this client.
#[derive(Clone)]
pub struct CredentialError {
    scheme: &'static str,
    reason: Reason,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

/// What went wrong.
#[derive(Clone, Debug)]
pub(crate) enum Reason {
    /// The token endpoint refused.
    Refused {
        status: StatusCode,
        /// The `error` of its answer.
        code: Option<String>,
        /// The `error_description` of its answer.
        description: String,
    },
    /// There is no whole answer of the token endpoint.
    Unreachable,
    /// The token endpoint took too long.
    Late,
    /// The function of the caller took too long.
    FunctionLate,
    /// What came is no token, or cannot be sent.
    Unusable(&'static str),
    /// The function of the caller failed.
    Function,
}

impl CredentialError {
    pub(crate) const fn new(scheme: &'static str, reason: Reason) -> Self {
        let source = None;
        Self { scheme, reason, source }
    }

    /// The same with what was below.
    pub(crate) fn because(scheme: &'static str, reason: Reason, source: impl Into<BoxError>) -> Self {
        Self {
            source: Some(Arc::from(source.into())),
            ..Self::new(scheme, reason)
        }
    }

    /// The name of the security scheme in the document.
    pub const fn scheme(&self) -> &'static str {
        self.scheme
    }

    /// The code with which a token endpoint refuses, such as `invalid_client` (RFC 6749, section 5.2), whatever its status is.
    pub fn code(&self) -> Option<&str> {
        match &self.reason {
            Reason::Refused { code, .. } => code.as_deref(),
            _ => None,
        }
    }

    /// The status with which a token endpoint refuses. It is 200 where the body alone says so.
    pub const fn status(&self) -> Option<StatusCode> {
        match &self.reason {
            Reason::Refused { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Whether the next attempt may fare better.
    pub(crate) fn is_passing(&self) -> bool {
        match &self.reason {
            Reason::Refused { status, .. } => is_transient(*status),
            Reason::Unreachable => true,
            Reason::Late | Reason::FunctionLate | Reason::Unusable(_) | Reason::Function => false,
        }
    }

    /// Whether it took too long.
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
            } => {
                write!(f, "the token endpoint answered {status}")?;
                for part in code.iter().chain(Some(description).filter(|text| !text.is_empty())) {
                    write!(f, ": {part}")?;
                }
                Ok(())
            }
            Reason::Unreachable => f.write_str("the exchange with the token endpoint failed"),
            Reason::Late => f.write_str("the token endpoint took too long"),
            Reason::FunctionLate => f.write_str("the function that should yield it took too long"),
            Reason::Unusable(what) => f.write_str(what),
            Reason::Function => f.write_str("the function that should yield it failed"),
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
