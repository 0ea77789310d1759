//! `$id`, `$self`, `$anchor`: identifiers that schemas declare.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::uri::{resolve, split};
use crate::pointer::Pointer;

/// Members that hold values of the API, not schemas.
const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Members whose own members have names that the API chose.
const NAMES: [&str; 14] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "paths",
    "x-ms-paths",
    "parameters",
    "responses",
    "requestBodies",
    "headers",
    "content",
    "callbacks",
];

/// The names that one text gives to its parts.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Where schemas with an address of their own stand, and that address; first the text itself.
    pub(super) resources: Vec<(Pointer, String)>,
    /// The last resource that stands at a place.
    by_place: HashMap<Pointer, usize>,
    /// By the index of the resource and the name: where it stands. The first of several counts.
    anchors: HashMap<(usize, String), Vec<Pointer>>,
    /// Every `$dynamicAnchor`, and every `$recursiveAnchor` under a name that no other can have.
    pub(super) dynamic: Vec<DynamicAnchor>,
    /// Where `$dynamicRef`s stand, by the anchor they name.
    pub(super) dynamic_references: HashMap<String, Vec<Pointer>>,
}

/// The name of what `$recursiveAnchor` declares and `$recursiveRef` refers to.
pub(super) const RECURSIVE: &str = "";

/// A schema that dynamic references may lead to.
#[derive(Debug)]
pub(super) struct DynamicAnchor {
    pub(super) name: String,
    pub(super) at: Pointer,
}

impl Ids {
    /// Of a text that was found at `address`; `named` when schemas in it may name themselves.
    pub(crate) fn of(tree: &Value, address: &str, named: bool) -> Self {
        let own = tree.get("$self").and_then(Value::as_str);
        let base = own.map_or_else(|| address.to_owned(), |own| resolve(address, split(own).0));
        let mut ids = Self {
            resources: vec![(Pointer::root(), base)],
            by_place: HashMap::from([(Pointer::root(), 0)]),
            ..Self::default()
        };
        if named {
            ids.gather(tree, &Pointer::root(), 0);
        }
        ids
    }

    fn gather(&mut self, value: &Value, at: &Pointer, resource: usize) {
        match value {
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate().filter(|(_, element)| is_nested(element)) {
                    self.gather(element, &at.child(index), resource);
                }
            }
            Value::Object(members) => {
                let mut resource = resource;
                let text = |key| members.get(key).and_then(Value::as_str);
                if let Some((address, fragment)) = text("$id").map(|id| split(id.trim())) {
                    if !address.is_empty() {
                        let address = resolve(&self.resources[resource].1, address);
                        resource = self.resources.len();
                        self.by_place.insert(at.clone(), resource);
                        self.resources.push((at.clone(), address));
                    }
                    // Before `$anchor` there was, `$id: "#name"` did the same.
                    if let Some(name) = fragment.filter(|name| !name.is_empty()) {
                        self.anchor(resource, name, at);
                    }
                }
                self.gather_anchors(members, at, resource);
                for (key, member) in members.iter().filter(|(_, member)| is_nested(member)) {
                    if VALUES.contains(&key.as_str()) {
                        continue;
                    }
                    let at = at.child(key);
                    match member {
                        Value::Object(named) if NAMES.contains(&key.as_str()) => {
                            for (name, named) in named {
                                self.gather(named, &at.child(name), resource);
                            }
                        }
                        _ => self.gather(member, &at, resource),
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes up what a schema calls itself within its resource, and what it refers to by a name that others may give.
    fn gather_anchors(&mut self, members: &Map<String, Value>, at: &Pointer, resource: usize) {
        let text = |key| members.get(key).and_then(Value::as_str);
        for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            self.anchor(resource, name, at);
        }
        let recursive = members.get("$recursiveAnchor") == Some(&Value::Bool(true));
        for name in text("$dynamicAnchor").into_iter().chain(recursive.then_some(RECURSIVE)) {
            self.dynamic.push(DynamicAnchor {
                name: name.to_owned(),
                at: at.clone(),
            });
        }
        if let Some((_, Some(name))) = text("$dynamicRef").map(split) {
            let all = self.dynamic_references.entry(name.to_owned()).or_default();
            all.push(at.clone());
        }
    }

    fn anchor(&mut self, resource: usize, name: &str, at: &Pointer) {
        let places = self.anchors.entry((resource, name.to_owned())).or_default();
        places.push(at.clone());
    }

    /// The innermost resource that a place belongs to.
    pub(super) fn resource_of(&self, at: &Pointer) -> usize {
        if self.resources.len() == 1 {
            return 0;
        }
        let mut around = Some(at.clone());
        while let Some(place) = around {
            if let Some(resource) = self.by_place.get(&place) {
                return *resource;
            }
            around = place.parent();
        }
        0
    }

    /// Whether the text, or a schema in it, names itself so.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.resources.iter().any(|(_, own)| own == address)
    }

    /// The address that references at a place are relative to.
    pub(crate) fn base(&self, at: &Pointer) -> &str {
        &self.resources[self.resource_of(at)].1
    }

    /// Where an anchor stands that belongs to a schema, the resource or a part of it.
    pub(super) fn anchored_in(&self, resource: usize, schema: &Pointer, name: &str) -> Option<&Pointer> {
        let mut places = self.anchors.get(&(resource, name.to_owned()))?.iter();
        places.find(|place| place.strip_prefix(schema).is_some())
    }

    /// Where the anchor of a resource stands; of another one in the same text if it has none.
    pub(super) fn anchored(&self, resource: usize, name: &str) -> Option<&Pointer> {
        (resource..self.resources.len())
            .chain(0..resource)
            .find_map(|resource| self.anchors.get(&(resource, name.to_owned()))?.first())
    }
}

fn is_nested(value: &Value) -> bool {
    matches!(value, Value::Array(_) | Value::Object(_))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Ids;

    #[test]
    fn schemas_name_themselves_relative_to_what_they_stand_in() {
        let tree = json!({ "$self": "https://x.example/api/main", "components": { "schemas": {
            "Pet": { "$id": "pets/pet", "$defs": { "Tag": { "$id": "tag", "$anchor": "t" } } },
            "Plain": { "$dynamicAnchor": "p", "example": { "$id": "no" } },
            "example": { "$id": "yes" },
        } } });
        let ids = Ids::of(&tree, "main.yaml", true);
        let addresses: Vec<&str> = ids.resources.iter().map(|(_, address)| address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://x.example/api/main",
                "https://x.example/api/pets/pet",
                "https://x.example/api/pets/tag",
                "https://x.example/api/yes",
            ]
        );
        let tag = ids.anchored(2, "t").expect("an anchor").clone();
        assert_eq!(tag.to_string(), "#/components/schemas/Pet/$defs/Tag");
        assert_eq!(ids.resource_of(&tag.child("properties")), 2);
        assert!(ids.anchored(0, "p").is_some());
    }
}
