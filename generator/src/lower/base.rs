//! Makes a union of a schema that others extend and its subtypes.

use std::collections::HashSet;

use indexmap::IndexSet;
use serde_json::Value;

use super::context::Lower;
use super::site::Site;
use super::view::View;
use crate::ir::{Hint, Root, Shape, Slot, Step, Tag, Tagging, TypeId, TypeRef, Union, Variant};
use crate::pointer::Pointer;

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
                name: None,
                description: String::new(),
                slot: Some(Slot::new(TypeRef::Named(child_id))),
                tags: self.tags_below(child, &property),
            });
        }
        let own = Variant {
            hint: "Base".to_owned(),
            name: None,
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
        let mut tags = IndexSet::new();
        let mut passed = HashSet::new();
        let mut open = vec![schema.clone()];
        while let Some(current) = open.pop() {
            if !passed.insert(current.clone()) {
                continue;
            }
            tags.extend(self.tags_of(&current, property));
            let children = self.hierarchy.children.get(&current);
            open.extend(children.into_iter().flatten().rev().cloned());
        }
        tags.into_iter().collect()
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
