//! Operations of Swagger 2.0: parameters in the body become a request body, `consumes` and `produces` media types.

use serde_json::{Map, Value, json};

use super::context::{Object, Upgrade, media_types};
use super::parameter;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

const METHODS: [&str; 7] = ["get", "put", "post", "delete", "options", "head", "patch"];

impl Upgrade<'_> {
    pub(super) fn path_item(&mut self, item: &mut Object, at: &Pointer) {
        let (shared_body, shared) = self.split_parameters(item.remove("parameters"), &at.child("parameters"));
        if !shared.is_empty() {
            item.insert("parameters".to_owned(), Value::Array(shared));
        }
        for method in METHODS {
            if let Some(Value::Object(operation)) = item.get_mut(method) {
                self.operation(operation, &at.child(method), &shared_body);
            }
        }
    }

    fn operation(&mut self, operation: &mut Object, at: &Pointer, shared_body: &[(Value, Pointer)]) {
        let consumes = media_types(operation.remove("consumes")).unwrap_or_else(|| self.consumes.clone());
        let produces = media_types(operation.remove("produces")).unwrap_or_else(|| self.produces.clone());
        let (mut body, parameters) = self.split_parameters(operation.remove("parameters"), &at.child("parameters"));
        inherit(&mut body, shared_body);
        if !parameters.is_empty() {
            operation.insert("parameters".to_owned(), Value::Array(parameters));
        }
        if let Some(body) = self.request_body(body, &consumes, &at.child("requestBody")) {
            operation.insert("requestBody".to_owned(), body);
        }
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        let at = at.child("responses");
        for (status, response) in responses.into_iter().flatten() {
            let at = at.child(status);
            *response = self.response(response.take(), &produces, &at, &at);
        }
    }

    /// Parameters that make up the body, and all others in their 3.0 form.
    fn split_parameters(&mut self, list: Option<Value>, at: &Pointer) -> (Vec<(Value, Pointer)>, Vec<Value>) {
        let Some(Value::Array(list)) = list else {
            return (Vec::new(), Vec::new());
        };
        let mut body = Vec::new();
        let mut others = Vec::new();
        for (index, value) in list.into_iter().enumerate() {
            let (resolved, from) = match self.shared_parameter(&value) {
                Some((shared, from)) => (shared, from),
                None => (value.clone(), at.child(index)),
            };
            if parameter::is_body(&resolved) {
                body.push((resolved, from));
                continue;
            }
            self.moved.push((at.child(others.len()), at.child(index)));
            others.push(if value.get("$ref").is_some() {
                value
            } else {
                parameter::upgrade(value)
            });
        }
        (body, others)
    }

    fn shared_parameter(&self, value: &Value) -> Option<(Value, Pointer)> {
        let at = Pointer::parse(value.get("$ref")?.as_str()?)?;
        let rest = at.strip_prefix(&Pointer::root().child("parameters"))?;
        let name = Pointer::root().join(rest).last();
        Some((self.parameters.get(&name)?.clone(), at))
    }

    pub(super) fn request_body(
        &mut self,
        body: Vec<(Value, Pointer)>,
        consumes: &[String],
        at: &Pointer,
    ) -> Option<Value> {
        let (first, from) = body.first()?;
        self.moved.push((at.clone(), from.clone()));
        let required = body
            .iter()
            .any(|(value, _)| value.get("required") == Some(&json!(true)));
        let in_body = first.get("in") == Some(&json!("body"));
        let name = |value: &Value| value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let others = body[1..]
            .iter()
            .filter(|(value, _)| in_body || value.get("in") == Some(&json!("body")));
        for (ignored, _) in others {
            let message = format!(
                "an operation has one body, here the parameter `{}`; the parameter `{}` is ignored",
                name(first),
                name(ignored)
            );
            self.diagnostics.report(Code::Invalid, at, message);
        }
        let mut encoding = Object::new();
        let (media_types, schema) = if in_body {
            let types = if consumes.is_empty() {
                vec!["application/json".to_owned()]
            } else {
                consumes.to_vec()
            };
            (types, first.get("schema").cloned().unwrap_or_default())
        } else {
            let fields: Vec<_> = body.iter().filter(|(value, _)| parameter::is_field(value)).collect();
            for (field, _) in &fields {
                if let (Some(name), Some(style)) = (
                    field.get("name").and_then(Value::as_str),
                    parameter::field_encoding(field),
                ) {
                    encoding.insert(name.to_owned(), style);
                }
            }
            self.form(&fields, consumes)
        };
        let mut content = Object::new();
        for media_type in media_types {
            let place = at.child("content").child(&media_type).child("schema");
            if in_body {
                self.moved.push((place, from.child("schema")));
            }
            let mut of_type = json!({ "schema": schema });
            if !encoding.is_empty() {
                of_type["encoding"] = Value::Object(encoding.clone());
            }
            content.insert(media_type, of_type);
        }
        let mut result = Map::new();
        if let Some(description) = first.get("description").filter(|_| in_body) {
            result.insert("description".to_owned(), description.clone());
        }
        result.insert("content".to_owned(), Value::Object(content));
        result.insert("required".to_owned(), Value::Bool(required));
        Some(Value::Object(result))
    }

    /// The media types and the schema of a form.
    fn form(&mut self, fields: &[&(Value, Pointer)], consumes: &[String]) -> (Vec<String>, Value) {
        let file = fields
            .iter()
            .any(|(value, _)| value.get("type") == Some(&json!("file")));
        let mut properties = Object::new();
        let mut required = Vec::new();
        for (field, from) in fields {
            let Some(name) = field.get("name").and_then(Value::as_str) else {
                let message = "this form field has no name; ignored";
                self.diagnostics.report(Code::Invalid, from, message);
                continue;
            };
            if field.get("required") == Some(&json!(true)) {
                required.push(Value::from(name));
            }
            properties.insert(name.to_owned(), parameter::field_schema(field.clone()));
        }
        let fits = |media_type: &&String| {
            media_type.starts_with("multipart/") || (!file && media_type.ends_with("x-www-form-urlencoded"))
        };
        let mut media_types: Vec<String> = consumes.iter().filter(fits).cloned().collect();
        if media_types.is_empty() {
            let default = if file {
                "multipart/form-data"
            } else {
                "application/x-www-form-urlencoded"
            };
            media_types.push(default.to_owned());
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        if !required.is_empty() {
            schema["required"] = Value::Array(required);
        }
        (media_types, schema)
    }
}

/// Adds what the path has for the body of all its operations: nothing beside a body, fields beside other fields.
fn inherit(own: &mut Vec<(Value, Pointer)>, shared: &[(Value, Pointer)]) {
    if own.iter().any(|(value, _)| !parameter::is_field(value)) {
        return;
    }
    let alone = own.is_empty();
    for (value, from) in shared.iter().filter(|(value, _)| alone || parameter::is_field(value)) {
        if !own.iter().any(|(field, _)| field.get("name") == value.get("name")) {
            own.push((value.clone(), from.clone()));
        }
    }
}
