//! Merge patches (RFC 7396): `null` removes a property, so every optional property is made nullable.

use std::collections::{BTreeMap, BTreeSet};

use super::reach::{named, slots};
use crate::ir::{Api, Body, BodyContent, BodyKind, Hint, Root, Shape, Slot, Step, TypeId, TypeRef};

/// Lets the optional members of merge patches be `null`, as deep as objects are in objects; lists are replaced as a whole.
///
/// What only such bodies use is changed itself. What others use too keeps its definition, and the patch is a type of its
/// own beside it.
pub fn merge_patches(api: &mut Api) {
    let roots: Vec<Slot> = patches(api).cloned().collect();
    let mut inside: BTreeSet<TypeId> = BTreeSet::new();
    let mut pending: Vec<TypeId> = roots.iter().flat_map(merged).collect();
    while let Some(id) = pending.pop() {
        if inside.insert(id) {
            pending.extend(places(&api.types[id].shape).into_iter().flat_map(merged));
        }
    }
    let changed = changed(api, &inside);
    let used = used_otherwise(api, &roots, &inside);
    let mut twins: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    for id in changed.intersection(&used) {
        let hint = Hint {
            root: Root::Type(*id),
            steps: vec![Step::Patch],
        };
        let origin = api.types[*id].origin.clone();
        twins.insert(*id, api.types.reserve(origin, hint));
    }
    for id in &changed {
        change(api, *id, &twins);
    }
    let bodies = api
        .operations
        .iter_mut()
        .filter_map(|operation| operation.body.as_mut());
    for content in bodies.flat_map(|body| &mut body.contents).filter(|one| is_patch(one)) {
        if let BodyKind::Json(slot) = &mut content.kind {
            rewrite(slot, &twins);
        }
    }
}

fn is_patch(content: &BodyContent) -> bool {
    let essence = content.media_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/merge-patch+json")
}

fn patches(api: &Api) -> impl Iterator<Item = &Slot> {
    contents(api)
        .filter(|content| is_patch(content))
        .filter_map(|content| match &content.kind {
            BodyKind::Json(slot) => Some(slot),
            _ => None,
        })
}

fn contents(api: &Api) -> impl Iterator<Item = &BodyContent> {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies.flat_map(|body: &Body| &body.contents)
}

/// The types at a place that is merged, and not replaced as a whole.
fn merged(slot: &Slot) -> Vec<TypeId> {
    match &slot.ty {
        TypeRef::Named(id) => vec![*id],
        TypeRef::Map(value) => merged(value),
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Primitive(_) | TypeRef::Any => Vec::new(),
    }
}

/// The places of a shape, where objects may be in it.
fn places(shape: &Shape) -> Vec<&Slot> {
    match shape {
        Shape::Struct(object) if object.parts => Vec::new(),
        shape => slots(shape),
    }
}

/// The types that are others in a merge patch, or that hold such a type.
fn changed(api: &Api, inside: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
    let opens = |slot: &Slot| !api.types.is_nullable(slot) && !api.types.is_any(&slot.ty);
    let opens_values = |slot: &Slot| {
        let mut slot = slot;
        while let TypeRef::Map(value) = &slot.ty {
            if opens(value) {
                return true;
            }
            slot = value;
        }
        false
    };
    let own = |id: &&TypeId| match &api.types[**id].shape {
        Shape::Struct(object) if object.parts => false,
        Shape::Struct(object) => {
            let mut fields = object.fields.iter().filter(|field| !field.read_only);
            fields.any(|field| !field.required && opens(&field.slot) || opens_values(&field.slot))
                || object
                    .extra
                    .as_ref()
                    .is_some_and(|extra| opens(extra) || opens_values(extra))
        }
        shape => places(shape).into_iter().any(opens_values),
    };
    let mut changed: BTreeSet<TypeId> = inside.iter().filter(own).copied().collect();
    loop {
        let holds = |id: &&TypeId| {
            let mut held = places(&api.types[**id].shape).into_iter().flat_map(merged);
            held.any(|held| changed.contains(&held))
        };
        let more: Vec<TypeId> = inside.difference(&changed).filter(holds).copied().collect();
        if more.is_empty() {
            return changed;
        }
        changed.extend(more);
    }
}

