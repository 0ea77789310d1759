//! Why a client cannot be built.

use std::fmt;

use super::super::encode::body::BoxError;

/// A client cannot be built. It shows neither the base URL nor a credential nor the value of a header.
#[derive(Debug)]
pub struct BuildError {
    reason: String,
    source: Option<BoxError>,
}

impl BuildError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            source: None,
        }
    }

    /// The same with what was below.
    #[cfg(feature = "reqwest")]
    pub(crate) fn because(reason: &str, source: impl Into<BoxError>) -> Self {
        Self {
            source: Some(source.into()),
            ..Self::new(reason)
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl std::error::Error for BuildError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
