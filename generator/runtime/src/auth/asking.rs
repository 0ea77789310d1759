//! For which call tokens and signatures are made, and over what.

use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use super::super::transport::Transport;

/// For which call credentials are asked for, and how long that may take.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'c> {
    /// What carries the requests for tokens.
    pub(crate) transport: &'c dyn Transport,
    /// The `User-Agent` of those.
    pub(crate) user_agent: Option<&'c HeaderValue>,
    /// Whether a thread waits for the call.
    pub(crate) is_blocking: bool,
    pub(crate) operation: &'static str,
    /// The longest pause within the answer of a token endpoint.
    pub(crate) idle: Duration,
    /// When the call must be over; `None` if that is too far away to count.
    pub(crate) end: Option<Instant>,
}

impl Asking<'_> {
    /// `None` if the time of the call is over.
    pub(super) async fn within<F: Future>(&self, future: F) -> Option<F::Output> {
        match self.end {
            Some(end) => tokio::time::timeout_at(end, future).await.ok(),
            None => Some(future.await),
        }
    }
}
