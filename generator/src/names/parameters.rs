//! Parameters that several operations share, and their names.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::inside::PAGED_NAMES;
use super::operations::{OperationNames, RESERVED_TYPES};
use super::scope::Scope;
use super::{Ident, ident, words};
use crate::ir::{Api, Escaping, Location, OperationId, Parameter, Style, TypeRef};

/// So many operations must have a parameter for it to be shared: two are as short each with its own.
const FEWEST: usize = 3;

/// An optional parameter with one setter for all operations that have it.
#[derive(Debug, Clone)]
pub struct SharedParameter {
    /// The trait of the operations that have it.
    pub ty: Ident,
    /// An operation that has it, and its position there.
    pub of: (OperationId, usize),
}

/// The parameters of an API that are shared.
#[derive(Debug, Clone)]
pub(super) struct Parameters {
    shared: Vec<SharedParameter>,
    /// By operation: its parameters that are, as positions of both, in order.
    of_operations: Vec<Vec<(usize, usize)>>,
}

impl Parameters {
    /// Of each setter's name, the parameter that most operations have; a type has one inherent method of a name.
    pub(super) fn assign(api: &Api, operations: &[OperationNames]) -> Self {
        let mut scope = Scope::new(&RESERVED_TYPES, "Parameter");
        let mut this = Self {
            shared: Vec::new(),
            of_operations: vec![Vec::new(); operations.len()],
        };
        for (setter, users) in most_used(api, operations) {
            for (operation, index) in &users {
                this.of_operations[*operation].push((*index, this.shared.len()));
            }
            let (operation, index) = users[0];
            this.shared.push(SharedParameter {
                ty: ident::ty(&scope.claim(words::camel(setter))),
                of: (OperationId(operation), index),
            });
        }
        this.of_operations
            .iter_mut()
            .for_each(|indices| indices.sort_unstable());
        this
    }

    pub(super) fn shared(&self) -> &[SharedParameter] {
        &self.shared
    }

    pub(super) fn of_operation(&self, id: OperationId, index: usize) -> Option<&SharedParameter> {
        let indices = &self.of_operations[id.0];
        let at = indices.binary_search_by_key(&index, |(index, _)| *index).ok()?;
        Some(&self.shared[indices[at].1])
    }
}

/// The operations that have a parameter, and its position in each.
type Users = Vec<(usize, usize)>;

/// By setter, in the order of the letters: who has the parameter that is shared under its name.
fn most_used<'a>(api: &Api, operations: &'a [OperationNames]) -> Vec<(&'a str, Users)> {
    let mut found: HashMap<Setter<'_>, usize> = HashMap::new();
    let mut each: Vec<(&str, Users)> = Vec::new();
    for (id, (operation, names)) in api.operations.iter().zip(operations).enumerate() {
        for (index, (parameter, ident)) in operation.parameters.iter().zip(&names.parameters).enumerate() {
            let Some(setter) = Setter::of(parameter, ident) else {
                continue;
            };
            match found.entry(setter) {
                Entry::Occupied(known) => each[*known.get()].1.push((id, index)),
                Entry::Vacant(new) => {
                    new.insert(each.len());
                    each.push((ident.plain(), vec![(id, index)]));
                }
            }
        }
    }
    // of several that as many have, the one takes the name that is first in an order the document does not change
    each.sort_by_cached_key(|(setter, users)| (*setter, described(api, users[0])));
    let mut most: HashMap<&str, usize> = HashMap::new();
    for (setter, users) in &each {
        let most = most.entry(*setter).or_default();
        *most = users.len().max(*most);
    }
    each.retain(|(setter, users)| {
        users.len() >= FEWEST && most.get(setter) == Some(&users.len()) && most.remove(setter).is_some()
    });
    each
}

/// What a parameter is, in words.
fn described(api: &Api, (operation, index): (usize, usize)) -> String {
    let parameter = &api.operations[operation].parameters[index];
    let place = parameter.location.as_str();
    format!(
        "{place} {} {:?} {:?}",
        parameter.wire, parameter.slot.ty, parameter.docs
    )
}

/// All that the setter of a parameter is made of.
#[derive(PartialEq, Eq, Hash)]
struct Setter<'a> {
    name: &'a str,
    wire: &'a str,
    location: Location,
    style: Style,
    explode: bool,
    escaping: Escaping,
    ty: String,
    nullable: bool,
    summary: &'a str,
    description: &'a str,
    facts: &'a [String],
    deprecated: bool,
    credential: Option<&'a str>,
}

impl<'a> Setter<'a> {
    /// Nothing for a parameter without one, or whose setter could not be for all features.
    fn of(parameter: &'a Parameter, ident: &'a Ident) -> Option<Self> {
        let name = ident.plain();
        if !parameter.has_setter() || PAGED_NAMES.contains(&name) || name.starts_with("with_") {
            return None;
        }
        Some(Self {
            name,
            wire: &parameter.wire,
            location: parameter.location,
            style: parameter.style,
            explode: parameter.explode,
            escaping: parameter.escaping,
            ty: spelled(&parameter.slot.ty)?,
            nullable: parameter.slot.nullable,
            summary: &parameter.docs.summary,
            description: &parameter.docs.description,
            facts: &parameter.docs.facts,
            deprecated: parameter.docs.deprecated,
            credential: parameter.credential(),
        })
    }
}

/// The type in words, unless it leads to types of the API: which of those are there is up to features.
fn spelled(ty: &TypeRef) -> Option<String> {
    let inside = match ty {
        TypeRef::Named(_) | TypeRef::Tuple(_) => return None,
        TypeRef::Primitive(_) | TypeRef::Any => None,
        TypeRef::List(slot) | TypeRef::Map(slot) => Some(slot),
    };
    if let Some(slot) = inside {
        spelled(&slot.ty)?;
    }
    Some(format!("{ty:?}"))
}
