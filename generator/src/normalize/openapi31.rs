//! Schemas of OpenAPI 3.1 and 3.2, which are those of JSON Schema 2020-12 or of the dialect that the document names,
//! -> schemas of OpenAPI 3.0.

use serde_json::{Map, Value, json};

use super::schemas;
use crate::document::Document;
use crate::pointer::Pointer;

/// Rewrites every schema in place.
pub(super) fn downgrade(document: &mut Document) {
    let moved = &mut document.moved;
    schemas::walk(&mut document.root, &mut |schema, at| {
        if let Value::Object(members) = schema {
            exclusive_bounds(members);
            first_example(members);
            encoded_content(members);
            tuples(members, at, moved);
            several_types(members, at, moved);
        }
    });
}

/// An exclusive bound is a number of its own; in 3.0 it says of the other bound that it is exclusive.
fn exclusive_bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if members.get(exclusive).is_some_and(Value::is_number)
            && let Some(value) = members.insert(exclusive.to_owned(), json!(true))
        {
            members.insert(bound.to_owned(), value);
        }
    }
}

fn first_example(members: &mut Map<String, Value>) {
    let first = members
        .get("examples")
        .and_then(Value::as_array)
        .and_then(|examples| examples.first().cloned());
    if let Some(first) = first
        && !members.contains_key("example")
    {
        members.insert("example".to_owned(), first);
    }
}

/// Encoded bytes are a format in 3.0; bytes as they are need no schema in 3.1.
fn encoded_content(members: &mut Map<String, Value>) {
    let encoding = members.get("contentEncoding").and_then(Value::as_str);
    let format = match encoding {
        Some(encoding) if encoding.eq_ignore_ascii_case("base64") || encoding.eq_ignore_ascii_case("base64url") => {
            "byte"
        }
        None if members.contains_key("contentMediaType") && !members.contains_key("contentSchema") => "binary",
        _ => return,
    };
    let text = |ty: &Value| match ty {
        Value::Array(types) => types.iter().all(|ty| ty == "string" || ty == "null"),
        ty => ty == "string",
    };
    if !members.contains_key("format") && members.get("type").is_none_or(text) {
        members.entry("type").or_insert_with(|| json!("string"));
        members.insert("format".to_owned(), json!(format));
    }
}

/// Before 2020-12, `items` was a list for the first elements, and `additionalItems` was for the others.
fn tuples(members: &mut Map<String, Value>, at: &Pointer, moved: &mut Vec<(Pointer, Pointer)>) {
    let Some(Value::Array(_)) = members.get("items") else {
        return;
    };
    if let Some(first) = members.remove("items")
        && !members.contains_key("prefixItems")
    {
        moved.push((at.child("prefixItems"), at.child("items")));
        members.insert("prefixItems".to_owned(), first);
    }
    if let Some(others) = members.remove("additionalItems") {
        moved.push((at.child("items"), at.child("additionalItems")));
        members.insert("items".to_owned(), others);
    }
}

/// Several types become a choice between schemas of one type each; `null` stays with the schema itself.
fn several_types(members: &mut Map<String, Value>, at: &Pointer, moved: &mut Vec<(Pointer, Pointer)>) {
    let Some(Value::Array(types)) = members.get("type") else {
        return;
    };
    let (nulls, types): (Vec<Value>, Vec<Value>) = types.iter().cloned().partition(|ty| ty == "null");
    if types.len() < 2 || members.contains_key("anyOf") {
        return;
    }
    let describes = [
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
    ];
    let mut rest = Map::new();
    for (key, value) in std::mem::take(members) {
        if describes.contains(&key.as_str()) || key.starts_with("x-") || key.starts_with('$') {
            members.insert(key, value);
        } else if key != "type" {
            rest.insert(key, value);
        }
    }
    let mut branches = Vec::new();
    for ty in types {
        let mut branch = rest.clone();
        if !keep_fitting_values(&mut branch, &ty) {
            continue;
        }
        branch.insert("type".to_owned(), ty);
        moved.push((at.child("anyOf").child(branches.len()), at.clone()));
        branches.push(Value::Object(branch));
    }
    if !nulls.is_empty() {
        branches.push(json!({ "type": "null" }));
    }
    members.insert("anyOf".to_owned(), Value::Array(branches));
}

/// Leaves only the listed values that have the type of the branch; false when none of them has.
fn keep_fitting_values(branch: &mut Map<String, Value>, ty: &Value) -> bool {
    let Some(Value::Array(values)) = branch.get_mut("enum") else {
        return true;
    };
    values.retain(|value| match ty.as_str() {
        Some("string") => value.is_string(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        _ => value.is_object(),
    });
    !values.is_empty()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::downgrade;
    use crate::document::{Document, Notation, Version};

    #[track_caller]
    fn check(schema: Value, expected: Value) {
        let mut document = Document {
            name: "test".to_owned(),
            notation: Notation::Json,
            version: Version::OpenApi31,
            root: json!({ "components": { "schemas": { "A": schema } } }),
            moved: Vec::new(),
        };
        downgrade(&mut document);
        assert_eq!(document.root["components"]["schemas"]["A"], expected);
    }

    #[test]
    fn exclusive_bounds() {
        check(
            json!({ "exclusiveMinimum": 0 }),
            json!({ "exclusiveMinimum": true, "minimum": 0 }),
        );
        check(json!({ "exclusiveMaximum": true }), json!({ "exclusiveMaximum": true }));
    }

    #[test]
    fn one_type_and_null_stays_a_list() {
        check(
            json!({ "type": ["string", "null"] }),
            json!({ "type": ["string", "null"] }),
        );
    }

    #[test]
    fn several_types_become_a_choice() {
        check(
            json!({ "description": "d", "type": ["string", "integer", "null"], "enum": ["a", 1], "minLength": 2 }),
            json!({ "description": "d", "anyOf": [
                { "enum": ["a"], "minLength": 2, "type": "string" },
                { "enum": [1], "minLength": 2, "type": "integer" },
                { "type": "null" },
            ] }),
        );
    }

    #[test]
    fn a_type_without_listed_values_is_no_choice() {
        check(
            json!({ "type": ["string", "integer"], "enum": ["a"] }),
            json!({ "anyOf": [{ "enum": ["a"], "type": "string" }] }),
        );
    }

    #[test]
    fn lists_of_items_are_those_of_today() {
        check(
            json!({ "items": [{ "type": "string" }], "additionalItems": { "exclusiveMinimum": 1 } }),
            json!({ "prefixItems": [{ "type": "string" }], "items": { "exclusiveMinimum": true, "minimum": 1 } }),
        );
    }

    #[test]
    fn encoded_content_has_a_format() {
        check(
            json!({ "contentEncoding": "BASE64", "type": ["string", "null"] }),
            json!({ "contentEncoding": "BASE64", "type": ["string", "null"], "format": "byte" }),
        );
        let json = json!({ "contentMediaType": "application/json", "contentSchema": {}, "type": "string" });
        check(json.clone(), json);
        check(
            json!({ "contentEncoding": "base64", "type": "string" }),
            json!({ "contentEncoding": "base64", "type": "string", "format": "byte" }),
        );
        check(
            json!({ "contentMediaType": "image/png" }),
            json!({ "contentMediaType": "image/png", "type": "string", "format": "binary" }),
        );
    }
}
