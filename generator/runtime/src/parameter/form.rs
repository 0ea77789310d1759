//! Bodies of `application/x-www-form-urlencoded`.

use serde_json::Value;

use super::style::{expand, plain};
use super::{Encoding, Escape};

/// The members of an object as `name=value` pairs. Without an encoding `null` is left out, arrays
/// repeat the name, and objects are JSON text. `None` if the value is not an object.
pub(crate) fn encode(body: &Value, encodings: &[Encoding]) -> Option<String> {
    let mut pairs = Vec::new();
    for (name, value) in body.as_object()? {
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
    Some(pairs.join("&"))
}

/// One `name=value` of a query or a form.
pub(crate) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", Escape::Component.text(name), Escape::Component.text(value))
}
