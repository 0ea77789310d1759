//! Why an argument could not be put into a request.

use std::borrow::Cow;
use std::fmt;

/// Error returned when an argument cannot be encoded into the request. Contains the name of the argument, never its
/// value.
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

    /// Returns the name of the parameter in the API description, `body`, or the name of a custom header.
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
