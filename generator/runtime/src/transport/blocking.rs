//! Thread and connections of blocking calls.

use std::cell::Cell;
use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock, mpsc};
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::build_error::BuildError;
use super::traits::Transport;

thread_local! {
    /// Id of the blocking runtime that this thread runs; 0 if none.
    static WORKS_FOR: Cell<u64> = const { Cell::new(0) };
}

/// Creates a transport that shares no connection with another one.
type Make = dyn Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync;

/// Runtime of blocking calls: one thread with its own connections, both created by the first of these calls.
///
/// A connection is driven by the runtime on which it was opened. A thread that waits for a blocking call may be the one
/// that this runtime needs, so blocking calls must not wait for anything that async calls have started.
#[derive(Default)]
pub(crate) struct Blocking {
    made: OnceLock<Made>,
    make: Option<Box<Make>>,
}

/// Call that sends its result to the waiting thread.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Made {
    number: u64,
    runtime: Handle,
    /// `None` if all calls use the same transport.
    transport: Option<Arc<dyn Transport>>,
    /// Queue of the thread, which ends when this is dropped.
    calls: UnboundedSender<Work>,
}

impl Blocking {
    /// Creates a runtime with its own transport.
    pub(crate) fn new(make: impl Fn() -> Result<Arc<dyn Transport>, BuildError> + Send + Sync + 'static) -> Self {
        let made = OnceLock::new();
        let make: Option<Box<Make>> = Some(Box::new(make));
        Self { made, make }
    }

    /// Returns whether the current code is part of a blocking call.
    pub(crate) fn is_here(&self) -> bool {
        self.here().is_some()
    }

    /// Returns the transport for requests of the current thread, if it is not that of async calls.
    pub(crate) fn transport(&self) -> Option<&dyn Transport> {
        self.here()?.transport.as_deref()
    }

    fn here(&self) -> Option<&Made> {
        self.made.get().filter(|made| made.number == WORKS_FOR.get())
    }

    /// Runs a call on the thread for blocking calls and waits for its result. The waiting thread is woken once.
    ///
    /// # Errors
    /// The thread or the transport cannot be set up.
    pub(crate) fn make<T: Send + 'static>(&self, call: impl Future<Output = T> + Send + 'static) -> io::Result<T> {
        let (sender, receiver) = mpsc::sync_channel(1);
        let call = async move {
            let result = call.await;
            // whoever waits for it holds the other end
            let _ = sender.send(result);
        };
        // where the thread has ended, nobody will send a result
        let _ = self.made()?.calls.send(Box::pin(call));
        receiver.recv().map_err(|_| io::Error::other("the call panicked"))
    }

    /// Runs a future and waits for it. Inside an async runtime it blocks the thread.
    ///
    /// # Errors
    /// The thread or the transport cannot be set up.
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
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (calls, mut begun) = unbounded_channel::<Work>();
        let work = move || {
            WORKS_FOR.set(number);
            runtime.block_on(async {
                // until the client is dropped, and with it the sender
                while let Some(call) = begun.recv().await {
                    tokio::spawn(call);
                }
            });
        };
        thread::Builder::new().name("envoi-blocking".to_owned()).spawn(work)?;
        let made = Made {
            number,
            runtime: handle,
            transport: transport.map_err(io::Error::other)?,
            calls,
        };
        // two threads may come here at once; the second runtime has done nothing yet, and ends
        drop(self.made.set(made));
        self.made.get().ok_or_else(|| io::Error::other("no runtime"))
    }
}

impl Made {
    fn block_on<F: Future>(&self, future: F) -> F::Output {
        let _here = Here(WORKS_FOR.replace(self.number));
        self.runtime.block_on(future)
    }
}

/// Restores the previous state of a thread when a blocking call has ended, even by a panic.
struct Here(u64);

impl Drop for Here {
    fn drop(&mut self) {
        WORKS_FOR.set(self.0);
    }
}
