//! An `enum` with values of several types -> a choice of enums.

use serde_json::{Map, Value, json};

use super::schemas;
use crate::document::Document;
use crate::pointer::Pointer;

/// Rewrites every schema that lists values of several types, and does not say of which type they are.
pub(super) fn split(document: &mut Document) {
    let moved = &mut document.moved;
    schemas::walk(&mut document.root, &mut |schema, at| {
        if let Value::Object(members) = schema
            && !["type", "anyOf", "oneOf"].iter().any(|key| members.contains_key(*key))
            && let Some(Value::Array(values)) = members.get("enum")
        {
            let lists = by_type(values);
            if lists.len() > 1 {
                let null = values.iter().any(Value::is_null);
                choose(members, lists, null, at, moved);
            }
        }
    });
}

/// The values by type, in the order in which the types first come; `null` is of none.
fn by_type(values: &[Value]) -> Vec<(&'static str, Vec<Value>)> {
    let fraction = values.iter().any(Value::is_f64);
    let mut lists: Vec<(&str, Vec<Value>)> = Vec::new();
    for value in values {
        let ty = match value {
            Value::Null => continue,
            Value::Bool(_) => "boolean",
            Value::Number(_) if fraction => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        match lists.iter_mut().find(|(own, _)| *own == ty) {
            Some((_, list)) => list.push(value.clone()),
            None => lists.push((ty, vec![value.clone()])),
        }
    }
    lists
}

fn choose(
    members: &mut Map<String, Value>,
    lists: Vec<(&str, Vec<Value>)>,
    null: bool,
    at: &Pointer,
    moved: &mut Vec<(Pointer, Pointer)>,
) {
    let mut shared = Map::new();
    for (key, value) in std::mem::take(members) {
        if schemas::DESCRIBES.contains(&key.as_str()) {
            members.insert(key, value);
        } else if key != "enum" {
            shared.insert(key, value);
        }
    }
    let mut branches = Vec::with_capacity(lists.len() + 1);
    for (ty, values) in lists {
        let mut branch = shared.clone();
        branch.insert("type".to_owned(), json!(ty));
        branch.insert("enum".to_owned(), Value::Array(values));
        moved.push((at.child("anyOf").child(branches.len()), at.clone()));
        branches.push(Value::Object(branch));
    }
    if null {
        branches.push(json!({ "type": "null" }));
    }
    members.insert("anyOf".to_owned(), Value::Array(branches));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::split;
    use crate::document::{Document, Notation, Version};

    #[track_caller]
    fn check(schema: Value, expected: Value) {
        let root = json!({ "components": { "schemas": { "A": schema } } });
        let mut document = Document::new("test", Notation::Json, Version::OpenApi30, root);
        split(&mut document);
        assert_eq!(document.root["components"]["schemas"]["A"], expected);
    }

    #[test]
    fn values_of_one_type_stay() {
        for schema in [
            json!({ "enum": ["a", "b", null] }),
            json!({ "type": "string", "enum": ["a", 1] }),
        ] {
            check(schema.clone(), schema);
        }
    }

    #[test]
    fn values_of_several_types_are_a_choice() {
        check(
            json!({ "description": "d", "enum": ["a", 1, true, null, "b"] }),
            json!({ "description": "d", "anyOf": [
                { "type": "string", "enum": ["a", "b"] },
                { "type": "integer", "enum": [1] },
                { "type": "boolean", "enum": [true] },
                { "type": "null" },
            ] }),
        );
        check(
            json!({ "enum": [1, 1.5, "x"] }),
            json!({ "anyOf": [{ "type": "number", "enum": [1, 1.5] }, { "type": "string", "enum": ["x"] }] }),
        );
    }
}
