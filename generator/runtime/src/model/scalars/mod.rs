//! Values that are one of several scalars (`oneOf`, `anyOf` or `type` with integers, strings and other scalars).
//!
//! They are types of the runtime, so that a client does not need an enum for each place.

// before what its macro is used in
#[macro_use]
mod kind;

// chrono: begin
#[cfg(feature = "chrono")]
mod dates;
// chrono: end
mod enums;
mod number;

// chrono: begin
#[cfg(feature = "chrono")]
pub use self::dates::IntegerOrDateTime;
// chrono: end
pub use self::enums::{BooleanOrNumber, BooleanOrString, IntegerOrString, NumberOrString, Scalar};
pub use self::number::Number;
