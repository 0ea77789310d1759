//! Keywords that contain schemas.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::normalize::repair::context::{Object, Repair, excerpt, reference};
use crate::normalize::repair::kind::{Kind, flag};
use crate::normalize::repair::parameter::member;
use crate::normalize::repair::types;
use crate::pointer::Pointer;

/// Keywords that stand among properties when a level of indentation is missing; they are no properties.
const OUT_OF_PLACE: [&str; 8] = [
    "$ref",
    "default",
    "description",
    "example",
    "format",
    "pattern",
    "title",
    "type",
];

impl Repair<'_> {
    /// A list of schemas in `items` describes the elements one by one, as `prefixItems` does since 3.1.
    pub(super) fn tuple(&mut self, members: &mut Object, at: &Pointer) {
        let Some(Value::Array(listed)) = members.get_mut("items") else {
            return;
        };
        let mut listed = std::mem::take(listed);
        let items = at.child("items");
        if listed.len() > 1 {
            // Only what says so ends with the last of them.
            let ends = members.shift_remove("additionalItems") == Some(json!(false))
                || members.get("maxItems") == Some(&json!(listed.len()));
            members.shift_remove("items");
            if ends {
                members.insert("items".to_owned(), json!(false));
            }
            members.insert("prefixItems".to_owned(), Value::Array(listed));
            self.move_node(at.child("prefixItems"), &items);
            self.report(&items, "an array in `items` is read as `prefixItems`");
        } else {
            self.move_node(items.clone(), &items.child(0));
            members.insert("items".to_owned(), listed.pop().unwrap_or_else(|| json!({})));
            self.report(
                &items,
                "an array of one schema in `items` is read as the schema of all items",
            );
        }
        members.entry("type").or_insert_with(|| json!("array"));
    }

    /// `type` that contradicts what stands beside it.
    pub(super) fn shape(&mut self, members: &mut Object, at: &Pointer) {
        let has = |key: &str| members.contains_key(key);
        let describes_object = members.get("properties").is_some_and(Value::is_object);
        if members.get("type") == Some(&json!("string")) && describes_object && !has("format") && !has("enum") {
            members.insert("type".to_owned(), json!("object"));
            self.report(
                &at.child("type"),
                "a `type: string` with `properties` is read as `object`",
            );
        }
    }

    pub(super) fn properties(&mut self, members: &mut Object, at: &Pointer, components: &HashSet<String>) {
        let at = at.child("properties");
        match members.get_mut("properties") {
            Some(Value::Null) => {
                members.shift_remove("properties");
                self.report(&at, "`properties: null` is empty; ignored");
            }
            Some(list @ Value::Array(_)) => {
                let elements = list.as_array_mut().map(std::mem::take).unwrap_or_default();
                *list = Value::Object(self.listed_properties(elements, &at));
                self.report(&at, "`properties` is read as an object");
            }
            _ => {}
        }
        for (name, property) in members
            .get_mut("properties")
            .and_then(Value::as_object_mut)
            .into_iter()
            .flatten()
        {
            let read = match property {
                Value::Null => json!({}),
                Value::String(_) if OUT_OF_PLACE.contains(&name.as_str()) => continue,
                Value::String(text) if text.starts_with("#/") => json!({ "$ref": text }),
                Value::String(text) if components.contains(text.as_str()) => json!({ "$ref": reference(text) }),
                Value::String(text) if types::meaning(text).is_some() => json!({ "type": text }),
                _ => continue,
            };
            let message = format!(
                "`{name}: {}` is read as the schema `{}`",
                excerpt(property),
                excerpt(&read)
            );
            *property = read;
            self.report(&at.child(name), message);
        }
    }

    /// Properties in a list: each with its name, or each under it.
    fn listed_properties(&mut self, elements: Vec<Value>, at: &Pointer) -> Object {
        let mut properties = Object::new();
        for (index, mut element) in elements.into_iter().enumerate() {
            let from = at.child(index);
            let own = member(&element, "name").map(str::to_owned);
            match (own, &mut element) {
                (Some(name), Value::Object(property)) => {
                    property.shift_remove("name");
                    self.move_node(at.child(&name), &from);
                    properties.insert(name, element);
                }
                (None, Value::Object(named)) => {
                    for (name, property) in std::mem::take(named) {
                        self.move_node(at.child(&name), &from.child(&name));
                        properties.insert(name, property);
                    }
                }
                _ => self.report(&from, "expected a schema; this property is ignored"),
            }
        }
        properties
    }

    pub(super) fn additional_properties(&mut self, members: &mut Object, at: &Pointer) {
        let Some(value) = members.get_mut("additionalProperties") else {
            return;
        };
        let at = at.child("additionalProperties");
        let read = match value {
            Value::Null => {
                members.shift_remove("additionalProperties");
                return self.report(&at, "`additionalProperties: null` is empty; ignored");
            }
            Value::Array(elements) if elements.is_empty() => json!({}),
            Value::String(text) if flag(&json!(text)).is_some() => json!(flag(value)),
            Value::String(text) if types::meaning(text).is_some() => json!({ "type": text }),
            _ => return,
        };
        let message = format!(
            "`additionalProperties: {}` is read as `{}`",
            excerpt(value),
            excerpt(&read)
        );
        *value = read;
        self.report(&at, message);
    }

    pub(super) fn choices(&mut self, members: &mut Object, at: &Pointer) {
        for key in ["allOf", "anyOf", "oneOf"] {
            let hole = if key == "allOf" { json!({}) } else { Value::Bool(false) };
            if let Some(list) = members.get(key).and_then(|value| numbered(value, &hole)) {
                members.insert(key.to_owned(), list);
                self.report(
                    &at.child(key),
                    format!("the entries of `{key}` have numbers as keys; read as an array"),
                );
            } else if members.get(key).is_some_and(Value::is_object) {
                self.move_node(at.child(key).child(0), &at.child(key));
            }
            self.kinds(members, at, &[(key, Kind::Objects)]);
            if members.get(key).and_then(Value::as_array).is_some_and(Vec::is_empty) {
                members.shift_remove(key);
                self.report(&at.child(key), format!("`{key}: []` has no branches; ignored"));
            }
        }
    }
}

/// The list of which an object has the elements under their positions, with `hole` where it has none.
fn numbered(value: &Value, hole: &Value) -> Option<Value> {
    const LONGEST: usize = 100;
    let object = value.as_object().filter(|object| !object.is_empty())?;
    let mut list = Vec::new();
    for (key, element) in object {
        let index = key.parse::<usize>().ok().filter(|index| *index < LONGEST)?;
        list.resize(list.len().max(index + 1), hole.clone());
        list[index] = element.clone();
    }
    Some(Value::Array(list))
}
