//! Reading of values, with the type of the deserializer forgotten.
//!
//! Serde's own way compiles every model anew for every deserializer. Here what belongs to a deserializer is compiled
//! once, in [`Source`], and a model is plain code that calls it.

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
pub use super::refusal::Refusal;
