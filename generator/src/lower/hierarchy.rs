//! Which component schemas extend which: `allOf` with a discriminator, where subtypes are found by what they include.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::view::View;
use super::{Lower, Site};
use crate::ir::{Hint, Root, Shape, Slot, Step, Tag, Tagging, TypeId, TypeRef, Union, Variant};
use crate::parse::Node;
use crate::pointer::Pointer;

/// How the component schemas of a document extend each other.
#[derive(Debug, Default)]
pub(super) struct Hierarchy {
    /// By schema: those it includes through `allOf`.
    parents: HashMap<Pointer, Vec<Pointer>>,
    /// By schema: those that include it, in the order of the document.
    children: IndexMap<Pointer, Vec<Pointer>>,
    /// By schema: those that do not include it, and whose mapping names it all the same.
    adopted: IndexMap<Pointer, Vec<Pointer>>,
    /// By schema: the discriminator it declares beside its members.
    discriminators: HashMap<Pointer, Discriminator>,
}

/// A Discriminator Object of a schema that does not list its subtypes.
#[derive(Debug, Clone, Default)]
struct Discriminator {
    property: String,
    /// Value and schema.
    mapping: Vec<(String, Pointer)>,
    /// `defaultMapping`.
    default: Option<Pointer>,
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
            .flat_map(|(base, own)| own.mapping.iter().map(|(_, to)| (base.clone(), to.clone())))
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
            let targets = mapping.iter().flat_map(Node::members).filter_map(|(value, to)| {
                let to = mapped(to.value.as_str()?);
                Some((value.to_owned(), to))
            });
            self.discriminators.insert(
                component.clone(),
                Discriminator {
                    property: property.to_owned(),
                    mapping: targets.collect(),
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
    fn ancestors(&self, schema: &Pointer) -> Vec<Pointer> {
        let mut found = vec![schema.clone()];
        let mut next = 0;
        while let Some(current) = found.get(next).cloned() {
            for parent in self.parents.get(&current).into_iter().flatten() {
                if !found.contains(parent) {
                    found.push(parent.clone());
                }
            }
            next += 1;
        }
        found
    }

    /// The property that tells the subtypes of a schema apart: its own discriminator, or that of what it includes.
    fn property(&self, schema: &Pointer) -> Option<&str> {
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
    fn mapped_values(&self, schema: &Pointer) -> Vec<String> {
        let mut values = Vec::new();
        let adopted = self.adopted.get(schema).into_iter().flatten().cloned();
        for ancestor in self.ancestors(schema).into_iter().chain(adopted) {
            let mapping = self.discriminators.get(&ancestor).map(|own| own.mapping.as_slice());
            for (value, to) in mapping.unwrap_or_default() {
                if to == schema && !values.contains(value) {
                    values.push(value.clone());
                }
            }
        }
        values
    }
}

impl<'d> Lower<'d, '_> {
    /// A schema that others extend: a union of itself and of them.
    pub(super) fn base(&mut self, id: TypeId, view: &View<'d>) -> Shape {
        let at = &view.places[0];
        let property = self.hierarchy.property(at).unwrap_or_default().to_owned();
        let children = self.hierarchy.children.get(at).cloned().unwrap_or_default();
        let mut variants: Vec<Variant> = Vec::with_capacity(children.len() + 1);
        for child in &children {
            let Some(child_id) = self.want(child) else {
                continue;
            };
            variants.push(Variant {
                hint: child.last(),
                description: String::new(),
                slot: Some(Slot::new(TypeRef::Named(child_id))),
                tags: self.tags_below(child, &property),
            });
        }
        let own = Variant {
            hint: "Base".to_owned(),
            description: String::new(),
            slot: Some(self.base_alone(id, view)),
            tags: self.tags_of(at, &property),
        };
        let alone = variants.len();
        variants.push(own);
        let declared = self.hierarchy.discriminators.get(&view.places[0]);
        let default = declared.and_then(|own| children.iter().position(|child| Some(child) == own.default.as_ref()));
        let tagging = Tagging::Internal(Tag {
            property,
            declared: true,
            absent: vec![default.unwrap_or(alone)],
            tries: false,
            unlisted: default,
        });
        Shape::Union(Union { tagging, variants })
    }

    /// The members that a base and everything that extends it have.
    fn base_alone(&mut self, id: TypeId, view: &View<'d>) -> Slot {
        let site = Site::root(Root::Type(id));
        if !self.is_object(view) {
            return self.unnamed(view, &site);
        }
        let hint = Hint {
            root: Root::Type(id),
            steps: vec![Step::Base],
        };
        let base = self.api.types.reserve(view.places[0].clone(), hint);
        let object = self.object(id, view);
        self.api.types.get_mut(base).shape = Shape::Struct(object);
        Slot::new(TypeRef::Named(base))
    }

    /// The discriminator values of a schema and of all that extend it.
    pub(super) fn tags_below(&self, schema: &Pointer, property: &str) -> Vec<String> {
        let mut tags = Vec::new();
        let mut passed = HashSet::new();
        let mut open = vec![schema.clone()];
        while let Some(current) = open.pop() {
            if !passed.insert(current.clone()) {
                continue;
            }
            for tag in self.tags_of(&current, property) {
                if !tags.contains(&tag) {
                    tags.push(tag);
                }
            }
            let children = self.hierarchy.children.get(&current);
            open.extend(children.into_iter().flatten().rev().cloned());
        }
        tags
    }

    /// The discriminator values that mean a schema itself.
    fn tags_of(&self, schema: &Pointer, property: &str) -> Vec<String> {
        let mapped = self.hierarchy.mapped_values(schema);
        if !mapped.is_empty() {
            return mapped;
        }
        let value = self.root.pointer(schema.as_str());
        let extension = value
            .and_then(|value| value.get("x-ms-discriminator-value"))
            .and_then(Value::as_str);
        let declared = extension.or_else(|| value.and_then(|value| constant(value, property)));
        vec![declared.map_or_else(|| schema.last(), str::to_owned)]
    }
}

/// The one value that a schema, or an inline `allOf` branch of it, gives a property.
fn constant<'d>(schema: &'d Value, property: &str) -> Option<&'d str> {
    let own = schema.get("properties").and_then(|properties| properties.get(property));
    let only = own.and_then(
        |own| match own.get("enum").and_then(Value::as_array).map(Vec::as_slice) {
            Some([only]) => only.as_str(),
            _ => own.get("const")?.as_str(),
        },
    );
    only.or_else(|| {
        let branches = schema.get("allOf").and_then(Value::as_array);
        branches
            .into_iter()
            .flatten()
            .find_map(|branch| constant(branch, property))
    })
}

/// The schema a mapping names: by reference, or by its name alone.
pub(super) fn mapped(to: &str) -> Pointer {
    Pointer::parse(to.trim()).unwrap_or_else(|| Pointer::root().child("components").child("schemas").child(to.trim()))
}

/// The schema that a discriminator names for values it does not list (OpenAPI 3.2).
pub(super) fn default_mapping(discriminator: &Node<'_>) -> Option<Pointer> {
    Some(mapped(discriminator.value.get("defaultMapping")?.as_str()?))
}
