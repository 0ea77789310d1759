//! `securityDefinitions` of Swagger 2.0.

use serde_json::{Value, json};

use super::context::Object;

/// Security schemes in their 3.0 form.
pub(super) fn schemes(definitions: Object) -> Object {
    definitions
        .into_iter()
        .map(|(name, value)| (name, scheme(value)))
        .collect()
}

fn scheme(definition: Value) -> Value {
    let mut upgraded = match definition.get("type").and_then(Value::as_str) {
        Some("basic") => json!({ "type": "http", "scheme": "basic" }),
        Some("oauth2") => json!({ "type": "oauth2", "flows": flows(&definition) }),
        _ => return definition,
    };
    for (key, value) in definition.as_object().into_iter().flatten() {
        if key == "description" || key.starts_with("x-") {
            upgraded[key] = value.clone();
        }
    }
    upgraded
}

/// The one flow of a definition, under the name it has in 3.0.
fn flows(definition: &Value) -> Value {
    let name = match definition.get("flow").and_then(Value::as_str) {
        Some("application") => "clientCredentials",
        Some("accessCode") => "authorizationCode",
        Some(other) => other,
        None => return json!({}),
    };
    let mut flow = json!({ "scopes": {} });
    for key in ["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"] {
        if let Some(value) = definition.get(key) {
            flow[key] = value.clone();
        }
    }
    json!({ name: flow })
}
