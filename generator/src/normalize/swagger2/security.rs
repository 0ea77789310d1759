//! `securityDefinitions` of Swagger 2.0.

use serde_json::{Value, json};

use super::Object;

/// Security schemes in their 3.0 form.
pub(super) fn schemes(definitions: Object) -> Object {
    definitions
        .into_iter()
        .map(|(name, value)| (name, scheme(value)))
        .collect()
}

fn scheme(definition: Value) -> Value {
    let description = definition.get("description").cloned();
    let mut upgraded = match definition.get("type").and_then(Value::as_str) {
        Some("basic") => json!({ "type": "http", "scheme": "basic" }),
        Some("oauth2") => json!({ "type": "oauth2", "flows": {} }),
        _ => return definition,
    };
    if let Some(description) = description {
        upgraded["description"] = description;
    }
    upgraded
}
