//! Discriminators that a variant does not always write by itself.

use std::collections::{HashMap, HashSet};

use super::Presence;
use crate::ir::{Api, EnumValues, Primitive, Shape, TypeId, TypeRef, Union, Variant};

/// By union and variant: the discriminator value that is written beside what the variant holds.
pub(super) type Written = HashMap<(TypeId, usize), String>;

/// Finds the variants that have one value of the discriminator, and hold an object that may be without it.
pub(super) fn written(api: &Api, presence: &[Vec<Presence>]) -> Written {
    let mut written = Written::new();
    for (id, definition) in api.types.iter() {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        for (index, variant) in union.variants.iter().enumerate() {
            if let Some(tag) = tag(api, presence, union, index, variant) {
                written.insert((id, index), tag.to_owned());
            }
        }
    }
    written
}

/// By type: the positions of the fields by which a union tells it from others.
pub(super) fn fields(api: &Api) -> HashSet<(TypeId, usize)> {
    let mut fields = HashSet::new();
    for (_, definition) in api.types.iter() {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        let Some(tag) = union.tag() else { continue };
        for slot in union.variants.iter().filter_map(|variant| variant.slot.as_ref()) {
            if let TypeRef::Named(id) = api.types.resolve(&slot.ty)
                && let Shape::Struct(object) = &api.types[*id].shape
                && let Some(field) = object.fields.iter().position(|field| field.wire == tag.property)
            {
                fields.insert((*id, field));
            }
        }
    }
    fields
}

fn tag<'a>(
    api: &Api,
    presence: &[Vec<Presence>],
    union: &'a Union,
    index: usize,
    variant: &'a Variant,
) -> Option<&'a str> {
    let tag = union.tag()?;
    let [only] = variant.tags.as_slice() else { return None };
    if (tag.absent.contains(&index) && !tag.tries) || tag.unlisted == Some(index) {
        return None;
    }
    match api.types.resolve(&variant.slot.as_ref()?.ty) {
        TypeRef::Named(id) => {
            // a nested union writes its own
            let Shape::Struct(object) = &api.types[*id].shape else {
                return None;
            };
            let field = object.fields.iter().position(|field| field.wire == tag.property);
            let presence = field.map(|field| presence[id.index()][field]);
            let always = matches!(presence, Some(Presence::Required | Presence::RequiredNullable));
            let text = field.is_none_or(|field| is_text(api, &object.fields[field].slot.ty));
            (text && !always).then_some(only)
        }
        TypeRef::Map(_) => Some(only),
        _ => None,
    }
}

/// Whether values are strings, as the values of a mapping are.
fn is_text(api: &Api, ty: &TypeRef) -> bool {
    match api.types.resolve(ty) {
        TypeRef::Primitive(primitive) => *primitive == Primitive::String,
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Enum(values) => matches!(values.values, EnumValues::Strings(_)),
            _ => false,
        },
        _ => false,
    }
}
