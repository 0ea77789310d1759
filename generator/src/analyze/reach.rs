//! Computes which types are reached by requests and by responses.

use crate::ir::{Api, Root, Shape, Slot, TypeId, TypeRef};

/// Who reaches a type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Reach {
    /// A parameter or a request body.
    pub request: bool,
    /// The body of a response.
    pub response: bool,
}

/// Marks the types that no operation and no webhook reaches, so that they are omitted.
///
/// A mark and not a removal: names are given to all types in their order, and so do not depend on what is omitted.
pub fn prune(api: &mut Api) {
    let reach = every_call(api);
    let ids: Vec<TypeId> = api.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        api.types.get_mut(id).pruned = reach[id.index()] == Reach::default();
    }
}

pub(super) fn every_call(api: &Api) -> Vec<Reach> {
    let mut reach = vec![Reach::default(); api.types.len()];
    for operation in &api.operations {
        for slot in operation.sent() {
            mark(api, &mut reach, slot, |reach| &mut reach.request);
        }
        for slot in operation.received() {
            mark(api, &mut reach, slot, |reach| &mut reach.response);
        }
    }
    for payload in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        mark(api, &mut reach, payload, |reach| &mut reach.response);
    }
    reach
}

/// Marks what components hold, which are there whether a call has them or not.
pub(super) fn mark_components(api: &Api, reach: &mut [Reach]) {
    let components = api
        .types
        .kept()
        .filter(|(_, definition)| matches!(definition.hint.root, Root::Component(_)));
    for (id, _) in components {
        mark(api, reach, &Slot::new(TypeRef::Named(id)), |reach| &mut reach.request);
    }
}

pub(super) fn reach(api: &Api) -> Vec<Reach> {
    let mut reach = every_call(api);
    // A type that nothing reaches is for its users to use either way, with all that it holds.
    for (id, _) in api.types.kept() {
        if reach[id.index()] == Reach::default() {
            let slot = Slot::new(TypeRef::Named(id));
            mark(api, &mut reach, &slot, |reach| &mut reach.request);
            mark(api, &mut reach, &slot, |reach| &mut reach.response);
        }
    }
    reach
}

fn mark(api: &Api, reach: &mut [Reach], slot: &Slot, flag: fn(&mut Reach) -> &mut bool) {
    let mut pending: Vec<TypeId> = Vec::new();
    named(slot, &mut pending);
    while let Some(id) = pending.pop() {
        let flag = flag(&mut reach[id.index()]);
        if std::mem::replace(flag, true) {
            continue;
        }
        for slot in slots(&api.types[id].shape) {
            named(slot, &mut pending);
        }
    }
}

/// Every slot of a shape.
pub(super) fn slots(shape: &Shape) -> Vec<&Slot> {
    match shape {
        Shape::Struct(object) => object
            .fields
            .iter()
            .map(|field| &field.slot)
            .chain(&object.extra)
            .collect(),
        Shape::Union(union) => union
            .variants
            .iter()
            .filter_map(|variant| variant.slot.as_ref())
            .collect(),
        Shape::Alias(slot) => vec![slot],
        Shape::Enum(_) | Shape::Any => Vec::new(),
    }
}

/// The named types that a slot mentions.
pub(super) fn named(slot: &Slot, found: &mut Vec<TypeId>) {
    match &slot.ty {
        TypeRef::Named(id) => found.push(*id),
        TypeRef::List(item) | TypeRef::Map(item) => named(item, found),
        TypeRef::Tuple(places) => places.iter().for_each(|place| named(place, found)),
        TypeRef::Primitive(_) | TypeRef::Any => {}
    }
}
