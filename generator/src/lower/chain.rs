//! Follows chains of references, each link once.

use std::collections::{HashMap, HashSet};

use super::context::Lower;
use crate::ir::{Shape, Slot, TypeId, TypeRef, Types};
use crate::parse::Node;
use crate::pointer::Pointer;

/// How many names for each other may stand before a type: whoever asks what a name means goes through all of them.
const MOST_ALIASES: usize = 32;

/// Where a chain of references ends.
#[derive(Debug, Clone)]
pub(super) enum End<'d> {
    /// At what is no reference.
    Node(Node<'d>),
    /// At a reference that cannot be resolved.
    Broken(Node<'d>),
    /// Nowhere: the chain leads back to one of its links.
    Circle,
}

/// By link of a chain: where it ends.
pub(super) type Chains<'d> = HashMap<Pointer, End<'d>>;

impl<'d> Lower<'d, '_> {
    /// Follows references, whatever stands beside them.
    pub(super) fn end_of_chain(&mut self, start: &Node<'d>) -> End<'d> {
        let mut here = start.clone();
        let mut passed = HashSet::new();
        let end = loop {
            let Some(reference) = here.reference() else {
                break End::Node(here);
            };
            if let Some(known) = self.chains.get(&here.at) {
                break known.clone();
            }
            if !passed.insert(here.at.clone()) {
                break End::Circle;
            }
            let next = Pointer::parse(reference.trim()).and_then(|at| {
                let value = self.root.pointer(at.as_str())?;
                Some(Node { at, value })
            });
            match next {
                Some(next) => here = next,
                None => break End::Broken(here),
            }
        };
        // Most references are no chains.
        if passed.len() > 1 {
            self.chains.extend(passed.into_iter().map(|link| (link, end.clone())));
        }
        end
    }
}

/// Lets names that many other names stand behind mean the type behind them.
pub(super) fn shorten_aliases(types: &mut Types) {
    let mut ends: HashMap<TypeId, (TypeId, bool, usize)> = HashMap::new();
    let starts: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for start in starts {
        let mut passed = Vec::new();
        let mut here = start;
        let (end, mut nullable, mut length) = loop {
            if let Some(known) = ends.get(&here) {
                break *known;
            }
            match meant(types, here) {
                // Names that lead back to themselves were made one type before.
                Some(slot) if passed.len() < types.len() => {
                    passed.push(here);
                    here = slot.0;
                }
                _ => break (here, false, 0),
            }
        };
        for name in passed.into_iter().rev() {
            length += 1;
            nullable |= meant(types, name).is_some_and(|(_, nullable)| nullable);
            if let Shape::Alias(slot) = &mut types.get_mut(name).shape
                && length > MOST_ALIASES
            {
                slot.ty = TypeRef::Named(end);
                slot.nullable = nullable;
            }
            nullable |= types[name].nullable;
            ends.insert(name, (end, nullable, length));
        }
    }
}

/// The type that a name means, and whether it admits `null` besides.
fn meant(types: &Types, id: TypeId) -> Option<(TypeId, bool)> {
    match types[id].shape {
        Shape::Alias(Slot {
            ty: TypeRef::Named(to),
            nullable,
            ..
        }) => Some((to, nullable)),
        _ => None,
    }
}
