//! A call that is under way, and what its response means to the operation.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::super::call::redirect;
use super::super::reply::{Decode, Error, ErrorKind, Operation, Reply, Response};

/// Call in progress. It is boxed: its future is large, and that of every operation would contain it.
pub(super) type Exchanged = Pin<Box<dyn Future<Output = Result<Reply, Error>> + Send>>;

/// Future of a request that is being sent; resolves to the decoded body. Dropping it cancels the request.
#[must_use = "a call is made while it is awaited"]
pub struct RequestFuture<Op> {
    exchange: Exchanged,
    operation: PhantomData<fn() -> Op>,
}

impl<Op> RequestFuture<Op> {
    pub(super) fn new(exchange: Exchanged) -> Self {
        Self {
            exchange,
            operation: PhantomData,
        }
    }
}

impl<Op: Operation> Future for RequestFuture<Op> {
    type Output = Result<Op::Output, Error<Op::Error>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.exchange.as_mut().poll(cx)) {
            Ok(reply) => meaning::<Op>(&reply).map_err(|kind| Error::new(reply.origin(), kind, Some(reply))),
            Err(error) => Err(error.widen()),
        })
    }
}

impl<Op> fmt::Debug for RequestFuture<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestFuture").finish_non_exhaustive()
    }
}

/// Decodes the response.
pub(super) fn conclude<Op: Operation>(reply: Reply) -> Result<Response<Op::Output>, Error<Op::Error>> {
    match meaning::<Op>(&reply) {
        Ok(content) => Ok(Response::of(content, reply)),
        Err(kind) => Err(Error::new(reply.origin(), kind, Some(reply))),
    }
}

/// Decides what a response means to an operation.
fn meaning<Op: Operation>(reply: &Reply) -> Result<Op::Output, ErrorKind<Op::Error>> {
    if reply.status().is_success() || (Op::Decoder::TAKES_REDIRECTS && reply.redirects_to().is_some()) {
        return match Op::Decoder::decode(reply) {
            Some(Ok(content)) => Ok(content),
            Some(Err(error)) => Err(ErrorKind::Decode(error)),
            None => Err(ErrorKind::UndocumentedStatus),
        };
    }
    Err(failure::<Op>(reply))
}

/// Returns the response of a success whose body is still to come.
pub(super) fn streaming<Op: Operation>(reply: Reply) -> Result<Reply, Error<Op::Error>> {
    match reply.status().is_success() {
        true => Ok(reply),
        false => Err(Error::new(reply.origin(), failure::<Op>(&reply), Some(reply))),
    }
}

/// Converts a response that is not a success into an error.
fn failure<Op: Operation>(reply: &Reply) -> ErrorKind<Op::Error> {
    // a redirect that the document declares is a result like any other
    match (Op::Error::decode(reply), reply.redirects_to()) {
        (Some(Ok(error)), _) => ErrorKind::Api(error),
        (_, Some(target)) => ErrorKind::Redirect {
            target: redirect::origin_of(target),
        },
        (Some(Err(error)), None) => ErrorKind::Decode(error),
        (None, None) => ErrorKind::UndocumentedStatus,
    }
}
