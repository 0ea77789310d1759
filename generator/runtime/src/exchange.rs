//! One call from its request to its reply: everything around the attempts, and the reading under limits.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use tokio::time::Instant;

use super::attempts::{Attempts, Progress};
use super::error::Origin;
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
    pub(crate) request: http::Request<Body>,
    pub(crate) timeout: Duration,
    pub(crate) retries: Retries,
    pub(crate) secrets: Arc<[String]>,
}

/// A reply, whole unless it is a stream.
pub(crate) struct Exchange {
    pub(crate) origin: Origin,
    pub(crate) reply: Reply,
    /// The origin that a redirect leads to which was not followed.
    pub(crate) refused: Option<String>,
}

impl Call {
    /// Sends the request and reads the reply.
    pub(crate) async fn run(self) -> Result<Exchange, Error> {
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
            progress: Mutex::new(Progress::default()),
        };
        #[cfg(feature = "tracing")]
        let span = super::trace::call(&self.info, self.request.method());
        let head = Next::new(&shared.around_calls, &attempts).run(self.request);
        #[cfg(feature = "tracing")]
        let head = super::trace::within(span, head);
        let head = within(self.timeout, head).await.and_then(|head| head);
        let progress = attempts.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        let origin = Origin {
            attempts: progress.attempts,
            redirected: progress.redirected,
            ..self.origin
        };
        let response = head.map_err(|error| Error::exchange(origin, error, None))?;
        let reading = Reading {
            client: &self.client,
            origin,
            left: self.timeout.saturating_sub(start.elapsed()),
            secrets: self.secrets,
        };
        let reply = if is_stream(&self.info, &response) {
            reading.stream(response)
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
    /// What is left of the time of the call.
    left: Duration,
    secrets: Arc<[String]>,
}

impl Reading<'_> {
    /// Keeps the body for the caller to read.
    fn stream(self, response: Response<Incoming>) -> Reply {
        let (head, body) = response.into_parts();
        let reply = Reply::new(head.status, head.headers, Bytes::new(), self.secrets);
        let shared = self.client.shared();
        let stream = ByteStream::new(
            body,
            shared.idle_timeout,
            shared.max_body_bytes,
            self.origin,
            reply.clone(),
        );
        reply.with_stream(stream)
    }

    /// Reads the body, under the limits of the client.
    async fn whole(self, response: Response<Incoming>) -> Result<Reply, Error> {
        let shared = self.client.shared();
        let (head, mut incoming) = response.into_parts();
        let success = head.status.is_success();
        let limit = shared.max_body_bytes;
        let kept = if success { limit } else { limit.min(MAX_ERROR_BODY) };
        let mut body = Vec::new();
        let reading = read(&mut incoming, shared.idle_timeout, kept, &mut body);
        let ended = within(self.left, reading).await.and_then(|ended| ended);
        if success && !matches!(ended, Ok(true)) {
            body.truncate(MAX_ERROR_BODY);
        }
        let reply = Reply::new(head.status, head.headers, body.into(), self.secrets);
        match ended {
            Err(error) => Err(Error::exchange(self.origin, error, Some(reply))),
            Ok(false) if success => Err(Error::new(self.origin, ErrorKind::BodyTooLarge { limit }, Some(reply))),
            Ok(_) => Ok(reply),
        }
    }
}

/// Reads at most `limit` bytes; whether that was all.
pub(crate) async fn read(
    incoming: &mut Incoming,
    idle: Duration,
    limit: usize,
    body: &mut Vec<u8>,
) -> Result<bool, TransportError> {
    while let Some(chunk) = within(idle, incoming.chunk()).await? {
        let chunk = chunk.map_err(TransportError::read)?;
        let room = limit - body.len();
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if chunk.len() > room {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Waits no longer than this.
pub(crate) async fn within<F: Future>(limit: Duration, future: F) -> Result<F::Output, TransportError> {
    tokio::time::timeout(limit, future)
        .await
        .map_err(|_| Failure::Timeout.into())
}
