//! Events and JSON Lines for code that is not asynchronous.

use super::super::blocking::next;
use super::super::error::Error;
use super::events::Events;
use super::json_lines::JsonLines;

impl<T: Send> Events<T> {
    /// Blocks until the next event has arrived, and returns it; `None` at the end.
    ///
    /// The events of a blocking call can be read on any thread. Those of an awaited call are received by the async runtime of
    /// that call: do not block the thread that runs it.
    ///
    /// # Errors
    /// The same as `next`.
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        let (blocking, origin) = self.waiting();
        next(blocking, origin, Self::next(self))
    }
}

impl<T: Send> JsonLines<T> {
    /// Blocks until the next element has arrived, and returns it; `None` at the end.
    ///
    /// The elements of a blocking call can be read on any thread. Those of an awaited call are received by the async runtime
    /// of that call: do not block the thread that runs it.
    ///
    /// # Errors
    /// The same as `next`.
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        let (blocking, origin) = self.waiting();
        next(blocking, origin, Self::next(self))
    }
}
