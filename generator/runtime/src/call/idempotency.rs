//! Which requests may be sent twice: those with an idempotent method (RFC 9110, section 9.2, and `QUERY`, which not
//! every version of `http` knows) or an idempotency key.

use std::hash::{BuildHasher, RandomState};

use http::{HeaderName, HeaderValue, Method};

/// Header that marks requests as repetitions of each other.
pub(crate) static IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

const QUERY: &str = "QUERY";

/// Returns whether a method is safe, so that a redirect can be followed.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD) || method.as_str() == QUERY
}

/// Returns whether a method is idempotent.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == QUERY
}

/// Returns a random key in the form of a UUID (RFC 9562, version 4).
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
