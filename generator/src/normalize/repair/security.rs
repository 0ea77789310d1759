//! Security schemes and requirements.

use serde_json::{Value, json};

use super::context::{Object, Repair, plain};
use super::kind::Kind;
use crate::pointer::Pointer;

/// What writers call the types of schemes, as [`plain`] has it: the type, and the scheme of `http`.
const TYPES: [(&str, &str, Option<&str>); 9] = [
    ("apikey", "apiKey", None),
    ("http", "http", None),
    ("oauth2", "oauth2", None),
    ("oauth", "oauth2", None),
    ("openidconnect", "openIdConnect", None),
    ("mutualtls", "mutualTLS", None),
    ("basic", "http", Some("basic")),
    ("bearer", "http", Some("bearer")),
    ("jwt", "http", Some("bearer")),
];

impl Repair<'_> {
    /// `security` of the document or of an operation.
    pub(super) fn requirements(&mut self, owner: &mut Object, at: &Pointer) {
        self.kinds(owner, at, &[("security", Kind::Objects)]);
        let at = at.child("security");
        let list = owner.get_mut("security").and_then(Value::as_array_mut);
        for (index, requirement) in list.into_iter().flatten().enumerate() {
            if let Value::String(name) = requirement {
                let message = format!("`{name}` is read as the name of a security scheme");
                let mut named = Object::new();
                named.insert(name.clone(), json!([]));
                *requirement = Value::Object(named);
                self.report(&at.child(index), message);
            }
        }
    }

    /// One security scheme.
    pub(super) fn scheme(&mut self, value: &mut Value, at: &Pointer) {
        let Value::Object(scheme) = value else {
            return;
        };
        if scheme.contains_key("$ref") {
            return;
        }
        self.kinds(
            scheme,
            at,
            &[
                ("description", Kind::Text),
                ("name", Kind::Text),
                ("bearerFormat", Kind::Text),
            ],
        );
        self.scheme_type(scheme, at);
        if let Some(written) = scheme.get("in").and_then(Value::as_str)
            && let Some(place) = ["header", "query", "cookie"]
                .into_iter()
                .find(|place| plain(written) == *place)
            && place != written
        {
            let message = format!("`in: {written}` is read as `{place}`");
            scheme.insert("in".to_owned(), json!(place));
            self.report(&at.child("in"), message);
        }
        let ty = scheme.get("type").and_then(Value::as_str);
        if ty == Some("apiKey") && scheme.contains_key("name") && !scheme.contains_key("in") {
            scheme.insert("in".to_owned(), json!("header"));
            self.report(at, "this API key has no `in`; read as `in: header`");
        } else if ty == Some("http") && scheme.contains_key("bearerFormat") && !scheme.contains_key("scheme") {
            scheme.insert("scheme".to_owned(), json!("bearer"));
            self.report(at, "a scheme with a `bearerFormat` is read as `scheme: bearer`");
        }
    }

    fn scheme_type(&mut self, scheme: &mut Object, at: &Pointer) {
        let Some(written) = scheme.get("type").and_then(Value::as_str).map(str::to_owned) else {
            let inferred = [
                ("scheme", "http"),
                ("flows", "oauth2"),
                ("flow", "oauth2"),
                ("in", "apiKey"),
            ];
            if let Some((key, ty)) = inferred.iter().find(|(key, _)| scheme.contains_key(*key)) {
                scheme.insert("type".to_owned(), json!(ty));
                self.report(at, format!("a security scheme with `{key}` is read as `type: {ty}`"));
            }
            return;
        };
        let of_version = self.is_swagger2() && written == "basic";
        let known = TYPES.iter().find(|(alias, ..)| *alias == plain(&written));
        if let Some((_, ty, http)) = known.filter(|(_, ty, _)| *ty != written && !of_version) {
            scheme.insert("type".to_owned(), json!(ty));
            if let Some(http) = http {
                scheme.insert("scheme".to_owned(), json!(http));
                self.report(
                    &at.child("type"),
                    format!("`type: {written}` is read as `type: http, scheme: {http}`"),
                );
            } else {
                self.report(&at.child("type"), format!("`type: {written}` is read as `{ty}`"));
            }
        }
    }
}
