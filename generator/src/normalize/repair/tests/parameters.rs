//! Parameters before and after, and what is said.

use serde_json::json;

use super::{operation, operation_of, parameter, root_of};
use crate::document::Version;

#[test]
fn places() {
    for (written, place) in [
        ("Header", "header"),
        (" query ", "query"),
        ("COOKIE", "cookie"),
        ("queryString", "query"),
    ] {
        parameter(
            json!({ "name": "a", "in": written, "schema": {} }),
            json!({ "name": "a", "in": place, "schema": {} }),
            &[&format!(
                "#/paths/~1a~1{{id}}/get/parameters/0/in: `in: {written}` is read as `{place}`"
            )],
        );
    }
    parameter(
        json!({ "name": "id", "schema": {} }),
        json!({ "name": "id", "schema": {}, "in": "path" }),
        &["read as `in: path`"],
    );
    parameter(
        json!({ "name": "b", "schema": {} }),
        json!({ "name": "b", "schema": {}, "in": "query" }),
        &["read as `in: query`"],
    );
    let unknown = json!({ "name": "a", "in": "somewhere", "schema": {} });
    parameter(unknown.clone(), unknown, &[]);
    let version_32 = json!({ "parameters": [{ "name": "a", "in": "querystring", "content": {} }] });
    operation_of(Version::OpenApi32, version_32.clone(), version_32, &[]);
}

#[test]
fn names() {
    for written in ["{id}", " id ", "ID", "i-d"] {
        parameter(
            json!({ "name": written, "in": "path", "schema": {} }),
            json!({ "name": "id", "in": "path", "schema": {} }),
            &["is read as `id`"],
        );
    }
    let other = json!({ "name": "other", "in": "path", "schema": {} });
    parameter(other.clone(), other, &[]);
}

#[test]
fn keywords_beside_the_name_belong_to_the_schema() {
    parameter(
        json!({ "name": "a", "in": "query", "required": "true", "type": "string", "enum": ["b"] }),
        json!({ "name": "a", "in": "query", "required": true, "schema": { "type": "string", "enum": ["b"] } }),
        &[
            "`required: \"true\"` is read as `true`",
            "`type`, `enum` is read as part of `schema`",
        ],
    );
    parameter(
        json!({ "name": "a", "in": "query", "schema": { "$ref": "#/x" }, "default": 1 }),
        json!({ "name": "a", "in": "query", "schema": { "allOf": [{ "$ref": "#/x" }], "default": 1 } }),
        &["`default` is read as part of `schema`"],
    );
    parameter(
        json!({ "name": "a", "in": "query", "type": "array", "items": {}, "collectionFormat": "pipes" }),
        json!({
            "name": "a", "in": "query", "style": "pipeDelimited", "explode": false,
            "schema": { "type": "array", "items": {} },
        }),
        &["part of `schema`", "read as a style"],
    );
    operation_of(
        Version::Swagger2,
        json!({ "parameters": [{ "name": "a", "in": "Query", "schema": { "type": "string" } }] }),
        json!({ "parameters": [{ "name": "a", "in": "query", "type": "string" }] }),
        &["`in: Query`", "is read as its keywords"],
    );
}

#[test]
fn files_of_swagger_2() {
    operation_of(
        Version::Swagger2,
        json!({
            "parameters": [{ "name": "a", "in": "formdata", "type": "File" }],
            "responses": { "200": { "description": "", "schema": { "type": "File" } } },
        }),
        json!({
            "parameters": [{ "name": "a", "in": "formData", "type": "file" }],
            "responses": { "200": { "description": "", "schema": { "type": "file" } } },
        }),
        &["`in: formdata`", "read as `\"file\"`", "read as `\"file\"`"],
    );
}

#[test]
fn styles() {
    parameter(
        json!({ "name": "a", "in": "query", "style": "deepobject", "explode": "false", "schema": {} }),
        json!({ "name": "a", "in": "query", "style": "deepObject", "explode": false, "schema": {} }),
        &["`explode: \"false\"`", "read as `deepObject`"],
    );
    parameter(
        json!({ "name": "a", "in": "header", "style": "form", "schema": {} }),
        json!({ "name": "a", "in": "header", "schema": {} }),
        &["the default is used"],
    );
}

