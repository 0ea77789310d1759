//! The body of a reply, handed over while it comes in.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

use super::super::call::exchange::Call;
use super::super::transport::traits::Failure;
use super::super::transport::{Incoming, TransportError};
use super::error::{Error, ErrorKind, Origin};
use super::response::Reply;

/// The body of a reply while it comes in: a stream of octets.
///
/// The timeout of the call has ended with the head of the reply; the idle timeout of the client holds between two
/// pieces. Dropping the stream ends the exchange.
pub struct ByteStream(Box<Inner>);

struct Inner {
    incoming: Incoming,
    idle: Duration,
    limit: usize,
    origin: Origin,
    head: Reply,
    /// When the idle timeout is over, while nothing comes.
    alarm: Option<Pin<Box<Sleep>>>,
    done: bool,
    /// The call once more.
    again: Option<Box<Call>>,
    /// What waits for the next piece; `None` if there is nothing to wait for.
    #[cfg(feature = "blocking")]
    client: Option<super::super::client::Client>,
}

impl ByteStream {
    pub(crate) fn new(incoming: Incoming, idle: Duration, limit: usize, origin: Origin, head: Reply) -> Self {
        Self(Box::new(Inner {
            incoming,
            idle,
            limit,
            origin,
            head,
            alarm: None,
            done: false,
            again: None,
            #[cfg(feature = "blocking")]
            client: None,
        }))
    }

    /// A body that was read already.
    pub(crate) fn whole(body: Bytes, origin: Origin, head: Reply) -> Self {
        let limit = body.len();
        Self::new(Incoming::from(body), Duration::ZERO, limit, origin, head)
    }

    /// The same stream, whose call can be made again.
    pub(crate) fn with_again(mut self, again: Option<Box<Call>>) -> Self {
        self.0.again = again;
        self
    }

    /// The same stream, which its client can wait for.
    #[cfg(feature = "blocking")]
    pub(crate) fn of_client(mut self, client: &super::super::client::Client) -> Self {
        self.0.client = Some(client.clone());
        self
    }

    /// The client that waits for the next piece; `None` if there is nothing to wait for.
    #[cfg(feature = "blocking")]
    pub(crate) fn client(&self) -> Option<super::super::client::Client> {
        self.0.client.clone()
    }

    #[cfg(feature = "blocking")]
    pub(crate) const fn origin(&self) -> Origin {
        self.0.origin
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The server was silent for longer than the idle timeout, or the exchange broke. Nothing comes after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// All of it in memory.
    ///
    /// # Errors
    /// As [`next`](Self::next), and when it is longer than the client accepts (`max_body_bytes`).
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let limit = self.0.limit;
        let mut all = Vec::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if piece.len() > limit - all.len() {
                return Err(self.error(ErrorKind::BodyTooLarge { limit }));
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.into())
    }

    /// How many bytes the server announces for what is still to come, if it does.
    pub fn len_hint(&self) -> Option<u64> {
        http_body::Body::size_hint(&self.0.incoming).exact()
    }

    /// Gives the call away that can be made again.
    pub(crate) fn take_again(&mut self) -> Option<Box<Call>> {
        self.0.again.take()
    }

    /// The most bytes that are kept of it at a time.
    pub(crate) fn limit(&self) -> usize {
        self.0.limit
    }

    /// The reply without its body.
    pub(crate) fn head(&self) -> &Reply {
        &self.0.head
    }

    /// A failure of the call that the stream belongs to.
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(self.0.origin, kind, Some(self.0.head.clone()))
    }
}

impl Inner {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        if let Poll::Ready(piece) = self.incoming.poll_chunk(cx) {
            return Poll::Ready(piece.map(|piece| piece.map_err(TransportError::read)));
        }
        let idle = self.idle;
        let alarm = self.alarm.get_or_insert_with(|| Box::pin(tokio::time::sleep(idle)));
        ready!(alarm.as_mut().poll(cx));
        Poll::Ready(Some(Err(Failure::Timeout.into())))
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let inner = &mut *self.0;
        if inner.done {
            return Poll::Ready(None);
        }
        let piece = ready!(inner.poll(cx));
        inner.alarm = None;
        inner.done = !matches!(piece, Some(Ok(_)));
        let failed = |error| Error::exchange(inner.origin, error, Some(inner.head.clone()));
        Poll::Ready(piece.map(|piece| piece.map_err(failed)))
    }
}

impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream")
            .field("head", &self.0.head)
            .finish_non_exhaustive()
    }
}
