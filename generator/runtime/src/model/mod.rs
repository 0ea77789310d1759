//! Deserialization and serialization of generated models.
//!
//! A model is a table of its properties (`object`), an enum of scalars (`scalar`) or a union of types (`union`). The code
//! that reads and writes them is compiled once instead of once per model, behind four types:
//!
//! * [`Source`] is a deserializer as a trait object, and [`Sink`] a serializer: models do not depend on serde's generics.
//! * [`Place`](read::Place) is a field to read into. [`Read::place`] returns it, and [`Source::object`] fills one per property.
//! * [`Content`](write::Content) is a value to write. [`Write::content`] returns it, and [`Sink::object`] takes one per
//!   property.
//!
//! The lowest layer: it knows no other, neither requests nor responses.

pub mod argument;
mod base64;
mod body_argument;
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
pub mod scalar;
mod scalars;
mod text;
mod tuples;
mod value_error;
// unions: begin
pub mod union;
// unions: end
mod unlisted;
// uuid: begin
#[cfg(feature = "uuid")]
mod uuids;
// uuid: end
pub mod write;

pub use self::argument::{IntoNullable, IntoOption};
pub use self::base64::{Base64, Base64Bytes, Base64Url};
pub use self::body_argument::IntoBody;
pub use self::nullable::Nullable;
pub use self::number::Numbers;
pub(crate) use self::read::{Located, located};
pub use self::read::{Read, Source};
pub use self::value_error::ValueError;
pub(crate) use self::value_error::{Step, path};
// chrono: begin
#[cfg(feature = "chrono")]
pub use self::scalars::IntegerOrDateTime;
// chrono: end
pub use self::scalars::{BooleanOrNumber, BooleanOrString, IntegerOrString, Number, NumberOrString, Scalar};
pub use self::unlisted::Unlisted;
pub(crate) use self::write::request::to_json;
pub use self::write::{Sink, Write};
