//! Makes identical inline types aliases of the first of them.

mod looks;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::constant::{Constant, constants};
use super::reach::{Reach, named, reach, slots};
use crate::ir::{Api, Root, Shape, Slot, TypeDef, TypeId, TypeRef};
use looks::{Beside, Looks};

/// Gives inline types that are defined alike one definition: the first keeps it, the others become aliases of it.
///
/// Alike are types whose code would be the same but for their names and for what is said about them as a whole.
/// Components are what an author told apart, and stay apart.
pub fn share(api: &mut Api) {
    let twins = twins(api);
    for (id, first) in &twins {
        api.types.get_mut(*id).shape = Shape::Alias(Slot::new(TypeRef::Named(*first)));
    }
    let pages = api.operations.iter_mut().filter_map(|each| each.pagination.as_mut());
    for (id, _) in pages.flat_map(|pagination| &mut pagination.way) {
        *id = twins.get(id).copied().unwrap_or(*id);
    }
}

/// The types that another one can define, with that other one.
fn twins(api: &Api) -> BTreeMap<TypeId, TypeId> {
    let classes = Classes::assign(api);
    // The outermost element of a body can be called like its type.
    let whole: HashSet<TypeId> = api.xml_bodies().filter_map(|slot| api.xml_type(slot)).collect();
    let mut firsts: HashMap<usize, TypeId> = HashMap::new();
    let mut twins = BTreeMap::new();
    for (id, definition) in api.types.kept() {
        let Some(class) = classes[id.index()].filter(|_| has_own_code(definition) && !whole.contains(&id)) else {
            continue;
        };
        let first = *firsts.entry(class).or_insert(id);
        if first != id {
            twins.insert(id, first);
        }
    }
    twins
}

/// Whether an inline type has code that another one could have for it. Objects whose members are parts are told from
/// values by their shape where they are used.
fn has_own_code(definition: &TypeDef) -> bool {
    let defined = match &definition.shape {
        Shape::Struct(object) => !object.parts,
        Shape::Enum(_) | Shape::Union(_) => true,
        Shape::Alias(_) | Shape::Any => false,
    };
    defined && is_inline(definition)
}

fn is_inline(definition: &TypeDef) -> bool {
    !matches!(definition.hint.root, Root::Component(_))
}

/// Types by what they look like: those of one class are alike, down to the types of their members.
struct Classes<'a> {
    api: &'a Api,
    reach: Vec<Reach>,
    constants: &'a [Vec<Option<Constant>>],
    known: HashMap<Looks<'a>, usize>,
    count: usize,
    /// By type, once it is known.
    of: Vec<Option<usize>>,
}

impl Classes<'_> {
    /// The class of every type.
    fn assign(api: &Api) -> Vec<Option<usize>> {
        let constants = constants(api);
        let mut classes = Classes {
            api,
            reach: reach(api),
            constants: &constants,
            known: HashMap::new(),
            count: 0,
            of: vec![None; api.types.len()],
        };
        for (id, definition) in api.types.iter() {
            if !is_inline(definition) {
                classes.set_apart(id);
            }
        }
        for (id, _) in api.types.iter() {
            classes.walk(id);
        }
        classes.of
    }

    /// Gives a type a class of its own.
    fn set_apart(&mut self, id: TypeId) {
        self.of[id.index()] = Some(self.count);
        self.count += 1;
    }

    /// Depth first without recursion: what a type mentions is known before it is. A type that leads back to itself
    /// without a component on the way is like no other.
    fn walk(&mut self, start: TypeId) {
        let mut path: Vec<(TypeId, Vec<TypeId>)> = Vec::new();
        let mut open = HashSet::new();
        let mut next = Some(start);
        loop {
            if let Some(id) = next.take().filter(|id| self.of[id.index()].is_none()) {
                if open.insert(id) {
                    path.push((id, mentioned(&self.api.types[id].shape)));
                } else {
                    self.set_apart(id);
                }
            }
            let Some((id, rest)) = path.last_mut() else { return };
            next = rest.pop();
            if next.is_none() {
                let id = *id;
                path.pop();
                self.look(id);
            }
        }
    }

    fn look(&mut self, id: TypeId) {
        if self.of[id.index()].is_some() {
            return;
        }
        let beside = Beside {
            classes: &self.of,
            reach: self.reach[id.index()],
            constants: &self.constants[id.index()],
        };
        let looks = Looks::of(&self.api.types[id], &beside);
        let class = *self.known.entry(looks).or_insert(self.count);
        self.count = self.count.max(class + 1);
        self.of[id.index()] = Some(class);
    }
}

fn mentioned(shape: &Shape) -> Vec<TypeId> {
    let mut found = Vec::new();
    slots(shape).into_iter().for_each(|slot| named(slot, &mut found));
    found
}
