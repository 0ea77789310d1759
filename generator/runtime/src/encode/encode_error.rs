//! Why an argument could not be put into a request.

use std::borrow::Cow;
use std::fmt;

/// An argument cannot be put into the request. It names the argument and never shows its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    parameter: Cow<'static, str>,
    reason: &'static str,
}

impl EncodeError {
    pub(crate) fn new(parameter: impl Into<Cow<'static, str>>, reason: &'static str) -> Self {
        Self {
            parameter: parameter.into(),
            reason,
        }
    }

    /// The name of the parameter in the document, or `body`, or the header the caller named.
    pub fn parameter(&self) -> &str {
        &self.parameter
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.parameter.escape_debug(), self.reason)
    }
}

impl std::error::Error for EncodeError {}
