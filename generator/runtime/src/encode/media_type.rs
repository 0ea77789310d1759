//! Media types, as far as decoders are chosen by them (RFC 9110, section 8.3).

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue};

/// JSON (RFC 8259, section 11).
pub(crate) const JSON: &str = "application/json";

/// Returns the essence of the `Content-Type`: type and subtype in lower case, without parameters.
pub(crate) fn of(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    headers.get(CONTENT_TYPE).map(of_value)
}

/// Returns the essence of a value of `Content-Type`.
pub(crate) fn of_value(value: &HeaderValue) -> Cow<'_, str> {
    // what most responses say
    if value == JSON {
        return Cow::Borrowed(JSON);
    }
    match value.to_str() {
        Ok(text) => essence(text),
        Err(_) => Cow::Owned(essence(&String::from_utf8_lossy(value.as_bytes())).into_owned()),
    }
}

/// Returns type and subtype in lower case, without parameters.
pub(crate) fn essence(media_type: &str) -> Cow<'_, str> {
    let essence = media_type
        .split_once(';')
        .map_or(media_type, |(essence, _)| essence)
        .trim();
    if essence.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(essence.to_ascii_lowercase())
    } else {
        Cow::Borrowed(essence)
    }
}

/// Returns whether every quoted parameter value ends (RFC 9110, section 5.6.4): text after an open one would belong to
/// it.
pub(crate) fn quotes_end(media_type: &str) -> bool {
    let mut quoted = false;
    let mut characters = media_type.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => quoted = !quoted,
            '\\' if quoted && characters.next().is_none() => return false,
            _ => {}
        }
    }
    !quoted
}

/// Returns whether a declared media type, or range, covers the one of a response. A response without a content type
/// matches `*/*`. `application/octet-stream` matches anything except JSON and text.
pub(crate) fn fits(declared: &str, found: Option<&str>) -> bool {
    let declared = essence(declared);
    let Some(found) = found else {
        return declared == "*/*";
    };
    match declared.split_once("/*") {
        Some(("*", "")) => true,
        Some((kind, "")) => found.split('/').next() == Some(kind),
        _ if is_json_lines(&declared) && is_json_lines(found) => true,
        _ => declared == found || (is_bytes(found) && !is_json(&declared) && !is_text(&declared)),
    }
}

/// Returns whether it is one of the media types of JSON Lines.
fn is_json_lines(essence: &str) -> bool {
    let plain = essence.replace(['-', '.'], "");
    matches!(
        plain.as_str(),
        "application/jsonl"
            | "application/xjsonl"
            | "application/jsonlines"
            | "application/xjsonlines"
            | "application/ndjson"
            | "application/xndjson"
            | "application/jsonstream"
            | "application/xjsonstream"
            | "application/stream+json"
    )
}

/// Returns whether it is `application/octet-stream` or similar.
pub(crate) fn is_bytes(essence: &str) -> bool {
    matches!(essence, "application/octet-stream" | "binary/octet-stream")
}

/// Returns whether a body declared as one binary media type may arrive as another: neither is decoded. Object stores
/// send the content type of the upload.
pub(crate) fn are_bytes_both(declared: &str, found: &str) -> bool {
    let is_read = |essence: &str| {
        is_json(essence)
            || is_text(essence)
            || is_json_lines(essence)
            || essence.ends_with("/xml")
            || essence.ends_with("+xml")
            || essence.starts_with("multipart/")
            || essence == "application/x-www-form-urlencoded"
    };
    !is_read(&essence(declared)) && !is_read(&essence(found))
}

/// Returns whether it is `text/*`.
pub(crate) fn is_text(essence: &str) -> bool {
    essence.starts_with("text/")
}

/// Returns whether it is `application/json`, `text/json` or has the suffix `+json` (RFC 6839).
pub(crate) fn is_json(essence: &str) -> bool {
    essence == JSON || essence == "text/json" || essence.ends_with("+json")
}
