//! The context in which tokens and signatures are requested.

use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use super::super::transport::Transport;

/// Call for which credentials are requested, with its time limits.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'c> {
    /// Transport of token requests.
    pub(crate) transport: &'c dyn Transport,
    /// `User-Agent` of token requests.
    pub(crate) user_agent: Option<&'c HeaderValue>,
    /// Whether the call blocks a thread.
    pub(crate) is_blocking: bool,
    pub(crate) operation: &'static str,
    /// Maximum time between two chunks of a token response.
    pub(crate) idle: Duration,
    /// Deadline of the call; `None` if it is too far away to represent.
    pub(crate) end: Option<Instant>,
}

impl Asking<'_> {
    /// Runs a future until the deadline of the call; `None` if it has passed.
    pub(super) async fn within<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.end {
            Some(end) => tokio::time::timeout_at(end, future).await.ok(),
            None => Some(future.await),
        }
    }
}
