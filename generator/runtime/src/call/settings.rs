//! Settings of a call.

use std::time::Duration;

use super::redirect::Redirects;
use super::retries::Retries;

/// Settings of a call.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Timeout of the whole call.
    pub(crate) timeout: Duration,
    /// Maximum time between two chunks of a body.
    pub(crate) idle_timeout: Duration,
    /// Maximum size of a body in bytes.
    pub(crate) max_body_bytes: usize,
    /// Whether the body of a success is always streamed.
    pub(crate) streaming: bool,
    /// Whether the body is read as it is, whatever the status code and the operation.
    pub(crate) raw: bool,
    /// Whether the credentials of the client are not sent.
    pub(crate) without_credentials: bool,
    pub(crate) retries: Retries,
    pub(crate) redirects: Redirects,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(60),
            idle_timeout: Duration::from_secs(30),
            max_body_bytes: 32 * 1024 * 1024,
            streaming: false,
            raw: false,
            without_credentials: false,
            retries: Retries::default(),
            redirects: Redirects::default(),
        }
    }
}
