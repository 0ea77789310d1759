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
            impossible(members);
            listed_null(members);
            nullable_reference(members);
            several_types(members, at, moved);
        }
    });
}

/// An exclusive bound is a number of its own; in 3.0 it says of the other bound that it is exclusive.
fn exclusive_bounds(members: &mut Map<String, Value>) {
    for (exclusive, bound, sign) in [
        ("exclusiveMinimum", "minimum", 1.0),
        ("exclusiveMaximum", "maximum", -1.0),
    ] {
        let number = |key: &str| members.get(key).and_then(Value::as_f64);
        let Some(excluded) = number(exclusive) else {
            continue;
        };
        // Both hold, so that the narrower one is the one that counts.
        if number(bound).is_some_and(|included| included * sign > excluded * sign) {
            members.remove(exclusive);
        } else if let Some(value) = members.insert(exclusive.to_owned(), json!(true)) {
            members.insert(bound.to_owned(), value);
        }
    }
}

/// `null` is a value like others; in 3.0 a schema has to admit it beside listing it.
fn listed_null(members: &mut Map<String, Value>) {
    let listed = members.get("enum").and_then(Value::as_array);
    if listed.is_some_and(|values| values.len() > 1 && values.contains(&Value::Null)) {
        members.entry("nullable").or_insert_with(|| json!(true));
    }
}

/// A type beside a `$ref` repeats that of its target in order to add `null` to it.
fn nullable_reference(members: &mut Map<String, Value>) {
    let types = members.get("type").and_then(Value::as_array);
    let repeats = types.is_some_and(|types| types.len() <= 2 && types.iter().any(|ty| ty == "null"));
    if members.contains_key("$ref") && repeats {
        members.remove("type");
        members.insert("nullable".to_owned(), json!(true));
    }
}

/// What is `false` is never there: a property that cannot be, an element of an array that has none.
fn impossible(members: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = members.get_mut("properties") {
        properties.retain(|_, property| *property != Value::Bool(false));
    }
    if members.get("items") == Some(&Value::Bool(false)) && !members.contains_key("prefixItems") {
        members.remove("items");
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
        Some(encoding) if encoding.eq_ignore_ascii_case("base64") => "byte",
        Some(encoding) if encoding.eq_ignore_ascii_case("base64url") => "base64url",
        Some(encoding) if encoding.eq_ignore_ascii_case("binary") => "binary",
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
    if types.len() < 2 {
        return;
    }
    if branches_say_types(members) {
        members.shift_remove("type");
        if !nulls.is_empty() {
            members.insert("nullable".to_owned(), json!(true));
        }
        return;
    }
    if members.contains_key("anyOf") {
        return;
    }
    let mut rest = Map::new();
    for (key, value) in std::mem::take(members) {
        if schemas::DESCRIBES.contains(&key.as_str()) || key.starts_with("x-") || key.starts_with('$') {
            members.insert(key, value);
        } else if key != "type" {
            rest.insert(key, value);
        }
    }
    let mut branches = Vec::new();
    for ty in types {
        let mut branch = rest.clone();
        branch.retain(|key, _| speaks_of(key, &ty));
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

/// Whether types only repeat what the branches of a choice say.
fn branches_say_types(members: &Map<String, Value>) -> bool {
    let typed = |branch: &Value| branch.get("type").is_some() || branch.get("$ref").is_some();
    let choice = |key| members.get(key).and_then(Value::as_array);
    let mut keys = members.keys();
    let bare = keys.all(|key| {
        matches!(key.as_str(), "type" | "oneOf" | "anyOf" | "discriminator")
            || schemas::DESCRIBES.contains(&key.as_str())
            || key.starts_with("x-")
    });
    let choices = [choice("oneOf"), choice("anyOf")];
    let mut branches = choices.iter().flatten().copied().flatten();
    bare && choices.iter().any(Option::is_some) && branches.all(typed)
}

/// Whether a keyword says anything of values of a type; most are about one type only, and pass over all others.
fn speaks_of(keyword: &str, ty: &Value) -> bool {
    let ty = ty.as_str().unwrap_or_default();
    match keyword {
        "properties"
        | "required"
        | "additionalProperties"
        | "patternProperties"
        | "unevaluatedProperties"
        | "minProperties"
        | "maxProperties"
        | "propertyNames"
        | "dependencies"
        | "dependentSchemas"
        | "dependentRequired"
        | "discriminator" => ty == "object",
        "items" | "prefixItems" | "additionalItems" | "unevaluatedItems" | "contains" | "minContains"
        | "maxContains" | "minItems" | "maxItems" | "uniqueItems" => ty == "array",
        "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType" | "contentSchema" => {
            ty == "string"
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => {
            matches!(ty, "integer" | "number")
        }
        _ => true,
    }
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
        let root = json!({ "components": { "schemas": { "A": schema } } });
        let mut document = Document::new("test", Notation::Json, Version::OpenApi31, root);
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
        check(
            json!({ "minimum": 3, "exclusiveMinimum": 1, "maximum": 9, "exclusiveMaximum": 9 }),
            json!({ "minimum": 3, "maximum": 9, "exclusiveMaximum": true }),
        );
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
                { "enum": [1], "type": "integer" },
                { "type": "null" },
            ] }),
        );
    }

    #[test]
    fn a_keyword_goes_to_the_type_it_is_about() {
        check(
            json!({
                "type": ["object", "array", "boolean"], "required": ["a"], "properties": { "a": {} },
                "items": { "type": "string" }, "minItems": 1,
            }),
            json!({ "anyOf": [
                { "required": ["a"], "properties": { "a": {} }, "type": "object" },
                { "items": { "type": "string" }, "minItems": 1, "type": "array" },
                { "type": "boolean" },
            ] }),
        );
    }

    #[test]
    fn types_that_branches_say_too_add_nothing() {
        let branches = json!([{ "type": "object" }, { "$ref": "#/x" }]);
        check(
            json!({ "type": ["object", "string", "null"], "oneOf": branches }),
            json!({ "oneOf": branches, "nullable": true }),
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
    fn null_is_admitted_where_it_is_listed() {
        check(
            json!({ "enum": ["a", null] }),
            json!({ "enum": ["a", null], "nullable": true }),
        );
        check(json!({ "enum": [null] }), json!({ "enum": [null] }));
        check(
            json!({ "$ref": "#/x", "type": ["object", "null"] }),
            json!({ "$ref": "#/x", "nullable": true }),
        );
        check(
            json!({ "$ref": "#/x", "type": "object" }),
            json!({ "$ref": "#/x", "type": "object" }),
        );
    }

    #[test]
    fn what_is_false_is_never_there() {
        check(
            json!({ "properties": { "a": false, "b": true }, "items": false }),
            json!({ "properties": { "b": true } }),
        );
        let closed = json!({ "prefixItems": [true], "items": false });
        check(closed.clone(), closed);
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
        check(
            json!({ "contentEncoding": "base64url" }),
            json!({ "contentEncoding": "base64url", "type": "string", "format": "base64url" }),
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
        check(
            json!({ "contentEncoding": "binary" }),
            json!({ "contentEncoding": "binary", "type": "string", "format": "binary" }),
        );
    }
}
