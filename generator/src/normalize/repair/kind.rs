//! Values of the wrong type with a clear meaning: `"true"`, `"5"`, an array of one value.

use serde_json::{Number, Value, json};

use super::context::{Object, Repair, excerpt};
use super::types;
use crate::pointer::Pointer;

/// What a member should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Flag,
    Text,
    Number,
    /// A number of characters or elements.
    Count,
    /// A list of texts.
    Texts,
    /// A list of objects.
    Objects,
    /// A schema; the name of a type is one.
    Schema,
    /// An object; some languages write an empty one as an empty list.
    Object,
}

/// What a value is, judged by the kind it should have.
enum Reading {
    /// It has that kind, or nothing is known that it could mean.
    AsItIs,
    Is(Value),
    /// It says nothing.
    Nothing,
    /// It cannot mean anything.
    Odd(&'static str),
}

impl Kind {
    /// Whether a value is of the kind, judged without making another one.
    fn has(self, value: &Value) -> bool {
        matches!(
            (self, value),
            (Self::Flag, Value::Bool(_))
                | (Self::Text, Value::String(_))
                | (Self::Number, Value::Number(_))
                | (Self::Schema | Self::Object, Value::Object(_))
                | (Self::Objects, Value::Array(_))
        )
    }

    fn read(self, value: &Value) -> Reading {
        if value.is_null() {
            return Reading::Nothing;
        }
        let read = match self {
            Self::Flag => flag(value).map(Value::Bool),
            Self::Text => text(value).map(Value::String),
            Self::Number => number(value).map(Value::Number),
            Self::Count => match number(value).as_ref().unwrap_or(&Number::from(0)).as_f64() {
                Some(below) if below < 0.0 => return Reading::Odd("zero or more"),
                _ => count(value).map(Value::from),
            },
            Self::Texts => texts(value),
            Self::Schema if value == &json!([]) => Some(json!({})),
            Self::Schema => {
                let known = value.as_str().and_then(types::meaning).is_some();
                known.then(|| json!({ "type": value }))
            }
            Self::Objects => match value {
                Value::Array(_) => None,
                Value::Object(_) => Some(Value::Array(vec![value.clone()])),
                _ => return Reading::Odd("an array"),
            },
            Self::Object => match value {
                Value::Object(_) => None,
                Value::Array(elements) if elements.is_empty() => Some(json!({})),
                _ => return Reading::Odd("an object"),
            },
        };
        match read {
            Some(read) if read != *value => Reading::Is(read),
            _ => Reading::AsItIs,
        }
    }
}

impl Repair<'_> {
    /// Gives the members of an object the kinds they should have.
    pub(super) fn kinds(&mut self, object: &mut Object, at: &Pointer, kinds: &[(&str, Kind)]) {
        let right = |(key, value): (&String, &Value)| kinds.iter().all(|(name, kind)| key != name || kind.has(value));
        if object.iter().all(right) {
            return;
        }
        for (key, kind) in kinds {
            let Some(value) = object.get_mut(*key) else {
                continue;
            };
            match kind.read(value) {
                Reading::AsItIs => {}
                Reading::Is(read) => {
                    let message = format!("`{key}: {}` is read as `{}`", excerpt(value), excerpt(&read));
                    *value = read;
                    self.report(&at.child(key), message);
                }
                Reading::Odd(expected) => {
                    let message = format!("`{key}` must be {expected}, not `{}`; ignored", excerpt(value));
                    object.shift_remove(*key);
                    self.report(&at.child(key), message);
                }
                Reading::Nothing => {
                    let message = format!("`{key}: {}` is empty; ignored", excerpt(value));
                    object.shift_remove(*key);
                    self.report(&at.child(key), message);
                }
            }
        }
    }
}

/// A flag, also as text or as 0 and 1.
pub(super) fn flag(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_u64()? {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        },
        Value::String(text) => match text.trim().to_ascii_lowercase().as_str() {
            "true" | "yes" => Some(true),
            "false" | "no" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Array(lines) => {
            let lines: Option<Vec<&str>> = lines.iter().map(Value::as_str).collect();
            lines.map(|lines| lines.join("\n"))
        }
        _ => None,
    }
}

pub(super) fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn count(value: &Value) -> Option<u64> {
    let number = number(value)?;
    // A fraction of zero is no fraction; beyond 2^53 a float is no exact count.
    let whole = |float: f64| (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64);
    number.as_u64().or_else(|| whole(number.as_f64()?))
}

fn texts(value: &Value) -> Option<Value> {
    let elements = match value {
        Value::Array(elements) => elements.as_slice(),
        Value::String(_) => std::slice::from_ref(value),
        _ => return None,
    };
    let texts: Option<Vec<Value>> = elements
        .iter()
        .filter(|element| !element.is_null())
        .map(|element| text(element).filter(|_| !element.is_array()).map(Value::String))
        .collect();
    texts.map(Value::Array)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::tests::repaired;
    use super::Kind;

    #[test]
    fn values_that_say_the_same() {
        let mut value = json!({
            "flag": "True", "one": 1, "text": 5, "lines": ["a", "b"], "number": "1.5", "count": 3.0, "few": "2",
            "below": -1, "null": null, "texts": "a", "mixed": ["a", 1, null], "objects": {}, "odd": {}, "fine": "a",
            "object": [], "no object": 5, "schema": "int",
        });
        let kinds = [
            ("flag", Kind::Flag),
            ("one", Kind::Flag),
            ("text", Kind::Text),
            ("lines", Kind::Text),
            ("number", Kind::Number),
            ("count", Kind::Count),
            ("few", Kind::Count),
            ("below", Kind::Count),
            ("null", Kind::Text),
            ("texts", Kind::Texts),
            ("mixed", Kind::Texts),
            ("objects", Kind::Objects),
            ("odd", Kind::Flag),
            ("fine", Kind::Text),
            ("absent", Kind::Text),
            ("object", Kind::Object),
            ("no object", Kind::Object),
            ("schema", Kind::Schema),
        ];
        let said = repaired(&mut value, |repair, value, at| {
            repair.kinds(value.as_object_mut().expect("an object"), at, &kinds);
        });
        assert_eq!(
            value,
            json!({
                "flag": true, "one": true, "text": "5", "lines": "a\nb", "number": 1.5, "count": 3, "few": 2,
                "texts": ["a"], "mixed": ["a", "1"], "objects": [{}], "odd": {}, "fine": "a",
                "object": {}, "schema": { "type": "int" },
            })
        );
        assert_eq!(said.len(), 15);
        assert_eq!(said[0], "#/flag: `flag: \"True\"` is read as `true`");
        assert_eq!(said[7], "#/below: `below` must be zero or more, not `-1`; ignored");
    }
}
