//! One call, from a prepared request to its response: attempts, redirects, timeouts and backoff.
//!
//! [`Retries`] and [`Redirects`] are the policies; both evaluate the outcome of an attempt. The state that all calls of a
//! client share is here as well.
//!
//! Depends on all layers below: it authorizes requests (`auth`), sends them (`transport`) and returns responses (`reply`).

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
