//! Schemas before and after, and what is said.

use serde_json::json;

use super::{schema, schema_of};
use crate::document::Version;

#[test]
fn types() {
    for (written, ty) in [
        ("String", "string"),
        ("int", "integer"),
        ("Bool", "boolean"),
        ("dict", "object"),
        ("list", "array"),
    ] {
        let said = format!("A/type: `type: \"{written}\"` is read as `\"{ty}\"`");
        schema(json!({ "type": written }), json!({ "type": ty }), &[&said]);
    }
    schema(
        json!({ "type": "long" }),
        json!({ "type": "integer", "format": "int64" }),
        &["integer"],
    );
    schema(
        json!({ "type": "date-time", "format": "x" }),
        json!({ "type": "string", "format": "x" }),
        &["string"],
    );
    schema(json!({ "type": "any" }), json!({}), &["any value"]);
    schema(json!({ "type": null }), json!({ "type": "null" }), &["null"]);
    schema(
        json!({ "type": "Pet" }),
        json!({ "$ref": "#/components/schemas/Pet" }),
        &["a reference"],
    );
    schema(json!({ "type": "thing" }), json!({ "type": "thing" }), &[]);
}

#[test]
fn lists_of_types() {
    schema(
        json!({ "type": ["string"] }),
        json!({ "type": "string" }),
        &["read as `\"string\"`"],
    );
    schema(
        json!({ "type": ["string", "null"] }),
        json!({ "type": ["string", "null"] }),
        &["as in OpenAPI 3.1"],
    );
    schema(
        json!({ "type": ["string", "int"] }),
        json!({ "type": ["string", "integer"] }),
        &["read as"],
    );
    let fine = json!({ "type": ["string", "null"] });
    schema_of(Version::OpenApi31, fine.clone(), fine, &[]);
}

#[test]
fn required() {
    schema(
        json!({ "properties": { "a": { "required": true }, "b": { "required": "false" }, "c": {} }, "required": ["c"] }),
        json!({ "properties": { "a": {}, "b": {}, "c": {} }, "required": ["c", "a"] }),
        &[
            "properties/a/required: `required: true` is read as `a`",
            "`required: false`",
        ],
    );
    schema(json!({ "required": "a" }), json!({ "required": ["a"] }), &["required"]);
    schema(
        json!({ "required": "a, b" }),
        json!({ "required": ["a", "b"] }),
        &["the names a, b"],
    );
    schema(json!({ "required": true }), json!({}), &["no meaning here"]);
    schema(
        json!({ "properties": { "a": { "required": true, "properties": { "b": { "required": true } } } } }),
        json!({
            "properties": { "a": { "properties": { "b": {} }, "required": ["b"] } },
            "required": ["a"],
        }),
        &["`a`", "`b`"],
    );
}

#[test]
fn shapes() {
    schema(
        json!({ "type": "string", "properties": { "a": {} } }),
        json!({ "type": "object", "properties": { "a": {} } }),
        &["read as `object`"],
    );
    schema(
        json!({ "items": [{ "type": "string" }] }),
        json!({ "items": { "type": "string" }, "type": "array" }),
        &["an array of one"],
    );
    schema(
        json!({ "items": [{}, {}], "type": "array", "minItems": 2, "maxItems": 2 }),
        json!({ "prefixItems": [{}, {}], "items": false, "type": "array", "minItems": 2, "maxItems": 2 }),
        &["`prefixItems`"],
    );
    schema(
        json!({ "type": "array", "items": [{ "type": "string" }, { "type": "int" }] }),
        json!({ "type": "array", "prefixItems": [{ "type": "string" }, { "type": "integer" }] }),
        &["`prefixItems`", "integer"],
    );
    schema(
        json!({ "items": "string" }),
        json!({ "items": { "type": "string" } }),
        &["items"],
    );
}

