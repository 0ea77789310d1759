//! Retry budget of a client.

use std::sync::atomic::{AtomicU32, Ordering};

/// Cost of a retry, in units of which a successful response gives one back.
const RETRY: u32 = 10;

/// Retries of a client that has not seen a failure yet.
const RETRIES: u32 = 100;

/// Token bucket for retries. It keeps an outage from multiplying the traffic: while every call fails, the bucket runs
/// empty, and requests are sent once; when the server recovers, it fills.
pub(crate) struct Budget(AtomicU32);

impl Budget {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(RETRIES * RETRY))
    }

    /// Takes one retry, if one is left.
    pub(crate) fn take(&self) -> bool {
        self.change(|left| left.checked_sub(RETRY))
    }

    /// Gives back a part of a retry, for a response that is not a server error.
    pub(crate) fn refill(&self) {
        self.change(|left| (left < RETRIES * RETRY).then_some(left + 1));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, change)
            .is_ok()
    }
}
