//! Bodies of `application/x-www-form-urlencoded`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::encoding::Encoding;
use super::escape::Escape;
use super::style::{expand, plain};

/// The members of an object in their order, which a map need not keep.
#[derive(Default)]
pub(crate) struct Members(pub(crate) Vec<(String, Value)>);

impl Members {
    /// Reads a JSON text; `None` if it is not an object.
    pub(crate) fn read(json: &str) -> serde_json::Result<Option<Self>> {
        if json.starts_with('{') {
            serde_json::from_str(json).map(Some)
        } else {
            Ok(None)
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Self::default())
    }
}

impl<'de> Visitor<'de> for Members {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut members: A) -> Result<Self, A::Error> {
        while let Some(member) = members.next_entry()? {
            self.0.push(member);
        }
        Ok(self)
    }
}

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
