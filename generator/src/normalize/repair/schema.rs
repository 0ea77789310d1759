//! Schemas: one function per family of keywords.

mod members;
mod values;

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::context::{Object, Repair, excerpt, reference};
use super::kind::{Kind, flag};
use super::types::{self, Meaning};
use crate::diagnostic::{Diagnostics, Place};
use crate::document::{Document, Version};
use crate::normalize::schemas as every;
use crate::pointer::Pointer;

const KINDS: [(&str, Kind); 21] = [
    ("title", Kind::Text),
    ("description", Kind::Text),
    ("format", Kind::Text),
    ("pattern", Kind::Text),
    ("nullable", Kind::Flag),
    ("x-nullable", Kind::Flag),
    ("readOnly", Kind::Flag),
    ("writeOnly", Kind::Flag),
    ("deprecated", Kind::Flag),
    ("uniqueItems", Kind::Flag),
    ("minimum", Kind::Number),
    ("maximum", Kind::Number),
    ("multipleOf", Kind::Number),
    ("minLength", Kind::Count),
    ("maxLength", Kind::Count),
    ("minItems", Kind::Count),
    ("maxItems", Kind::Count),
    ("minProperties", Kind::Count),
    ("maxProperties", Kind::Count),
    ("required", Kind::Texts),
    ("items", Kind::Schema),
];

/// Repairs every schema of a document whose parts stand where 3.0 has them.
pub(crate) fn schemas(document: &mut Document, diagnostics: &mut Diagnostics) {
    let components = document.root.pointer("/components/schemas").and_then(Value::as_object);
    let names: HashSet<String> = components.into_iter().flat_map(Object::keys).cloned().collect();
    let mut root = std::mem::take(&mut document.root);
    let mut found = Diagnostics::default();
    let mut repair = Repair {
        version: document.version,
        shared: HashMap::new(),
        moved: &mut document.moved,
        diagnostics: &mut found,
    };
    every::walk(&mut root, &mut |schema, at| {
        if let Value::Object(members) = schema {
            repair.schema(members, at, &names);
        }
    });
    document.root = root;
    // One schema of Swagger 2.0 stands under every media type by now, but once in the text.
    let mut said = HashSet::new();
    for diagnostic in found {
        if let Place::Node(at) = &diagnostic.at
            && said.insert((at.clone(), diagnostic.message.clone()))
        {
            diagnostics.push(diagnostic);
        }
    }
}

