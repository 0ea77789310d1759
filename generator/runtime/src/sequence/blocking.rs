//! Events and JSON Lines for code that is not asynchronous.

use super::super::Error;
use super::super::blocking::next;
use super::{Elements, Events};

impl<T: Send> Events<T> {
    /// As [`next`](Self::next), and waits for it.
    ///
    /// What a blocking call has begun can be read anywhere. The events of an awaited call come in on the runtime of that
    /// call, which must not be what the blocked thread keeps from running.
    ///
    /// # Errors
    /// As `next`.
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        let (client, origin) = self.waiting();
        next(client, origin, Self::next(self))
    }
}

impl<T: Send> Elements<T> {
    /// As [`next`](Self::next), and waits for it.
    ///
    /// What a blocking call has begun can be read anywhere. The elements of an awaited call come in on the runtime of that
    /// call, which must not be what the blocked thread keeps from running.
    ///
    /// # Errors
    /// As `next`.
    pub fn next_blocking(&mut self) -> Option<Result<T, Error>> {
        let (client, origin) = self.waiting();
        next(client, origin, Self::next(self))
    }
}
