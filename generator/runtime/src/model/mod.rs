//! What generated models are written with: how values are read from JSON and written to it.
//!
//! A model is a table of its members (`object`), an enum of scalars (`scalar`) or a choice between types (`union`). What
//! reads and writes them is compiled once and not for every model ([`read`], [`write`]).
//!
//! The lowest layer: it knows no other, neither requests nor replies.

mod base64;
// chrono: begin
#[cfg(feature = "chrono")]
mod dates;
#[cfg(feature = "chrono")]
mod forms;
// chrono: end
mod nullable;
mod number;
pub mod object;
pub(crate) mod pointer;
pub mod read;
mod refusal;
pub mod scalar;
mod scalars;
mod text;
// unions: begin
pub mod union;
// unions: end
// uuid: begin
#[cfg(feature = "uuid")]
mod uuids;
// uuid: end
pub mod write;

pub use self::base64::{Base64, Base64Url, Octets};
pub use self::nullable::Nullable;
pub use self::number::Numbers;
pub(crate) use self::read::{Located, located};
pub use self::read::{Read, Source};
pub use self::refusal::Refusal;
pub(crate) use self::refusal::{Step, path};
// chrono: begin
#[cfg(feature = "chrono")]
pub use self::scalars::IntegerOrDateTime;
// chrono: end
pub use self::scalars::{BooleanOrNumber, BooleanOrString, IntegerOrString, Number, NumberOrString, Scalar};
pub(crate) use self::write::request::to_json;
pub use self::write::{Sink, Write};
