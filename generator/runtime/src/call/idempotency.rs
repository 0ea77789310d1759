//! Which calls may be sent twice: by what their method promises (RFC 9110, section 9.2), that of the method `QUERY` included,
//! which not every version of `http` knows; or by a key that tells the server that they are one.

use std::hash::{BuildHasher, RandomState};

use http::{HeaderName, HeaderValue, Method};

/// Where a call says that it is the same as an earlier one.
pub(crate) static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

const QUERY: &str = "QUERY";

/// Whether a call changes nothing, so that following a redirect repeats nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD) || method.as_str() == QUERY
}

/// Whether a call made twice does what it does once.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == QUERY
}

/// A key that no other call has, in the form of a UUID (RFC 9562, version 4).
pub(crate) fn key() -> HeaderValue {
    // keyed by what the operating system gave
    let random = || RandomState::new().hash_one(0_u8);
    let (high, low) = (random() & !0xF000 | 0x4000, random() & !(3 << 62) | 2 << 62);
    let (first, second, third) = (high >> 32, high >> 16 & 0xFFFF, high & 0xFFFF);
    let text = format!(
        "{first:08x}-{second:04x}-{third:04x}-{:04x}-{:012x}",
        low >> 48,
        low & 0xFFFF_FFFF_FFFF
    );
    HeaderValue::try_from(text).unwrap_or_else(|_| unreachable!("digits and dashes"))
}
