//! Pages and items for code that is not asynchronous.

use super::super::reply::blocking::wait_for_next;
use super::paged::Paged;
use super::pages::{Items, Page, Pages, ToItem};

impl<Op: Paged + 'static> Pages<Op>
where
    Op::Output: Send,
    Op::Error: Send,
{
    /// Blocks until the next page has arrived, and returns it; `None` after the last one.
    ///
    /// # Errors
    /// The same as `next`.
    pub fn next_blocking(&mut self) -> Option<Page<Op>> {
        let (blocking, origin) = self.waiting();
        wait_for_next(&blocking, origin, self.next())
    }
}

impl<Op: Paged + 'static> Items<Op>
where
    Op::Item: Send,
    Op::Output: Send,
    Op::Error: Send,
{
    /// Blocks until the next item has arrived, and returns it; `None` after the last one.
    ///
    /// # Errors
    /// The same as `next`.
    pub fn next_blocking(&mut self) -> Option<ToItem<Op>> {
        let (blocking, origin) = self.waiting();
        wait_for_next(&blocking, origin, self.next())
    }
}
