//! Writing of a value as its parameter demands.

use serde_json::Value;

use super::declaration::{Location, Parameter};
use super::escape::Escape;
use super::form;
use super::style::{Rule, escaped, expand, number};

/// The JSON text of a value as its parameter demands, with the name where the place has one;
/// `None` if there is nothing to write.
pub(crate) fn write(parameter: &Parameter, json: &str) -> serde_json::Result<Option<String>> {
    if parameter.json {
        return Ok((json != "null").then(|| whole_json(parameter, json)));
    }
    if parameter.location == Location::QueryString {
        return query_string(parameter, json);
    }
    if let Some(text) = scalar(json) {
        return Ok(Some(Rule::of(parameter).scalar(parameter, text)));
    }
    Ok(expand(parameter, &value_of(json)?))
}

/// The value of a JSON text; a number becomes text, which keeps all its digits.
pub(crate) fn value_of(json: &str) -> serde_json::Result<Value> {
    if json.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
        return Ok(Value::String(number(json).to_owned()));
    }
    serde_json::from_str(json)
}

/// The text of a scalar that needs no parser: a number, which keeps all its digits, a boolean, and a string without
/// escapes.
fn scalar(json: &str) -> Option<&str> {
    match json.as_bytes() {
        [b'-' | b'0'..=b'9', ..] => Some(number(json)),
        [b'"', text @ .., b'"'] if !text.contains(&b'\\') => json.get(1..json.len() - 1),
        b"true" | b"false" => Some(json),
        _ => None,
    }
}

/// A parameter with `content` instead of a style.
fn whole_json(parameter: &Parameter, json: &str) -> String {
    let text = parameter.escape().text(json);
    match parameter.location {
        Location::Path | Location::Header | Location::QueryString => text,
        Location::Query | Location::Cookie | Location::Form => {
            format!("{}={text}", Escape::Component.text(parameter.name))
        }
    }
}

/// A whole query string; `None` if there is nothing to write.
fn query_string(parameter: &Parameter, json: &str) -> serde_json::Result<Option<String>> {
    let text = match form::encode(json, &[])? {
        Some(pairs) => pairs,
        None => escaped(parameter, &serde_json::from_str(json)?),
    };
    Ok((!text.is_empty()).then_some(text))
}
