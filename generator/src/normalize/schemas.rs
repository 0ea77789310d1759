//! Visits every schema object of a document.

use serde_json::Value;

use crate::pointer::Pointer;

/// Keywords that only describe a schema, and stay with it when the others move into the branches of a choice.
pub(super) const DESCRIBES: [&str; 9] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "xml",
];

/// Keywords whose value is a schema.
const SINGLE: [&str; 13] = [
    "items",
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "itemSchema",
    "contentSchema",
    "additionalItems",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Keywords whose value is a list of schemas.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords whose value is a map of schemas.
const MAPS: [&str; 6] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "dependencies",
];

/// Members of a document that hold values of the API, not parts of the document.
pub(super) const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Members of a document whose own members have names that the document gives, whatever they sound like.
const NAMED: [&str; 14] = [
    "paths",
    "webhooks",
    "x-webhooks",
    "callbacks",
    "additionalOperations",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "content",
    "encoding",
    "pathItems",
    "mediaTypes",
    "links",
];

/// Whether a keyword only describes a schema.
pub(super) fn describes(key: &str) -> bool {
    DESCRIBES.contains(&key) || key.starts_with("x-")
}

/// Whether the members of a member have names that the document gives.
pub(super) fn is_map(key: &str) -> bool {
    MAPS.contains(&key) || NAMED.contains(&key) || key == "schemas"
}

/// Calls `visit` for every schema object, outer ones first, with its place.
pub(super) fn walk(root: &mut Value, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    document(root, &mut Pointer::root(), visit);
}

fn document(value: &mut Value, at: &mut Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements
                .iter_mut()
                .enumerate()
                .filter(|(_, element)| has_inside(element))
            {
                at.below(&index.to_string(), |at| document(element, at, visit));
            }
        }
        Value::Object(members) => {
            let in_components = at.as_str() == "/components";
            for (key, member) in members.iter_mut().filter(|(_, member)| has_inside(member)) {
                at.below(key, |at| match key.as_str() {
                    "schema" | "itemSchema" => schema(member, at, visit),
                    "schemas" if in_components => map(member, at, visit),
                    key if NAMED.contains(&key) => named(member, at, visit),
                    key if VALUES.contains(&key) || key.starts_with("x-") => {}
                    _ => document(member, at, visit),
                });
            }
        }
        _ => {}
    }
}

fn has_inside(value: &Value) -> bool {
    value.is_object() || value.is_array()
}

/// What stands under names, or in a list.
fn named(value: &mut Value, at: &mut Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut().filter(|(_, member)| has_inside(member)) {
                at.below(name, |at| document(member, at, visit));
            }
        }
        other => document(other, at, visit),
    }
}

fn map(value: &mut Value, at: &mut Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    for (name, value) in value.as_object_mut().into_iter().flatten() {
        at.below(name, |at| schema(value, at, visit));
    }
}

fn schema(value: &mut Value, at: &mut Pointer, visit: &mut dyn FnMut(&mut Value, &Pointer)) {
    if !value.is_object() {
        return;
    }
    visit(value, at);
    let members = value.as_object_mut().into_iter().flatten();
    for (key, member) in members.filter(|(_, member)| has_inside(member)) {
        let key = key.as_str();
        if SINGLE.contains(&key) {
            at.below(key, |at| schema(member, at, visit));
        } else if MAPS.contains(&key) {
            at.below(key, |at| map(member, at, visit));
        } else if LISTS.contains(&key) {
            at.below(key, |at| {
                for (index, element) in member.as_array_mut().into_iter().flatten().enumerate() {
                    at.below(&index.to_string(), |at| schema(element, at, visit));
                }
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::walk;

    #[test]
    fn schemas_are_found_and_values_are_not() {
        let mut document = json!({
            "paths": { "/a": { "get": {
                "parameters": [{ "name": "schema", "schema": { "type": "string" } }],
                "responses": { "200": { "content": { "application/json": {
                    "example": { "schema": { "type": "no" } },
                    "schema": { "items": { "$ref": "#/x" } },
                } } }, "default": { "content": { "schema": { "schema": { "title": "c" } } } } },
            } } },
            "webhooks": { "example": { "post": { "requestBody": { "content": { "a/b": { "itemSchema": {} } } } } } },
            "components": { "schemas": { "A": {
                "properties": { "schema": { "type": "number" }, "default": { "type": "number" } },
                "default": { "properties": {} },
                "allOf": [{ "title": "b" }],
            } } },
        });
        let mut found = Vec::new();
        walk(&mut document, &mut |_, at| found.push(at.to_string()));
        assert_eq!(
            found,
            [
                "#/paths/~1a/get/parameters/0/schema",
                "#/paths/~1a/get/responses/200/content/application~1json/schema",
                "#/paths/~1a/get/responses/200/content/application~1json/schema/items",
                "#/paths/~1a/get/responses/default/content/schema/schema",
                "#/webhooks/example/post/requestBody/content/a~1b/itemSchema",
                "#/components/schemas/A",
                "#/components/schemas/A/properties/schema",
                "#/components/schemas/A/properties/default",
                "#/components/schemas/A/allOf/0",
            ]
        );
    }
}
