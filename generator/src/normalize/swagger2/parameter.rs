//! Parameters of Swagger 2.0: the keywords of the value move into a schema, `collectionFormat` becomes a style.

use serde_json::{Value, json};

use super::Object;

/// Keywords that stay on the parameter; all others describe its value.
const OF_PARAMETER: [&str; 5] = ["name", "in", "description", "required", "$ref"];

/// Whether a parameter is, or is part of, the request body.
pub(super) fn is_body(parameter: &Value) -> bool {
    matches!(parameter.get("in").and_then(Value::as_str), Some("body" | "formData"))
}

/// A parameter of Swagger 2.0 in its 3.0 form.
pub(super) fn upgrade(parameter: Value) -> Value {
    let Value::Object(members) = parameter else {
        return parameter;
    };
    let mut upgraded = Object::new();
    let mut schema = Object::new();
    for (key, value) in members {
        if OF_PARAMETER.contains(&key.as_str()) || (key.starts_with("x-") && key != "x-nullable") {
            upgraded.insert(key, value);
        } else {
            schema.insert(key, value);
        }
    }
    let format = schema.remove("collectionFormat");
    schema.remove("allowEmptyValue");
    if schema.get("type") == Some(&json!("array")) {
        let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
        set_style(&mut upgraded, format);
    }
    upgraded.insert("schema".to_owned(), Value::Object(schema));
    Value::Object(upgraded)
}

/// Swagger 2.0 joins elements with a comma unless told otherwise; 3.0 repeats query parameters unless told otherwise.
pub(in crate::normalize) fn set_style(parameter: &mut Object, format: &str) {
    if parameter.get("in") != Some(&json!("query")) {
        return;
    }
    let (style, explode) = match format {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        "tsv" => {
            parameter.insert("x-collection-format".to_owned(), json!("tsv"));
            ("form", false)
        }
        _ => ("form", false),
    };
    parameter.insert("style".to_owned(), json!(style));
    parameter.insert("explode".to_owned(), json!(explode));
}

/// The schema of a form field.
pub(super) fn field_schema(field: Value) -> Value {
    let Value::Object(mut members) = field else {
        return field;
    };
    for key in ["name", "in", "required", "collectionFormat", "allowEmptyValue"] {
        members.remove(key);
    }
    Value::Object(members)
}