/// The types that are used where nothing is merged: by other bodies, parameters and responses, and in lists.
fn used_otherwise(api: &Api, roots: &[Slot], inside: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
    let mut pending: Vec<TypeId> = Vec::new();
    let whole = |slot: &Slot, pending: &mut Vec<TypeId>| {
        let mut all = Vec::new();
        named(slot, &mut all);
        let merged = merged(slot);
        pending.extend(all.into_iter().filter(|id| !merged.contains(id)));
    };
    for slot in roots {
        whole(slot, &mut pending);
    }
    for slot in inside.iter().flat_map(|id| places(&api.types[*id].shape)) {
        whole(slot, &mut pending);
    }
    for operation in &api.operations {
        let parameters = operation.parameters.iter().map(|parameter| &parameter.slot);
        parameters
            .chain(operation.received())
            .for_each(|slot| named(slot, &mut pending));
    }
    for content in contents(api) {
        let slot = content.kind.slot().filter(|_| !is_patch(content));
        let item = content.item.as_ref().map(|item| &item.slot);
        slot.into_iter().chain(item).for_each(|slot| named(slot, &mut pending));
    }
    let payloads = api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref());
    payloads.for_each(|slot| named(slot, &mut pending));
    let mut used = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if used.insert(id) {
            slots(&api.types[id].shape)
                .into_iter()
                .for_each(|slot| named(slot, &mut pending));
        }
    }
    used
}

/// Makes a type the patch that it stands for, or its twin.
fn change(api: &mut Api, id: TypeId, twins: &BTreeMap<TypeId, TypeId>) {
    let mut shape = api.types[id].shape.clone();
    match &mut shape {
        Shape::Struct(object) => {
            object.patch = true;
            for field in object.fields.iter_mut().filter(|field| !field.read_only) {
                let opens = !field.required && !api.types.is_any(&field.slot.ty);
                field.slot.nullable |= opens;
                rewrite(&mut field.slot, twins);
            }
            if let Some(extra) = &mut object.extra {
                extra.nullable |= !api.types.is_any(&extra.ty);
                rewrite(extra, twins);
            }
        }
        Shape::Union(union) => {
            let variants = union.variants.iter_mut().filter_map(|variant| variant.slot.as_mut());
            variants.for_each(|slot| rewrite(slot, twins));
        }
        Shape::Alias(slot) => rewrite(slot, twins),
        Shape::Enum(_) | Shape::Any => {}
    }
    let Some(twin) = twins.get(&id).copied() else {
        api.types.get_mut(id).shape = shape;
        return;
    };
    let original = api.types[id].clone();
    let definition = api.types.get_mut(twin);
    definition.docs = original.docs;
    definition.nullable = original.nullable;
    definition.shape = shape;
    let untyped = api.untyped.iter().filter(|(hint, _)| hint.root == Root::Type(id));
    let untyped: Vec<_> = untyped
        .map(|(hint, places)| {
            let steps = hint.steps.clone();
            let root = Root::Type(twin);
            (Hint { root, steps }, places.clone())
        })
        .collect();
    api.untyped.extend(untyped);
}

/// Puts twins in place of types, and lets the values of maps be `null`.
fn rewrite(slot: &mut Slot, twins: &BTreeMap<TypeId, TypeId>) {
    match &mut slot.ty {
        TypeRef::Named(id) => *id = twins.get(id).copied().unwrap_or(*id),
        TypeRef::Map(value) => {
            value.nullable |= value.ty != TypeRef::Any;
            rewrite(value, twins);
        }
        TypeRef::List(_) | TypeRef::Tuple(_) | TypeRef::Primitive(_) | TypeRef::Any => {}
    }
}
