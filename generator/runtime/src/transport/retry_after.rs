//! The `Retry-After` header (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// How long the response with these headers asks to wait.
pub(crate) fn of(headers: &HeaderMap) -> Option<Duration> {
    parse(headers.get(RETRY_AFTER)?.to_str().ok()?, SystemTime::now())
}

/// How long to wait, from a number of seconds or from a date; a date that has passed is zero.
fn parse(value: &str, now: SystemTime) -> Option<Duration> {
    let value = value.trim();
    // `u64::from_str` takes a plus sign, the header does not
    if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) {
        // a longer time than can be said is still a time to wait for
        return Some(Duration::from_secs(value.parse().unwrap_or(u64::MAX)));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}
