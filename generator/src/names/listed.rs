//! The names of a client as a list: what programs write, and what each of them is the name of.

use super::client::Names;
use crate::document::Document;
use crate::ir::{Api, EnumValues, Root, Shape, Slot, TypeDef, TypeId, TypeRef};
use crate::pointer::Pointer;

/// A name that programs use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The name, with what leads to it: `models::Pet`, `models::Pet::owner`, `pets.list`.
    pub name: String,
    /// The place in the document of what is named, or of the type, the operation or the group that it is in.
    pub at: Pointer,
    /// What it is at that place: empty for the type, the operation or the group itself.
    pub part: String,
    /// Of a definition that stands for several inline schemas: their places.
    pub places: Vec<Pointer>,
}

impl Named {
    fn new(name: String, at: Pointer, part: impl Into<String>) -> Self {
        Self {
            name,
            at,
            part: part.into(),
            places: Vec::new(),
        }
    }
}

/// Lists all names of types, fields, variants, groups, methods and parameters.
pub(crate) fn list(api: &Api, names: &Names, document: &Document) -> Vec<Named> {
    let mut all = Vec::new();
    for (id, definition) in api.types.kept() {
        of_type(api, names, document, id, definition, &mut all);
    }
    let mut groups = vec![None; api.operations.len()];
    for (index, group) in api.groups.iter().enumerate() {
        let accessor = names.of_group(index).accessor.plain();
        let at = Pointer::root().child("tags").child(&group.tag);
        all.push(Named::new(accessor.to_owned(), at, ""));
        group.operations.iter().for_each(|id| groups[id.0] = Some(accessor));
    }
    for (index, operation) in api.operations.iter().enumerate() {
        let own = names.of_operation(crate::ir::OperationId(index));
        let group = groups[index].map_or_else(String::new, |group| format!("{group}."));
        let method = format!("{group}{}", own.method.plain());
        let at = document.bundled(&operation.origin);
        let part = operation
            .flag
            .as_ref()
            .map_or_else(String::new, |flag| format!("{flag:?}"));
        for (parameter, name) in operation.parameters.iter().zip(&own.parameters) {
            let part = format!("{part}{} {}", parameter.location.as_str(), parameter.wire);
            all.push(Named::new(format!("{method}.{}", name.plain()), at.clone(), part));
        }
        all.push(Named::new(
            format!("operation {}", own.marker.plain()),
            at.clone(),
            format!("{part} type"),
        ));
        all.push(Named::new(method, at, part));
    }
    all
}

fn of_type(api: &Api, names: &Names, document: &Document, id: TypeId, definition: &TypeDef, all: &mut Vec<Named>) {
    let own = names.of_type(id);
    let ty = format!("models::{}", own.ty.plain());
    let at = document.bundled(&definition.origin);
    let part = match &definition.hint.steps.last() {
        Some(step @ (crate::ir::Step::Base | crate::ir::Step::Parts | crate::ir::Step::Patch)) => format!("{step:?}"),
        _ => String::new(),
    };
    let mut named = Named::new(ty.clone(), at.clone(), part.clone());
    let mut root = definition;
    while let Root::Type(parent) = &root.hint.root {
        root = &api.types[*parent];
    }
    if root.hint.root == Root::Shared {
        named.places = places(api, document, id);
    }
    let is_shared = !named.places.is_empty() || root.hint.root == Root::Shared;
    all.push(named);
    if is_shared {
        return;
    }
    let inside: Vec<String> = match &definition.shape {
        Shape::Struct(object) => object.fields.iter().map(|field| field.wire.clone()).collect(),
        Shape::Enum(list) => match &list.values {
            EnumValues::Strings(values) => values.iter().map(|value| value.wire.clone()).collect(),
            EnumValues::Integers(values) => values.iter().map(|value| value.wire.to_string()).collect(),
            EnumValues::Numbers(values) => values.iter().map(|value| value.wire.to_string()).collect(),
        },
        Shape::Union(union) => {
            let variants = union.variants.iter();
            variants
                .map(|variant| format!("{} {:?}", variant.hint, variant.tags))
                .collect()
        }
        Shape::Alias(_) | Shape::Any => Vec::new(),
    };
    for (wire, member) in inside.into_iter().zip(&own.members) {
        all.push(Named::new(
            format!("{ty}::{}", member.plain()),
            at.clone(),
            format!("{part}/{wire}"),
        ));
    }
}

/// The places of the aliases of a type.
fn places(api: &Api, document: &Document, id: TypeId) -> Vec<Pointer> {
    let target = TypeRef::Named(id);
    let is_place = |definition: &TypeDef| matches!(&definition.shape, Shape::Alias(Slot { ty, .. }) if *ty == target);
    let places = api.types.kept().filter(|(_, definition)| is_place(definition));
    places
        .map(|(_, definition)| document.bundled(&definition.origin))
        .collect()
}
