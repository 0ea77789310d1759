use serde_json::{Value, json};

use super::upgrade;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Notation, Version};

/// The document in its 3.0 form, and what is said.
fn upgraded(root: Value) -> (Value, Vec<String>) {
    let mut document = Document::new("test", Notation::Json, Version::Swagger2, root);
    let mut diagnostics = Diagnostics::default();
    upgrade(&mut document, &mut diagnostics);
    let said = diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.clone())
        .collect();
    (document.root, said)
}

/// An operation in its 3.0 form.
#[track_caller]
fn check(operation: Value, expected: Value) {
    let (root, said) = upgraded(json!({ "produces": ["a/b"], "paths": { "/a": { "post": operation } } }));
    assert_eq!(root["paths"]["/a"]["post"], expected);
    assert_eq!(said, [""; 0]);
}

#[test]
fn responses_keep_headers_and_examples() {
    check(
        json!({ "responses": { "default": {
            "schema": { "type": "string" },
            "headers": { "X-A": { "type": "integer", "description": "d" }, "X-B": { "type": "array", "items": {} } },
            "examples": { "a/b": "c", "other/type": 1 },
        } } }),
        json!({ "responses": { "default": {
            "headers": {
                "X-A": { "description": "d", "schema": { "type": "integer" } },
                "X-B": { "schema": { "type": "array", "items": {} } },
            },
            "content": { "a/b": { "schema": { "type": "string" }, "example": "c" } },
        } } }),
    );
}

#[test]
fn files_are_bytes() {
    check(
        json!({ "produces": ["application/json"], "responses": { "200": { "schema": { "type": "file" } } } }),
        json!({ "responses": { "200": { "content": { "application/octet-stream": { "schema": { "type": "file" } } } } } }),
    );
}

#[test]
fn arrays_in_forms_say_how_they_are_written() {
    let field = |name: &str, format: &str| json!({ "name": name, "in": "formData", "type": "array", "items": {}, "collectionFormat": format });
    let array = json!({ "type": "array", "items": {} });
    check(
        json!({ "parameters": [field("a", "multi"), field("b", "pipes"), field("c", "csv")] }),
        json!({ "requestBody": { "required": false, "content": { "application/x-www-form-urlencoded": {
            "schema": { "type": "object", "properties": { "a": array, "b": array, "c": array } },
            "encoding": {
                "a": { "style": "form", "explode": true },
                "b": { "style": "pipeDelimited", "explode": false },
                "c": { "style": "form", "explode": false },
            },
        } } } }),
    );
}

#[test]
fn fields_of_the_path_join_those_of_the_operation() {
    let field = |name: &str, ty: &str| json!({ "name": name, "in": "formData", "type": ty });
    let (root, said) = upgraded(json!({ "paths": { "/a": {
        "parameters": [field("a", "string"), field("b", "string")],
        "post": { "parameters": [field("a", "integer")] },
        "put": { "parameters": [{ "name": "body", "in": "body", "schema": {} }, field("c", "string")] },
    } } }));
    let content = |method: &str| root["paths"]["/a"][method]["requestBody"]["content"].clone();
    assert_eq!(
        content("post")["application/x-www-form-urlencoded"]["schema"]["properties"],
        json!({ "a": { "type": "integer" }, "b": { "type": "string" } })
    );
    assert_eq!(content("put"), json!({ "application/json": { "schema": {} } }));
    assert_eq!(
        said,
        ["an operation has one body, here the parameter `body`; the parameter `c` is ignored"]
    );
}

#[test]
fn flows_keep_their_addresses() {
    let definition = |flow: &str| json!({ "type": "oauth2", "flow": flow, "authorizationUrl": "a", "tokenUrl": "t", "scopes": { "s": "d" } });
    let flow = json!({ "authorizationUrl": "a", "tokenUrl": "t", "scopes": { "s": "d" } });
    for (old, new) in [
        ("implicit", "implicit"),
        ("password", "password"),
        ("application", "clientCredentials"),
        ("accessCode", "authorizationCode"),
    ] {
        let (root, _) = upgraded(json!({ "securityDefinitions": { "o": definition(old) } }));
        assert_eq!(
            root["components"]["securitySchemes"]["o"],
            json!({ "type": "oauth2", "flows": { new: flow } })
        );
    }
}
