//! The body of a response, handed over while it comes in.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
#[cfg(feature = "blocking")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::Sleep;

#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::super::transport::error::Failure;
use super::super::transport::{Incoming, TransportError};
use super::decode::DecodeError;
use super::error::Error;
use super::error_kind::ErrorKind;
use super::origin::Origin;
use super::response::{Reconnect, Reply, Unread};

/// Body of a response, read as a stream of bytes.
///
/// The timeout of the call ends with the response headers; from then on, the idle timeout of the client applies between
/// chunks. Dropping the stream closes the connection.
pub struct ByteStream(Box<Inner>);

struct Inner {
    unread: Unread,
    origin: Origin,
    head: Reply,
    /// When the idle timeout expires.
    alarm: Option<Pin<Box<Sleep>>>,
    done: bool,
}

impl Reply {
    /// Returns the body as a stream, which can be taken once. A body that was read already is one chunk.
    ///
    /// # Errors
    /// The body is compressed, or was taken before.
    pub fn stream(&self) -> Result<ByteStream, DecodeError> {
        self.check_encoding()?;
        match self.take_unread() {
            None => Ok(ByteStream::whole(self)),
            Some(Some(unread)) => Ok(ByteStream::new(unread, self)),
            Some(None) => Err(DecodeError::Empty),
        }
    }
}

impl ByteStream {
    fn new(unread: Unread, reply: &Reply) -> Self {
        Self(Box::new(Inner {
            unread,
            origin: reply.origin(),
            head: reply.clone().without_unread(),
            alarm: None,
            done: false,
        }))
    }

    /// Creates a stream of a body that was read already.
    fn whole(reply: &Reply) -> Self {
        let unread = Unread {
            incoming: Incoming::from(reply.body().clone()),
            idle: Duration::ZERO,
            limit: reply.body().len(),
            call: None,
            #[cfg(feature = "blocking")]
            blocking: None,
        };
        Self::new(unread, reply)
    }

    /// Returns the thread that receives the next chunk; `None` if nothing is awaited.
    #[cfg(feature = "blocking")]
    pub(crate) fn blocking(&self) -> Option<Arc<Blocking>> {
        self.0.unread.blocking.clone()
    }

    #[cfg(feature = "blocking")]
    pub(crate) const fn origin(&self) -> Origin {
        self.0.origin
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// The idle timeout expired, or the connection broke. The stream ends after an error.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        std::future::poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Reads the whole body into memory.
    ///
    /// # Errors
    /// The same as [`next`](Self::next), and a body that exceeds the maximum size (`max_body_bytes`).
    pub async fn collect(mut self) -> Result<Bytes, Error> {
        let limit = self.0.unread.limit;
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

    /// Returns the number of bytes that are still to come, if the server announces it.
    pub fn len_hint(&self) -> Option<u64> {
        http_body::Body::size_hint(&self.0.unread.incoming).exact()
    }

    /// Takes the call, to reconnect.
    pub(crate) fn take_call(&mut self) -> Option<Box<dyn Reconnect>> {
        self.0.unread.call.take()
    }

    /// Returns the maximum number of bytes that are buffered.
    pub(crate) fn limit(&self) -> usize {
        self.0.unread.limit
    }

    /// Returns the response without its body.
    pub(crate) fn head(&self) -> &Reply {
        &self.0.head
    }

    /// Creates an error of the call.
    pub(crate) fn error(&self, kind: ErrorKind) -> Error {
        Error::new(self.0.origin, kind, Some(self.0.head.clone()))
    }
}

impl Inner {
    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        if let Poll::Ready(piece) = self.unread.incoming.poll_chunk(cx) {
            return Poll::Ready(piece.map(|piece| piece.map_err(TransportError::read)));
        }
        let idle = self.unread.idle;
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
