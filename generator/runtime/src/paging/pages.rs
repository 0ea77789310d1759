//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
#[cfg(feature = "blocking")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_core::Stream;

use super::super::client::Request;
#[cfg(feature = "blocking")]
use super::super::reply::origin::Origin;
use super::super::reply::{Error, Operation, Response};
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::paged::Paged;
use super::walk::Walk;

impl Request {
    /// Returns a stream of all pages, starting with the one that the parameters select. Timeout and retries apply to
    /// each page.
    pub fn pages<Op: Paged + 'static>(self) -> Pages<Op> {
        Pages::new(self)
    }

    /// Returns a stream of all items, page by page.
    pub fn items<Op: Paged + 'static>(self) -> Items<Op> {
        Items::new(self)
    }
}

/// Result of requesting a page.
pub(super) type Page<Op> = Result<Response<<Op as Operation>::Output>, Error<<Op as Operation>::Error>>;

/// Result of requesting an item.
pub(super) type ToItem<Op> = Result<<Op as Paged>::Item, Error<<Op as Operation>::Error>>;

/// Stream of pages. A page is requested when it is polled, with the settings of the request. The stream ends after an
/// error.
///
/// ```no_run
/// # use envoi_runtime::{Error, Paged, Pages};
/// # async fn all<Op: Paged + 'static>(mut pages: Pages<Op>) -> Result<(), Error<Op::Error>> {
/// while let Some(page) = pages.next().await {
///     println!("{}", page?.status());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked for until `next` is"]
pub struct Pages<Op: Paged> {
    walk: Walk,
    #[cfg(feature = "blocking")]
    waiting: (Arc<Blocking>, Origin),
    fetch: Option<Pin<Box<dyn Future<Output = Page<Op>> + Send>>>,
}

impl<Op: Paged + 'static> Pages<Op> {
    pub(crate) fn new(request: Request) -> Self {
        Self {
            #[cfg(feature = "blocking")]
            waiting: (request.blocking(), request.origin()),
            walk: Walk::new(request, Op::PAGING),
            fetch: None,
        }
    }

    /// Sets the maximum number of pages; one more is an error. Default: 1,000,000.
    pub fn max_pages(mut self, max_pages: u64) -> Self {
        self.walk.max_pages(max_pages);
        self
    }

    /// Returns the next page; `None` after the last one. Cancel safe: an unfinished request is resumed by the next
    /// call.
    ///
    /// # Errors
    /// The errors of the request, and [`ErrorKind::Paging`](super::super::reply::ErrorKind::Paging).
    pub async fn next(&mut self) -> Option<Page<Op>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    #[cfg(feature = "blocking")]
    pub(super) fn waiting(&self) -> (Arc<Blocking>, Origin) {
        self.waiting.clone()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Page<Op>>> {
        let fetch = match &mut self.fetch {
            Some(fetch) => fetch,
            none => match self.walk.next() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error.widen()))),
                Some(Ok(request)) => none.insert(Box::pin(request.call::<Op>())),
            },
        };
        let page = ready!(fetch.as_mut().poll(cx));
        self.fetch = None;
        match &page {
            Ok(response) => self.walk.turn(response.reply()),
            Err(_) => self.walk.stop(),
        }
        Poll::Ready(Some(page))
    }
}

impl<Op: Paged + 'static> Stream for Pages<Op> {
    type Item = Page<Op>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<Op: Paged> fmt::Debug for Pages<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &Op::INFO.id)
            .finish_non_exhaustive()
    }
}

/// Stream of the items of all pages. A page is requested when the items of the previous one are used up. The stream
/// ends after an error.
#[must_use = "nothing is asked for until `next` is"]
pub struct Items<Op: Paged> {
    pages: Pages<Op>,
    page: IntoIter<Op::Item>,
}

impl<Op: Paged + 'static> Items<Op> {
    pub(crate) fn new(request: Request) -> Self {
        Self {
            pages: Pages::new(request),
            page: Vec::new().into_iter(),
        }
    }

    /// Sets the maximum number of pages; one more is an error. Default: 1,000,000.
    pub fn max_pages(mut self, max_pages: u64) -> Self {
        self.pages = self.pages.max_pages(max_pages);
        self
    }

    /// Returns the next item; `None` after the last one.
    ///
    /// # Errors
    /// The errors of the request, and [`ErrorKind::Paging`](super::super::reply::ErrorKind::Paging).
    pub async fn next(&mut self) -> Option<ToItem<Op>> {
        poll_fn(|cx| self.poll(cx)).await
    }

    #[cfg(feature = "blocking")]
    pub(super) fn waiting(&self) -> (Arc<Blocking>, Origin) {
        self.pages.waiting()
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<ToItem<Op>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(cx)) {
                Some(Ok(page)) => self.page = Op::items(page.into_body()).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// nothing in it is ever pinned
impl<Op: Paged> Unpin for Items<Op> {}

impl<Op: Paged + 'static> Stream for Items<Op> {
    type Item = ToItem<Op>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(cx)
    }
}

impl<Op: Paged> fmt::Debug for Items<Op> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &Op::INFO.id)
            .field("at_hand", &self.page.len())
            .finish_non_exhaustive()
    }
}
