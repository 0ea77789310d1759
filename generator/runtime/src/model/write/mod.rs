//! Writing of values, with the type of the serializer forgotten, as [`read`](super::read) does it.

pub(crate) mod request;
mod sink;
pub(super) mod traits;
mod values;

pub use self::sink::serialize;
pub use self::traits::{Content, Sink, Write};
pub use super::refusal::Refusal;
