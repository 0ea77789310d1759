//! Retry policy: outcomes, attempts and backoff.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use super::outcome::{Outcome, Own};

/// Retry policy: which outcomes are retried, how often, and with which backoff.
///
/// A request of any method is retried after 429 and when no connection could be made, since the server has not handled
/// it. After 408, a server error other than 501, or a connection that broke before any response, it is retried if its
/// method is idempotent (`GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`, `TRACE`, `QUERY`) or it has an `Idempotency-Key`.
/// Retries count toward the timeout of the call and take from a retry budget of the client: 100 retries, of which ten
/// successful responses give one back. A call that fails because the budget is empty says so. A failure of a reused
/// connection takes nothing from the budget, since a server may close those at any time.
///
/// ```
/// use envoi_runtime::Retries;
///
/// // 409 means "locked, try again" here, and this API takes a POST twice for one
/// let retries = Retries::default()
///     .attempts(5)
///     .methods(["GET", "POST"])
///     .when(|outcome| outcome.is_retryable() || outcome.status().is_some_and(|status| status == 409));
/// # let _ = retries;
/// ```
#[derive(Clone)]
pub struct Retries {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    /// Predicate or lists that were set.
    rules: Option<Arc<Rules>>,
}

#[derive(Clone, Default)]
struct Rules {
    own: Own,
    when: Option<Predicate>,
}

type Predicate = Arc<dyn Fn(&Outcome<'_>) -> bool + Send + Sync>;

impl Default for Retries {
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
            rules: None,
        }
    }
}

impl Retries {
    /// Disables retries.
    #[must_use]
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included. Default: 3.
    #[must_use]
    pub const fn attempts(mut self, most: u32) -> Self {
        self.attempts = most;
        self
    }

    /// Sets the maximum delay before the first retry; it doubles with every further retry. Default: 500 milliseconds.
    /// The delay is random between zero and that maximum (full jitter).
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the maximum delay before any retry, except after `Retry-After`. Default: 8 seconds.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest `Retry-After` to wait for. Default: 60 seconds. If the server asks for more, the call fails at
    /// once, and `retry_after` of the error returns the requested delay.
    #[must_use]
    pub const fn max_retry_after(mut self, delay: Duration) -> Self {
        self.max_retry_after = delay;
        self
    }

    /// Sets the status codes that are retried. Default: 408, 429 and server errors except 501. A request that is not
    /// idempotent is retried after 429 only.
    #[must_use]
    pub fn statuses(self, statuses: impl IntoIterator<Item = u16>) -> Self {
        let statuses = Some(statuses.into_iter().collect());
        self.with_rules(|rules| rules.own.statuses = statuses)
    }

    /// Sets the methods that may be sent twice, in any letter case. Default: the idempotent methods (RFC 9110, section
    /// 9.2.2).
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let methods = methods.into_iter().map(|method| method.as_ref().to_owned());
        let methods = Some(methods.collect());
        self.with_rules(|rules| rules.own.methods = methods)
    }

    /// Sets a predicate that decides whether to retry. It replaces all other rules, which [`Outcome::is_retryable`] still
    /// evaluates, and is called after every attempt without a successful response.
    #[must_use]
    pub fn when(self, predicate: impl Fn(&Outcome<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.with_rules(|rules| rules.when = Some(Arc::new(predicate)))
    }

    fn with_rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(self.rules.get_or_insert_default()));
        self
    }

    /// Returns whether a request is retried after this outcome.
    pub(crate) fn take(&self, outcome: &Outcome<'_>) -> bool {
        let when = self.rules.as_ref().and_then(|rules| rules.when.as_ref());
        match when {
            Some(when) => !outcome.is_success() && when(outcome),
            None => outcome.is_retryable(),
        }
    }

    /// Returns the status codes and methods that were set.
    pub(crate) fn own(&self) -> Option<&Own> {
        self.rules.as_ref().map(|rules| &rules.own)
    }

    /// Returns the delay after so many attempts and an optional `Retry-After`; `None` to give up.
    pub(crate) fn wait(&self, attempts: u32, asked: Option<Duration>) -> Option<Duration> {
        if attempts >= self.attempts || asked.is_some_and(|asked| asked > self.max_retry_after) {
            return None;
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let longest = self.base_delay.saturating_mul(doubled).min(self.max_delay);
        Some(part_of(longest).max(asked.unwrap_or_default()))
    }
}

impl fmt::Debug for Retries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Retries");
        shown
            .field("attempts", &self.attempts)
            .field("base_delay", &self.base_delay)
            .field("max_delay", &self.max_delay)
            .field("max_retry_after", &self.max_retry_after);
        if let Some(rules) = &self.rules {
            shown
                .field("statuses", &rules.own.statuses)
                .field("methods", &rules.own.methods)
                .field("when", &rules.when.is_some());
        }
        shown.finish()
    }
}

/// Returns a random part of a duration.
fn part_of(longest: Duration) -> Duration {
    // each `RandomState` has keys of its own: random enough to spread clients, and nothing else is asked of it
    let chance = RandomState::new().build_hasher().finish();
    let longest = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
    let part = (u128::from(longest) * u128::from(chance)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(longest))
}
