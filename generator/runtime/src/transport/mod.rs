//! How one request gets to a server and its reply back: [`Transport`], and what can be put around it ([`Middleware`]).
//!
//! There are three transports: reqwest, any service of tower, and one in memory. All of them fail with a
//! [`TransportError`]. Bodies of replies are read here under limits of size and time.
//!
//! Knows `encode`, for the bodies that are sent. What a credential, an operation or a retry is, it does not know;
//! [`CredentialError`] is here since it comes up through middleware like every other failure.

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
pub use self::traits::{Exchanging, Middleware, Next, Transport};
