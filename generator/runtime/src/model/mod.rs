//! What generated models are written with: the hand-written side of their serde implementations.

mod base64;
mod nullable;
mod number;
pub mod object;
pub mod scalar;
mod text;
pub mod union;

pub use self::base64::{Base64, Base64Url, Octets};
pub use self::nullable::Nullable;
pub use self::number::Numbers;
