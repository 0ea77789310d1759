//! Reading of values from type-erased deserializers.
//!
//! With serde alone, every model is compiled for every deserializer. Here the code of a deserializer is compiled once, in
//! [`Source`], and a model is plain code that calls it.

// unions: begin
mod buffered;
// unions: end
mod erased;
mod from_serde;
mod integer;
mod members;
pub(crate) mod strict;
pub(super) mod traits;
mod values;

// unions: begin
pub(super) use self::buffered::Buffered;
// unions: end
pub(crate) use self::from_serde::{Located, located};
pub use self::from_serde::{deserialize, deserialize_strictly};
pub use self::traits::{Each, EachMember, Place, Read, Source};
pub use super::value_error::ValueError;
