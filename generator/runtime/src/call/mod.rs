//! One call, from a request that is ready to its reply: attempts, redirects, time limits, and the wait between attempts.
//!
//! [`Retries`] says when a call is sent again and [`Redirects`] where it may be sent on; both read what became of an
//! attempt. Everything the calls of a client share is here as well.
//!
//! Knows all below: it authorizes requests (`auth`), sends them (`transport`) and hands over what comes back (`reply`).

pub(crate) mod attempts;
pub(crate) mod budget;
pub(crate) mod exchange;
pub(crate) mod idempotency;
pub(crate) mod outcome;
pub(crate) mod redirect;
pub(crate) mod retries;
pub(crate) mod settings;
#[cfg(feature = "tracing")]
pub(crate) mod trace;

pub use self::outcome::Outcome;
pub use self::redirect::{Redirected, Redirects};
pub use self::retries::Retries;
