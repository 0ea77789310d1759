//! Writing of values to type-erased serializers, the counterpart of [`read`](super::read).

pub(crate) mod request;
mod sink;
pub(super) mod traits;
mod values;

pub use self::sink::serialize;
pub use self::traits::{Content, Sink, Write};
pub use super::value_error::ValueError;
