//! The files of `apis`, `parameters` and `webhooks`: a method for each operation, its parameters, bodies, responses,
//! errors and pages.
//!
//! Knows the context, tokens and documentation. Models are named through `tokens`.

mod bodies;
pub(super) mod body;
pub(super) mod error;
mod header;
mod method_docs;
pub(super) mod operation;
mod output;
mod pagination;
pub(super) mod parameter;
pub(super) mod reply;
pub(super) mod response;
pub(super) mod shared_parameters;
pub(super) mod webhook;
