//! Credentials: their configuration, how they are added to requests, and how secrets are redacted in messages.
//!
//! A [`Scheme`] defines where a credential is sent, a [`Credential`] is its value. For each request, some of the configured
//! credentials are chosen; tokens and signatures are obtained while it is sent. Secrets in responses are redacted.
//!
//! Depends on `encode` and `transport`: tokens are requested over the transport of the client.

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
