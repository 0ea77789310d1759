//! Sending of a request, as often as it takes, and following of redirects.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE};
use http::request::Parts;
use http::{Request, Response};
use tokio::time::Instant;

use super::client::Shared;
use super::error::is_transient;
use super::exchange::{Limits, MAX_ERROR_BODY, read, within};
use super::live::Live;
use super::redirect::{self, Next as Step};
use super::transport::{Exchanging, Failure, Incoming, Next, Transport, TransportError};
use super::{Body, EncodeError, Retries, retry_after};

/// Redirects followed in one attempt.
const MAX_REDIRECTS: usize = 5;

/// The attempts of one call: what is below the middleware around calls.
pub(crate) struct Attempts<'c> {
    pub(crate) shared: &'c Shared,
    #[cfg(feature = "tracing")]
    pub(crate) info: &'c super::OperationInfo,
    pub(crate) retries: Retries,
    pub(crate) start: Instant,
    pub(crate) timeout: Duration,
    pub(crate) idempotent: bool,
    pub(crate) live: Option<&'c Live>,
    pub(crate) progress: Mutex<Progress>,
}

/// What is told about a call afterwards.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// How often the request was sent.
    pub(crate) attempts: u32,
    /// Whether a redirect was followed.
    pub(crate) redirected: bool,
    /// The origin that a redirect leads to which was not followed.
    pub(crate) refused: Option<String>,
}

impl Transport for Attempts<'_> {
    fn send(&self, request: Request<Body>) -> Exchanging<'_> {
        let (parts, mut body) = request.into_parts();
        Box::pin(async move { self.run(&parts, &mut body).await })
    }
}

