//! Why a client cannot be built.

use std::fmt;

use super::super::encode::body::BoxError;

/// Error returned when a client cannot be built. Contains neither the base URL nor credentials nor header values.
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

    /// Adds the source of the error.
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
