//! Responses: their keys and contents.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::context::{Object, Repair};
use super::kind::Kind;
use super::parameter::member;
use crate::pointer::Pointer;

impl Repair<'_> {
    /// Keys such as `2xx`, `200 OK` and `Default`.
    pub(super) fn statuses(&mut self, responses: &mut Object, at: &Pointer) {
        let meant: Vec<Option<String>> = responses.keys().map(|key| status(key)).collect();
        if meant.iter().all(Option::is_none) {
            return;
        }
        let entries = std::mem::take(responses);
        let written: Vec<String> = entries.keys().cloned().collect();
        for ((key, response), meant) in entries.into_iter().zip(meant) {
            let meant = meant.filter(|meant| !written.contains(meant) && !responses.contains_key(meant));
            if let Some(meant) = &meant {
                self.move_node(at.child(meant), &at.child(&key));
                self.report(&at.child(&key), format!("the status `{key}` is read as `{meant}`"));
            }
            responses.insert(meant.unwrap_or(key), response);
        }
    }

    /// A list of responses that say their status themselves, or under it.
    pub(super) fn listed_responses(&mut self, list: &mut Value, at: &Pointer, produces: &[String]) -> Object {
        let mut responses = Object::new();
        let elements = list.as_array_mut().map(std::mem::take).unwrap_or_default();
        self.report(at, "`responses` is read as an object");
        for (index, element) in elements.into_iter().enumerate() {
            let from = at.child(index);
            let Value::Object(members) = element else {
                self.report(&from, "expected a response object; ignored");
                continue;
            };
            let own = ["code", "status", "statusCode", "httpStatus"]
                .iter()
                .find_map(|key| members.get(*key));
            let found: Vec<(String, Value)> = match own {
                Some(Value::String(status)) => vec![(status.clone(), Value::Object(members))],
                Some(Value::Number(status)) => vec![(status.to_string(), Value::Object(members))],
                _ => members.into_iter().collect(),
            };
            for (status, response) in found {
                self.move_node(at.child(&status), &from);
                responses.insert(status, response);
            }
        }
        for (status, response) in &mut responses {
            self.response(response, &at.child(status), produces);
        }
        responses
    }

    /// One response.
    pub(super) fn response(&mut self, value: &mut Value, at: &Pointer, produces: &[String]) {
        match value {
            Value::String(text) => {
                *value = json!({ "description": text });
                self.report(at, "this string is read as the description of the response");
            }
            Value::Null => {
                *value = json!({ "description": "" });
                self.report(at, "this response is empty");
            }
            _ => {}
        }
        let Value::Object(response) = value else {
            return;
        };
        if response.contains_key("$ref") {
            return;
        }
        self.kinds(response, at, &[("description", Kind::Text), ("schema", Kind::Schema)]);
        if !self.is_swagger2() {
            self.content(response, at, produces);
        } else if let Some(Value::Object(schema)) = response.get_mut("schema") {
            self.types(schema, &at.child("schema"), &HashSet::new());
        }
        self.headers(response, at);
    }

    fn headers(&mut self, response: &mut Object, at: &Pointer) {
        if let Some(headers @ Value::Array(_)) = response.get_mut("headers")
            && headers != &json!([])
        {
            let elements = headers.as_array_mut().map(std::mem::take).unwrap_or_default();
            let named = elements.into_iter().filter_map(|mut header| {
                let name = member(&header, "name")?.to_owned();
                header.as_object_mut()?.shift_remove("name");
                Some((name, header))
            });
            *headers = Value::Object(named.collect());
            self.report(&at.child("headers"), "`headers` is read as an object, by `name`");
        }
        self.kinds(response, at, &[("headers", Kind::Object)]);
        self.each(response, at, "headers", Self::header);
    }
}

/// What a key means that is neither a status nor `default`.
fn status(key: &str) -> Option<String> {
    let text = key.trim();
    let digits = text.get(..3).unwrap_or_default();
    let rest = text.get(3..).unwrap_or_default();
    let is_status = |digits: &str| match digits.as_bytes() {
        [b'1'..=b'9', b'X', b'X'] => true,
        digits => digits.iter().all(u8::is_ascii_digit),
    };
    let meant = match digits.to_ascii_uppercase() {
        digits if !rest.starts_with(|c: char| c.is_alphanumeric()) && !digits.is_empty() && is_status(&digits) => {
            digits
        }
        _ if text.eq_ignore_ascii_case("default") => "default".to_owned(),
        _ => return None,
    };
    // Several statuses under one key have no single meaning.
    let several = rest.contains([',', '/', '|']) || rest.chars().filter(char::is_ascii_digit).count() >= 3;
    (meant != key && !several).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::status;

    #[test]
    fn keys() {
        let cases = [
            ("200", None),
            ("2XX", None),
            ("default", None),
            ("2xx", Some("2XX")),
            (" 200 ", Some("200")),
            ("200 OK", Some("200")),
            ("404 - Not Found", Some("404")),
            ("200.0", Some("200")),
            ("Default", Some("default")),
            ("200,201", None),
            ("200 201", None),
            ("20x", None),
            ("2000", None),
            ("success", None),
            ("", None),
        ];
        for (key, meant) in cases {
            assert_eq!(status(key).as_deref(), meant, "{key}");
        }
    }
}