// Every call has room for whatever its future might hold. What few calls do is therefore boxed, and what makes up a
// request is handed over before it is waited for.
impl Attempts<'_> {
    /// Sends the request until the outcome is one to keep. Every attempt begins where the first did.
    pub(crate) async fn run(&self, parts: &Parts, body: &mut Body) -> Result<Response<Incoming>, TransportError> {
        loop {
            let again = body.replay();
            let attempt = self.begin();
            let outcome = self.attempt(parts, body).await;
            let live = self.live.filter(|_| again.is_some());
            let renews = live.is_some_and(|live| outcome.as_ref().is_ok_and(|response| live.renews(response)));
            let wait = if renews {
                Some(Duration::ZERO)
            } else {
                self.wait(attempt, &outcome)
            };
            let (Some(next), Some(wait)) = (again, wait) else {
                return outcome;
            };
            Box::pin(self.pause(outcome, wait)).await;
            *body = next;
        }
    }

    /// Counts an attempt, and forgets what became of the one before.
    fn begin(&self) -> u32 {
        let mut progress = self.progress();
        progress.attempts += 1;
        progress.refused = None;
        progress.attempts
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long to wait before the call is sent again; `None` if the outcome stands.
    fn wait(&self, attempt: u32, outcome: &Result<Response<Incoming>, TransportError>) -> Option<Duration> {
        let asked = match outcome {
            Ok(response) if is_transient(response.status()) => retry_after::of(response.headers()),
            Ok(_) => {
                self.shared.budget.refill();
                return None;
            }
            Err(error) if error.is_passing() => None,
            Err(_) => return None,
        };
        let left = self.left();
        self.retries
            .wait(attempt, asked)
            .filter(|wait| self.idempotent && *wait < left && self.shared.budget.take())
    }

    /// Waits, after reading a reply that is not kept to its end, so that the connection can be used again.
    async fn pause(&self, outcome: Result<Response<Incoming>, TransportError>, wait: Duration) {
        if let Ok(response) = outcome {
            let limits = Limits {
                bytes: MAX_ERROR_BODY,
                idle: self.shared.idle_timeout,
                end: self.start.checked_add(self.timeout),
            };
            // whatever goes wrong costs the connection alone
            drop(read(&mut response.into_body(), limits, &mut Bytes::new()).await);
        }
        tokio::time::sleep(wait).await;
    }

    /// What is left of the time of the call.
    fn left(&self) -> Duration {
        self.timeout.saturating_sub(self.start.elapsed())
    }

    /// The request with the tokens that it takes.
    async fn authorized(&self, live: &Live, first: &Parts) -> Result<Box<Parts>, TransportError> {
        let mut parts = Box::new(first.clone());
        within(self.left(), live.authorize(&mut parts, self.shared)).await??;
        Ok(parts)
    }

    /// Sends the request once, and where redirects lead.
    ///
    /// A transport follows no redirect itself: it would send credentials to other origins.
    async fn attempt(&self, first: &Parts, body: &mut Body) -> Result<Response<Incoming>, TransportError> {
        let mut followed = 0;
        let mut moved = match self.live {
            None => None,
            Some(live) => Some(Box::pin(self.authorized(live, first)).await?),
        };
        loop {
            let parts = moved.as_deref().unwrap_or(first);
            let again = body.replay();
            let response = self.exchange(parts, std::mem::take(body)).await?;
            let (method, uri) = match redirect::next(parts, &response) {
                Step::Finish => return Ok(response),
                Step::Follow(method, uri) if followed < MAX_REDIRECTS => (method, uri),
                Step::Follow(_, uri) => {
                    self.progress().refused = Some(redirect::origin_of(&uri));
                    return Ok(response);
                }
                Step::Refuse(target) => {
                    self.progress().refused = Some(target);
                    return Ok(response);
                }
            };
            let mut parts = Box::new(parts.clone());
            *body = if method == parts.method {
                let Some(again) = again else {
                    // the body is gone with the first request
                    self.progress().refused = Some(redirect::origin_of(&uri));
                    return Ok(response);
                };
                again
            } else {
                for name in [CONTENT_TYPE, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION] {
                    parts.headers.remove(name);
                }
                Body::none()
            };
            self.progress().redirected = true;
            (parts.method, parts.uri) = (method, uri);
            moved = Some(parts);
            followed += 1;
        }
    }

    /// Sends the request through the middleware around attempts, and does not wait for a silent server.
    async fn exchange(&self, parts: &Parts, body: Body) -> Result<Response<Incoming>, TransportError> {
        let (mut exchange, moved) = if self.live.is_none() && !body.has_files() {
            self.start(parts.clone(), body)
        } else {
            let (parts, body) = Box::pin(self.made_ready(parts.clone(), body)).await?;
            self.start(parts, body)
        };
        let mut seen = 0;
        loop {
            let left = self.left();
            if let Ok(outcome) = tokio::time::timeout(left.min(self.shared.idle_timeout), exchange.as_mut()).await {
                return outcome;
            }
            let now = moved.as_ref().map_or(0, |moved| moved.load(Ordering::Relaxed));
            if now == seen || self.start.elapsed() >= self.timeout {
                return Err(Failure::Timeout.into());
            }
            seen = now;
        }
    }

    /// Signs the request, and opens the files of its body.
    async fn made_ready(&self, mut parts: Parts, body: Body) -> Result<(Parts, Body), TransportError> {
        if let Some(live) = self.live {
            within(self.left(), live.sign(&mut parts, &body)).await??;
        }
        let unreadable = |error| TransportError::of(Failure::Body(EncodeError::new("body", "cannot be read")), error);
        Ok((parts, body.open().await.map_err(unreadable)?))
    }

    /// What brings the reply, and the count of what has gone up.
    fn start(&self, parts: Parts, mut body: Body) -> (Exchanging<'_>, Option<Arc<AtomicUsize>>) {
        let moved = body.counter();
        let request = Request::from_parts(parts, body);
        #[cfg(feature = "tracing")]
        let span = super::trace::attempt(self.info, &request, self.progress().attempts - 1);
        let exchange = Next::new(&self.shared.around_attempts, &*self.shared.transport).run(request);
        #[cfg(feature = "tracing")]
        let exchange = Box::pin(super::trace::within(span, exchange));
        (exchange, moved)
    }
}

impl TransportError {
    /// Whether the next attempt may fare better: the connection was to blame, and there was no reply.
    fn is_passing(&self) -> bool {
        match &self.kind {
            Failure::Connect | Failure::ConnectTimeout | Failure::Broken => true,
            Failure::Credential(error) => error.is_passing(),
            Failure::Timeout | Failure::Body(_) => false,
        }
    }
}
