//! Places in a document that can be edited.

use envoi::Pointer;
use serde_json::Value;

/// Methods of a path item.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Keys below which there are examples and values, and no schemas.
const VALUES: [&str; 7] = [
    "example",
    "examples",
    "default",
    "const",
    "enum",
    "x-example",
    "x-examples",
];

/// The places that satisfy a condition, in the order of the document.
pub fn places(root: &Value, fits: impl Fn(&Pointer, &Value) -> bool) -> Vec<Pointer> {
    let mut found = Vec::new();
    let mut open = vec![(Pointer::root(), root)];
    while let Some((at, value)) = open.pop() {
        if fits(&at, value) {
            found.push(at.clone());
        }
        match value {
            Value::Object(members) => {
                let inner = members.iter().filter(|(key, _)| !key.starts_with("x-"));
                let named = ["properties", "schemas", "definitions"].contains(&at.last().as_str());
                let inner = inner.filter(|(key, _)| named || !VALUES.contains(&key.as_str()));
                open.extend(inner.map(|(key, value)| (at.child(key), value)).rev());
            }
            Value::Array(list) => {
                open.extend(
                    list.iter()
                        .enumerate()
                        .map(|(index, value)| (at.child(index), value))
                        .rev(),
                );
            }
            _ => {}
        }
    }
    found
}

/// The operations, each with its place.
pub fn operations(root: &Value) -> Vec<Pointer> {
    let paths = Pointer::root().child("paths");
    let items = root.get("paths").and_then(Value::as_object).into_iter().flatten();
    items
        .flat_map(|(path, item)| {
            let at = paths.child(path);
            let methods = item.as_object().into_iter().flatten();
            let methods = methods.filter(|(method, value)| METHODS.contains(&method.as_str()) && value.is_object());
            methods
                .map(move |(method, _)| at.child(method))
                .collect::<Vec<Pointer>>()
        })
        .collect()
}

/// The object with named schemas.
pub fn schemas(root: &Value) -> Option<Pointer> {
    let places = ["/components/schemas", "/definitions"];
    let at = places
        .into_iter()
        .find(|at| root.pointer(at).is_some_and(Value::is_object))?;
    Pointer::parse(at).or_else(|| Pointer::parse(&format!("#{at}")))
}
