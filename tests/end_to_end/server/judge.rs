//! What all APIs check of a request. A refusal says what is wrong, so that the failing test does.

use super::{Answer, Seen};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What HTTP itself takes, beside the headers of an API.
const PLAIN_HEADERS: [&str; 5] = ["host", "user-agent", "accept", "content-type", "content-length"];

/// An answer to a wrong request.
pub fn refusal(status: u16, reason: impl Into<String>) -> Answer {
    Answer::new(status, "text/plain", reason.into())
}

/// Only headers that are known, and each of them once.
pub fn headers(seen: &Seen, extra: &[&str]) -> Result<(), Answer> {
    for name in seen.headers.keys().map(http::HeaderName::as_str) {
        if !PLAIN_HEADERS.contains(&name) && !extra.contains(&name) {
            return Err(refusal(400, format!("the header {name} has no place here")));
        }
        if seen.headers.get_all(name).iter().count() > 1 {
            return Err(refusal(400, format!("the header {name} comes twice")));
        }
    }
    match seen.header("user-agent") {
        Some(agent) if agent.starts_with("invitations/") => Ok(()),
        other => Err(refusal(400, format!("the user agent is {other:?}"))),
    }
}

/// The `Accept` header is that of the document.
pub fn accept(seen: &Seen, media_type: &str) -> Result<(), Answer> {
    match seen.header("accept") {
        Some(found) if found == media_type => Ok(()),
        other => Err(refusal(406, format!("accepts {other:?}, not {media_type}"))),
    }
}

/// The query pairs, none of them twice, all of them among these names. Names and values stay encoded.
pub fn query<'s>(seen: &'s Seen, names: &[&str]) -> Result<BTreeMap<&'s str, &'s str>, Answer> {
    let mut pairs = BTreeMap::new();
    let Some(query) = seen.query() else {
        return Ok(pairs);
    };
    for pair in query.split('&') {
        let Some((name, value)) = pair.split_once('=') else {
            return Err(refusal(400, format!("{pair:?} is not a query pair")));
        };
        if !names.contains(&name) || pairs.insert(name, value).is_some() {
            return Err(refusal(
                400,
                format!("the query parameter {name} is unknown or comes twice"),
            ));
        }
    }
    Ok(pairs)
}

/// A number in a query, in these bounds.
pub fn number(pairs: &BTreeMap<&str, &str>, name: &str, least: usize, most: usize) -> Result<Option<usize>, Answer> {
    let Some(text) = pairs.get(name) else {
        return Ok(None);
    };
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
        _ => Err(refusal(400, format!("{name} is {text:?}"))),
    }
}

/// Neither a body nor a type of one.
pub fn no_body(seen: &Seen) -> Result<(), Answer> {
    let announced = seen.header("content-length").is_some_and(|length| length != "0");
    if !seen.body.is_empty() || announced || seen.header("content-type").is_some() {
        return Err(refusal(400, "there is a body, or the type of one"));
    }
    Ok(())
}

/// A JSON body of exactly this media type.
pub fn json(seen: &Seen, media_type: &str) -> Result<Value, Answer> {
    if seen.body.is_empty() {
        no_body(seen)?;
        return Err(refusal(400, "there is no body"));
    }
    match seen.header("content-type") {
        Some(found) if found == media_type => {}
        other => return Err(refusal(415, format!("the body is {other:?}, not {media_type}"))),
    }
    serde_json::from_slice(&seen.body).map_err(|error| refusal(400, error.to_string()))
}

/// An object that has the required members, and no other than these.
pub fn object<'v>(value: &'v Value, required: &[&str], optional: &[&str]) -> Result<&'v Map<String, Value>, String> {
    let object = value.as_object().ok_or_else(|| format!("not an object: {value}"))?;
    for name in required {
        if !object.contains_key(*name) {
            return Err(format!("{name} is missing in {value}"));
        }
    }
    for name in object.keys().map(String::as_str) {
        if !required.contains(&name) && !optional.contains(&name) {
            return Err(format!("{name} has no place in {value}"));
        }
    }
    Ok(object)
}
