//! Responses: [`Reply`] is an undecoded response, [`Operation`] decodes it, and [`Error`] is the error of a call.
//!
//! Bodies are decoded by their content type, as a whole or as a stream ([`ByteStream`], [`Events`], [`JsonLines`]).
//! Messages show short excerpts of a body, with secrets redacted.
//!
//! Depends on `model` (types of bodies), `transport` (reading of bodies) and `auth` (redaction), but not on how requests
//! are sent or retried.

mod any_error;
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
mod sequence;
mod stream;
mod typed_header;
mod undeclared;

pub use self::any_error::AnyError;
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
pub use self::sequence::{Event, Events, JsonLines};
pub use self::stream::ByteStream;
pub use self::typed_header::Header;
pub use self::undeclared::Undeclared;
