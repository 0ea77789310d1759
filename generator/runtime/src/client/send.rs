//! The ways to send a request.

use std::future::ready;

use super::super::call::redirect;
use super::super::reply::{Error, ErrorKind, Operation, Reply, Response};
use super::calling::{self, Calling, Exchanged};
use super::request::Request;

impl Request {
    /// Sends the request and decodes the reply as the operation declares it.
    ///
    /// # Errors
    /// Everything in [`ErrorKind`].
    pub fn call<Op: Operation>(
        self,
    ) -> impl Future<Output = Result<Response<Op::Output>, Error<Op::Error>>> + Send + use<Op> {
        let exchange = self.exchange();
        async move { exchange.await.map_err(Error::widen).and_then(calling::conclude::<Op>) }
    }

    /// Sends the request; a success is a reply whose body is still to come, whatever the operation declares:
    /// [`Reply::json_lines`], [`Reply::events`] or [`Reply::stream`] take it as it comes in.
    ///
    /// # Errors
    /// As those of [`call`](Self::call), but that the body is not decoded.
    pub fn call_streaming<Op: Operation>(
        self,
    ) -> impl Future<Output = Result<Reply, Error<Op::Error>>> + Send + use<Op> {
        let exchange = self.streaming().exchange();
        async move { exchange.await.map_err(Error::widen).and_then(calling::streaming::<Op>) }
    }

    /// As [`call`](Self::call), for the decoded body alone.
    pub fn calling<Op: Operation>(self) -> Calling<Op> {
        Calling::new(self.exchange())
    }

    /// Sends the request; a reply of any status is `Ok`.
    ///
    /// # Errors
    /// There is no whole reply, or it is a redirect that is not followed.
    pub async fn send(self) -> Result<Reply, Error> {
        let reply = self.exchange().await?;
        match reply.redirects_to().map(redirect::origin_of) {
            Some(target) => Err(Error::new(reply.origin(), ErrorKind::Redirect { target }, Some(reply))),
            None => Ok(reply),
        }
    }

    /// The same request, the body of whose reply is not waited for.
    pub(super) const fn streaming(mut self) -> Self {
        self.settings.streaming = true;
        self
    }

    /// Puts the request together at once, so that the future does not hold its parts as well.
    pub(super) fn exchange(self) -> Exchanged {
        match self.prepare() {
            Ok(call) => Box::pin(call.run()),
            Err(error) => Box::pin(ready(Err(error))),
        }
    }
}
