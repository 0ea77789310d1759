//! Sending of requests.

use std::future::ready;

use super::super::reply::{Error, Operation, Reply, Response};
use super::request::Request;
use super::request_future::{self, Exchanged, RequestFuture};

impl Request {
    /// Sends the request and decodes the response as the operation declares.
    ///
    /// # Errors
    /// Everything in [`ErrorKind`](super::super::reply::ErrorKind).
    pub fn call<Op: Operation>(
        self,
    ) -> impl Future<Output = Result<Response<Op::Output>, Error<Op::Error>>> + Send + use<Op> {
        let exchange = self.exchange();
        async move {
            exchange
                .await
                .map_err(Error::widen)
                .and_then(request_future::conclude::<Op>)
        }
    }

    /// Sends the request and returns a success without reading its body, whatever the operation declares:
    /// [`Reply::json_lines`], [`Reply::events`] or [`Reply::stream`] read it as a stream.
    ///
    /// # Errors
    /// The same as [`call`](Self::call), except for decoding the body.
    pub fn call_streaming<Op: Operation>(
        self,
    ) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
        let exchange = self.streaming().exchange();
        async move {
            exchange
                .await
                .map_err(Error::widen)
                .and_then(request_future::streaming::<Op>)
        }
    }

    /// Sends the request like [`call`](Self::call), and returns a future of the decoded body only.
    pub fn future<Op: Operation>(self) -> RequestFuture<Op> {
        RequestFuture::new(self.exchange())
    }

    /// Sends the request and reads the body into memory, whatever the status code and the operation: an error status or
    /// a redirect that was not followed is `Ok`. [`Reply::decode`] decodes it like [`call`](Self::call).
    ///
    /// # Errors
    /// No complete response was received, or its body exceeds the maximum size.
    pub fn send(self) -> impl Future<Output = Result<Reply, Error>> + Send {
        self.raw().exchange()
    }

    /// Sends the request like [`send`](Self::send), with the error type of an operation.
    ///
    /// # Errors
    /// The same as `send`.
    pub fn call_raw<Op: Operation>(self) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
        let exchange = self.raw().exchange();
        async move { exchange.await.map_err(Error::widen) }
    }

    /// Returns the request with a response body that is read as it is.
    pub(super) const fn raw(mut self) -> Self {
        self.settings.raw = true;
        self
    }

    /// Returns the request with a streamed response body.
    pub(super) const fn streaming(mut self) -> Self {
        self.settings.streaming = true;
        self
    }

    /// Prepares the request at once, so that the future does not also contain its parts.
    pub(super) fn exchange(self) -> Exchanged {
        match self.prepare() {
            Ok(call) => Box::pin(call.run()),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}
