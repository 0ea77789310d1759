//! One call from its request to its reply: everything around the attempts, and the reading under limits.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::response::Parts;
use http::{Response, StatusCode};
use tokio::time::Instant;

use super::super::auth::authorize::Live;
use super::super::client::Client;
use super::super::encode::{Body, media_type};
use super::super::reply::error::Origin;
use super::super::reply::{ByteStream, Error, ErrorKind, OperationInfo, Reply};
use super::super::transport::traits::Failure;
use super::super::transport::{Incoming, Next, TransportError};
use super::attempts::{Attempts, Progress};
use super::settings::Settings;

/// Bytes kept of the body of a reply that is not a success.
pub(crate) const MAX_ERROR_BODY: usize = 64 * 1024;

/// A request ready for sending.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) info: &'static OperationInfo,
    pub(crate) origin: Origin,
    pub(crate) parts: http::request::Parts,
    pub(crate) body: Body,
    pub(crate) settings: Settings,
    /// The texts by which credentials in the request can be recognised.
    pub(crate) secrets: Arc<[String]>,
    /// The credentials that are not in the request yet.
    pub(crate) live: Option<Box<Live>>,
}

/// A reply, whole unless it is a stream.
pub(crate) struct Exchange {
    pub(crate) origin: Origin,
    pub(crate) reply: Reply,
}

impl Call {
    /// The same call once more; `None` if its body can be sent only once.
    pub(crate) fn again(&self) -> Option<Box<Self>> {
        Some(Box::new(Self {
            client: self.client.clone(),
            info: self.info,
            origin: self.origin,
            secrets: Arc::clone(&self.secrets),
            parts: self.parts.clone(),
            body: self.body.replay()?,
            settings: self.settings.clone(),
            live: self.live.as_ref().and_then(|live| live.anew()),
        }))
    }

    /// Sends the request and reads the reply.
    pub(crate) async fn run(mut self: Box<Self>) -> Result<Exchange, Error> {
        let again = if self.settings.streaming || !self.info.streams.is_empty() {
            self.again()
        } else {
            None
        };
        let start = Instant::now();
        let (head, progress) = self.head(start).await;
        let origin = Origin {
            attempts: progress.attempts,
            retryable: progress.retryable,
            is_exhausted: progress.is_exhausted,
            ..self.origin
        };
        let response = head.map_err(|error| Error::exchange(origin, error, None))?;
        let reading = Reading {
            settings: &self.settings,
            strict: self.client.shared().strict,
            origin,
            secrets: self.secrets(),
        };
        let streaming = self.settings.streaming && response.status().is_success();
        let reply = if streaming || is_stream(self.info, &response, reading.strict) {
            let stream = reading.stream(response, again);
            #[cfg(feature = "blocking")]
            let stream = stream.of_client(&self.client);
            let head = stream.head().clone();
            head.with_stream(stream)
        } else {
            let (head, mut incoming) = response.into_parts();
            let limits = reading.limits(head.status, start.checked_add(self.settings.timeout));
            let mut body = Bytes::new();
            let ended = read(&mut incoming, limits, &mut body).await;
            reading.whole(head, body, ended)?
        };
        Ok(Exchange {
            origin,
            reply: reply.redirecting_to(progress.refused),
        })
    }

    /// Sends the request, with the middleware around calls; the head of the reply.
    async fn head(&mut self, start: Instant) -> (Result<Response<Incoming>, TransportError>, Progress) {
        let shared = self.client.shared();
        let attempts = Attempts {
            shared,
            info: self.info,
            settings: &self.settings,
            start,
            live: self.live.as_deref(),
            progress: Mutex::new(Progress::default()),
        };
        #[cfg(feature = "tracing")]
        let span = super::trace::call(self.info, &self.parts.method);
        let head = if shared.around_calls.is_empty() {
            // the attempts hold themselves to the timeout
            let head = attempts.run(&self.parts, &mut self.body);
            #[cfg(feature = "tracing")]
            let head = Box::pin(super::trace::within(span, head));
            head.await
        } else {
            let request = http::Request::from_parts(self.parts.clone(), std::mem::take(&mut self.body));
            let head = Next::new(&shared.around_calls, &attempts).run(request);
            #[cfg(feature = "tracing")]
            let head = super::trace::within(span, head);
            Box::pin(within(self.settings.timeout, head))
                .await
                .and_then(|head| head)
        };
        let progress = attempts.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        (head, progress)
    }

