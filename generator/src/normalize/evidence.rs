//! Collects the examples of a document for schemas that are ambiguous.

use std::cell::Cell;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::schemas::{self, VALUES};
use crate::pointer::Pointer;

/// How many pairs of a schema and a value are looked at.
const MOST: usize = 200_000;

/// How many elements of a list are looked at.
const MOST_ELEMENTS: usize = 20;

/// How deep choices are looked into for what a schema admits.
const DEEPEST: usize = 8;

/// What examples have where a schema stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Seen {
    /// Arrays.
    pub(super) lists: usize,
    /// Other values that `items` admits.
    pub(super) singles: usize,
}

/// Looks at every example for what stands where the schemas at these places are.
pub(super) fn find(root: &mut Value, places: HashMap<Pointer, Seen>) -> HashMap<Pointer, Seen> {
    let mut own = Vec::new();
    schemas::walk(root, &mut |schema, at| {
        for key in ["example", "examples", "default"] {
            if schema.get(key).is_some() {
                own.push(at.clone());
            }
        }
    });
    let mut search = Search {
        root,
        seen: places,
        left: Cell::new(MOST),
    };
    for at in own {
        if let Some(schema) = search.root.pointer(at.as_str()) {
            search.examples(schema, schema, &at);
        }
    }
    search.document(search.root, &mut Pointer::root());
    search.seen
}

/// Whether the schema at a place admits objects.
pub(super) fn admits_object(root: &Value, at: &Pointer) -> bool {
    let search = Search {
        root,
        seen: HashMap::new(),
        left: Cell::new(MOST),
    };
    let schema = root.pointer(at.as_str());
    schema.is_some_and(|schema| search.admits(schema, &Value::Object(Map::new()), 0))
}

struct Search<'d> {
    root: &'d Value,
    seen: HashMap<Pointer, Seen>,
    /// How much is still looked at.
    left: Cell<usize>,
}