#[test]
fn members() {
    schema(
        json!({ "properties": [{ "name": "a", "type": "string" }, { "b": {} }] }),
        json!({ "properties": { "a": { "type": "string" }, "b": {} } }),
        &["read as an object"],
    );
    schema(
        json!({ "properties": { "a": null, "b": "string", "c": "Pet", "d": "no such", "type": "object" } }),
        json!({ "properties": {
            "a": {}, "b": { "type": "string" }, "c": { "$ref": "#/components/schemas/Pet" }, "d": "no such",
            "type": "object",
        } }),
        &["`a: null`", "`b:", "`c:"],
    );
    schema(json!({ "properties": null }), json!({}), &["is empty"]);
    schema(
        json!({ "additionalProperties": "true" }),
        json!({ "additionalProperties": true }),
        &["true"],
    );
    schema(
        json!({ "additionalProperties": "string" }),
        json!({ "additionalProperties": { "type": "string" } }),
        &["type"],
    );
    schema(
        json!({ "allOf": { "title": "a" } }),
        json!({ "allOf": [{ "title": "a" }] }),
        &["allOf"],
    );
    schema(json!({ "oneOf": [], "anyOf": null }), json!({}), &["anyOf", "oneOf"]);
    schema(
        json!({ "allOf": { "2": { "title": "a" }, "0": { "title": "b" } } }),
        json!({ "allOf": [{ "title": "b" }, {}, { "title": "a" }] }),
        &["numbers"],
    );
    schema(
        json!({ "oneOf": { "1": { "title": "a" } } }),
        json!({ "oneOf": [false, { "title": "a" }] }),
        &["numbers"],
    );
    schema(
        json!({ "discriminator": "a" }),
        json!({ "discriminator": { "propertyName": "a" } }),
        &["the property"],
    );
    let named = json!({ "properties": { "discriminator": { "type": "string" } } });
    schema_of(Version::Swagger2, named.clone(), named, &[]);
    schema_of(
        Version::Swagger2,
        json!({ "discriminator": "a" }),
        json!({ "discriminator": { "propertyName": "a" } }),
        &[],
    );
}

#[test]
fn values() {
    schema(
        json!({ "minimum": "1", "maxLength": "5", "minItems": -1, "nullable": "true", "title": 5 }),
        json!({ "minimum": 1, "maxLength": 5, "nullable": true, "title": "5" }),
        &["title", "nullable", "minimum", "maxLength", "minItems"],
    );
    schema(
        json!({ "minLength": 5, "maxLength": 2 }),
        json!({}),
        &["both are ignored"],
    );
    schema(
        json!({ "exclusiveMinimum": 1 }),
        json!({ "exclusiveMinimum": 1 }),
        &["read as a number"],
    );
    let fine = json!({ "exclusiveMinimum": 1 });
    schema_of(Version::OpenApi31, fine.clone(), fine, &[]);
    schema(json!({ "enum": "a" }), json!({ "enum": ["a"] }), &["enum"]);
    schema(
        json!({ "type": "string", "enum": [["a", "b"]] }),
        json!({ "type": "string", "enum": ["a", "b"] }),
        &["enum"],
    );
    // An array is a value as good as any other where nothing says what the values are.
    for fine in [
        json!({ "enum": [["a", "b"]] }),
        json!({ "type": ["array", "null"], "enum": [["a", "b"]] }),
    ] {
        schema_of(Version::OpenApi31, fine.clone(), fine, &[]);
    }
    schema(json!({ "enum": null }), json!({}), &["lists no values"]);
    schema(json!({ "enum": "a, b" }), json!({ "enum": "a, b" }), &[]);
    for (ty, before, after) in [
        ("string", json!(5), json!("5")),
        ("integer", json!("5"), json!(5)),
        ("boolean", json!("False"), json!(false)),
        ("integer", json!("many"), json!("many")),
    ] {
        let changed = before != after;
        let said: &[&str] = if changed { &["default"] } else { &[] };
        schema(
            json!({ "type": ty, "default": before }),
            json!({ "type": ty, "default": after }),
            said,
        );
    }
}
