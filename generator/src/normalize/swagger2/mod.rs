//! Swagger 2.0 -> OpenAPI 3.0.

mod context;
mod host;
mod operation;
mod parameter;
mod references;
mod response;
mod security;

use serde_json::{Value, json};

use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::pointer::Pointer;

pub(crate) use self::host::REQUIRED;
pub(super) use self::parameter::set_style;

use self::context::{Object, Upgrade, media_types, object};
use self::host::Host;

/// Rewrites the tree of a Swagger 2.0 document in place.
pub(super) fn upgrade(document: &mut Document, diagnostics: &mut Diagnostics) {
    let Value::Object(mut root) = std::mem::take(&mut document.root) else {
        return;
    };
    let mut cx = Upgrade {
        consumes: media_types(root.remove("consumes")).unwrap_or_default(),
        produces: media_types(root.remove("produces")).unwrap_or_default(),
        parameters: object(root.remove("parameters")),
        moved: &mut document.moved,
        diagnostics,
    };
    let parameterized = host::parameterized(&mut root, &cx.parameters);
    let servers = cx.servers(&mut root, parameterized);
    root.insert("servers".to_owned(), servers);
    let components = cx.components(&mut root);
    root.insert("components".to_owned(), Value::Object(components));
    cx.paths(&mut root);
    let mut root = Value::Object(root);
    references::rewrite(&mut root);
    document.root = root;
}

/// The request body that parameters `in: body` and `in: formData` make up.
pub(super) fn request_body(
    parameters: Vec<(Value, Pointer)>,
    consumes: &[String],
    at: &Pointer,
    moved: &mut Vec<(Pointer, Pointer)>,
    diagnostics: &mut Diagnostics,
) -> Option<Value> {
    let mut cx = Upgrade {
        consumes: Vec::new(),
        produces: Vec::new(),
        parameters: Object::new(),
        moved,
        diagnostics,
    };
    cx.request_body(parameters, consumes, at)
}

impl Upgrade<'_> {
    fn components(&mut self, root: &mut Object) -> Object {
        let mut components = Object::new();
        let at = Pointer::root().child("components");
        let mut put = |key: &str, old: &str, value: Object, moved: &mut Vec<_>| {
            moved.push((at.child(key), Pointer::root().child(old)));
            components.insert(key.to_owned(), Value::Object(value));
        };
        put("schemas", "definitions", object(root.remove("definitions")), self.moved);
        let schemes = security::schemes(object(root.remove("securityDefinitions")));
        put("securitySchemes", "securityDefinitions", schemes, self.moved);
        let parameters: Object = self
            .parameters
            .iter()
            .filter(|(_, value)| !parameter::is_body(value))
            .map(|(name, value)| (name.clone(), parameter::upgrade(value.clone())))
            .collect();
        put("parameters", "parameters", parameters, self.moved);
        let at = Pointer::root().child("components").child("responses");
        let old = Pointer::root().child("responses");
        let produces = self.produces.clone();
        let responses: Object = object(root.remove("responses"))
            .into_iter()
            .map(|(name, value)| {
                let value = self.response(value, &produces, &at.child(&name), &old.child(&name));
                (name, value)
            })
            .collect();
        self.moved.push((at, old));
        components.insert("responses".to_owned(), Value::Object(responses));
        components
    }

    /// `schemes`, `host` and `basePath` as URLs.
    fn servers(&mut self, root: &mut Object, parameterized: Option<Host>) -> Value {
        let text = |value: Option<Value>| value.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
        let host = text(root.remove("host"));
        let base_path = text(root.remove("basePath"));
        let base_path = base_path.trim_end_matches('/');
        let schemes = root.remove("schemes").unwrap_or_default();
        let mut schemes: Vec<&str> = schemes
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .filter(|scheme| matches!(*scheme, "http" | "https"))
            .collect();
        if schemes.is_empty() {
            schemes.push("https");
        }
        let url = |scheme: &str| {
            if host.is_empty() {
                json!({ "url": if base_path.is_empty() { "/" } else { base_path } })
            } else {
                json!({ "url": format!("{scheme}://{host}{base_path}") })
            }
        };
        let url = |scheme: &str| match &parameterized {
            None => url(scheme),
            Some(host) => {
                let scheme = if host.has_scheme {
                    format!("{scheme}://")
                } else {
                    String::new()
                };
                json!({ "url": format!("{scheme}{}{base_path}", host.template), "variables": host.variables })
            }
        };
        if let Some(host) = &parameterized {
            let at = Pointer::root().child("servers");
            self.moved.push((at, Pointer::root().child("x-ms-parameterized-host")));
            if !host.has_scheme {
                schemes.truncate(1);
            }
        }
        // A client that may choose should not begin with the scheme that shows its credentials.
        schemes.sort_by_key(|scheme| *scheme != "https");
        Value::Array(schemes.into_iter().map(url).collect())
    }

    fn paths(&mut self, root: &mut Object) {
        let at = Pointer::root().child("paths");
        let items = root.get_mut("paths").and_then(Value::as_object_mut);
        for (path, item) in items.into_iter().flatten() {
            if let Value::Object(item) = item {
                self.path_item(item, &at.child(path));
            }
        }
    }
}

#[cfg(test)]
mod tests;
