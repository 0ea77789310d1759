//! Pages: one call after the other, each for the page after the last.
//!
//! A [`Paging`] says how a page leads to the next. [`Pages`] and [`Items`] follow it, and see to it that it ends.
//!
//! Knows `client`, whose requests it makes further requests of, and what is below. Nothing knows it.

#[cfg(feature = "blocking")]
mod blocking;
mod link;
mod paged;
mod pages;
mod walk;

pub use self::paged::{Paged, Paging};
pub use self::pages::{Items, Pages};
