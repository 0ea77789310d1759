//! A document that has every name which could be in the way of generated code, in every role that a name of a document
//! can have: what is made of it must compile, and mean what it means under other names. And documents with payloads for
//! names and texts, which must stay words.

mod faults;
mod payloads;
mod words;

use serde_json::{Map, Value, json};

pub use faults::{deceives, faults};
pub use payloads::{MARK, poisoned};
pub use words::{awkward, words};

/// Each word in every role: a property, a required property, a value, a schema, a branch, a parameter in each place, a
/// header of a response, an operation, a tag, a server with a variable, a security scheme and a media type.
#[must_use]
pub fn everything(words: &[String]) -> Value {
    let mut paths = operations(words, &["own operations"]);
    paths.extend(parameters(words));
    paths.extend(tags(words));
    paths.extend(bodies(words));
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Names", "version": "1" },
        "servers": servers(words),
        "paths": paths,
        "components": { "schemas": schemas(words), "securitySchemes": security(words) },
    })
}

/// Each word as the name of a list of itself, which is a type that can be called like a function, and as that of an
/// operation without a tag, which is a method of the client itself.
#[must_use]
pub fn lists(words: &[String]) -> Value {
    let mut schemas = each(words, |_, word| json!({ "type": "array", "items": reference(word) }));
    let all = each(words, |_, word| reference(word));
    schemas.insert("Own all".to_owned(), json!({ "type": "object", "properties": all }));
    let mut paths = operations(words, &[]);
    paths.insert("/all".to_owned(), json!({ "post": exchanges("Own all") }));
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Names of lists", "version": "1" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// An object with a member for each word.
fn each(words: &[String], value: impl Fn(usize, &str) -> Value) -> Map<String, Value> {
    let members = words.iter().enumerate();
    members
        .map(|(index, word)| (word.clone(), value(index, word)))
        .collect()
}

fn list(words: &[String], value: impl Fn(usize, &str) -> Value) -> Value {
    let elements = words.iter().enumerate();
    elements.map(|(index, word)| value(index, word)).collect()
}

/// One path for each word, with what is there.
fn paths(words: &[String], below: &str, operation: impl Fn(usize, &str) -> Value) -> Map<String, Value> {
    let paths = words.iter().enumerate();
    paths
        .map(|(index, word)| (format!("/{below}/{index}"), json!({ "get": operation(index, word) })))
        .collect()
}

fn text() -> Value {
    json!({ "type": "string" })
}

fn reference(name: &str) -> Value {
    let name = name.replace('~', "~0").replace('/', "~1");
    let name = name.replace('%', "%25").replace(' ', "%20");
    json!({ "$ref": format!("#/components/schemas/{name}") })
}

fn done() -> Value {
    json!({ "204": { "description": "Done." } })
}

/// An operation that takes and returns a schema.
fn exchanges(schema: &str) -> Value {
    let content = json!({ "application/json": { "schema": reference(schema) } });
    json!({
        "operationId": schema,
        "requestBody": { "content": content },
        "responses": { "200": { "description": "It.", "content": content } },
    })
}

fn schemas(words: &[String]) -> Map<String, Value> {
    let mut schemas = each(
        words,
        |_, _| json!({ "type": "object", "properties": { "own tag": text() } }),
    );
    let branches = list(words, |_, word| reference(word));
    let all = ["optional", "required", "value", "union"];
    let all: Map<String, Value> = all
        .iter()
        .map(|name| ((*name).to_owned(), reference(&format!("Own {name}"))))
        .collect();
    let own = [
        (
            "Own optional",
            json!({ "type": "object", "properties": each(words, |_, _| text()) }),
        ),
        (
            "Own required",
            json!({ "type": "object", "required": words, "properties": each(words, |_, _| text()) }),
        ),
        ("Own value", json!({ "type": "string", "enum": words })),
        (
            "Own union",
            json!({ "oneOf": branches, "discriminator": { "propertyName": "own tag" } }),
        ),
        ("Own all", json!({ "type": "object", "properties": all })),
    ];
    schemas.extend(own.into_iter().map(|(name, schema)| (name.to_owned(), schema)));
    schemas
}

fn operations(words: &[String], tags: &[&str]) -> Map<String, Value> {
    paths(
        words,
        "operations",
        |_, word| json!({ "operationId": word, "tags": tags, "responses": done() }),
    )
}

fn tags(words: &[String]) -> Map<String, Value> {
    paths(
        words,
        "tags",
        |index, word| json!({ "operationId": format!("own tag {index}"), "tags": [word], "responses": done() }),
    )
}

/// Operations with a parameter for each word: where three have the same one, they share its setter.
fn parameters(words: &[String]) -> Map<String, Value> {
    let all = |place: &str, required: bool, words: &[String]| {
        list(
            words,
            |_, word| json!({ "name": word, "in": place, "required": required, "schema": text() }),
        )
    };
    let named = |word: &&String| !word.trim().is_empty() && !word.contains(['/', '{', '}', '?', '#', '*', '+', '.']);
    let named: Vec<String> = words.iter().filter(named).cloned().collect();
    let template: String = named.iter().map(|word| format!("/{{{word}}}")).collect();
    let operations = [
        (
            format!("/parameters/path{template}"),
            "own path",
            all("path", true, &named),
        ),
        (
            "/parameters/header".to_owned(),
            "own header",
            all("header", false, words),
        ),
        (
            "/parameters/shared/1".to_owned(),
            "own shared 1",
            all("query", false, words),
        ),
        (
            "/parameters/shared/2".to_owned(),
            "own shared 2",
            all("query", false, words),
        ),
        (
            "/parameters/shared/3".to_owned(),
            "own shared 3",
            all("query", false, words),
        ),
    ];
    let operation = |(path, id, parameters)| {
        let operation = json!({ "operationId": id, "parameters": parameters, "responses": done() });
        (path, json!({ "get": operation }))
    };
    operations.into_iter().map(operation).collect()
}

/// Operations with bodies of every model and of as many media types as there are words, and replies with as many headers.
fn bodies(words: &[String]) -> Map<String, Value> {
    let headers = each(words, |_, _| json!({ "schema": text() }));
    let media_type = |word: &String| {
        let word = word.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        (format!("text/{word}"), json!({ "schema": text() }))
    };
    let media_types: Map<String, Value> = words.iter().map(media_type).collect();
    let replies = json!({ "204": { "description": "Done.", "headers": headers } });
    let media_types =
        json!({ "operationId": "own media types", "requestBody": { "content": media_types }, "responses": replies });
    let paths = [("/all", exchanges("Own all")), ("/media-types", media_types)];
    let paths = paths.into_iter();
    paths
        .map(|(path, operation)| (path.to_owned(), json!({ "post": operation })))
        .collect()
}

/// Servers that are called like words, each with a variable that is, and one server with all variables.
fn servers(words: &[String]) -> Value {
    let named: Vec<String> = words
        .iter()
        .filter(|word| !word.contains(['{', '}', '?', '#']))
        .cloned()
        .collect();
    let template: String = named.iter().map(|word| format!("/{{{word}}}")).collect();
    let variables = each(&named, |_, _| json!({ "default": "a" }));
    let mut servers = vec![json!({ "url": format!("https://names.example.com{template}"), "variables": variables })];
    servers.extend(named.iter().map(|word| {
        let variables = json!({ word: { "default": "a", "enum": ["a", word] } });
        json!({ "url": format!("https://names.example.com/{{{word}}}"), "description": word, "variables": variables })
    }));
    Value::Array(servers)
}

/// Security schemes that are called like words, of all kinds.
fn security(words: &[String]) -> Map<String, Value> {
    each(words, |index, _| match index % 3 {
        0 => json!({ "type": "apiKey", "in": "header", "name": "own-key" }),
        1 => json!({ "type": "http", "scheme": "basic" }),
        _ => json!({
            "type": "oauth2",
            "flows": { "clientCredentials": { "tokenUrl": "https://names.example.com/token", "scopes": {} } },
        }),
    })
}
