//! The API for callers: [`ClientBuilder`], [`Client`] and [`Request`].
//!
//! A request collects arguments, checks everything that can be checked before sending, and becomes a call. All ways to
//! send it are here, including blocking ones.
//!
//! Depends on all layers below. Pagination is above: it derives further requests from one.

#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod by_hand;
mod general;
mod handle;
mod pairs;
mod prepare;
mod replay;
mod request;
mod request_future;
mod send;
mod simulated;
// xml: begin
#[cfg(feature = "xml")]
mod xml;
// xml: end

pub use self::builder::ClientBuilder;
pub use self::handle::Client;
pub use self::request::Request;
pub use self::request_future::RequestFuture;
