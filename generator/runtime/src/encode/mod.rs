//! Encoding of arguments into a request: URL, query, headers and body.
//!
//! Serializes parameters in their styles, builds forms and multipart bodies, and joins base URLs and paths. An argument
//! that cannot be encoded is an [`EncodeError`] with its name.
//!
//! Depends on `model` only: not on sending, credentials or responses.

pub(crate) mod body;
pub(crate) mod encode_error;
pub(crate) mod header;
mod into_multipart;
mod json_patch;
pub(crate) mod media_type;
pub(crate) mod multipart;
pub(crate) mod parameter;
pub(crate) mod server;
pub(crate) mod target;

pub use self::body::Body;
pub use self::encode_error::EncodeError;
pub use self::header::FieldValue;
pub use self::into_multipart::IntoMultipart;
pub use self::json_patch::JsonPatch;
pub use self::multipart::{Multipart, Part};
pub use self::parameter::{Encoding, Parameter, Style};
pub use self::server::server_url;
