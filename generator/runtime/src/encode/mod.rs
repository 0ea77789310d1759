//! How arguments become the parts of a request: URL, query, headers, body.
//!
//! Parameters are written in their styles, forms and multipart bodies are put together, base URLs and paths are joined.
//! What cannot be written is an [`EncodeError`] that names the argument.
//!
//! Knows `model` alone: nothing of sending, of credentials or of replies.

pub(crate) mod body;
pub(crate) mod encode_error;
pub(crate) mod header;
pub(crate) mod media_type;
pub(crate) mod multipart;
pub(crate) mod parameter;
pub(crate) mod server;
pub(crate) mod target;

pub use self::body::Body;
pub use self::encode_error::EncodeError;
pub use self::multipart::{Multipart, Part};
pub use self::parameter::{Encoding, Parameter, Style};
pub use self::server::server_url;
