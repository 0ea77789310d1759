//! Bodies of `application/x-www-form-urlencoded`.

use serde_json::Value;

use super::Escape;
use super::style::plain;

/// The members of an object as `name=value` pairs: `null` is left out, arrays repeat the name,
/// objects are JSON text. `None` if the value is not an object.
pub(crate) fn encode(body: &Value) -> Option<String> {
    let mut pairs = Vec::new();
    for (name, value) in body.as_object()? {
        match value {
            Value::Null => {}
            Value::Array(items) => pairs.extend(items.iter().map(|item| pair(name, &plain(item)))),
            single => pairs.push(pair(name, &plain(single))),
        }
    }
    Some(pairs.join("&"))
}

/// One `name=value` of a query or a form.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", Escape::Component.text(name), Escape::Component.text(value))
}