impl<'d> Search<'d> {
    /// Finds the media types of a document, and what else has examples beside a schema.
    fn document(&mut self, value: &'d Value, at: &mut Pointer) {
        match value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    at.below(&index.to_string(), |at| self.document(element, at));
                }
            }
            Value::Object(members) => {
                // Examples of parameters are text of some style as often as values.
                if let Some(schema) = members.get("schema").filter(|_| !members.contains_key("in")) {
                    self.examples(value, schema, &at.child("schema"));
                }
                for (key, member) in members {
                    if !VALUES.contains(&key.as_str()) && !matches!(key.as_str(), "schema" | "schemas") {
                        at.below(key, |at| self.document(member, at));
                    }
                }
            }
            _ => {}
        }
    }

    /// Holds the examples that `owner` has against a schema.
    fn examples(&mut self, owner: &'d Value, schema: &'d Value, at: &Pointer) {
        let single = ["example", "default"].into_iter().filter_map(|key| owner.get(key));
        let several: Vec<&'d Value> = match owner.get("examples") {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(Value::Object(named)) => {
                let named = named.values().filter_map(|example| match example.get("$ref") {
                    Some(Value::String(reference)) => self.target(reference).map(|(_, example)| example),
                    _ => Some(example),
                });
                let values = named.filter_map(|example| example.get("dataValue").or_else(|| example.get("value")));
                values.collect()
            }
            _ => Vec::new(),
        };
        for value in single.chain(several) {
            self.hold(schema, at, value);
        }
    }

    /// Whether one more look is allowed.
    fn goes_on(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    fn target(&self, reference: &str) -> Option<(Pointer, &'d Value)> {
        let at = Pointer::parse(reference.trim())?;
        let value = self.root.pointer(at.as_str())?;
        Some((at, value))
    }

    /// Follows a value down the schemas that describe it.
    fn hold(&mut self, schema: &'d Value, at: &Pointer, value: &'d Value) {
        let mut pending = vec![(schema, at.clone(), value)];
        while let Some((schema, at, value)) = pending.pop() {
            if !self.goes_on() {
                return;
            }
            if let Some((at, target)) = schema
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|to| self.target(to))
            {
                pending.push((target, at, value));
                continue;
            }
            for key in ["allOf", "anyOf", "oneOf"] {
                let branches = schema.get(key).and_then(Value::as_array).into_iter().flatten();
                let branches = branches.enumerate().filter(|(_, branch)| self.fits(branch, value));
                pending.extend(branches.map(|(index, branch)| (branch, at.child(key).child(index), value)));
            }
            self.members(schema, &at, value, &mut pending);
            self.items(schema, &at, value, &mut pending);
        }
    }

    fn members(&self, schema: &'d Value, at: &Pointer, value: &'d Value, pending: &mut Vec<Pair<'d>>) {
        for (name, member) in value.as_object().into_iter().flatten() {
            if let Some(property) = schema.get("properties").and_then(|properties| properties.get(name)) {
                pending.push((property, at.child("properties").child(name), member));
            } else if let Some(extra) = schema.get("additionalProperties") {
                pending.push((extra, at.child("additionalProperties"), member));
            }
        }
    }

    fn items(&mut self, schema: &'d Value, at: &Pointer, value: &'d Value, pending: &mut Vec<Pair<'d>>) {
        let Some(items) = schema.get("items") else {
            return;
        };
        let below = at.child("items");
        if let Value::Array(elements) = value {
            let elements = elements.iter().take(MOST_ELEMENTS);
            pending.extend(elements.map(|element| (items, below.clone(), element)));
        }
        let single = !value.is_array() && self.shows_single(items, value);
        if let Some(seen) = self.seen.get_mut(at) {
            seen.lists += usize::from(value.is_array());
            seen.singles += usize::from(single);
            if single {
                pending.push((items, below, value));
            }
        }
    }

    /// Whether a value that is no list is one that `items` describes; text may also be a list that is written as text.
    fn shows_single(&self, items: &Value, value: &Value) -> bool {
        let choice = items.get("anyOf").is_some() || items.get("oneOf").is_some();
        !value.is_null() && (value.is_object() || choice) && self.admits(items, value, 0)
    }

    /// Whether a branch of a choice may be the one that a value is of.
    fn fits(&self, branch: &Value, value: &Value) -> bool {
        let required = branch.get("required").and_then(Value::as_array).into_iter().flatten();
        let mut required = required.filter_map(Value::as_str);
        self.admits(branch, value, 0) && (!value.is_object() || required.all(|name| value.get(name).is_some()))
    }

    /// Whether a schema admits values of the type of this one.
    fn admits(&self, schema: &Value, value: &Value, depth: usize) -> bool {
        if depth > DEEPEST || !self.goes_on() {
            return true;
        }
        if let Some((_, target)) = schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|to| self.target(to))
        {
            return self.admits(target, value, depth + 1);
        }
        let branches = |key: &str| schema.get(key).and_then(Value::as_array);
        let any = |list: &Vec<Value>| list.iter().any(|branch| self.admits(branch, value, depth + 1));
        admits_type(schema.get("type"), value)
            && branches("anyOf").is_none_or(any)
            && branches("oneOf").is_none_or(any)
            && branches("allOf").is_none_or(|list| list.iter().all(|branch| self.admits(branch, value, depth + 1)))
    }
}

/// A schema, its place, and a value that it describes.
type Pair<'d> = (&'d Value, Pointer, &'d Value);

/// Whether `type` admits values of the type of this one.
fn admits_type(ty: Option<&Value>, value: &Value) -> bool {
    let own = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let admits = |ty: &Value| ty == own || (ty == "integer" && value.is_number());
    match ty {
        None => true,
        Some(Value::Array(types)) => types.iter().any(admits),
        Some(ty) => admits(ty),
    }
}
