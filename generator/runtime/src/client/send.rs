//! Sending of requests.

use std::future::ready;

use super::super::call::redirect;
use super::super::reply::{Error, ErrorKind, Operation, Reply, Response};
use super::request::Request;
use super::request_future::{self, Exchanged, RequestFuture};

impl Request {
    /// Sends the request and decodes the response as the operation declares.
    ///
    /// # Errors
    /// Everything in [`ErrorKind`].
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

    /// Sends the request. A response with any status code is `Ok`.
    ///
    /// # Errors
    /// No complete response was received, or it is a redirect that was not followed.
    pub async fn send(self) -> Result<Reply, Error> {
        let reply = self.exchange().await?;
        match reply.redirects_to().map(redirect::origin_of) {
            Some(target) => Err(Error::new(reply.origin(), ErrorKind::Redirect { target }, Some(reply))),
            None => Ok(reply),
        }
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
