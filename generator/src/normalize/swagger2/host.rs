//! `x-ms-parameterized-host`: a host with parameters, which are the variables of a server in 3.0.

use serde_json::{Value, json};

use super::context::Object;
use crate::pointer::Pointer;

/// Marks a variable without a default, for which callers have to give a value.
pub(crate) const REQUIRED: &str = "x-required";

/// The URL of its template, without a scheme where it has its own, and its variables.
pub(super) struct Host {
    pub(super) template: String,
    /// Whether the schemes of the document stand before it.
    pub(super) has_scheme: bool,
    pub(super) variables: Object,
}

/// The host, if the document has one of this kind; `shared` are the parameters of the document.
pub(super) fn parameterized(root: &mut Object, shared: &Object) -> Option<Host> {
    let host = root.shift_remove("x-ms-parameterized-host")?;
    let template = host
        .get("hostTemplate")?
        .as_str()?
        .trim()
        .trim_end_matches('/')
        .to_owned();
    let has_scheme = host.get("useSchemePrefix") != Some(&json!(false)) && !template.contains("://");
    let parameters = host.get("parameters").and_then(Value::as_array);
    let mut variables = Object::new();
    for parameter in parameters.into_iter().flatten() {
        let parameter = resolved(parameter, shared);
        if let Some(name) = parameter.get("name").and_then(Value::as_str) {
            variables.insert(name.to_owned(), variable(parameter));
        }
    }
    Some(Host {
        template,
        has_scheme,
        variables,
    })
}

fn resolved<'v>(parameter: &'v Value, shared: &'v Object) -> &'v Value {
    let at = parameter.get("$ref").and_then(Value::as_str).and_then(Pointer::parse);
    let target = at.and_then(|at| shared.get(&at.last()));
    target.unwrap_or(parameter)
}

fn variable(parameter: &Value) -> Value {
    let texts = |values: &Value| -> Vec<Value> {
        let values = values.as_array().into_iter().flatten();
        values.filter(|value| value.is_string()).cloned().collect()
    };
    let values = parameter.get("enum").map(texts).unwrap_or_default();
    let default = parameter.get("default").filter(|default| default.is_string());
    let default = default.or(values.first()).cloned();
    let mut variable = Object::new();
    if default.is_none() {
        variable.insert(REQUIRED.to_owned(), json!(true));
    }
    variable.insert("default".to_owned(), default.unwrap_or_else(|| json!("")));
    if !values.is_empty() {
        variable.insert("enum".to_owned(), Value::Array(values));
    }
    if let Some(Value::String(description)) = parameter.get("description") {
        variable.insert("description".to_owned(), json!(description));
    }
    Value::Object(variable)
}
