//! Where calls from code that is not asynchronous run.

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

/// A call that sends its result to the thread that waits for it.
type Work = Pin<Box<dyn Future<Output = ()> + Send>>;

struct Made {
    number: u64,
    runtime: Handle,
    /// `None` if there is one transport for all calls.
    transport: Option<Arc<dyn Transport>>,
    /// Calls for the thread to make. It ends when this is dropped.
    calls: UnboundedSender<Work>,
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

    /// Makes a call on the thread for blocking calls and waits for its result: the thread that waits is woken once.
    ///
    /// # Errors
    /// The thread that does the work, or the transport, cannot be set up.
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

/// What a thread works for again when a blocking call has ended, also by a panic.
struct Here(u64);

impl Drop for Here {
    fn drop(&mut self) {
        WORKS_FOR.set(self.0);
    }
}
