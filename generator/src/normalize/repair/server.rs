//! `servers`, and `host`, `basePath` and `schemes` of Swagger 2.0.

use serde_json::{Value, json};

use super::context::{Object, Repair};
use super::kind::Kind;
use crate::pointer::Pointer;

impl Repair<'_> {
    /// The `servers` of the document, a path or an operation.
    pub(super) fn servers(&mut self, owner: &mut Object, at: &Pointer) {
        if self.is_swagger2() {
            return;
        }
        self.kinds(owner, at, &[("servers", Kind::Objects)]);
        let at = at.child("servers");
        let list = owner.get_mut("servers").and_then(Value::as_array_mut);
        for (index, server) in list.into_iter().flatten().enumerate() {
            let at = at.child(index);
            if let Value::String(url) = server {
                *server = json!({ "url": url });
                self.report(&at, "this string is read as the URL of the server");
            }
            if let Value::Object(server) = server {
                self.kinds(
                    server,
                    &at,
                    &[
                        ("url", Kind::Text),
                        ("description", Kind::Text),
                        ("variables", Kind::Object),
                    ],
                );
                self.trim(server, "url", &at);
                self.variables(server, &at);
            }
        }
    }

    fn variables(&mut self, server: &mut Object, at: &Pointer) {
        self.each(server, at, "variables", |repair, variable, at| {
            let Value::Object(variable) = variable else {
                return;
            };
            let kinds = [
                ("default", Kind::Text),
                ("enum", Kind::Texts),
                ("description", Kind::Text),
            ];
            repair.kinds(variable, at, &kinds);
            let first = variable.get("enum").and_then(|values| values.get(0)).cloned();
            if let (None, Some(first)) = (variable.get("default"), first) {
                repair.report(
                    at,
                    format!("this variable has no default; {first}, the first of its values, is used"),
                );
                variable.insert("default".to_owned(), first);
            }
        });
    }

    fn trim(&mut self, owner: &mut Object, key: &str, at: &Pointer) {
        if let Some(Value::String(text)) = owner.get_mut(key)
            && text.trim() != text
        {
            *text = text.trim().to_owned();
            let message = format!("spaces around `{text}` are removed");
            self.report(&at.child(key), message);
        }
    }

    /// `host` that is more than a host, `basePath` that is less than a path.
    pub(super) fn host(&mut self, root: &mut Object) {
        let top = Pointer::root();
        self.trim(root, "host", &top);
        self.trim(root, "basePath", &top);
        for scheme in root
            .get_mut("schemes")
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
        {
            let plain = scheme
                .as_str()
                .map(|text| text.trim().trim_end_matches("://").to_ascii_lowercase());
            if let Some(plain) = plain.filter(|plain| *scheme != json!(plain)) {
                *scheme = json!(plain);
            }
        }
        // A URL in place of a path says all there is to say.
        for key in ["host", "basePath"] {
            let Some(text) = root.get(key).and_then(Value::as_str).map(str::to_owned) else {
                continue;
            };
            let (scheme, rest) = match text.split_once("://") {
                Some((scheme, rest)) => (Some(scheme), rest),
                None if key == "host" => (None, text.as_str()),
                None => continue,
            };
            let (host, path) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
            if scheme.is_none() && path.is_empty() {
                continue;
            }
            if let Some(scheme) = scheme.filter(|_| !root.contains_key("schemes")) {
                root.insert("schemes".to_owned(), json!([scheme.to_ascii_lowercase()]));
            }
            let base = root.get("basePath").and_then(Value::as_str).filter(|_| key == "host");
            let base = base.unwrap_or_default().trim_start_matches('/');
            let base = match path.trim_end_matches('/') {
                path if base.is_empty() || base.contains("://") => path.to_owned(),
                path => format!("{path}/{base}"),
            };
            root.insert("host".to_owned(), json!(host));
            root.insert("basePath".to_owned(), json!(base));
            self.report(
                &top.child(key),
                format!("`{text}` is read as the host `{host}` with its scheme and path"),
            );
        }
        if let Some(Value::String(base)) = root.get_mut("basePath")
            && !base.is_empty()
            && !base.starts_with('/')
        {
            base.insert(0, '/');
            let message = format!("`basePath` is read as `{base}`");
            self.report(&top.child("basePath"), message);
        }
    }
}
