//! How often, after what, and after which waits, calls are sent again.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use super::outcome::{Outcome, Own};

/// How often, after what, and after which waits, a call is sent again.
///
/// A call of any method is sent again after 429 and when no connection could be made: nothing has happened then. After
/// 408, a server error other than 501, or when the connection broke before any reply, it is sent again if its method is
/// idempotent (`GET`, `HEAD`, `PUT`, `DELETE`, `OPTIONS`, `TRACE`, `QUERY`) or it carries an `Idempotency-Key`. All of it
/// is within the timeout of the call, and while the client as a whole has retries left: 100, of which ten good replies
/// give one back. A call that fails because none is left says so. What ends on a connection that was used before takes none: a
/// server may end those at any time.
///
/// ```
/// use envoi_runtime::Retries;
///
/// // 409 means "locked, try again" here, and this API takes a POST twice for one
/// let retries = Retries::default()
///     .attempts(5)
///     .methods(["GET", "POST"])
///     .when(|outcome| outcome.is_passing() || outcome.status().is_some_and(|status| status == 409));
/// # let _ = retries;
/// ```
#[derive(Clone)]
pub struct Retries {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_retry_after: Duration,
    /// What is sent again, where that was set.
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

    /// The statuses after which a call is sent again, in place of 408, 429 and the server errors but 501. A call that is
    /// not idempotent is sent again after 429 alone.
    #[must_use]
    pub fn statuses(self, statuses: impl IntoIterator<Item = u16>) -> Self {
        let statuses = Some(statuses.into_iter().collect());
        self.with_rules(|rules| rules.own.statuses = statuses)
    }

    /// The methods that may be sent twice, in place of those that are idempotent (RFC 9110, section 9.2.2), in whatever case.
    #[must_use]
    pub fn methods(self, methods: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let methods = methods.into_iter().map(|method| method.as_ref().to_owned());
        let methods = Some(methods.collect());
        self.with_rules(|rules| rules.own.methods = methods)
    }

    /// Decides after what a call is sent again, in place of all other rules, which [`Outcome::is_passing`] repeats. It is
    /// asked after every attempt that brought no success.
    #[must_use]
    pub fn when(self, predicate: impl Fn(&Outcome<'_>) -> bool + Send + Sync + 'static) -> Self {
        self.with_rules(|rules| rules.when = Some(Arc::new(predicate)))
    }

    fn with_rules(mut self, change: impl FnOnce(&mut Rules)) -> Self {
        change(Arc::make_mut(self.rules.get_or_insert_default()));
        self
    }

    /// Whether a call may be sent again after this.
    pub(crate) fn take(&self, outcome: &Outcome<'_>) -> bool {
        let when = self.rules.as_ref().and_then(|rules| rules.when.as_ref());
        match when {
            Some(when) => !outcome.is_success() && when(outcome),
            None => outcome.is_passing(),
        }
    }

    /// The statuses and methods that were set.
    pub(crate) fn own(&self) -> Option<&Own> {
        self.rules.as_ref().map(|rules| &rules.own)
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

/// Some part of a duration, by chance.
fn part_of(longest: Duration) -> Duration {
    // each `RandomState` has keys of its own: random enough to spread clients, and nothing else is asked of it
    let chance = RandomState::new().build_hasher().finish();
    let longest = u64::try_from(longest.as_nanos()).unwrap_or(u64::MAX);
    let part = (u128::from(longest) * u128::from(chance)) >> 64;
    Duration::from_nanos(u64::try_from(part).unwrap_or(longest))
}
