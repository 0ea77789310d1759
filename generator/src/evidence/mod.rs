//! Interprets the types of a client on JSON values, without compiling them: decodes a value and encodes it again. The
//! examples of a document are checked this way.
//!
//! It does what the generated code and the runtime do (`emit/object`, `emit/enums`, `emit/union` and the runtime's
//! `model/`); tests read the same values both ways.

mod models;
mod notes;
mod path;
mod read;
mod refusal;
mod scalar;
mod tally;
mod union;

// the module `forms` of the runtime; the build script knows where it is
include!(concat!(env!("OUT_DIR"), "/forms.rs"));

pub use models::{Example, Models, Refused, Site};
pub(crate) use notes::report;
