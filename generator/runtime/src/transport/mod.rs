//! Sending of one request and receiving of its response: [`Transport`] and [`Middleware`].
//!
//! There are three transports: reqwest, tower services, and an in-memory transport. Their errors are
//! [`TransportError`]s. Response bodies are read here, within size and time limits.
//!
//! Depends on `encode`, for request bodies, but not on credentials, operations or retries. [`CredentialError`] is here
//! since middleware returns it like every other error.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod build_error;
pub(crate) mod credential_error;
pub(crate) mod error;
mod failure;
#[cfg(feature = "reqwest")]
pub(crate) mod http_client;
mod in_memory;
mod incoming;
pub(crate) mod limits;
pub(crate) mod retry_after;
pub(crate) mod status;
#[cfg(feature = "tower")]
pub(crate) mod tower;
mod traits;

pub use self::build_error::BuildError;
pub use self::credential_error::CredentialError;
pub use self::error::TransportError;
pub use self::in_memory::InMemory;
pub use self::incoming::Incoming;
#[cfg(feature = "tower")]
pub use self::tower::Tower;
pub use self::traits::{Middleware, Next, Transport, TransportFuture, middleware_fn};
