//! What comes back: a [`Reply`], what an [`Operation`] makes of it, and the [`Error`] where there is none or a bad one.
//!
//! Bodies are decoded by their content type, whole or while they come in ([`ByteStream`], [`Events`], [`Elements`]).
//! Messages show short pieces of a body, without secrets.
//!
//! Knows `model` (what bodies are decoded into), `transport` (what bodies come in through) and `auth` (what is hidden).
//! It does not know how calls are sent or repeated.

#[cfg(feature = "blocking")]
pub(crate) mod blocking;
pub(crate) mod body;
mod content_type;
pub(crate) mod decode;
mod error;
mod error_kind;
mod json_text;
mod operation;
pub(crate) mod origin;
mod paging_error;
mod problem;
#[cfg(feature = "blocking")]
mod reader;
mod redirected;
pub(crate) mod response;
pub(crate) mod retry_after;
mod sequence;
mod stream;
mod typed_header;
mod undeclared;

pub use self::decode::{DecodeError, Decoded};
pub use self::error::Error;
pub use self::error_kind::ErrorKind;
pub use self::operation::{Decode, Empty, Json, Operation, OperationInfo, Undocumented};
pub use self::paging_error::PagingError;
pub use self::problem::Problem;
#[cfg(feature = "blocking")]
pub use self::reader::BlockingReader;
pub use self::redirected::Redirected;
pub use self::response::{Reply, Response};
pub use self::sequence::{Elements, Event, Events};
pub use self::stream::ByteStream;
pub use self::typed_header::Header;
pub use self::undeclared::Undeclared;
