//! Calls from code that is not asynchronous.

use std::io;
use std::sync::OnceLock;
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use super::transport::TransportError;
use super::{Client, Error, Operation, Reply, Request, Response};

/// Where the calls of code that waits for them run: one thread, made when it is first needed.
#[derive(Default)]
pub(crate) struct Blocking(OnceLock<Runtime>);

impl Blocking {
    fn runtime(&self) -> io::Result<&Runtime> {
        if let Some(runtime) = self.0.get() {
            return Ok(runtime);
        }
        let made = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("envoi-blocking")
            .enable_all()
            .build()?;
        // two threads may come here at once; the second runtime has done nothing yet
        if let Err(second) = self.0.set(made) {
            second.shutdown_background();
        }
        self.0.get().ok_or_else(|| io::Error::other("no runtime"))
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        // a client may be dropped inside of another runtime, where waiting is not allowed
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl Client {
    /// Runs a future of this client, such as the next piece of a stream, and waits for it. Inside of an asynchronous
    /// runtime it blocks the thread as any other function does that takes its time.
    ///
    /// # Errors
    /// The thread that does the work cannot be started.
    pub fn block_on<F>(&self, future: F) -> io::Result<F::Output>
    where
        F: Future + Send,
        F::Output: Send,
    {
        let runtime = self.shared().blocking.runtime()?;
        if Handle::try_current().is_err() {
            return Ok(runtime.block_on(future));
        }
        // the thread belongs to another runtime, on which waiting is refused
        thread::scope(|scope| scope.spawn(|| runtime.block_on(future)).join())
            .map_err(|_| io::Error::other("the call panicked"))
    }
}

impl Request {
    /// As [`call`](Self::call), and waits for it.
    ///
    /// # Errors
    /// Everything in [`ErrorKind`](super::ErrorKind).
    pub fn call_blocking<Op: Operation>(self) -> Result<Response<Op::Output>, Error<Op::Error>>
    where
        Op::Output: Send,
        Op::Error: Send,
    {
        let (client, origin) = (self.client().clone(), self.origin());
        let outcome = client.block_on(self.call::<Op>());
        outcome.unwrap_or_else(|error| Err(Error::exchange(origin, TransportError::broken(error), None).widen()))
    }

    /// As [`send`](Self::send), and waits for it.
    ///
    /// # Errors
    /// As `send`.
    pub fn send_blocking(self) -> Result<Reply, Error> {
        let (client, origin) = (self.client().clone(), self.origin());
        let outcome = client.block_on(self.send());
        outcome.unwrap_or_else(|error| Err(Error::exchange(origin, TransportError::broken(error), None)))
    }
}
