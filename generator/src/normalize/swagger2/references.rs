//! `$ref`s of Swagger 2.0 point to where 3.0 keeps things; a `discriminator` is an object.

use serde_json::{Value, json};

/// Members that hold values of the API, not parts of the document.
const VALUES: [&str; 4] = ["example", "examples", "default", "enum"];

const MOVED: [(&str, &str); 4] = [
    ("#/definitions/", "#/components/schemas/"),
    ("#/parameters/", "#/components/parameters/"),
    ("#/responses/", "#/components/responses/"),
    ("#/securityDefinitions/", "#/components/securitySchemes/"),
];

/// Rewrites everything below a node.
pub(super) fn rewrite(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(rewrite),
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), &*member) {
                    ("$ref", Value::String(reference)) => *member = json!(moved(reference)),
                    ("discriminator", Value::String(property)) => *member = json!({ "propertyName": property }),
                    (key, Value::Object(_) | Value::Array(_)) if !VALUES.contains(&key) => rewrite(member),
                    // A property may be called `example`; the values of properties are schemas.
                    (_, Value::Object(object)) if object.contains_key("$ref") || object.contains_key("type") => {
                        rewrite(member);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

fn moved(reference: &str) -> String {
    MOVED
        .iter()
        .find_map(|(old, new)| Some(format!("{new}{}", reference.strip_prefix(old)?)))
        .unwrap_or_else(|| reference.to_owned())
}
