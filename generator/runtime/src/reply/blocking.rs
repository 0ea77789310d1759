//! Waiting for what comes of a call, in code that is not asynchronous.

use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::super::transport::TransportError;
use super::super::transport::blocking::Blocking;
use super::super::transport::error::Failure;
use super::error::Error;
use super::origin::Origin;

/// Waits for the result of a call.
pub(crate) fn wait<T: Send + 'static>(
    blocking: &Blocking,
    origin: Origin,
    call: impl Future<Output = Result<T, Error>> + Send + 'static,
) -> Result<T, Error> {
    blocking
        .make(call)
        .unwrap_or_else(|error| Err(not_begun(origin, error)))
}

/// Waits for what comes next of a sequence.
pub(crate) fn wait_for_next<T: Send, E: Send>(
    blocking: &Blocking,
    origin: Origin,
    next: impl Future<Output = Option<Result<T, Error<E>>>> + Send,
) -> Option<Result<T, Error<E>>> {
    blocking
        .block_on(next)
        .unwrap_or_else(|error| Some(Err(not_begun(origin, error))))
}

/// What comes next of the body of a response. Where nothing is to be waited for, all of it is there.
pub(crate) fn next<T: Send>(
    blocking: Option<Arc<Blocking>>,
    origin: Origin,
    next: impl Future<Output = Option<Result<T, Error>>> + Send,
) -> Option<Result<T, Error>> {
    match blocking {
        Some(blocking) => wait_for_next(&blocking, origin, next),
        None => match pin!(next).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(next) => next,
            Poll::Pending => None,
        },
    }
}

fn not_begun<E>(origin: Origin, error: io::Error) -> Error<E> {
    Error::exchange(origin, TransportError::of(Failure::Broken, error), None).widen()
}
