//! Media types, as far as decoders are chosen by them (RFC 9110, section 8.3).

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// The essence of the `Content-Type`: type and subtype in lower case, without parameters.
pub(crate) fn of(headers: &HeaderMap) -> Option<String> {
    headers
        .get(CONTENT_TYPE)
        .map(|value| essence(&String::from_utf8_lossy(value.as_bytes())))
}

/// Type and subtype in lower case, without parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a declared media type, or range of them, covers the one that was found. A reply that does not say what it
/// is fits anything.
pub(crate) fn fits(declared: &str, found: Option<&str>) -> bool {
    let declared = essence(declared);
    let Some(found) = found else {
        return true;
    };
    match declared.split_once("/*") {
        Some(("*", "")) => true,
        Some((kind, "")) => found.split('/').next() == Some(kind),
        _ => declared == found,
    }
}

/// Whether it is `application/json`, `text/json` or has the suffix `+json` (RFC 6839).
pub(crate) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}
