//! Finds the types whose equality is not total, since they hold floats: they have neither `Eq` nor `Hash`.

use super::reach::{named, slots};
use crate::ir::{Api, EnumValues, Primitive, Scalar, Shape, Slot, TypeId, TypeRef};

/// By type: whether it holds floats, directly or through others.
pub(super) fn floats(api: &Api) -> Vec<bool> {
    let mut holders: Vec<Vec<TypeId>> = vec![Vec::new(); api.types.len()];
    let mut floats = vec![false; api.types.len()];
    let mut pending = Vec::new();
    for (id, definition) in api.types.iter() {
        let slots = slots(&definition.shape);
        let listed =
            matches!(&definition.shape, Shape::Enum(values) if matches!(values.values, EnumValues::Numbers(_)));
        if listed || slots.iter().any(|slot| holds_float(slot)) {
            floats[id.index()] = true;
            pending.push(id);
        }
        let mut mentioned = Vec::new();
        slots.into_iter().for_each(|slot| named(slot, &mut mentioned));
        mentioned
            .into_iter()
            .for_each(|target| holders[target.index()].push(id));
    }
    while let Some(id) = pending.pop() {
        for holder in &holders[id.index()] {
            if !std::mem::replace(&mut floats[holder.index()], true) {
                pending.push(*holder);
            }
        }
    }
    floats
}

fn holds_float(slot: &Slot) -> bool {
    match &slot.ty {
        TypeRef::Primitive(Primitive::F64) => true,
        TypeRef::Primitive(Primitive::Scalar(scalar)) => match scalar {
            Scalar::BooleanOrNumber | Scalar::Number | Scalar::NumberOrString | Scalar::Any => true,
            Scalar::BooleanOrString | Scalar::IntegerOrDateTime | Scalar::IntegerOrString => false,
        },
        // plain JSON has no NaN, and `serde_json::Value` is `Eq` and `Hash`
        TypeRef::Primitive(_) | TypeRef::Named(_) | TypeRef::Any => false,
        TypeRef::List(item) | TypeRef::Map(item) => holds_float(item),
        TypeRef::Tuple(places) => places.iter().any(holds_float),
    }
}
