//! `Value` -> typed OpenAPI objects, piece by piece.
//!
//! A piece that cannot be understood costs that piece and a diagnostic, never the run. Schemas are read keyword by
//! keyword into [`Keywords`]; every other object goes through its `openapiv3` type with the pieces below it omitted.

mod keywords;
mod node;

pub use keywords::{Keywords, Type};
pub use node::Node;

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics};

/// Members that hold pieces of their own, parsed on their own.
const PIECES: [&str; 10] = [
    "flows",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "schema",
    "content",
    "headers",
    "links",
    "examples",
];

/// Members without which a type of `openapiv3` does not exist, so that no value stands for them.
const ESSENTIAL: [&str; 5] = ["in", "name", "scheme", "type", "url"];

/// Reads an object into its `openapiv3` type, without the pieces below it.
///
/// `needed` are members the type insists on although they are omitted or often forgotten, with what stands for them.
/// A member that is not what it should be is reported and omitted; only without what makes it the piece is lost.
pub fn piece<T: DeserializeOwned>(
    node: &Node<'_>,
    needed: &[(&str, Value)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let Some(object) = node.value.as_object() else {
        diagnostics.report(Code::Invalid, &node.at, "expected an object; ignored");
        return None;
    };
    let own = || object.iter().filter(|(key, _)| !PIECES.contains(&key.as_str()));
    let missing = needed
        .iter()
        .filter(|(key, _)| !object.contains_key(*key) || PIECES.contains(key));
    let missing = missing.map(|(key, value)| (*key, value));
    let shallow = own().map(|(key, value)| (key.as_str(), value)).chain(missing);
    let error: serde_json::Error = match T::deserialize(MapDeserializer::new(shallow)) {
        Ok(parsed) => return Some(parsed),
        Err(error) => error,
    };
    let mut core: Map<String, Value> = own()
        .filter(|(key, _)| ESSENTIAL.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .chain(needed.iter().map(|(key, value)| ((*key).to_owned(), value.clone())))
        .collect();
    let Ok(mut parsed) = read(&core) else {
        let message = format!("this object is invalid and is ignored: {error}");
        diagnostics.report(Code::Invalid, &node.at, message);
        return None;
    };
    for (key, value) in own().filter(|(key, _)| !ESSENTIAL.contains(&key.as_str())) {
        let stands_for_it = core.insert(key.clone(), value.clone());
        match read(&core) {
            Ok(more) => parsed = more,
            Err(error) => {
                let message = format!("`{key}` is invalid and is ignored: {error}");
                diagnostics.report(Code::Invalid, &node.at.child(key), message);
                match stands_for_it {
                    Some(value) => core.insert(key.clone(), value),
                    None => core.shift_remove(key),
                };
            }
        }
    }
    Some(parsed)
}

fn read<T: DeserializeOwned>(members: &Map<String, Value>) -> Result<T, serde_json::Error> {
    T::deserialize(members)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Node, piece};
    use crate::diagnostic::Diagnostics;
    use crate::pointer::Pointer;

    #[track_caller]
    fn check(value: &Value, kept: Option<&str>, messages: &[&str]) {
        let mut diagnostics = Diagnostics::default();
        let node = Node {
            at: Pointer::root(),
            value,
        };
        let needed = [("schema", json!({}))];
        let parameter = piece::<openapiv3::Parameter>(&node, &needed, &mut diagnostics);
        assert_eq!(
            parameter
                .map(|parameter| parameter.parameter_data_ref().name.clone())
                .as_deref(),
            kept
        );
        let said: Vec<&str> = diagnostics
            .iter()
            .map(|diagnostic| diagnostic.message.as_str())
            .collect();
        assert_eq!(said.len(), messages.len(), "{said:?}");
        for (said, expected) in said.iter().zip(messages) {
            assert!(said.starts_with(expected), "{said}");
        }
    }

    #[test]
    fn odd_members_cost_themselves_only() {
        check(
            &json!({ "deprecated": [], "name": "a", "in": "query", "required": "perhaps", "description": 1 }),
            Some("a"),
            &[
                "`deprecated` is invalid",
                "`required` is invalid",
                "`description` is invalid",
            ],
        );
        check(&json!({ "name": "a", "in": "query", "explode": false }), Some("a"), &[]);
    }

    #[test]
    fn what_makes_a_piece_cannot_be_missing() {
        check(
            &json!({ "in": "query", "deprecated": 1 }),
            None,
            &["this object is invalid"],
        );
        check(&json!(3), None, &["expected an object"]);
    }
}
