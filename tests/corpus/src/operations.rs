//! The operations and parameters of a document, counted from its text alone.

use envoi::Pointer;
use serde_json::{Map, Value};

/// Keys of a path item that are operations; `query` is of OpenAPI 3.2.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// How many references are followed before they are taken to lead nowhere.
const MOST_REFERENCES: usize = 16;

/// An operation as the document declares it.
#[derive(Debug)]
pub struct Declared {
    /// The place of the operation object.
    pub at: Pointer,
    /// The method in upper case.
    pub method: String,
    pub path: String,
    pub parameters: Vec<Parameter>,
}

/// A parameter that is sent beside the body.
#[derive(Debug)]
pub struct Parameter {
    pub location: String,
    pub name: String,
    /// Where it is declared, and where a reference to it stands.
    pub places: Vec<Pointer>,
}

/// Every operation of a document.
pub fn declared(root: &Value) -> Vec<Declared> {
    let paths = Pointer::root().child("paths");
    let mut found = Vec::new();
    for (path, item) in members(root.get("paths")) {
        if path.starts_with("x-") {
            continue;
        }
        let (at, item) = follow(root, paths.child(path), item);
        let shared = parameters(root, &at, item);
        let own = members(Some(item)).filter(|(key, _)| METHODS.contains(&key.as_str()));
        let own = own.map(|(method, operation)| (at.child(method), method, operation));
        let additional = at.child("additionalOperations");
        let additional = members(item.get("additionalOperations"))
            .map(|(method, operation)| (additional.child(method), method, operation));
        for (at, method, operation) in own.chain(additional) {
            let mut parameters = parameters(root, &at, operation);
            for (location, name, places) in &shared {
                if !parameters.iter().any(|(own, same, _)| own == location && same == name) {
                    parameters.push((location.clone(), name.clone(), places.clone()));
                }
            }
            let parameters = parameters.into_iter();
            found.push(Declared {
                at,
                method: method.to_ascii_uppercase(),
                path: path.clone(),
                parameters: parameters
                    .map(|(location, name, places)| Parameter { location, name, places })
                    .collect(),
            });
        }
    }
    found
}

fn parameters(root: &Value, at: &Pointer, node: &Value) -> Vec<(String, String, Vec<Pointer>)> {
    let list = at.child("parameters");
    let mut found: Vec<(String, String, Vec<Pointer>)> = Vec::new();
    let elements = node.get("parameters").and_then(Value::as_array).into_iter().flatten();
    for (index, element) in elements.enumerate() {
        let (target, parameter) = follow(root, list.child(index), element);
        let text = |key: &str| {
            parameter
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let (location, name) = (text("in"), text("name"));
        let in_body = matches!(location.as_str(), "body" | "formData");
        let known = found.iter().any(|(own, same, _)| *own == location && *same == name);
        if !in_body && !known {
            found.push((location, name, vec![list.child(index), target]));
        }
    }
    found
}

fn follow<'a>(root: &'a Value, mut at: Pointer, mut node: &'a Value) -> (Pointer, &'a Value) {
    for _ in 0..MOST_REFERENCES {
        let reference = node.get("$ref").and_then(Value::as_str).and_then(Pointer::parse);
        let Some(target) = reference.as_ref().and_then(|pointer| root.pointer(pointer.as_str())) else {
            break;
        };
        at = reference.unwrap_or(at);
        node = target;
    }
    (at, node)
}

fn members(node: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    node.and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

#[cfg(test)]
mod tests {
    use super::declared;
    use serde_json::json;

    #[test]
    fn operations_and_parameters_are_found_behind_references() {
        let document = json!({
            "paths": {
                "/a": { "$ref": "#/x-items/a" },
                "/b": {
                    "parameters": [{ "in": "query", "name": "q" }],
                    "get": { "parameters": [{ "in": "query", "name": "q" }, { "$ref": "#/parameters/h" }] },
                    "post": { "parameters": [{ "in": "body", "name": "body" }] },
                    "additionalOperations": { "COPY": {} },
                },
                "x-c": { "get": {} },
            },
            "parameters": { "h": { "in": "header", "name": "h" } },
            "x-items": { "a": { "delete": {} } },
        });
        let found = declared(&document);
        let lines: Vec<String> = found
            .iter()
            .map(|one| {
                let names: Vec<&str> = one.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
                format!("{} {} {} {}", one.method, one.path, one.at, names.join(","))
            })
            .collect();
        assert_eq!(
            lines,
            [
                "DELETE /a #/x-items/a/delete ",
                "GET /b #/paths/~1b/get q,h",
                "POST /b #/paths/~1b/post q",
                "COPY /b #/paths/~1b/additionalOperations/COPY q",
            ]
        );
    }
}
