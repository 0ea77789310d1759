//! `$id`, `$self`, `$anchor`: names that schemas give themselves.

use std::collections::HashMap;

use serde_json::Value;

use super::uri::{resolve, split};
use crate::pointer::Pointer;

/// Members that hold values of the API, not schemas.
const VALUES: [&str; 5] = ["example", "examples", "default", "enum", "const"];

/// Members whose own members have names that the API chose.
const NAMES: [&str; 6] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
];

/// The names that one text gives to its parts.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    /// Where schemas with an address of their own stand, and that address; first the text itself.
    pub(super) resources: Vec<(Pointer, String)>,
    /// By the index of the resource and the name: where it stands. The first of several counts.
    anchors: HashMap<(usize, String), Pointer>,
}

impl Ids {
    /// Of a text that was found at `address`; `named` when schemas in it may name themselves.
    pub(crate) fn of(tree: &Value, address: &str, named: bool) -> Self {
        let own = tree.get("$self").and_then(Value::as_str);
        let base = own.map_or_else(|| address.to_owned(), |own| resolve(address, split(own).0));
        let mut ids = Self {
            resources: vec![(Pointer::root(), base)],
            anchors: HashMap::new(),
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
                        self.resources.push((at.clone(), address));
                    }
                    // Before `$anchor` there was, `$id: "#name"` did the same.
                    if let Some(name) = fragment.filter(|name| !name.is_empty()) {
                        self.anchor(resource, name, at);
                    }
                }
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    self.anchor(resource, name, at);
                }
                for (key, member) in members.iter().filter(|(_, member)| is_nested(member)) {
                    if VALUES.contains(&key.as_str()) {
                        continue;
                    }
                    let at = at.child(key);
                    if NAMES.contains(&key.as_str()) {
                        for (name, named) in member.as_object().into_iter().flatten() {
                            self.gather(named, &at.child(name), resource);
                        }
                    } else {
                        self.gather(member, &at, resource);
                    }
                }
            }
            _ => {}
        }
    }

    fn anchor(&mut self, resource: usize, name: &str, at: &Pointer) {
        self.anchors
            .entry((resource, name.to_owned()))
            .or_insert_with(|| at.clone());
    }

    /// The innermost resource that a place belongs to.
    pub(super) fn resource_of(&self, at: &Pointer) -> usize {
        let inside = self.resources.iter().enumerate();
        inside
            .filter(|(_, (resource, _))| at.strip_prefix(resource).is_some())
            .max_by_key(|(_, (resource, _))| resource.as_str().len())
            .map_or(0, |(index, _)| index)
    }

    /// Whether the text, or a schema in it, names itself so.
    pub(crate) fn has(&self, address: &str) -> bool {
        self.resources.iter().any(|(_, own)| own == address)
    }

    /// The address that references at a place are relative to.
    pub(crate) fn base(&self, at: &Pointer) -> &str {
        &self.resources[self.resource_of(at)].1
    }

    /// Where the anchor of a resource stands; of another one in the same text if it has none.
    pub(super) fn anchored(&self, resource: usize, name: &str) -> Option<&Pointer> {
        (resource..self.resources.len())
            .chain(0..resource)
            .find_map(|resource| self.anchors.get(&(resource, name.to_owned())))
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
