//! Attempts to send a request: retries and redirects.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LOCATION, CONTENT_TYPE, USER_AGENT, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{Request, Response, StatusCode};
use tokio::time::Instant;

use super::super::auth::asking::Asking;
use super::super::auth::authorize::Authorizer;
use super::super::encode::{Body, EncodeError};
use super::super::transport::error::Failure;
use super::super::transport::limits::{Limits, MAX_ERROR_BODY, read, within};
use super::super::transport::status::is_transient;
use super::super::transport::{Incoming, Next, Transport, TransportError, TransportFuture, retry_after};
use super::idempotency::IDEMPOTENCY_KEY;
use super::outcome::Outcome;
use super::redirect;
use super::redirect::Next as Step;
use super::settings::Settings;
use super::shared::Shared;

/// Maximum number of redirects followed in one attempt.
const MAX_REDIRECTS: usize = 5;

/// Attempts of one call: the part below the middleware that runs once per call.
pub(crate) struct Attempts<'c> {
    pub(crate) shared: &'c Shared,
    pub(crate) info: &'c super::super::reply::OperationInfo,
    pub(crate) settings: &'c Settings,
    pub(crate) start: Instant,
    pub(crate) authorizer: Option<&'c Authorizer>,
    pub(crate) progress: Mutex<Progress>,
}

/// Facts about a call for its error and its response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress {
    /// Number of times the request was sent.
    pub(crate) attempts: u32,
    /// Number of attempts that have begun, including those that failed to obtain a credential.
    begun: u32,
    /// Whether the request of this attempt was sent.
    is_sent: bool,
    /// Whether a redirect was followed.
    redirected: bool,
    /// URL of a redirect that was not followed.
    pub(crate) refused: Option<String>,
    /// Whether the request may be retried.
    pub(crate) retryable: bool,
    /// Whether it was not retried because the retry budget is empty.
    pub(crate) is_exhausted: bool,
}

impl Transport for Attempts<'_> {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let (parts, mut body) = request.into_parts();
        Box::pin(async move { self.run(&parts, &mut body).await })
    }
}

