//! `$ref`s of Swagger 2.0: rewritten to the locations of 3.0.

use serde_json::Value;

use crate::normalize::schemas;

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
                match (key.as_str(), &mut *member) {
                    ("$ref", Value::String(reference)) => *reference = moved(reference),
                    // The names in these are the writer's; one may be called `default` or `$ref`.
                    (key, Value::Object(named)) if schemas::is_map(key) => named.values_mut().for_each(rewrite),
                    (key, _) if schemas::VALUES.contains(&key) => {}
                    _ => rewrite(member),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::rewrite;

    #[test]
    fn names_are_not_keywords() {
        let old = json!({ "$ref": "#/definitions/A" });
        let new = json!({ "$ref": "#/components/schemas/A" });
        let mut document = json!({
            "responses": { "default": { "schema": old, "examples": { "a": old } } },
            "schemas": { "example": { "properties": { "enum": old, "default": { "items": old }, "$ref": old } } },
            "default": old,
        });
        rewrite(&mut document);
        assert_eq!(
            document,
            json!({
                "responses": { "default": { "schema": new, "examples": { "a": old } } },
                "schemas": { "example": { "properties": { "enum": new, "default": { "items": new }, "$ref": new } } },
                "default": old,
            })
        );
    }
}
