//! What the status of a response says about another attempt.

use http::StatusCode;

/// Returns whether a request with this response status code may succeed soon. 501 never will.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::NOT_IMPLEMENTED => false,
        _ => status.is_server_error(),
    }
}
