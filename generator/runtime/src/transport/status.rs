//! What the status of a reply says about another attempt.

use http::StatusCode;

/// Whether a server that answers like this may answer otherwise soon. 501 says that it never will.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    match status {
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::NOT_IMPLEMENTED => false,
        _ => status.is_server_error(),
    }
}
