//! Gives inline types that are defined alike one definition, and each of their places a name for it.

mod family;
mod looks;
mod places;

use std::collections::{BTreeMap, HashMap, HashSet};

use self::family::{Home, homes};
use self::looks::{Beside, Looks};
use super::constant::{Constant, constants};
use super::reach::{Reach, named, reach, slots};
use crate::ir::{Api, Docs, Hint, Root, Shape, Slot, TypeDef, TypeId, TypeRef};

/// Gives inline types that are defined alike one definition, of which all others are aliases: that of the first, where
/// they are all in one component, or in what one operation sends or receives; otherwise a type that no place is named
/// after.
///
/// Alike are types whose code would be the same but for their names and for what is said about them as a whole.
/// Components are what an author told apart, and stay apart.
pub fn share(api: &mut Api) {
    places::leave_operations(&mut api.types);
    let names = places::own_names(api);
    let alike = alike(api, &names);
    let homes = homes(api, &alike);
    let mut definitions: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut added: Vec<TypeId> = Vec::new();
    for (group, home) in alike.iter().zip(&homes) {
        let definition = match home {
            Home::First => group[0],
            Home::Shared | Home::Inside(_) => {
                let definition = add(api, group);
                added.push(definition);
                definition
            }
        };
        definitions.extend(group.iter().map(|id| (*id, definition)));
    }
    for (group, home) in alike.iter().zip(&homes) {
        let (first, definition) = (group[0], definitions[&group[0]]);
        if let Home::Inside(parent) = home
            && let Some(parent) = definitions.get(parent)
        {
            let steps = api.types[first].hint.steps.clone();
            let root = Root::Type(*parent);
            api.types.get_mut(definition).hint = Hint { root, steps };
        }
    }
    for group in &alike {
        pass_on_name(api, group, definitions[&group[0]]);
    }
    for (id, definition) in definitions.iter().filter(|(id, definition)| id != definition) {
        api.types.get_mut(*id).shape = Shape::Alias(Slot::new(TypeRef::Named(*definition)));
    }
    for id in added {
        slots_mut(&mut api.types.get_mut(id).shape).for_each(|slot| redirect(slot, &definitions));
    }
    let pages = api.operations.iter_mut().filter_map(|each| each.pagination.as_mut());
    for (id, _) in pages.flat_map(|pagination| &mut pagination.way) {
        *id = definitions.get(id).copied().unwrap_or(*id);
    }
}

/// A definition for a group that is none of it. What all of the group say about themselves, it says too.
fn add(api: &mut Api, group: &[TypeId]) -> TypeId {
    let hint = Hint {
        root: Root::Shared,
        steps: Vec::new(),
    };
    let first = api.types[group[0]].clone();
    let agreed = group.iter().all(|id| api.types[*id].docs == first.docs);
    let id = api.types.reserve(first.origin, hint);
    let definition = api.types.get_mut(id);
    definition.docs = if agreed { first.docs } else { Docs::default() };
    definition.nullable = first.nullable;
    definition.xml = first.xml;
    definition.shape = first.shape;
    id
}

/// Gives the one name that the document has for types of a group to their definition.
fn pass_on_name(api: &mut Api, group: &[TypeId], definition: TypeId) {
    let names: HashSet<&String> = group.iter().filter_map(|id| api.types[*id].name.as_ref()).collect();
    let mut names = names.into_iter();
    if let (Some(name), None) = (names.next().cloned(), names.next()) {
        group.iter().for_each(|id| api.types.get_mut(*id).name = None);
        api.types.get_mut(definition).name = Some(name);
    }
}

/// Every slot of a shape.
fn slots_mut(shape: &mut Shape) -> Box<dyn Iterator<Item = &mut Slot> + '_> {
    match shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter_mut().map(|field| &mut field.slot);
            Box::new(fields.chain(&mut object.extra))
        }
        Shape::Union(union) => Box::new(union.variants.iter_mut().filter_map(|variant| variant.slot.as_mut())),
        Shape::Alias(slot) => Box::new(std::iter::once(slot)),
        Shape::Enum(_) | Shape::Any => Box::new(std::iter::empty()),
    }
}

/// Puts definitions in place of the names for them: what stands in several places mentions no single one.
fn redirect(slot: &mut Slot, definitions: &BTreeMap<TypeId, TypeId>) {
    match &mut slot.ty {
        TypeRef::Named(id) => *id = definitions.get(id).copied().unwrap_or(*id),
        TypeRef::List(item) | TypeRef::Map(item) => redirect(item, definitions),
        TypeRef::Tuple(places) => places.iter_mut().for_each(|place| redirect(place, definitions)),
        TypeRef::Primitive(_) | TypeRef::Any => {}
    }
}

/// The groups of inline types that one definition can stand for, each in the order of the types. `names` are further
/// names, each with the type it is a name of.
fn alike(api: &Api, names: &[(TypeId, TypeId)]) -> Vec<Vec<TypeId>> {
    let classes = Classes::assign(api);
    // The outermost element of a body can be called like its type.
    let whole: HashSet<TypeId> = api.xml_bodies().filter_map(|slot| api.xml_type(slot)).collect();
    let defined = api.types.kept().map(|(id, _)| (id, id));
    let names = names.iter().copied();
    let mut positions: HashMap<usize, usize> = HashMap::new();
    let mut groups: Vec<Vec<TypeId>> = Vec::new();
    for (id, target) in defined.chain(names) {
        let shares = has_own_code(&api.types[target]) && !whole.contains(&target);
        let Some(class) = classes[target.index()].filter(|_| shares) else {
            continue;
        };
        let position = *positions.entry(class).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[position].push(id);
    }
    groups.retain(|group| group.len() > 1);
    groups
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