    /// The texts by which credentials can be recognised in the reply.
    fn secrets(&self) -> Arc<[String]> {
        match &self.live {
            None => Arc::clone(&self.secrets),
            Some(live) => self.secrets.iter().cloned().chain(live.secrets()).collect(),
        }
    }
}

/// Whether the body of a reply is handed over while it comes in.
fn is_stream(info: &OperationInfo, response: &Response<Incoming>, strict: bool) -> bool {
    let status = response.status();
    if info.streams.is_empty() {
        return false;
    }
    let found = media_type::of(response.headers());
    let fits = |declared: &str| {
        let octets = |found: &str| !strict && media_type::are_octets_both(declared, found);
        media_type::fits(declared, found.as_deref()) || found.as_deref().is_some_and(octets)
    };
    let mut streams = info.streams.iter();
    status.is_success()
        && streams.any(|(first, last, declared)| (*first..=*last).contains(&status.as_u16()) && fits(declared))
}

/// The reading of a reply.
struct Reading<'c> {
    settings: &'c Settings,
    strict: bool,
    origin: Origin,
    secrets: Arc<[String]>,
}

impl Reading<'_> {
    /// The body, for the caller to read.
    fn stream(self, response: Response<Incoming>, again: Option<Box<Call>>) -> ByteStream {
        let (head, body) = response.into_parts();
        let reply = self.reply(head, Bytes::new());
        let Settings {
            idle_timeout,
            max_body_bytes,
            ..
        } = *self.settings;
        ByteStream::new(body, idle_timeout, max_body_bytes, self.origin, reply).with_again(again)
    }

    fn reply(&self, head: Parts, body: Bytes) -> Reply {
        let secrets = Arc::clone(&self.secrets);
        Reply::new(self.origin, head.status, head.headers, body, secrets).strictly(self.strict)
    }

    /// What the body of a reply is held to.
    fn limits(&self, status: StatusCode, end: Option<Instant>) -> Limits {
        let limit = self.settings.max_body_bytes;
        Limits {
            bytes: if status.is_success() {
                limit
            } else {
                limit.min(MAX_ERROR_BODY)
            },
            idle: self.settings.idle_timeout,
            end,
        }
    }

    /// The reply with what was read of its body.
    fn whole(self, head: Parts, mut body: Bytes, ended: Result<bool, TransportError>) -> Result<Reply, Error> {
        let success = head.status.is_success();
        if success && !matches!(ended, Ok(true)) {
            body.truncate(MAX_ERROR_BODY);
        }
        let reply = self.reply(head, body);
        let limit = self.settings.max_body_bytes;
        match ended {
            Err(error) => Err(Error::exchange(self.origin, error, Some(reply))),
            Ok(false) if success => Err(Error::new(self.origin, ErrorKind::BodyTooLarge { limit }, Some(reply))),
            Ok(_) => Ok(reply),
        }
    }
}

/// What the reading of a body is held to.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    /// The bytes that are kept.
    pub(crate) bytes: usize,
    /// The longest pause.
    pub(crate) idle: Duration,
    /// When it must be over; `None` if that is too far away to count.
    pub(crate) end: Option<Instant>,
}

impl Limits {
    /// Waits for the next piece. What has come already needs no clock.
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

/// Reads what the limits permit; whether that was all.
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

/// Waits no longer than this.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Result<F::Output, TransportError> {
    tokio::time::timeout(limit, future)
        .await
        .map_err(|_| Failure::Timeout.into())
}
