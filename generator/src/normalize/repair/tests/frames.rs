//! Operations, responses, security and servers before and after, and what is said.

use serde_json::{Value, json};

use super::{operation, operation_of, root_of};
use crate::document::Version;

#[test]
fn members_of_operations() {
    operation(
        json!({ "operationId": 5, "tags": "a", "summary": null, "deprecated": "true", "security": { "key": [] } }),
        json!({ "operationId": "5", "tags": ["a"], "deprecated": true, "security": [{ "key": [] }] }),
        &["operationId", "summary", "deprecated", "tags", "security"],
    );
}

#[test]
fn methods() {
    let document = |method: &str| json!({ "paths": { "/a": { method: { "responses": {} } } } });
    let said = ["#/paths/~1a/GET: `GET` is read as the method `get`"];
    root_of(Version::OpenApi30, document("GET"), document("get"), &said);
}

#[test]
fn responses_without_a_frame() {
    root_of(
        Version::OpenApi30,
        json!({ "paths": { "/a": { "get": {} } } }),
        json!({ "paths": { "/a": { "get": {} } } }),
        &["has no `responses`"],
    );
    operation(
        json!({ "responses": [{ "code": 200, "description": "a" }, { "404": "b" }] }),
        json!({ "responses": { "200": { "code": 200, "description": "a" }, "404": { "description": "b" } } }),
        &["read as an object", "read as the description"],
    );
    operation(
        json!({ "responses": { "2xx": null, "404 Not Found": { "description": ["a", "b"] } } }),
        json!({ "responses": { "2XX": { "description": "" }, "404": { "description": "a\nb" } } }),
        &[
            "`2xx` is read as `2XX`",
            "`404 Not Found` is read as `404`",
            "this response is empty",
            "description",
        ],
    );
}

#[track_caller]
fn response(before: Value, after: Value, messages: &[&str]) {
    let wrap = |response: Value| json!({ "responses": { "200": response } });
    operation(wrap(before), wrap(after), messages);
}

#[test]
fn content_with_a_level_too_few() {
    let schema = json!({ "$ref": "#/components/schemas/A" });
    let after = json!({ "content": { "application/json": { "schema": schema } } });
    response(
        json!({ "schema": schema }),
        after.clone(),
        &["/200/schema: `schema` is read as that of the `content`"],
    );
    response(
        json!({ "content": schema }),
        after.clone(),
        &["read as a media type object"],
    );
    response(
        json!({ "content": { "schema": schema } }),
        json!({ "content": { "application/json": { "schema": schema } } }),
        &["media type"],
    );
    response(
        json!({ "content": { "application/json": schema } }),
        after.clone(),
        &["read as the `schema`"],
    );
    response(
        json!({ "application/json": { "schema": schema } }),
        after.clone(),
        &["part of `content`"],
    );
    response(after.clone(), after, &[]);
    operation(
        json!({ "requestBody": { "required": "true", "schema": schema } }),
        json!({ "requestBody": { "required": true, "content": { "application/json": { "schema": schema } } } }),
        &["required", "read as that of the `content`"],
    );
}

#[test]
fn headers() {
    response(
        json!({ "headers": [{ "name": "X-A", "type": "integer" }] }),
        json!({ "headers": { "X-A": { "schema": { "type": "integer" } } } }),
        &["read as an object", "part of `schema`"],
    );
}

#[track_caller]
fn scheme(before: Value, after: Value, messages: &[&str]) {
    let wrap = |scheme: Value| json!({ "components": { "securitySchemes": { "a": scheme } } });
    root_of(Version::OpenApi30, wrap(before), wrap(after), messages);
}

#[test]
fn security() {
    scheme(
        json!({ "type": "APIKEY", "in": "Header", "name": "X-Key" }),
        json!({ "type": "apiKey", "in": "header", "name": "X-Key" }),
        &["`type: APIKEY`", "`in: Header`"],
    );
    scheme(
        json!({ "type": "bearer" }),
        json!({ "type": "http", "scheme": "bearer" }),
        &["`type: http, scheme: bearer`"],
    );
    scheme(
        json!({ "type": "basic" }),
        json!({ "type": "http", "scheme": "basic" }),
        &["`type: http"],
    );
    scheme(
        json!({ "type": "http", "bearerFormat": "JWT" }),
        json!({ "type": "http", "bearerFormat": "JWT", "scheme": "bearer" }),
        &["`scheme: bearer`"],
    );
    scheme(
        json!({ "name": "k", "in": "query" }),
        json!({ "name": "k", "in": "query", "type": "apiKey" }),
        &["`type: apiKey`"],
    );
    scheme(
        json!({ "type": "apiKey", "name": "k" }),
        json!({ "type": "apiKey", "name": "k", "in": "header" }),
        &["`in: header`"],
    );
    root_of(
        Version::OpenApi30,
        json!({ "security": ["a"] }),
        json!({ "security": [{ "a": [] }] }),
        &["name of a"],
    );
    let basic = json!({ "securityDefinitions": { "a": { "type": "basic" } } });
    root_of(Version::Swagger2, basic.clone(), basic, &[]);
}

#[test]
fn servers() {
    root_of(
        Version::OpenApi30,
        json!({ "servers": { "url": " https://{a}.test ", "variables": { "a": { "enum": ["x", "y"] } } } }),
        json!({ "servers": [{ "url": "https://{a}.test", "variables": { "a": { "enum": ["x", "y"], "default": "x" } } }] }),
        &["servers", "spaces around", "has no default"],
    );
    root_of(
        Version::OpenApi30,
        json!({ "servers": ["/v1"] }),
        json!({ "servers": [{ "url": "/v1" }] }),
        &["URL"],
    );
}

#[test]
fn hosts_of_swagger_2() {
    root_of(
        Version::Swagger2,
        json!({ "host": "https://a.test/v1/", "basePath": "b", "swagger": "2.0" }),
        json!({ "host": "a.test", "basePath": "/v1/b", "swagger": "2.0", "schemes": ["https"] }),
        &["read as the host `a.test`"],
    );
    root_of(
        Version::Swagger2,
        json!({ "host": "a.test:80", "basePath": "b", "schemes": "HTTP" }),
        json!({ "host": "a.test:80", "basePath": "/b", "schemes": ["http"] }),
        &["schemes", "`basePath` is read as `/b`"],
    );
    root_of(
        Version::Swagger2,
        json!({ "basePath": "http://a.test/v1" }),
        json!({ "basePath": "/v1", "schemes": ["http"], "host": "a.test" }),
        &["read as the host"],
    );
    let fine = json!({ "host": "a.test", "basePath": "/", "schemes": ["https"] });
    root_of(Version::Swagger2, fine.clone(), fine, &[]);
}

#[test]
fn what_is_right_is_left_alone() {
    let fine = json!({
        "tags": ["a"],
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "requestBody": { "content": { "application/json": { "schema": {} } } },
        "responses": { "2XX": { "description": "", "content": {}, "headers": { "A": { "schema": {} } } }, "default": {} },
    });
    operation(fine.clone(), fine.clone(), &[]);
    operation_of(Version::OpenApi31, fine.clone(), fine, &[]);
}
