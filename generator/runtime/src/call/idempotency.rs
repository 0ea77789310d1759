//! What methods promise (RFC 9110, section 9.2), that of the method `QUERY` included, which not every version of `http`
//! knows.

use http::Method;

const QUERY: &str = "QUERY";

/// Whether a call changes nothing, so that following a redirect repeats nothing.
pub(crate) fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD) || method.as_str() == QUERY
}

/// Whether a call made twice does what it does once.
pub(crate) fn is_idempotent(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == QUERY
}
