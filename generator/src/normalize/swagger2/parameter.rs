//! Parameters of Swagger 2.0: the keywords of the value move into a schema, `collectionFormat` becomes a style.

use serde_json::{Value, json};

use super::context::Object;

/// Keywords that stay on the parameter; all others describe its value.
///
/// `allowReserved` is of 3.0; documents say it all the same, since they have no other word for it.
const OF_PARAMETER: [&str; 7] = [
    "name",
    "in",
    "description",
    "required",
    "allowEmptyValue",
    "allowReserved",
    "$ref",
];

/// Whether a parameter is, or is part of, the request body.
pub(super) fn is_body(parameter: &Value) -> bool {
    matches!(parameter.get("in").and_then(Value::as_str), Some("body" | "formData"))
}

/// Whether a parameter is a field of a form.
pub(super) fn is_field(parameter: &Value) -> bool {
    parameter.get("in").and_then(Value::as_str) == Some("formData")
}

/// A parameter of Swagger 2.0 in its 3.0 form.
pub(super) fn upgrade(parameter: Value) -> Value {
    let Value::Object(members) = parameter else {
        return parameter;
    };
    let (mut upgraded, mut schema) = split(members);
    let format = schema.shift_remove("collectionFormat");
    if schema.get("type") == Some(&json!("array")) {
        let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
        set_style(&mut upgraded, format);
    }
    upgraded.insert("schema".to_owned(), Value::Object(schema));
    Value::Object(upgraded)
}

/// What stays with the parameter, and the keywords of its value.
fn split(members: Object) -> (Object, Object) {
    members.into_iter().partition(|(key, _)| {
        OF_PARAMETER.contains(&key.as_str())
            || (key.starts_with("x-") && !["x-nullable", "x-rust-type-name"].contains(&key.as_str()))
    })
}

/// A header of a response, which is a parameter without name and place.
pub(super) fn upgrade_header(header: Value) -> Value {
    let Value::Object(members) = header else {
        return header;
    };
    let (mut upgraded, mut schema) = split(members);
    // A header joins with commas in 3.0; what is joined otherwise is text to it.
    let format = schema.shift_remove("collectionFormat");
    if !matches!(format.as_ref().and_then(Value::as_str), None | Some("csv")) {
        schema = Object::from_iter([("type".to_owned(), json!("string"))]);
    }
    if !upgraded.contains_key("$ref") {
        upgraded.insert("schema".to_owned(), Value::Object(schema));
    }
    Value::Object(upgraded)
}

/// Swagger 2.0 joins elements with a comma unless told otherwise; 3.0 repeats query parameters unless told otherwise.
pub(crate) fn set_style(parameter: &mut Object, format: &str) {
    if parameter.get("in") == Some(&json!("query")) {
        parameter.extend(style(format));
    }
}

/// The members that say in 3.0 what `collectionFormat` says.
fn style(format: &str) -> Object {
    let (style, explode) = match format {
        "multi" => ("form", true),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        _ => ("form", false),
    };
    let mut members = Object::new();
    if format == "tsv" {
        members.insert("x-collection-format".to_owned(), json!("tsv"));
    }
    members.insert("style".to_owned(), json!(style));
    members.insert("explode".to_owned(), json!(explode));
    members
}

/// How an array in a form is written; nothing for other fields.
pub(super) fn field_encoding(field: &Value) -> Option<Value> {
    let array = field.get("type") == Some(&json!("array"));
    let format = field.get("collectionFormat").and_then(Value::as_str).unwrap_or("csv");
    array.then(|| Value::Object(style(format)))
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
