//! How often, and after which waits, calls are sent again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

/// How often, and after which waits, a call is sent again.
///
/// A call is sent again after 408, 429, a server error other than 501, or when no connection could be made or it broke
/// before any reply came. Only calls whose method is idempotent (`GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`, `TRACE`,
/// `QUERY`) or that carry an `Idempotency-Key` are sent again, within the timeout of the call, and while the client as a
/// whole has retries left: 100, of which ten good replies give one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retries {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl Retries {
    /// Every call is sent once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// How often a call is sent at most, the first time included; 3 unless set.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// The longest wait before the first retry, which doubles with every further one; half a second unless set. How long
    /// a wait is between nothing and that is left to chance, so that many clients do not come back at once.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest wait before any retry that the server did not ask for; 8 seconds unless set.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest `Retry-After` that is waited for; 60 seconds unless set. When the server asks for more, the call
    /// fails at once, and the error says for how much (`retry_after`).
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// How long to wait after so many attempts, when the server asks for a wait or does not; `None` to give up.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempts >= self.attempts || asked.is_some_and(|asked| asked > self.max_retry_after) {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let longest = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        Some(part_of(longest).max(asked.unwrap_or_default()))
    }
}

/// Some part of a duration, by chance.
fn part_of(longest: Duration) -> Duration {
    // each `RandomState` has keys of its own: random enough to spread clients, and nothing else is asked of it
    let chance = RandomState::new().build_hasher().finish();
    let longest = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
    let part = (u128::from(longest) * u128::from(chance)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(longest))
}
