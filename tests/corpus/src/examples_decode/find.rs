//! The examples of a document and the schemas beside them, found in its text alone: what Envoi made of them is what is
//! being tried.

use std::fmt;

use envoi::Pointer;
use serde_json::{Map, Value};

/// An example.
#[derive(Debug)]
pub struct Found<'d> {
    /// Where it stands.
    pub at: Pointer,
    pub value: &'d Value,
    /// The schema that it is an example of.
    pub schema: Pointer,
    pub of: Of,
}

/// What an example is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    Request,
    Response,
    Parameter,
    Header,
    /// A schema, be it a component, a property or inline.
    Schema,
}

impl fmt::Display for Of {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Request => "request bodies",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Header => "headers",
            Self::Schema => "schemas",
        })
    }
}

/// Members that hold values of the API, not parts of the document.
const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Members of which each has a name that the document gives.
const NAMED: [&str; 13] = [
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
];

/// Every example of a document.
pub fn examples(root: &Value) -> Vec<Found<'_>> {
    let mut search = Search {
        root,
        found: Vec::new(),
    };
    search.object(root, &Pointer::root(), Of::Response, "");
    search.found
}

struct Search<'d> {
    root: &'d Value,
    found: Vec<Found<'d>>,
}

impl<'d> Search<'d> {
    /// A part of the document that is no schema; `parent` is the name of the map or the member it stands in.
    fn object(&mut self, value: &'d Value, at: &Pointer, of: Of, parent: &str) {
        match value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(element, &at.child(index), of, parent);
                }
            }
            Value::Object(members) => {
                self.beside_schema(members, at, of, parent);
                for (key, member) in members {
                    self.member(key, member, at, of, parent);
                }
            }
            _ => {}
        }
    }

    fn member(&mut self, key: &str, member: &'d Value, at: &Pointer, of: Of, parent: &str) {
        let below = at.child(key);
        let of = match key {
            "requestBody" | "requestBodies" => Of::Request,
            "responses" => Of::Response,
            "parameters" => Of::Parameter,
            "headers" => Of::Header,
            _ => of,
        };
        match key {
            "schema" | "itemSchema" => self.schema(member, &below),
            "schemas" if parent == "components" => self.schemas(member, &below),
            "definitions" if at.as_str().is_empty() => self.schemas(member, &below),
            key if NAMED.contains(&key) && member.is_object() => {
                for (name, inner) in members(Some(member)) {
                    self.object(inner, &below.child(name), of, key);
                }
            }
            key if VALUES.contains(&key) || (key.starts_with("x-") && key != "x-webhooks") => {}
            key => self.object(member, &below, of, key),
        }
    }

    /// What a media type, a parameter, a header or a response of Swagger 2.0 has beside its schema.
    fn beside_schema(&mut self, object: &'d Map<String, Value>, at: &Pointer, of: Of, parent: &str) {
        let of = match parent {
            "parameters" if object.get("in").is_some_and(|place| place == "body") => Of::Request,
            "parameters" if object.contains_key("in") => Of::Parameter,
            "content" | "headers" | "responses" => of,
            _ => return,
        };
        let schema = match object.contains_key("schema") {
            true => at.child("schema"),
            // parameters and headers of Swagger 2.0 are schemas themselves
            false if object.contains_key("type") => at.clone(),
            false => return,
        };
        if parent == "responses" {
            for (media_type, value) in members(object.get("examples")) {
                self.found.push(Found {
                    at: at.child("examples").child(media_type),
                    value,
                    schema: schema.clone(),
                    of,
                });
            }
            return;
        }
        for key in ["example", "x-example"] {
            if let Some(value) = object.get(key) {
                let (at, schema) = (at.child(key), schema.clone());
                self.found.push(Found { at, value, schema, of });
            }
        }
        for (name, entry) in members(object.get("examples")) {
            if let Some(value) = self.entry(entry) {
                let at = at.child("examples").child(name);
                let schema = schema.clone();
                self.found.push(Found { at, value, schema, of });
            }
        }
    }

    /// The value of an Example Object, if the document has it.
    fn entry(&self, entry: &'d Value) -> Option<&'d Value> {
        let entry = match entry.get("$ref").and_then(Value::as_str) {
            Some(reference) => self.root.pointer(Pointer::parse(reference.trim())?.as_str())?,
            None => entry,
        };
        entry.get("dataValue").or_else(|| entry.get("value"))
    }

    fn schemas(&mut self, named: &'d Value, at: &Pointer) {
        for (name, schema) in members(Some(named)) {
            self.schema(schema, &at.child(name));
        }
    }

    fn schema(&mut self, schema: &'d Value, at: &Pointer) {
        if let Some(value) = schema.get("example") {
            self.found.push(Found {
                at: at.child("example"),
                value,
                schema: at.clone(),
                of: Of::Schema,
            });
        }
        let several = schema.get("examples").and_then(Value::as_array);
        for (index, value) in several.into_iter().flatten().enumerate() {
            self.found.push(Found {
                at: at.child("examples").child(index),
                value,
                schema: at.clone(),
                of: Of::Schema,
            });
        }
        for (key, value) in members(Some(schema)) {
            let below = at.child(key);
            match key.as_str() {
                "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
                    self.schemas(value, &below);
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" | "items" if value.is_array() => {
                    for (index, branch) in value.as_array().into_iter().flatten().enumerate() {
                        self.schema(branch, &below.child(index));
                    }
                }
                "items" | "additionalProperties" | "if" | "then" | "else" => self.schema(value, &below),
                _ => {}
            }
        }
    }
}

fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use super::{Of, examples};
    use serde_json::json;

    #[test]
    fn examples_are_found_with_their_schemas() {
        let document = json!({
            "paths": { "/a": {
                "parameters": [{ "in": "query", "name": "q", "type": "string", "x-example": "x" }],
                "get": {
                    "requestBody": { "content": { "application/json": {
                        "schema": { "type": "array", "items": { "example": 1 } },
                        "examples": { "one": { "$ref": "#/components/examples/e" }, "two": { "externalValue": "u" } },
                    } } },
                    "responses": { "200": {
                        "schema": {}, "examples": { "application/json": { "schema": { "example": 0 } } },
                        "headers": { "example": { "schema": {}, "example": 2 } },
                    } },
                },
            } },
            "components": {
                "examples": { "e": { "value": [1] } },
                "schemas": { "example": { "properties": { "example": { "examples": [3, 4] } }, "default": {} } },
            },
        });
        let found = examples(&document);
        let lines: Vec<String> = found
            .iter()
            .map(|one| format!("{:?} {} {} {}", one.of, one.at, one.schema, one.value))
            .collect();
        assert_eq!(found[0].of, Of::Parameter);
        assert_eq!(
            lines,
            [
                "Parameter #/paths/~1a/parameters/0/x-example #/paths/~1a/parameters/0 \"x\"",
                "Request #/paths/~1a/get/requestBody/content/application~1json/examples/one \
                 #/paths/~1a/get/requestBody/content/application~1json/schema [1]",
                "Schema #/paths/~1a/get/requestBody/content/application~1json/schema/items/example \
                 #/paths/~1a/get/requestBody/content/application~1json/schema/items 1",
                "Response #/paths/~1a/get/responses/200/examples/application~1json \
                 #/paths/~1a/get/responses/200/schema {\"schema\":{\"example\":0}}",
                "Header #/paths/~1a/get/responses/200/headers/example/example \
                 #/paths/~1a/get/responses/200/headers/example/schema 2",
                "Schema #/components/schemas/example/properties/example/examples/0 \
                 #/components/schemas/example/properties/example 3",
                "Schema #/components/schemas/example/properties/example/examples/1 \
                 #/components/schemas/example/properties/example 4",
            ]
        );
    }
}