impl Repair<'_> {
    fn schema(&mut self, members: &mut Object, at: &Pointer, components: &HashSet<String>) {
        self.types(members, at, components);
        self.required_properties(members, at);
        self.misplaced_required(members, at);
        self.exclusive(members, at);
        self.kinds(members, at, &KINDS);
        self.tuple(members, at);
        self.shape(members, at);
        self.properties(members, at, components);
        self.additional_properties(members, at);
        self.choices(members, at);
        self.enumeration(members, at);
        self.default_value(members, at);
        self.bounds(members, at);
        if let Some(Value::String(property)) = members.get("discriminator") {
            let object = json!({ "propertyName": property });
            if !self.is_swagger2() {
                let message = format!("`discriminator: {property}` is read as the name of the property");
                self.report(&at.child("discriminator"), message);
            }
            members.insert("discriminator".to_owned(), object);
        }
    }

    /// Names of types; `components` are names of schemas, which Swagger 1 has there too.
    pub(super) fn types(&mut self, members: &mut Object, at: &Pointer, components: &HashSet<String>) {
        let Some(written) = members.get("type").cloned() else {
            return;
        };
        let names: Vec<&str> = match &written {
            Value::Null => vec!["null"],
            Value::String(name) if types::is_known(name) => return,
            Value::String(name) if components.contains(name) && types::meaning(name).is_none() => {
                self.type_is_component(members, at, name);
                return;
            }
            Value::String(name) => name.split(['|', ',']).collect(),
            Value::Array(names) => names
                .iter()
                .filter_map(|name| name.as_str().or(name.is_null().then_some("null")))
                .collect(),
            _ => return,
        };
        let Some(meanings) = names
            .iter()
            .map(|name| types::meaning(name))
            .collect::<Option<Vec<Meaning>>>()
        else {
            return;
        };
        let mut types: Vec<&str> = meanings.iter().filter_map(|meaning| meaning.ty).collect();
        let any = types.len() < meanings.len() || types.is_empty();
        let mut seen = HashSet::new();
        types.retain(|ty| seen.insert(*ty));
        let before_31 = self.version < Version::OpenApi31;
        let read = match types.as_slice() {
            _ if any => None,
            [only] => Some(json!(only)),
            several => Some(json!(several)),
        };
        if read.as_ref() == Some(&written) {
            if before_31 {
                self.report(&at.child("type"), "a list of types is read as in OpenAPI 3.1");
            }
            return;
        }
        if let [
            Meaning {
                format: Some(format), ..
            },
        ] = meanings.as_slice()
            && !members.contains_key("format")
        {
            members.insert("format".to_owned(), json!(format));
        }
        let message = match &read {
            Some(read) => format!("`type: {}` is read as `{}`", excerpt(&written), excerpt(read)),
            None => format!("`type: {}` is read as any value", excerpt(&written)),
        };
        match read {
            Some(read) => members.insert("type".to_owned(), read),
            None => members.shift_remove("type"),
        };
        self.report(&at.child("type"), message);
    }

    /// Swagger 1 names the model in `type`.
    fn type_is_component(&mut self, members: &mut Object, at: &Pointer, name: &str) {
        members.shift_remove("type");
        members.insert("$ref".to_owned(), json!(reference(name)));
        self.report(
            &at.child("type"),
            format!("`type: {name}` is read as a reference to the schema of that name"),
        );
    }

    /// `required: true` in a property makes it one of those that its object requires.
    fn required_properties(&mut self, members: &mut Object, at: &Pointer) {
        let at = at.child("properties");
        let mut required = Vec::new();
        let properties = members.get_mut("properties").and_then(Value::as_object_mut);
        for (name, property) in properties.into_iter().flatten() {
            let Some(is_required) = property.get("required").and_then(flag) else {
                continue;
            };
            if let Value::Object(property) = property {
                property.shift_remove("required");
            }
            let message = if is_required {
                required.push(name.clone());
                format!("`required: true` is read as `{name}` in the `required` of the object around it")
            } else {
                "`required: false` has no effect; ignored".to_owned()
            };
            self.report(&at.child(name).child("required"), message);
        }
        if required.is_empty() {
            return;
        }
        match members.get_mut("required") {
            Some(Value::Array(names)) => {
                let new = |name: &String| !names.contains(&json!(name));
                let new: Vec<Value> = required.into_iter().filter(new).map(Value::String).collect();
                names.extend(new);
            }
            // A flag here is about this object itself, which the object around it has seen to.
            _ => {
                members.insert("required".to_owned(), json!(required));
            }
        }
    }

    /// What is required is said by the object around it.
    fn misplaced_required(&mut self, members: &mut Object, at: &Pointer) {
        let at = at.child("required");
        match members.get_mut("required") {
            Some(value) if flag(value).is_some() => {
                let message = format!("`required: {}` has no meaning here; ignored", excerpt(value));
                members.shift_remove("required");
                self.report(&at, message);
            }
            Some(Value::String(names)) if names.contains(',') => {
                let names: Vec<&str> = names
                    .split(',')
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .collect();
                let message = format!("`required` is read as the names {}", names.join(", "));
                let names = json!(names);
                members.insert("required".to_owned(), names);
                self.report(&at, message);
            }
            _ => {}
        }
    }

    /// Until 3.0 an exclusive bound is a flag beside the bound, since 3.1 it is a bound of its own.
    fn exclusive(&mut self, members: &mut Object, at: &Pointer) {
        for key in ["exclusiveMinimum", "exclusiveMaximum"] {
            let is_flag = members
                .get(key)
                .and_then(Value::as_str)
                .is_some_and(|text| flag(&json!(text)).is_some());
            if !members.get(key).is_some_and(Value::is_number) {
                self.kinds(members, at, &[(key, if is_flag { Kind::Flag } else { Kind::Number })]);
            } else if self.version < Version::OpenApi31 {
                self.report(
                    &at.child(key),
                    format!("`{key}` is read as a number, as in OpenAPI 3.1"),
                );
            }
        }
    }
}
