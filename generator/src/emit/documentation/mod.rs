//! What a document says in words -> doc comments, and safe Markdown for them and for pages.
//!
//! Knows the context and the tokens. It is the only way for text of a document into documentation.

pub(super) mod comments;
pub(super) mod deprecation;
pub(super) mod markdown;
mod sentences;
