//! One call from its request to its reply: everything around the attempts, and the reading under limits.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::Response;
use tokio::time::Instant;

use super::attempts::{Attempts, Progress};
use super::error::Origin;
use super::live::Live;
use super::media_type;
use super::stream::ByteStream;
use super::transport::{Failure, Incoming, Next, TransportError};
use super::{Body, Client, Error, ErrorKind, OperationInfo, Reply, Retries};

/// Bytes kept of the body of a reply that is not a success.
pub(crate) const MAX_ERROR_BODY: usize = 64 * 1024;

/// A request ready for sending.
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) info: OperationInfo,
    pub(crate) origin: Origin,
    pub(crate) parts: http::request::Parts,
    pub(crate) body: Body,
    pub(crate) timeout: Duration,
    pub(crate) retries: Retries,
    /// The credentials that are not in the request yet.
    pub(crate) live: Live,
}

/// A reply, whole unless it is a stream.
pub(crate) struct Exchange {
    pub(crate) origin: Origin,
    pub(crate) reply: Reply,
    /// The origin that a redirect leads to which was not followed.
    pub(crate) refused: Option<String>,
}

impl Call {
    /// The same call once more; `None` if its body can be sent only once.
    pub(crate) fn again(&self) -> Option<Box<Self>> {
        Some(Box::new(Self {
            client: self.client.clone(),
            info: self.info,
            origin: self.origin,
            parts: self.parts.clone(),
            body: self.body.replay()?,
            timeout: self.timeout,
            retries: self.retries,
            live: self.live.anew(),
        }))
    }

    /// Sends the request and reads the reply.
    pub(crate) async fn run(mut self: Box<Self>) -> Result<Exchange, Error> {
        let again = if self.info.streams.is_empty() {
            None
        } else {
            self.again()
        };
        let body = std::mem::take(&mut self.body);
        let start = Instant::now();
        let shared = self.client.shared();
        let attempts = Attempts {
            shared,
            #[cfg(feature = "tracing")]
            info: &self.info,
            retries: self.retries,
            start,
            timeout: self.timeout,
            idempotent: self.origin.idempotent,
            live: &self.live,
            progress: Mutex::new(Progress::default()),
        };
        #[cfg(feature = "tracing")]
        let span = super::trace::call(&self.info, &self.parts.method);
        let head = if shared.around_calls.is_empty() {
            // the attempts hold themselves to the timeout
            let head = attempts.run(&self.parts, body);
            #[cfg(feature = "tracing")]
            let head = Box::pin(super::trace::within(span, head));
            head.await
        } else {
            let request = http::Request::from_parts(self.parts.clone(), body);
            let head = Next::new(&shared.around_calls, &attempts).run(request);
            #[cfg(feature = "tracing")]
            let head = super::trace::within(span, head);
            Box::pin(within(self.timeout, head)).await.and_then(|head| head)
        };
        let progress = attempts.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        let origin = Origin {
            attempts: progress.attempts,
            redirected: progress.redirected,
            ..self.origin
        };
        let response = head.map_err(|error| Error::exchange(origin, error, None))?;
        let live = self.live.secrets();
        let secrets = if live.is_empty() {
            Arc::clone(&shared.secrets)
        } else {
            shared.secrets.iter().cloned().chain(live).collect()
        };
        let reading = Reading {
            client: &self.client,
            origin,
            end: start.checked_add(self.timeout),
            secrets,
        };
        let reply = if is_stream(&self.info, &response) {
            reading.stream(response, again)
        } else {
            reading.whole(response).await?
        };
        Ok(Exchange {
            origin,
            reply,
            refused: progress.refused,
        })
    }
}

/// Whether the body of a reply is handed over while it comes in.
fn is_stream(info: &OperationInfo, response: &Response<Incoming>) -> bool {
    let status = response.status();
    if info.streams.is_empty() {
        return false;
    }
    let found = media_type::of(response.headers());
    status.is_success()
        && info.streams.iter().any(|(first, last, declared)| {
            (*first..=*last).contains(&status.as_u16()) && media_type::fits(declared, found.as_deref())
        })
}

/// The reading of a reply.
struct Reading<'c> {
    client: &'c Client,
    origin: Origin,
    /// When the time of the call is over.
    end: Option<Instant>,
    secrets: Arc<[String]>,
}

impl Reading<'_> {
    /// Keeps the body for the caller to read.
    fn stream(self, response: Response<Incoming>, again: Option<Box<Call>>) -> Reply {
        let (head, body) = response.into_parts();
        let reply = Reply::new(self.origin, head.status, head.headers, Bytes::new(), self.secrets);
        let shared = self.client.shared();
        let stream = ByteStream::new(
            body,
            shared.idle_timeout,
            shared.max_body_bytes,
            self.origin,
            reply.clone(),
        );
        reply.with_stream(stream.with_again(again))
    }

    /// Reads the body, under the limits of the client.
    async fn whole(self, response: Response<Incoming>) -> Result<Reply, Error> {
        let shared = self.client.shared();
        let (head, mut incoming) = response.into_parts();
        let success = head.status.is_success();
        let limit = shared.max_body_bytes;
        let kept = if success { limit } else { limit.min(MAX_ERROR_BODY) };
        let mut body = Bytes::new();
        let ended = read(
            &mut incoming,
            Limits {
                bytes: kept,
                idle: shared.idle_timeout,
                end: self.end,
            },
            &mut body,
        )
        .await;
        if success && !matches!(ended, Ok(true)) {
            body.truncate(MAX_ERROR_BODY);
        }
        let reply = Reply::new(self.origin, head.status, head.headers, body, self.secrets);
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

/// Reads what the limits permit; whether that was all.
pub(crate) async fn read(incoming: &mut Incoming, limits: Limits, body: &mut Bytes) -> Result<bool, TransportError> {
    let mut all = BytesMut::new();
    let whole = loop {
        let left = limits
            .end
            .map_or(Duration::MAX, |end| end.saturating_duration_since(Instant::now()));
        let chunk = match within(left.min(limits.idle), incoming.chunk()).await {
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
