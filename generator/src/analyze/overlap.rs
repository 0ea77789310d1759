//! Unions whose values may match several variants at once (`anyOf`).

use std::collections::HashMap;

use crate::ir::{Api, Field, Shape, Struct, Tagging, TypeId, TypeRef, Union};

/// Whether a value may be several variants of a union at once, of which each knows properties that another passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overlap {
    /// It may not.
    Never,
    /// It may, if it has everything that two variants require and that only one of them knows.
    Unlikely,
    /// It may.
    Likely,
}

/// The unions whose variants overlap.
pub(super) fn overlaps(api: &Api) -> HashMap<TypeId, Overlap> {
    let unions = api.types.iter().filter_map(|(id, definition)| match &definition.shape {
        Shape::Union(union) => Some((id, overlap(api, union))),
        _ => None,
    });
    unions.filter(|(_, overlap)| *overlap != Overlap::Never).collect()
}

fn overlap(api: &Api, union: &Union) -> Overlap {
    if union.tagging != (Tagging::Untagged { any: true }) {
        return Overlap::Never;
    }
    let slots = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
    let objects = slots.filter_map(|slot| match api.types.resolve(&slot.ty) {
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        },
        _ => None,
    });
    let objects: Vec<&Struct> = objects.collect();
    let pairs = objects.iter().enumerate().flat_map(|(index, one)| {
        let others = objects[index + 1..].iter();
        others.map(move |other| (*one, *other))
    });
    let overlaps = pairs.map(|(one, other)| {
        let mutual = |more: fn(&Struct, &Struct) -> bool| more(one, other) && more(other, one);
        match may_be_both(api, one, other) && mutual(knows_more) {
            false => Overlap::Never,
            true if mutual(requires_more) => Overlap::Unlikely,
            true => Overlap::Likely,
        }
    });
    overlaps
        .max()
        .unwrap_or(Overlap::Never)
        .max(below(api, union, &objects))
}

/// What is known of variants without a look at each pair. A map keeps what an open object passes over. Objects that know the
/// same properties may differ in what they know of their values, and so may the items of lists and the variants of unions.
fn below(api: &Api, union: &Union, objects: &[&Struct]) -> Overlap {
    let slots = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
    let slots: Vec<&TypeRef> = slots.map(|slot| api.types.resolve(&slot.ty)).collect();
    let open = |object: &&Struct| !object.closed && object.extra.is_none();
    let has_map = slots.iter().any(|slot| matches!(slot, TypeRef::Map(_)));
    if has_map && objects.iter().any(open) {
        return Overlap::Likely;
    }
    let composed = slots.iter().filter(|slot| match slot {
        TypeRef::Named(id) => !matches!(api.types[*id].shape, Shape::Enum(_)),
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Map(_) => true,
        TypeRef::Primitive(_) | TypeRef::Any => false,
    });
    match composed.count() {
        0 | 1 => Overlap::Never,
        _ => Overlap::Unlikely,
    }
}

/// Whether a value can be both: none is closed, and no property is a constant that differs.
fn may_be_both(api: &Api, one: &Struct, other: &Struct) -> bool {
    let differs = |field: &Field, twin: &Field| {
        let constants = api.types.constant(&field.slot).zip(api.types.constant(&twin.slot));
        constants.is_some_and(|(one, other)| one != other)
    };
    let mut twins = one.fields.iter().filter_map(|field| {
        let twin = other.fields.iter().find(|twin| twin.wire == field.wire);
        twin.map(|twin| (field, twin))
    });
    !one.closed && !other.closed && !twins.any(|(field, twin)| differs(field, twin))
}

/// Whether one object keeps a property that the other passes over.
fn knows_more(one: &Struct, other: &Struct) -> bool {
    other.extra.is_none() && one.fields.iter().any(|field| !has(other, field))
}

/// Whether one object requires a property that the other does not have.
fn requires_more(one: &Struct, other: &Struct) -> bool {
    one.fields.iter().any(|field| field.required && !has(other, field))
}

fn has(object: &Struct, field: &Field) -> bool {
    object.fields.iter().any(|own| own.wire == field.wire)
}
