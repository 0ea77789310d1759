//! Finds the component schemas that extend others: `allOf` with a discriminator.

use std::collections::HashMap;

use indexmap::{IndexMap, IndexSet};
use serde_json::Value;

use crate::parse::Node;
use crate::pointer::Pointer;

/// How the component schemas of a document extend each other.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    /// By schema: those it includes through `allOf`.
    parents: HashMap<Pointer, Vec<Pointer>>,
    /// By schema: those that include it, in the order of the document.
    pub(super) children: IndexMap<Pointer, Vec<Pointer>>,
    /// By schema: those that do not include it, and whose mapping names it all the same.
    adopted: IndexMap<Pointer, Vec<Pointer>>,
    /// By schema: the discriminator it declares beside its members.
    pub(super) discriminators: HashMap<Pointer, Discriminator>,
}

/// A Discriminator Object of a schema that does not list its subtypes.
#[derive(Debug, Clone, Default)]
pub(super) struct Discriminator {
    property: String,
    /// By schema: the values that mean it.
    mapping: IndexMap<Pointer, IndexSet<String>>,
    /// `defaultMapping`.
    pub(super) default: Option<Pointer>,
}

impl Hierarchy {
    /// Reads the component schemas.
    pub(super) fn read(schemas: Option<&Node<'_>>) -> Self {
        let mut hierarchy = Self::default();
        for (_, node) in schemas.into_iter().flat_map(Node::members) {
            hierarchy.add(&node.at, &node);
        }
        let mapped: Vec<(Pointer, Pointer)> = hierarchy
            .discriminators
            .iter()
            .flat_map(|(base, own)| own.mapping.keys().map(|to| (base.clone(), to.clone())))
            .collect();
        let members = schemas.into_iter().flat_map(Node::members);
        let order: HashMap<Pointer, usize> = members.enumerate().map(|(index, (_, node))| (node.at, index)).collect();
        for (base, to) in mapped {
            let own = to == base || hierarchy.extends(&to, &base) || hierarchy.extends(&base, &to);
            if order.contains_key(&to) && !own {
                hierarchy.adopted.entry(to.clone()).or_default().push(base.clone());
                hierarchy.children.entry(base).or_default().push(to);
            }
        }
        for bases in hierarchy.adopted.values_mut() {
            bases.sort_by_key(|base| order.get(base).copied());
            bases.dedup();
        }
        for children in hierarchy.children.values_mut() {
            children.sort_by_key(|child| order.get(child).copied());
            children.dedup();
        }
        hierarchy
    }

    /// Takes up what one schema, or an `allOf` branch of it, says.
    fn add(&mut self, component: &Pointer, node: &Node<'_>) {
        let chooses = node.value.get("oneOf").is_some() || node.value.get("anyOf").is_some();
        if let Some(discriminator) = node.get("discriminator").filter(|_| !chooses)
            && let Some(property) = discriminator.value.get("propertyName").and_then(Value::as_str)
        {
            let mapping = discriminator.get("mapping");
            let mut values: IndexMap<Pointer, IndexSet<String>> = IndexMap::new();
            for (value, to) in mapping.iter().flat_map(Node::members) {
                if let Some(to) = to.value.as_str() {
                    values.entry(mapped(to)).or_default().insert(value.to_owned());
                }
            }
            self.discriminators.insert(
                component.clone(),
                Discriminator {
                    property: property.to_owned(),
                    mapping: values,
                    default: default_mapping(&discriminator),
                },
            );
        }
        for branch in node.get("allOf").iter().flat_map(Node::elements) {
            match branch.reference().and_then(|text| Pointer::parse(text.trim())) {
                Some(parent) if parent != *component => {
                    self.parents.entry(component.clone()).or_default().push(parent.clone());
                    self.children.entry(parent).or_default().push(component.clone());
                }
                Some(_) => {}
                None => self.add(component, &branch),
            }
        }
    }

    /// Whether a schema includes another one, perhaps through others.
    pub(super) fn extends(&self, schema: &Pointer, base: &Pointer) -> bool {
        schema != base && self.ancestors(schema).contains(base)
    }

    /// A schema and all it includes, nearest first.
    fn ancestors(&self, schema: &Pointer) -> IndexSet<Pointer> {
        let mut found = IndexSet::from([schema.clone()]);
        let mut next = 0;
        while let Some(current) = found.get_index(next) {
            let parents = self.parents.get(current);
            found.extend(parents.into_iter().flatten().cloned());
            next += 1;
        }
        found
    }

    /// The property that tells the subtypes of a schema apart: its own discriminator, or that of what it includes.
    pub(super) fn property(&self, schema: &Pointer) -> Option<&str> {
        let ancestors = self.ancestors(schema);
        let declared = ancestors.iter().find_map(|schema| self.discriminators.get(schema));
        declared.map(|discriminator| discriminator.property.as_str())
    }

    /// Whether other schemas take the place of this one, told apart by a discriminator.
    pub(super) fn is_base(&self, schema: &Pointer) -> bool {
        self.children.get(schema).is_some_and(|children| !children.is_empty()) && self.property(schema).is_some()
    }

    /// Whether this schema takes the place of another one.
    pub(super) fn is_subtype(&self, schema: &Pointer) -> bool {
        self.parents.contains_key(schema) && self.property(schema).is_some()
    }

    /// The values that a mapping above a schema gives it.
    pub(super) fn mapped_values(&self, schema: &Pointer) -> Vec<String> {
        let mut values = IndexSet::new();
        let adopted = self.adopted.get(schema).into_iter().flatten().cloned();
        for ancestor in self.ancestors(schema).into_iter().chain(adopted) {
            let own = self.discriminators.get(&ancestor);
            let own = own.and_then(|own| own.mapping.get(schema));
            values.extend(own.into_iter().flatten().cloned());
        }
        values.into_iter().collect()
    }
}

/// The schema a mapping names: by reference, or by its name alone.
pub(super) fn mapped(to: &str) -> Pointer {
    Pointer::parse(to.trim()).unwrap_or_else(|| Pointer::root().child("components").child("schemas").child(to.trim()))
}

/// The schema that a discriminator names for values it does not list (OpenAPI 3.2).
pub(super) fn default_mapping(discriminator: &Node<'_>) -> Option<Pointer> {
    Some(mapped(discriminator.value.get("defaultMapping")?.as_str()?))
}
