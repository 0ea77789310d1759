//! Credentials: what callers configure, how it goes into a request, and how it stays out of messages.
//!
//! A [`Scheme`] says where a credential goes, a [`Credential`] what it is. Of those that are there, some are chosen for a
//! request; tokens and signatures are made while it is sent. What a server sends back of a secret is hidden.
//!
//! Knows `encode` and `transport`: tokens are asked for over the transport of the client.

pub(crate) mod asking;
pub(crate) mod attachment;
pub(crate) mod authorize;
pub(crate) mod choose;
mod credential;
pub(crate) mod environment;
pub(crate) mod given;
pub(crate) mod redact;
pub(crate) mod secrets;
pub(crate) mod security;
mod token;

pub use self::credential::{ClientCredentials, Credential, Unsigned};
pub use self::security::{Scheme, Secret};
