//! Unions of which a value may be several variants at once (`anyOf`).

use std::collections::HashSet;

use crate::ir::{Api, Field, Shape, Struct, Tagging, TypeId, TypeRef, Union};

/// The unions with two variants that a value can be at once and that know different properties.
pub(super) fn several(api: &Api) -> HashSet<TypeId> {
    let unions = api.types.iter().filter_map(|(id, definition)| match &definition.shape {
        Shape::Union(union) => Some((id, union)),
        _ => None,
    });
    unions
        .filter(|(_, union)| overlaps(api, union))
        .map(|(id, _)| id)
        .collect()
}

fn overlaps(api: &Api, union: &Union) -> bool {
    if union.tagging != (Tagging::Untagged { any: true }) {
        return false;
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
    let mut pairs = objects.iter().enumerate().flat_map(|(index, one)| {
        let others = objects[index + 1..].iter();
        others.map(move |other| (*one, *other))
    });
    pairs.any(|(one, other)| may_be_both(api, one, other) && knows_more(one, other) && knows_more(other, one))
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
    let unknown = |field: &Field| !other.fields.iter().any(|twin| twin.wire == field.wire);
    other.extra.is_none() && one.fields.iter().any(unknown)
}
