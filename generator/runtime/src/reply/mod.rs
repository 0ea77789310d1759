//! What comes back: a [`Reply`], what an [`Operation`] makes of it, and the [`Error`] where there is none or a bad one.
//!
//! Bodies are decoded by their content type, whole or while they come in ([`ByteStream`], [`Events`], [`Elements`]).
//! Messages show short pieces of a body, without secrets.
//!
//! Knows `model` (what bodies are decoded into), `transport` (what bodies come in through) and `auth` (what is hidden).
//! It does not know how calls are sent or repeated.

pub(crate) mod content_type;
pub(crate) mod decode;
pub(crate) mod error;
pub(crate) mod json_text;
pub(crate) mod operation;
mod problem;
#[cfg(feature = "blocking")]
mod reader;
pub(crate) mod response;
pub(crate) mod retry_after;
mod sequence;
pub(crate) mod stream;
mod typed_header;

pub use self::decode::{DecodeError, Decoded};
pub use self::error::{Error, ErrorKind};
pub use self::operation::{Decode, Empty, Json, Operation, OperationInfo, Undeclared, Undocumented};
pub use self::problem::Problem;
#[cfg(feature = "blocking")]
pub use self::reader::BlockingReader;
pub use self::response::{Reply, Response};
pub use self::sequence::{Elements, Event, Events};
pub use self::stream::ByteStream;
pub use self::typed_header::Header;
