//! What holds for a call: the settings of its client, unless it has some of its own.

use std::time::Duration;

use super::redirect::Redirects;
use super::retries::Retries;

/// What holds for a call.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// How long the whole of it may take.
    pub(crate) timeout: Duration,
    /// The longest pause within a body.
    pub(crate) idle_timeout: Duration,
    /// The bytes of a body that are kept.
    pub(crate) max_body_bytes: usize,
    /// Whether the body of a success is handed over while it comes in, whatever it is.
    pub(crate) streaming: bool,
    /// Whether the credentials of the client stay out of it.
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
            without_credentials: false,
            retries: Retries::default(),
            redirects: Redirects::default(),
        }
    }
}
