//! Parameters: location, name, and schema.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::context::{Object, Repair, excerpt, plain};
use super::kind::Kind;
use crate::normalize::swagger2;
use crate::pointer::Pointer;
use crate::template::{Template, expression};

const KINDS: [(&str, Kind); 9] = [
    ("name", Kind::Text),
    ("description", Kind::Text),
    ("required", Kind::Flag),
    ("deprecated", Kind::Flag),
    ("explode", Kind::Flag),
    ("allowReserved", Kind::Flag),
    ("allowEmptyValue", Kind::Flag),
    ("allowMultiple", Kind::Flag),
    ("style", Kind::Text),
];

/// What writers call the places of parameters, as [`plain`] has it.
const PLACES: [(&str, &str); 12] = [
    ("query", "query"),
    ("querystring", "query"),
    ("queryparameter", "query"),
    ("header", "header"),
    ("headers", "header"),
    ("path", "path"),
    ("pathparameter", "path"),
    ("cookie", "cookie"),
    ("cookies", "cookie"),
    ("body", "body"),
    ("formdata", "formData"),
    ("form", "formData"),
];

/// The styles of each place.
const STYLES: [(&str, &[&str]); 4] = [
    ("path", &["simple", "label", "matrix"]),
    ("query", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
    ("header", &["simple"]),
    ("cookie", &["form", "cookie"]),
];

/// Keywords of a value that 3.0 has in `schema`, and Swagger 2.0 beside the name.
const OF_VALUES: [&str; 21] = [
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "nullable",
    "properties",
    "allOf",
    "oneOf",
    "anyOf",
];

impl Repair<'_> {
    /// The list of parameters of an operation or a path.
    pub(super) fn parameters(&mut self, owner: &mut Object, at: &Pointer, template: Option<&Template<'_>>) {
        let at = at.child("parameters");
        match owner.get_mut("parameters") {
            Some(list @ Value::Object(_)) => {
                let named = std::mem::take(list);
                *list = Value::Array(self.named_parameters(named, &at));
                self.report(&at, "`parameters` is read as a list");
            }
            Some(Value::Null) => {
                owner.shift_remove("parameters");
                self.report(&at, "`parameters: null` is empty; ignored");
            }
            Some(Value::Array(_)) | None => {}
            Some(other) => {
                let message = format!("`parameters` must be an array, not `{}`; ignored", excerpt(other));
                owner.shift_remove("parameters");
                self.report(&at, message);
            }
        }
        let list = owner.get_mut("parameters").and_then(Value::as_array_mut);
        let mut seen: Vec<(String, String)> = Vec::new();
        for (index, parameter) in list.into_iter().flatten().enumerate() {
            let at = at.child(index);
            self.parameter(parameter, &at, template);
            let (Some(name), Some(place)) = (member(parameter, "name"), member(parameter, "in")) else {
                continue;
            };
            let key = (name.to_owned(), place.to_owned());
            if seen.contains(&key) {
                let message = format!("`{name}` is declared twice in `{place}`; the last one is used");
                self.report(&at, message);
            }
            seen.push(key);
        }
    }

    /// The members of an object of parameters: one parameter, or many by name.
    fn named_parameters(&mut self, object: Value, at: &Pointer) -> Vec<Value> {
        let Value::Object(members) = object else {
            return Vec::new();
        };
        if members.get("$ref").is_some_and(Value::is_string) || members.get("in").is_some_and(Value::is_string) {
            self.move_node(at.child(0), at);
            return vec![Value::Object(members)];
        }
        let mut list = Vec::new();
        for (name, mut value) in members {
            if let Value::Object(parameter) = &mut value
                && !parameter.contains_key("$ref")
                && !parameter.contains_key("name")
            {
                parameter.insert("name".to_owned(), json!(name));
            }
            self.move_node(at.child(list.len()), &at.child(&name));
            list.push(value);
        }
        list
    }

    /// One parameter.
    pub(super) fn parameter(&mut self, value: &mut Value, at: &Pointer, template: Option<&Template<'_>>) {
        let Value::Object(members) = value else {
            return;
        };
        if members.contains_key("$ref") {
            return;
        }
        for (old, new) in [("paramType", "in"), ("dataType", "type")] {
            if !members.contains_key(new)
                && let Some(value) = members.shift_remove(old)
            {
                members.insert(new.to_owned(), value);
                self.report(&at.child(old), format!("`{old}` of Swagger 1 is read as `{new}`"));
            }
        }
        self.kinds(members, at, &KINDS);
        self.name(members, at, template);
        self.place(members, at, template);
        self.repeated(members, at);
        let place = members.get("in").and_then(Value::as_str).unwrap_or_default();
        if place == "formData" || (self.is_swagger2() && place != "body") {
            self.lift_schema(members, at);
            // Files and arrays go over the wire in ways of their own.
            self.types(members, at, &HashSet::new());
        } else if place != "body" {
            self.own_schema(members, at);
            self.style(members, at);
        }
    }

    /// A header of a response: a parameter without name and place.
    pub(super) fn header(&mut self, value: &mut Value, at: &Pointer) {
        if let Value::Object(members) = value
            && !members.contains_key("$ref")
        {
            self.kinds(members, at, &KINDS);
            if !self.is_swagger2() {
                self.own_schema(members, at);
            }
        }
    }

    fn name(&mut self, members: &mut Object, at: &Pointer, template: Option<&Template<'_>>) {
        let Some(written) = members.get("name").and_then(Value::as_str) else {
            return;
        };
        let in_template = template.and_then(|template| {
            let mut expressions = template.expressions.iter();
            let (_, name) =
                expressions.find(|(own, _)| *own == written && members.get("in") == Some(&json!("path")))?;
            Some(*name)
        });
        let name = in_template.or_else(|| expression(written)).unwrap_or(written).trim();
        if name != written && !name.is_empty() {
            let message = format!("the name `{written}` is read as `{name}`");
            members.insert("name".to_owned(), json!(name));
            self.report(&at.child("name"), message);
        }
    }

    fn place(&mut self, members: &mut Object, at: &Pointer, template: Option<&Template<'_>>) {
        let in_template = |members: &Object| {
            let name = members.get("name").and_then(Value::as_str);
            template.is_some_and(|template| template.names().any(|own| Some(own) == name))
        };
        match members.get("in") {
            Some(Value::String(written)) => {
                let known = written == "querystring" || PLACES.iter().any(|(_, place)| place == written);
                let meant = PLACES.iter().find(|(alias, _)| *alias == plain(written));
                if !known && let Some((_, place)) = meant {
                    let message = format!("`in: {written}` is read as `{place}`");
                    members.insert("in".to_owned(), json!(place));
                    self.report(&at.child("in"), message);
                }
            }
            None | Some(Value::Null) if members.contains_key("name") => {
                let place = if in_template(members) { "path" } else { "query" };
                members.insert("in".to_owned(), json!(place));
                self.report(at, format!("this parameter has no `in`; read as `in: {place}`"));
            }
            _ => {}
        }
    }

    /// `allowMultiple` of Swagger 1: any number of values.
    fn repeated(&mut self, members: &mut Object, at: &Pointer) {
        if members.shift_remove("allowMultiple") != Some(json!(true)) || members.get("type") == Some(&json!("array")) {
            return;
        }
        let mut items = Object::new();
        for key in OF_VALUES {
            items.extend(members.shift_remove(key).map(|value| (key.to_owned(), value)));
        }
        members.insert("type".to_owned(), json!("array"));
        members.insert("items".to_owned(), Value::Object(items));
        members.insert("collectionFormat".to_owned(), json!("csv"));
        self.report(
            &at.child("allowMultiple"),
            "`allowMultiple` of Swagger 1 is read as an array",
        );
    }

    /// 3.0 has the keywords of a value in `schema`.
    fn own_schema(&mut self, members: &mut Object, at: &Pointer) {
        self.kinds(members, at, &[("schema", Kind::Schema), ("content", Kind::Object)]);
        if members.contains_key("schema") && members.shift_remove("content").is_some() {
            let message = "a parameter has `schema` or `content`, not both; `content` is ignored";
            self.report(&at.child("content"), message);
        }
        let stray: Vec<&str> = OF_VALUES.into_iter().filter(|key| members.contains_key(*key)).collect();
        let format = members.shift_remove("collectionFormat");
        if !stray.is_empty() && !members.contains_key("content") {
            let mut schema = match members.shift_remove("schema") {
                Some(Value::Object(schema)) => schema,
                _ => Object::new(),
            };
            if let Some(reference) = schema.shift_remove("$ref") {
                schema.insert("allOf".to_owned(), json!([{ "$ref": reference }]));
            }
            for key in &stray {
                if let Some(value) = members.shift_remove(*key) {
                    schema.entry(*key).or_insert(value);
                }
            }
            members.insert("schema".to_owned(), Value::Object(schema));
            let message = format!("`{}` is read as part of `schema`", stray.join("`, `"));
            self.report(at, message);
        }
        if let Some(format) = format.as_ref().and_then(Value::as_str)
            && !members.contains_key("style")
        {
            swagger2::set_style(members, format);
            self.report(
                &at.child("collectionFormat"),
                format!("`collectionFormat: {format}` is read as a style"),
            );
        }
    }

    /// Swagger 2.0 has the keywords of a value beside the name.
    fn lift_schema(&mut self, members: &mut Object, at: &Pointer) {
        let Some(Value::Object(schema)) = members.get("schema") else {
            return;
        };
        let schema = schema.clone();
        members.shift_remove("schema");
        for (key, value) in schema {
            match key.as_str() {
                "$ref" => members.insert("allOf".to_owned(), json!([{ "$ref": value }])),
                _ if members.contains_key(&key) => None,
                _ => members.insert(key, value),
            };
        }
        if self.is_swagger2() {
            self.report(
                &at.child("schema"),
                "the `schema` of a parameter outside the body is read as its keywords",
            );
        }
    }

    fn style(&mut self, members: &mut Object, at: &Pointer) {
        let place = members.get("in").and_then(Value::as_str).unwrap_or_default();
        let styles = STYLES.iter().find(|(own, _)| *own == place).map(|(_, styles)| *styles);
        let (Some(styles), Some(written)) = (styles, members.get("style").and_then(Value::as_str)) else {
            return;
        };
        if styles.contains(&written) {
            return;
        }
        let message = match styles.iter().find(|style| plain(style) == plain(written)) {
            Some(style) => {
                let message = format!("`style: {written}` is read as `{style}`");
                members.insert("style".to_owned(), json!(style));
                message
            }
            None => {
                let message = format!("`style: {written}` is not allowed with `in: {place}`; the default is used");
                members.shift_remove("style");
                message
            }
        };
        self.report(&at.child("style"), message);
    }

    /// Takes the parameters of a 3.x operation that Swagger 2.0 has in the body.
    pub(super) fn take_body(&mut self, owner: &mut Object, at: &Pointer) -> Vec<(Value, Pointer)> {
        let at = at.child("parameters");
        let Some(Value::Array(list)) = owner.get_mut("parameters") else {
            return Vec::new();
        };
        let mut body = Vec::new();
        let mut others = Vec::new();
        for (index, parameter) in std::mem::take(list).into_iter().enumerate() {
            let from = at.child(index);
            let resolved = self.resolved(&parameter);
            if matches!(member(resolved, "in"), Some("body" | "formData")) {
                let message = format!(
                    "`in: {}` is read as the request body",
                    member(resolved, "in").unwrap_or_default()
                );
                body.push((resolved.clone(), from.clone()));
                self.report(&from, message);
                continue;
            }
            if others.len() != index {
                self.move_node(at.child(others.len()), &from);
            }
            others.push(parameter);
        }
        *list = others;
        body
    }

    /// The parameter that a `$ref` names, when it is one that operations share.
    pub(super) fn resolved<'v>(&'v self, parameter: &'v Value) -> &'v Value {
        let target = member(parameter, "$ref").and_then(|reference| Pointer::parse(reference.trim()));
        target.and_then(|target| self.shared.get(&target)).unwrap_or(parameter)
    }
}

/// A member that is text.
pub(super) fn member<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str()
}
