//! Pagination: a stream of requests, one per page.
//!
//! [`Paging`] declares how the next page is requested. [`Pages`] and [`Items`] are the streams; they make sure to end.
//!
//! Depends on `client`, whose requests it repeats, and all layers below. No layer depends on it.

#[cfg(feature = "blocking")]
mod blocking;
mod link;
mod paged;
mod pages;
mod walk;

pub use self::paged::{Paged, Paging};
pub use self::pages::{Items, Pages};
