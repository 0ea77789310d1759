//! One call, from a request that is ready to its reply: attempts, redirects, time limits, and the wait between attempts.
//!
//! [`Retries`] says when a call is sent again and [`Redirects`] where it may be sent on; both read what became of an
//! attempt. Everything the calls of a client share is here as well.
//!
//! Knows all below: it authorizes requests (`auth`), sends them (`transport`) and hands over what comes back (`reply`).

mod attempts;
pub(crate) mod budget;
pub(crate) mod exchange;
pub(crate) mod idempotency;
mod outcome;
pub(crate) mod redirect;
mod retries;
pub(crate) mod settings;
pub(crate) mod shared;
#[cfg(feature = "tracing")]
mod trace;

pub use self::outcome::Outcome;
pub use self::redirect::Redirects;
pub use self::retries::Retries;
