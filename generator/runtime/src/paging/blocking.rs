//! Pages and items for code that is not asynchronous.

use super::super::client::Client;
use super::super::reply::error::Origin;
use super::Paged;
use super::pages::{Items, Page, Pages, ToItem};

/// What waits for the next page.
#[derive(Clone)]
pub(super) struct Waiting {
    pub(super) client: Client,
    pub(super) origin: Origin,
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
        let Waiting { client, origin } = self.waiting();
        client.wait_for_next(origin, self.next())
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
        let Waiting { client, origin } = self.waiting();
        client.wait_for_next(origin, self.next())
    }
}
