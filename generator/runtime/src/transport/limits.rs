//! Reading the body of a response under limits of size and time.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use tokio::time::Instant;

use super::error::{Failure, TransportError};
use super::incoming::Incoming;

/// Maximum size of an error body in bytes.
pub(crate) const MAX_ERROR_BODY: usize = 64 * 1024;

/// Limits of reading a body.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// Maximum size in bytes.
    pub(crate) bytes: usize,
    /// Maximum time between two chunks.
    pub(crate) idle: Duration,
    /// Deadline; `None` if it is too far away to represent.
    pub(crate) end: Option<Instant>,
}

impl Limits {
    /// Waits for the next chunk. A chunk that has arrived already needs no timer.
    async fn wait_for<F: Future>(&self, piece: F) -> Result<F::Output, TransportError> {
        let mut piece = pin!(piece);
        if let Poll::Ready(came) = poll_fn(|cx| Poll::Ready(piece.as_mut().poll(cx))).await {
            return Ok(came);
        }
        let left = self
            .end
            .map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
        within(left.min(self.idle), piece).await
    }
}

/// Reads within the limits, and returns whether that was the whole body.
pub(crate) async fn read(incoming: &mut Incoming, limits: Limits, body: &mut Bytes) -> Result<bool, TransportError> {
    let mut all = BytesMut::new();
    let whole = loop {
        let chunk = match limits.wait_for(incoming.chunk()).await {
            Ok(Some(Ok(chunk))) => chunk,
            Ok(None) => break Ok(true),
            Ok(Some(Err(error))) => break Err(TransportError::read(error)),
            Err(error) => break Err(error),
        };
        let room = limits.bytes - body.len().max(all.len());
        let kept = chunk.slice(..chunk.len().min(room));
        if body.is_empty() && all.is_empty() {
            // most bodies come in one piece, which is not copied
            *body = kept;
        } else {
            all.extend_from_slice(&std::mem::take(body));
            all.extend_from_slice(&kept);
        }
        if chunk.len() > room {
            break Ok(false);
        }
    };
    if !all.is_empty() {
        *body = all.freeze();
    }
    whole
}

/// Limits the waiting time.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Result<F::Output, TransportError> {
    tokio::time::timeout(limit, future)
        .await
        .map_err(|_| Failure::Timeout.into())
}
