//! What a client has once: its root module, `Client` and its builder, `Request`, security schemes and servers.
//!
//! Knows the context, tokens, documentation and operations.

mod builder;
pub(super) mod handle;
pub(super) mod request;
pub(super) mod root;
pub(super) mod security;
pub(super) mod servers;