// Every call has room for whatever its future might hold. What few calls do is therefore boxed, and what makes up a
// request is handed over before it is waited for.
impl Attempts<'_> {
    /// Sends the request until an outcome is not retried. Every attempt begins with the original request.
    pub(crate) async fn run(&self, parts: &Parts, body: &mut Body) -> Result<Response<Incoming>, TransportError> {
        loop {
            let replay = body.replay();
            let attempt = self.begin();
            let mut outcome = self.attempt(parts, body).await;
            let renews = match self.authorizer {
                Some(authorizer) if replay.is_some() => self.renew(authorizer, &mut outcome).await,
                _ => false,
            };
            let wait = if renews {
                Some(Duration::ZERO)
            } else {
                self.wait(attempt, parts, &outcome)
            };
            let (Some(next), Some(wait)) = (replay, wait) else {
                return outcome;
            };
            Box::pin(self.pause(outcome, wait)).await;
            *body = next;
        }
    }

    /// Counts an attempt and resets the facts about the previous one.
    fn begin(&self) -> u32 {
        let mut progress = self.progress();
        progress.begun += 1;
        progress.is_sent = false;
        progress.refused = None;
        progress.retryable = false;
        progress.begun
    }

    /// Returns whether a response rejected the credentials and new ones are available.
    async fn renew(&self, authorizer: &Authorizer, outcome: &mut Result<Response<Incoming>, TransportError>) -> bool {
        let challenge = match outcome {
            Ok(response) if response.status() == StatusCode::UNAUTHORIZED => {
                response.headers().get(WWW_AUTHENTICATE).cloned()
            }
            Ok(_) => {
                authorizer.accepted(self.info.id);
                return false;
            }
            Err(_) => return false,
        };
        match Box::pin(authorizer.renew(challenge, self.asking())).await {
            Ok(renews) => renews,
            Err(error) => {
                *outcome = Err(error);
                false
            }
        }
    }

    fn asking(&self) -> Asking<'_> {
        Asking {
            transport: self.shared.transport(),
            user_agent: self.shared.headers.get(USER_AGENT),
            is_blocking: self.shared.is_blocking(),
            operation: self.info.id,
            idle: self.settings.idle_timeout,
            end: self.end(),
        }
    }

    /// Returns the deadline of the call.
    fn end(&self) -> Option<Instant> {
        self.start.checked_add(self.settings.timeout)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the delay before the next attempt; `None` if the outcome is final.
    fn wait(
        &self,
        attempt: u32,
        parts: &Parts,
        outcome: &Result<Response<Incoming>, TransportError>,
    ) -> Option<Duration> {
        let retries = &self.settings.retries;
        let mut progress = self.progress();
        let keyed = parts.headers.get(&IDEMPOTENCY_KEY).is_some_and(|key| !key.is_empty());
        let seen = Outcome::new(&parts.method, keyed, progress.redirected, outcome, retries.own());
        progress.retryable = retries.take(&seen);
        if !progress.retryable {
            if outcome.as_ref().is_ok_and(|response| !is_transient(response.status())) {
                self.shared.budget.refill();
            }
            return None;
        }
        let asked = match outcome {
            Ok(response) => retry_after::of(response.headers()),
            Err(error) => error.retry_after(),
        };
        // a server may end a connection that it has kept for long enough, which says nothing about how it fares
        let is_closed = matches!(
            outcome,
            Err(TransportError {
                kind: Failure::Closed,
                ..
            })
        );
        let wait = retries.wait(attempt, asked).filter(|wait| *wait < self.left())?;
        if is_closed {
            return Some(if attempt == 1 { Duration::ZERO } else { wait });
        }
        progress.is_exhausted = !self.shared.budget.take();
        (!progress.is_exhausted).then_some(wait)
    }

    /// Waits, after reading the discarded response to its end, so that its connection can be reused.
    async fn pause(&self, outcome: Result<Response<Incoming>, TransportError>, wait: Duration) {
        if let Ok(response) = outcome {
            let limits = Limits {
                bytes: MAX_ERROR_BODY,
                idle: self.settings.idle_timeout,
                end: self.end(),
            };
            // whatever goes wrong costs the connection alone
            drop(read(&mut response.into_body(), limits, &mut Bytes::new()).await);
        }
        tokio::time::sleep(wait).await;
    }

    /// Returns the remaining time of the call.
    fn left(&self) -> Duration {
        self.settings.timeout.saturating_sub(self.start.elapsed())
    }

    /// Returns the request with its tokens.
    async fn authorized(&self, authorizer: &Authorizer, first: &Parts) -> Result<Box<Parts>, TransportError> {
        let mut parts = Box::new(first.clone());
        authorizer.authorize(&mut parts, self.asking()).await?;
        Ok(parts)
    }

    /// Sends the request once and follows redirects.
    ///
    /// A transport follows no redirects itself: it would send credentials to other origins.
    async fn attempt(&self, first: &Parts, body: &mut Body) -> Result<Response<Incoming>, TransportError> {
        let mut followed = 0;
        let mut authorizer = self.authorizer;
        let mut moved = match authorizer {
            None => None,
            Some(authorizer) => Some(Box::pin(self.authorized(authorizer, first)).await?),
        };
        loop {
            let parts = moved.as_deref().unwrap_or(first);
            let replay = body.replay();
            let response = self.exchange(parts, std::mem::take(body), authorizer).await?;
            let (method, uri, foreign) = match redirect::next(parts, &response, self.settings.redirects) {
                Step::Finish => return Ok(response),
                Step::Follow(method, uri, foreign) if followed < MAX_REDIRECTS => (method, uri, foreign),
                Step::Follow(_, uri, _) => return Ok(self.refuse(uri.to_string(), response)),
                Step::Refuse(url) => return Ok(self.refuse(url, response)),
            };
            let mut parts = Box::new(parts.clone());
            if foreign {
                parts.headers = redirect::for_strangers(&parts.headers);
                authorizer = None;
            }
            *body = if method == parts.method {
                let Some(replay) = replay else {
                    // the body is gone with the first request
                    return Ok(self.refuse(uri.to_string(), response));
                };
                replay
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

    /// Counts the first request of an attempt, not those to redirect targets.
    fn count(&self) {
        let mut progress = self.progress();
        if !std::mem::replace(&mut progress.is_sent, true) {
            progress.attempts += 1;
        }
    }

    /// Records a redirect that is not followed.
    fn refuse(&self, url: String, response: Response<Incoming>) -> Response<Incoming> {
        self.progress().refused = Some(url);
        response
    }

    /// Sends the request through the middleware of attempts, within the time of the call.
    async fn exchange(
        &self,
        parts: &Parts,
        body: Body,
        authorizer: Option<&Authorizer>,
    ) -> Result<Response<Incoming>, TransportError> {
        let exchange = if authorizer.is_none() && !body.has_files() {
            self.start(parts.clone(), body)
        } else {
            let (parts, body) = Box::pin(self.made_ready(parts.clone(), body, authorizer)).await?;
            self.start(parts, body)
        };
        let outcome = within(self.left(), exchange).await?;
        if let Err(TransportError {
            kind: Failure::NotReady,
            ..
        }) = &outcome
        {
            // it was handed over, and not sent
            let mut progress = self.progress();
            progress.attempts = progress.attempts.saturating_sub(1);
        }
        outcome
    }

    /// Signs the request and opens the files of its body.
    async fn made_ready(
        &self,
        mut parts: Parts,
        body: Body,
        authorizer: Option<&Authorizer>,
    ) -> Result<(Parts, Body), TransportError> {
        if let Some(authorizer) = authorizer {
            authorizer.sign(&mut parts, &body, self.asking()).await?;
        }
        let unreadable = |error| TransportError::of(Failure::Body(EncodeError::new("body", "cannot be read")), error);
        Ok((parts, body.open().await.map_err(unreadable)?))
    }

    /// Sends the request through the middleware and the transport.
    fn start(&self, parts: Parts, body: Body) -> TransportFuture<'_> {
        #[cfg_attr(not(feature = "tower"), expect(unused_mut, reason = "nobody asks for the deadline"))]
        let mut request = Request::from_parts(parts, body);
        #[cfg(feature = "tower")]
        if let Some(end) = self.end().filter(|_| self.shared.has_own_transport) {
            request
                .extensions_mut()
                .insert(super::super::transport::tower::Deadline(end));
        }
        self.count();
        #[cfg(feature = "tracing")]
        let span = super::trace::attempt(self.info, &request, self.progress().attempts - 1);
        let exchange = Next::new(&self.shared.attempt_middleware, self.shared.transport()).run(request);
        #[cfg(feature = "tracing")]
        let exchange = Box::pin(super::trace::within(span, exchange));
        exchange
    }
}
