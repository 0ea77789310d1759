//! Replies that a document shows as examples, each with the component schema it is an example of.

use std::collections::BTreeSet;

use serde_json::Value;

/// An example of a reply.
#[derive(Debug, Clone)]
pub struct Payload {
    /// The name of the component.
    pub schema: String,
    /// Whether it is a list of such.
    pub list: bool,
    /// The name of the example, or where it is used.
    pub name: String,
    pub value: Value,
}

/// The examples of all replies that are a component or a list of one, each once.
pub fn collect(document: &Value) -> Vec<Payload> {
    let mut payloads = Vec::new();
    let mut seen = BTreeSet::new();
    let paths = document["paths"].as_object().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object().into_iter().flatten() {
            for (status, response) in operation["responses"].as_object().into_iter().flatten() {
                let place = format!("{method} {path} {status}");
                let content = &followed(document, response)["content"]["application/json"];
                for payload in of_content(document, content, &place) {
                    if seen.insert((payload.schema.clone(), payload.list, payload.name.clone())) {
                        payloads.push(payload);
                    }
                }
            }
        }
    }
    payloads
}

fn of_content(document: &Value, content: &Value, place: &str) -> Vec<Payload> {
    const SCHEMAS: &str = "#/components/schemas/";
    let schema = &content["schema"];
    let list = schema["type"] == "array";
    let reference = if list {
        &schema["items"]["$ref"]
    } else {
        &schema["$ref"]
    };
    let Some(name) = reference.as_str().and_then(|reference| reference.strip_prefix(SCHEMAS)) else {
        return Vec::new();
    };
    let examples = content["examples"].as_object().into_iter().flatten();
    let payload = |(key, example): (&String, &Value)| {
        let value = followed(document, example).get("value")?.clone();
        let known = example["$ref"]
            .as_str()
            .and_then(|reference| reference.rsplit('/').next());
        Some(Payload {
            schema: name.to_owned(),
            list,
            name: known.map_or_else(|| format!("{place} {key}"), str::to_owned),
            value,
        })
    };
    examples.filter_map(payload).collect()
}

/// What a reference within the document leads to, or the node itself.
fn followed<'a>(document: &'a Value, node: &'a Value) -> &'a Value {
    let target = node["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    target.and_then(|pointer| document.pointer(pointer)).unwrap_or(node)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::collect;

    #[test]
    fn examples_are_found_once() {
        let content = json!({ "application/json": {
            "schema": { "type": "array", "items": { "$ref": "#/components/schemas/Pet" } },
            "examples": { "default": { "$ref": "#/components/examples/pets" }, "none": { "value": [] } },
        } });
        let document = json!({
            "paths": { "/pets": {
                "get": { "responses": { "200": { "content": content } } },
                "post": { "responses": { "200": { "content": content } } },
            } },
            "components": { "examples": { "pets": { "value": [{}] } } },
        });
        let found = collect(&document);
        let names: Vec<&str> = found.iter().map(|payload| payload.name.as_str()).collect();
        assert_eq!(names, ["pets", "get /pets 200 none", "post /pets 200 none"]);
        assert!(found.iter().all(|payload| payload.list && payload.schema == "Pet"));
    }
}
