//! Estimates the size of types in bytes, so that large branches of unions are boxed.

use std::collections::HashSet;

use crate::ir::{Api, Primitive, Scalar, Shape, Slot, TypeId, TypeRef};

/// Branches above this many bytes are boxed; the lint on large variants draws the line at the same place.
const LARGE: usize = 200;

/// A list, a map or a string.
const POINTED: usize = 24;

/// Any value.
const ANY: usize = 72;

/// How deep types are looked into; what lies deeper is large already.
const DEEPEST: usize = 12;

/// Variants that are too large to lie in their union.
pub(super) fn boxed(api: &Api, recursive: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let mut boxed = HashSet::new();
    for (id, definition) in api.types.iter() {
        if let Shape::Union(union) = &definition.shape {
            for (member, variant) in union.variants.iter().enumerate() {
                let size = |slot: &Slot| slot_size(api, recursive, slot, 0);
                if variant.slot.as_ref().map_or(0, size) > LARGE {
                    boxed.insert((id, member));
                }
            }
        }
    }
    boxed
}

fn slot_size(api: &Api, recursive: &HashSet<(TypeId, usize)>, slot: &Slot, depth: usize) -> usize {
    match &slot.ty {
        TypeRef::Primitive(primitive) => match primitive {
            Primitive::Bool | Primitive::BoolConstant(_) => 1,
            Primitive::I32 | Primitive::U32 => 8,
            Primitive::I64 | Primitive::U64 | Primitive::F64 | Primitive::Date => 16,
            Primitive::DateTime | Primitive::Uuid => 17,
            Primitive::I128 => 32,
            Primitive::Scalar(Scalar::Number) => 16,
            Primitive::Scalar(_) => ANY,
            Primitive::String | Primitive::Secret | Primitive::Base64 | Primitive::Base64Url | Primitive::Part => {
                POINTED
            }
        },
        TypeRef::List(_) => POINTED,
        TypeRef::Tuple(places) => places
            .iter()
            .map(|place| slot_size(api, recursive, place, depth))
            .fold(0, usize::saturating_add),
        TypeRef::Map(_) | TypeRef::Any => ANY,
        TypeRef::Named(id) => type_size(api, recursive, *id, depth + 1),
    }
}

fn type_size(api: &Api, recursive: &HashSet<(TypeId, usize)>, id: TypeId, depth: usize) -> usize {
    if depth > DEEPEST {
        return LARGE + 1;
    }
    match &api.types[id].shape {
        Shape::Struct(object) => object
            .fields
            .iter()
            .enumerate()
            .map(|(member, field)| {
                if recursive.contains(&(id, member)) {
                    8
                } else {
                    slot_size(api, recursive, &field.slot, depth)
                }
            })
            .fold(object.extra.as_ref().map_or(0, |_| POINTED), usize::saturating_add)
            .min(10 * LARGE),
        Shape::Enum(_) => POINTED,
        Shape::Union(union) => {
            let variants = union.variants.iter().enumerate().map(|(member, variant)| {
                if recursive.contains(&(id, member)) {
                    8
                } else {
                    let size = |slot: &Slot| slot_size(api, recursive, slot, depth).min(LARGE);
                    variant.slot.as_ref().map_or(0, size)
                }
            });
            variants.max().unwrap_or_default() + 8
        }
        Shape::Alias(slot) => slot_size(api, recursive, slot, depth),
        Shape::Any => ANY,
    }
}
