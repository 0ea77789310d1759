//! Where inline types stand: in what operations refer to, or in one operation each.

use crate::ir::{Api, Hint, Operation, OperationId, Part, Root, Shape, Slot, TypeDef, TypeId, TypeRef, Types};

/// The folders of `components` whose entries operations refer to.
const REUSABLE: [&str; 4] = ["parameters", "requestBodies", "responses", "headers"];

/// Names the types in reusable parameters, bodies, responses and headers after these, and not after the operation that
/// refers to them first.
pub(super) fn leave_operations(types: &mut Types) {
    let found: Vec<(TypeId, Root)> = types
        .iter()
        .filter_map(|(id, definition)| Some((id, reusable(definition)?)))
        .collect();
    for (id, root) in found {
        types.get_mut(id).hint.root = root;
    }
}

fn reusable(definition: &TypeDef) -> Option<Root> {
    let Root::Operation(_, part) = &definition.hint.root else {
        return None;
    };
    let mut tokens = definition.origin.tokens();
    let components = tokens.next()?;
    let (folder, key) = (tokens.next()?, tokens.next()?);
    (components == "components" && REUSABLE.contains(&folder.as_str())).then(|| {
        let part = match part {
            Part::StatusResponse(_) => Part::Response,
            part => part.clone(),
        };
        Root::Reusable(part, key)
    })
}

/// Gives each operation a name of its own for an inline type of another operation that is in its parameters: those of a
/// path item are of all its operations. Returns the names, each with the type it is a name of.
pub(super) fn own_names(api: &mut Api) -> Vec<(TypeId, TypeId)> {
    let mut added = Vec::new();
    for index in 0..api.operations.len() {
        let id = OperationId(index);
        let foreign: Vec<(usize, TypeId)> = foreign(api, id).collect();
        for (parameter, target) in foreign {
            let name = own_name(api, id, parameter, target);
            named_anew(&mut api.operations[index].parameters[parameter].slot, target, name);
            added.push((name, target));
        }
    }
    added
}

/// The inline types of other operations in the parameters of this one, each with the position of the parameter.
fn foreign(api: &Api, id: OperationId) -> impl Iterator<Item = (usize, TypeId)> {
    let own = &api.operations[id.0];
    let parameters = own.parameters.iter().enumerate();
    parameters.filter_map(move |(index, parameter)| {
        let target = innermost(&parameter.slot)?;
        let definition = &api.types[target];
        match definition.hint.root {
            Root::Operation(other, _) if !are_one(own, &api.operations[other.0]) && !definition.pruned => {
                Some((index, target))
            }
            _ => None,
        }
    })
}

/// Whether two operations are one of the document, whose response arrives in two ways.
pub(super) fn are_one(one: &Operation, other: &Operation) -> bool {
    one.method == other.method && one.path == other.path
}

fn own_name(api: &mut Api, id: OperationId, parameter: usize, target: TypeId) -> TypeId {
    let original = &api.types[target];
    let hint = Hint {
        root: Root::Operation(
            id,
            Part::Parameter(api.operations[id.0].parameters[parameter].wire.clone()),
        ),
        steps: original.hint.steps.clone(),
    };
    let (origin, docs) = (original.origin.clone(), original.docs.clone());
    let name = api.types.reserve(origin, hint);
    let definition = api.types.get_mut(name);
    definition.docs = docs;
    definition.shape = Shape::Alias(Slot::new(TypeRef::Named(target)));
    name
}

/// The type that a slot is, or holds a list of.
fn innermost(slot: &Slot) -> Option<TypeId> {
    match &slot.ty {
        TypeRef::Named(id) => Some(*id),
        TypeRef::List(item) | TypeRef::Map(item) => innermost(item),
        TypeRef::Tuple(_) | TypeRef::Primitive(_) | TypeRef::Any => None,
    }
}

fn named_anew(slot: &mut Slot, target: TypeId, name: TypeId) {
    match &mut slot.ty {
        TypeRef::Named(id) if *id == target => *id = name,
        TypeRef::List(item) | TypeRef::Map(item) => named_anew(item, target, name),
        _ => {}
    }
}
