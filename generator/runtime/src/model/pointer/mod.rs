//! JSON Pointers (RFC 6901) into JSON texts: what stands at a place, and how it is put there.

mod read;
mod write;

pub(crate) use self::read::{Found, find};
pub(crate) use self::write::set;
