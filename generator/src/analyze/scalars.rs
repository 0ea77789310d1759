//! Collects the scalar unions of the runtime that a client uses.

use std::collections::BTreeSet;

use super::reach::slots;
use crate::ir::{Api, Primitive, Scalar, Slot, TypeRef};

pub(super) fn scalars(api: &Api) -> BTreeSet<Scalar> {
    let mut found = BTreeSet::new();
    for (_, definition) in api.types.kept() {
        for slot in slots(&definition.shape) {
            add(slot, &mut found);
        }
    }
    let operations = api.operations.iter();
    for slot in operations.flat_map(|operation| operation.sent().chain(operation.received())) {
        add(slot, &mut found);
    }
    for slot in api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref()) {
        add(slot, &mut found);
    }
    found
}

fn add(slot: &Slot, found: &mut BTreeSet<Scalar>) {
    match &slot.ty {
        TypeRef::Primitive(Primitive::Scalar(scalar)) => {
            found.insert(*scalar);
        }
        TypeRef::List(item) | TypeRef::Map(item) => add(item, found),
        TypeRef::Tuple(places) => places.iter().for_each(|place| add(place, found)),
        TypeRef::Primitive(_) | TypeRef::Named(_) | TypeRef::Any => {}
    }
}
