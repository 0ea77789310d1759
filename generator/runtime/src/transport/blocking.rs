//! Where calls from code that is not asynchronous run.

use std::cell::Cell;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use tokio::runtime::{Builder, Handle, Runtime};

use super::build_error::BuildError;
use super::traits::Transport;

thread_local! {
    /// The number of the runtime for blocking calls that this thread works for; 0 if for none.
    static WORKS_FOR: Cell<u64> = const { Cell::new(0) };
}

/// Makes a transport that shares no connection with another one.
type Make = dyn Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync;

/// Where blocking calls run: one thread, with connections of its own, both made for the first of these calls.
///
/// A connection is driven by the runtime on which it was made. A thread that waits for a blocking call may be the one
/// that this runtime needs, so that blocking calls must not wait for anything that awaited calls have begun.
#[derive(Default)]
pub(crate) struct Blocking {
    made: OnceLock<Made>,
    make: Option<Box<Make>>,
}

struct Made {
    number: u64,
    runtime: Runtime,
    /// `None` if there is one transport for all calls.
    transport: Option<Arc<dyn Transport>>,
}

impl Blocking {
    /// Blocking calls with a transport of their own.
    pub(crate) fn new(make: impl Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync + 'static) -> Self {
        let made = OnceLock::new();
        let make: Option<Box<Make>> = Some(Box::new(make));
        Self { made, make }
    }

    /// Whether this is code of a blocking call.
    pub(crate) fn is_here(&self) -> bool {
        self.here().is_some()
    }

    /// The transport for what is sent from here, if it is not that of awaited calls.
    pub(crate) fn transport(&self) -> Option<&dyn Transport> {
        self.here()?.transport.as_deref()
    }

    fn here(&self) -> Option<&Made> {
        self.made.get().filter(|made| made.number == WORKS_FOR.get())
    }

    /// Runs a future and waits for it. Inside of an asynchronous runtime it blocks the thread as any
    /// other function does that takes its time.
    ///
    /// # Errors
    /// The thread that does the work, or the transport, cannot be set up.
    pub(crate) fn block_on<F>(&self, future: F) -> io::Result<F::Output>
    where
        F: Future + Send,
        F::Output: Send,
    {
        let made = self.made()?;
        if Handle::try_current().is_err() {
            return Ok(made.block_on(future));
        }
        // the thread belongs to another runtime, on which waiting is refused
        thread::scope(|scope| scope.spawn(|| made.block_on(future)).join())
            .map_err(|_| io::Error::other("the call panicked"))
    }

    fn made(&self) -> io::Result<&Made> {
        static NUMBERS: AtomicU64 = AtomicU64::new(1);
        if let Some(made) = self.made.get() {
            return Ok(made);
        }
        let transport = self.make.as_ref().map(|make| make()).transpose();
        let number = NUMBERS.fetch_add(1, Ordering::Relaxed);
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("envoi-blocking")
            .on_thread_start(move || WORKS_FOR.set(number))
            .enable_all()
            .build()?;
        let made = Made {
            number,
            runtime,
            transport: transport.map_err(io::Error::other)?,
        };
        // two threads may come here at once; the second runtime has done nothing yet
        if let Err(second) = self.made.set(made) {
            second.runtime.shutdown_background();
        }
        self.made.get().ok_or_else(|| io::Error::other("no runtime"))
    }
}

impl Drop for Blocking {
    fn drop(&mut self) {
        // a client may be dropped inside of another runtime, where waiting is not allowed
        if let Some(made) = self.made.take() {
            made.runtime.shutdown_background();
        }
    }
}

impl Made {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let _here = Here(WORKS_FOR.replace(self.number));
        self.runtime.block_on(future)
    }
}

/// What a thread works for again when a blocking call has ended, also by a panic.
struct Here(u64);

impl Drop for Here {
    fn drop(&mut self) {
        WORKS_FOR.set(self.0);
    }
}
