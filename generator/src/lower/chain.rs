//! Chains of references, and of names for types.

use std::collections::HashMap;

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

/// Lets names that many other names stand behind mean the type behind them.
pub(super) fn shorten_aliases(types: &mut Types) {
    let mut ends: HashMap<TypeId, Names> = HashMap::new();
    let starts: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for start in starts {
        let mut passed = Vec::new();
        let mut here = start;
        let mut names = loop {
            if let Some(known) = ends.get(&here) {
                break *known;
            }
            match meant(types, here) {
                // Names that lead back to themselves were made one type before.
                Some(next) if passed.len() < types.len() => {
                    passed.push(here);
                    here = next;
                }
                _ => break Names::none(here),
            }
        };
        for name in passed.into_iter().rev() {
            let definition = types.get_mut(name);
            names.count += 1;
            names.nullable |= definition.nullable;
            if let Shape::Alias(slot) = &mut definition.shape
                && names.count > MOST_ALIASES
            {
                slot.ty = TypeRef::Named(names.end);
                definition.nullable = names.nullable;
            }
            ends.insert(name, names);
        }
    }
}

/// The names that stand before a type.
#[derive(Clone, Copy)]
struct Names {
    end: TypeId,
    count: usize,
    /// Whether one of them admits `null`.
    nullable: bool,
}

impl Names {
    fn none(end: TypeId) -> Self {
        Self {
            end,
            count: 0,
            nullable: false,
        }
    }
}

/// The type that a name is another name for.
fn meant(types: &Types, id: TypeId) -> Option<TypeId> {
    match types[id].shape {
        Shape::Alias(Slot {
            ty: TypeRef::Named(to), ..
        }) => Some(to),
        _ => None,
    }
}
