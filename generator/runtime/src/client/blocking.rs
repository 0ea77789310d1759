//! Sending requests from code that is not asynchronous.

use super::super::reply::blocking::wait;
use super::super::reply::{Error, Operation, Reply, Response};
use super::request::Request;
use super::request_future::{conclude, streaming};

impl Request {
    /// Sends the request like [`call`](Self::call), and blocks until the response has arrived.
    ///
    /// Can be mixed with awaited calls of the same client, also inside an async runtime, since blocking calls have their own
    /// connections. Middleware must not wait for something that only the blocked thread can provide, such as a lock that it
    /// holds.
    ///
    /// # Errors
    /// Everything in [`ErrorKind`](super::super::reply::ErrorKind).
    pub fn call_blocking<Op: Operation>(self) -> Result<Response<Op::Output>, Error<Op::Error>>
    where
        Op::Output: Send,
        Op::Error: Send,
    {
        let (blocking, origin) = (self.blocking(), self.origin());
        let reply = wait(&blocking, origin, self.exchange());
        reply.map_err(Error::widen).and_then(conclude::<Op>)
    }

    /// Sends the request like [`call_streaming`](Self::call_streaming), and blocks until the head of the response has
    /// arrived.
    ///
    /// # Errors
    /// The same as `call_streaming`.
    pub fn call_streaming_blocking<Op: Operation>(self) -> Result<Reply, Error<Op::Error>>
    where
        Op::Error: Send,
    {
        let (blocking, origin) = (self.blocking(), self.origin());
        let reply = wait(&blocking, origin, self.streaming().exchange());
        reply.map_err(Error::widen).and_then(streaming::<Op>)
    }

    /// Sends the request like [`send`](Self::send), and blocks until the response has arrived.
    ///
    /// # Errors
    /// The same as `send`.
    pub fn send_blocking(self) -> Result<Reply, Error> {
        let (blocking, origin) = (self.blocking(), self.origin());
        wait(&blocking, origin, self.raw().exchange())
    }

    /// Sends the request like [`send_blocking`](Self::send_blocking), with the error type of an operation.
    ///
    /// # Errors
    /// The same as `send_blocking`.
    pub fn call_raw_blocking<Op: Operation>(self) -> Result<Reply, Error<Op::Error>> {
        self.send_blocking().map_err(Error::widen)
    }
}