#[test]
fn leftovers_of_swagger_1() {
    parameter(
        json!({ "name": "a", "paramType": "query", "dataType": "string", "allowMultiple": true }),
        json!({
            "name": "a", "in": "query", "style": "form", "explode": false,
            "schema": { "type": "array", "items": { "type": "string" } },
        }),
        &[
            "`paramType`",
            "`dataType`",
            "`allowMultiple`",
            "part of `schema`",
            "style",
        ],
    );
}

#[test]
fn lists() {
    let a = json!({ "name": "a", "in": "query", "schema": {} });
    operation(
        json!({ "parameters": { "a": { "in": "query", "schema": {} } } }),
        json!({ "parameters": [{ "in": "query", "schema": {}, "name": "a" }] }),
        &["read as a list"],
    );
    operation(
        json!({ "parameters": a }),
        json!({ "parameters": [a] }),
        &["read as a list"],
    );
    operation(json!({ "parameters": null }), json!({}), &["is empty"]);
    operation(
        json!({ "parameters": [a, a] }),
        json!({ "parameters": [a, a] }),
        &["parameters/1: `a` is declared twice in `query`"],
    );
}

#[test]
fn bodies_of_swagger_2() {
    operation(
        json!({ "parameters": [
            { "name": "b", "in": "Body", "required": true, "schema": { "type": "object" } },
            { "name": "a", "in": "query", "schema": {} },
        ] }),
        json!({
            "parameters": [{ "name": "a", "in": "query", "schema": {} }],
            "requestBody": { "content": { "application/json": { "schema": { "type": "object" } } }, "required": true },
        }),
        &["`in: Body` is read as `body`", "read as the request body"],
    );
    operation(
        json!({ "parameters": [{ "name": "f", "in": "form", "required": true, "schema": { "type": "string" } }] }),
        json!({
            "parameters": [],
            "requestBody": {
                "content": { "application/x-www-form-urlencoded": { "schema": {
                    "type": "object", "properties": { "f": { "type": "string" } }, "required": ["f"],
                } } },
                "required": true,
            },
        }),
        &["read as `formData`", "read as the request body"],
    );
}

fn with_path(key: &str, parameters: serde_json::Value) -> serde_json::Value {
    json!({ "paths": { key: { "get": { "responses": {}, "parameters": parameters } } } })
}

#[test]
fn what_the_query_of_a_key_names() {
    let key = "/a?b={c}&d=e";
    root_of(
        Version::OpenApi30,
        with_path(
            key,
            json!([{ "name": "c", "in": "path", "required": true, "schema": {} }]),
        ),
        with_path(
            key,
            json!([{ "name": "b", "in": "query", "required": true, "schema": {} }]),
        ),
        &["read as the query parameter `b`"],
    );
    root_of(
        Version::OpenApi30,
        with_path(key, json!([{ "name": "d", "in": "query", "schema": {} }])),
        with_path(
            key,
            json!([
                { "name": "d", "in": "query", "schema": {}, "required": true },
                { "name": "b", "in": "query", "required": true, "schema": { "type": "string" } },
            ]),
        ),
        &[
            "`c` is in the query of the path",
            "`d` is in the path template, so it is required",
        ],
    );
}

#[test]
fn shared_parameters_are_changed_where_they_are_used() {
    let components = json!({ "parameters": { "Id": { "name": "ID", "in": "path", "schema": {} } } });
    let document = |parameters: serde_json::Value| {
        json!({
            "components": components,
            "paths": { "/a/{id}": { "parameters": parameters, "get": { "responses": {} } } },
        })
    };
    root_of(
        Version::OpenApi30,
        document(json!([{ "$ref": "#/components/parameters/Id" }])),
        document(json!([{ "name": "id", "in": "path", "schema": {} }])),
        &["`ID` is read as `id`, which is in the path template"],
    );
}
