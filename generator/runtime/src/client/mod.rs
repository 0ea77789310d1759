//! What callers hold: the [`ClientBuilder`], the [`Client`] and a [`Request`] with the arguments of one call.
//!
//! A request collects what it is called with, checks everything that can be checked before sending, and becomes a call.
//! Each way to send it is here, those that block the thread included.
//!
//! Knows all below. Pages are above: they make further requests out of one.

#[cfg(feature = "blocking")]
mod blocking;
mod builder;
mod by_hand;
mod calling;
mod handle;
mod prepare;
mod replay;
mod request;
mod send;
// xml: begin
#[cfg(feature = "xml")]
mod xml;
// xml: end

pub use self::builder::ClientBuilder;
pub use self::calling::Calling;
pub use self::handle::Client;
pub use self::request::Request;
