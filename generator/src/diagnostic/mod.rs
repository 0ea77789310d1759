//! Diagnostics: a code, a location, a message, and help.
//!
//! Stages push pointers, never line numbers; a pointer becomes `file:line:column` only for what is printed.

mod code;
mod message;
mod render;

pub use code::{Code, Severity};
pub use message::{Diagnostic, Diagnostics, Place};
pub(crate) use render::escape_json;
pub use render::{MessageFormat, Renderer};
