//! Bodies of `application/x-www-form-urlencoded`.

use serde_json::Value;

use super::encoding::Encoding;
use super::escape::Escape;
use super::members::Members;
use super::style::{expand, plain};

/// The members of the object that a JSON text is, as `name=value` pairs. Without an encoding `null` is
/// left out, arrays repeat the name, and objects are JSON text. `None` if the text is not an object.
pub(crate) fn encode(json: &str, encodings: &[Encoding]) -> serde_json::Result<Option<String>> {
    let Some(Members(members)) = Members::read(json)? else {
        return Ok(None);
    };
    let mut pairs = Vec::new();
    for (name, value) in &members {
        let encoding = Encoding::of(encodings, name);
        if let Some(parameter) = encoding.and_then(|encoding| encoding.style.as_ref()) {
            pairs.extend(expand(parameter, value));
            continue;
        }
        match value {
            Value::Null => {}
            Value::Array(items) if !encoding.is_some_and(Encoding::is_json) => {
                pairs.extend(items.iter().map(|item| pair(name, &plain(item))));
            }
            single => pairs.push(pair(name, &plain(single))),
        }
    }
    Ok(Some(pairs.join("&")))
}

/// One `name=value` of a query or a form.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", Escape::Component.text(name), Escape::Component.text(value))
}
