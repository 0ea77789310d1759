//! Pages and items for code that is not asynchronous.

use super::super::error::Origin;
use super::super::transport::TransportError;
use super::super::{Client, Error};
use super::pages::{Page, ToItem};
use super::{Items, Paged, Pages};

/// What waits for the next page.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) client: Client,
    pub(super) origin: Origin,
}

impl Waiting {
    /// Waits for what comes next; a thread that cannot be started is an error of the call.
    fn wait<T: Send, E: Send>(
        &self,
        next: impl Future<Output = Option<Result<T, Error<E>>>> + Send,
    ) -> Option<Result<T, Error<E>>> {
        let failed = |error| Error::exchange(self.origin, TransportError::broken(error), None).widen();
        self.client
            .block_on(next)
            .unwrap_or_else(|error| Some(Err(failed(error))))
    }
}

impl<Op: Paged + 'static> Pages<Op>
where
    Op::Output: Send,
    Op::Error: Send,
{
    /// As [`next`](Self::next), and waits for it.
    ///
    /// # Errors
    /// As `next`.
    pub fn next_blocking(&mut self) -> Option<Page<Op>> {
        let waiting = self.waiting();
        waiting.wait(self.next())
    }
}

impl<Op: Paged + 'static> Items<Op>
where
    Op::Item: Send,
    Op::Output: Send,
    Op::Error: Send,
{
    /// As [`next`](Self::next), and waits for it.
    ///
    /// # Errors
    /// As `next`.
    pub fn next_blocking(&mut self) -> Option<ToItem<Op>> {
        let waiting = self.waiting();
        waiting.wait(self.next())
    }
}
