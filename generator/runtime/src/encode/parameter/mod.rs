//! Parameters of operations and how their values are written (OpenAPI 3.0 and 3.2, "Style Values"
//! and "Style Examples"; RFC 6570).

pub(crate) mod declaration;
mod encoding;
pub(crate) mod escape;
pub(crate) mod form;
pub(crate) mod members;
pub(crate) mod style;
pub(crate) mod write;

pub use self::declaration::{Parameter, Style};
pub use self::encoding::Encoding;
