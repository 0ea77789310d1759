//! Recursive types: the edges that need a `Box`, the aliases that need to be types.

use std::collections::HashSet;

use super::reach::{named, slots};
use crate::components::components;
use crate::ir::{Api, Shape, Slot, TypeId, TypeRef};

#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Never,
    Open,
    Done,
}

/// Fields and variants that close a cycle of types which contain each other directly.
///
/// Lists and maps hold their elements elsewhere, so nothing that passes through one closes a cycle.
pub(super) fn boxed(api: &Api) -> HashSet<(TypeId, usize)> {
    let mut boxed = HashSet::new();
    closing(api, &|id| contained(api, id), &mut |from, member, _| {
        boxed.insert((from, member));
    });
    boxed
}

/// Aliases that lead back to themselves through nothing but aliases, lists and maps.
pub(super) fn newtypes(api: &Api) -> HashSet<TypeId> {
    let mut newtypes = HashSet::new();
    let aliases = |id: TypeId| -> Vec<(usize, TypeId)> {
        let Shape::Alias(slot) = &api.types[id].shape else {
            return Vec::new();
        };
        let mut targets = Vec::new();
        named(slot, &mut targets);
        targets.into_iter().map(|target| (0, target)).collect()
    };
    closing(api, &aliases, &mut |_, _, to| {
        newtypes.insert(to);
    });
    newtypes
}

/// Reports the edges that close cycles. Each group of types that lead to each other is walked by itself, in the order of
/// where they are defined, so that the choice depends on neither the order of the document nor on other types.
fn closing(api: &Api, edges: &dyn Fn(TypeId) -> Vec<(usize, TypeId)>, report: &mut dyn FnMut(TypeId, usize, TypeId)) {
    let mut visits = vec![Visit::Never; api.types.len()];
    let place = |id: &TypeId| api.types[*id].origin.as_str();
    for group in components(&api.types, |id| edges(id).into_iter().map(|(_, to)| to).collect()) {
        let within = |id: TypeId| -> Vec<(usize, TypeId)> {
            let mut inside = edges(id);
            inside.retain(|(_, to)| group.binary_search(to).is_ok());
            inside.sort_by_key(|(member, to)| (place(to), *member));
            inside
        };
        let start = group.iter().copied().min_by_key(place);
        if let Some(start) = start {
            walk(start, &mut visits, &within, report);
        }
    }
}

/// The types that lie directly in a type, by the number of the field or variant.
fn contained(api: &Api, id: TypeId) -> Vec<(usize, TypeId)> {
    let shape = &api.types[id].shape;
    if matches!(shape, Shape::Alias(_)) {
        return Vec::new();
    }
    numbered(shape)
        .into_iter()
        .flat_map(|(member, slot)| {
            let mut targets = Vec::new();
            direct(api, slot, &mut Vec::new(), &mut targets);
            targets.into_iter().map(move |target| (member, target))
        })
        .collect()
}

/// Every slot of a shape, by the number of the field or variant.
fn numbered(shape: &Shape) -> Vec<(usize, &Slot)> {
    match shape {
        Shape::Union(union) => {
            let variants = union.variants.iter().enumerate();
            variants
                .filter_map(|(member, variant)| Some((member, variant.slot.as_ref()?)))
                .collect()
        }
        _ => slots(shape).into_iter().enumerate().collect(),
    }
}

/// The types that lie in a place itself, not behind a pointer. An alias that contains itself holds a pointer.
fn direct(api: &Api, slot: &Slot, aliases: &mut Vec<TypeId>, found: &mut Vec<TypeId>) {
    match &slot.ty {
        TypeRef::Tuple(places) => places.iter().for_each(|place| direct(api, place, aliases, found)),
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Alias(_) if aliases.contains(id) => {}
            Shape::Alias(target) => {
                aliases.push(*id);
                direct(api, target, aliases, found);
                aliases.pop();
            }
            _ => found.push(*id),
        },
        _ => {}
    }
}

/// Walks depth first without recursion and reports every edge to a type that is still open.
fn walk(
    start: TypeId,
    visits: &mut [Visit],
    edges: &dyn Fn(TypeId) -> Vec<(usize, TypeId)>,
    report: &mut dyn FnMut(TypeId, usize, TypeId),
) {
    if visits[start.index()] != Visit::Never {
        return;
    }
    visits[start.index()] = Visit::Open;
    let mut path = vec![(start, edges(start).into_iter())];
    while let Some((from, rest)) = path.last_mut() {
        let from = *from;
        match rest.next() {
            None => {
                visits[from.index()] = Visit::Done;
                path.pop();
            }
            Some((member, to)) => match visits[to.index()] {
                Visit::Open => report(from, member, to),
                Visit::Done => {}
                Visit::Never => {
                    visits[to.index()] = Visit::Open;
                    path.push((to, edges(to).into_iter()));
                }
            },
        }
    }
}
