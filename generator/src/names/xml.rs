//! Names of the constants that describe XML.

use super::scope::Scope;
use super::{Ident, TypeNames, ident, words};
use crate::ir::{Api, Slot, TypeId, TypeRef};

/// The names of the constants that describe XML.
#[derive(Debug, Clone)]
pub(super) struct XmlNames {
    /// By type.
    types: Vec<Ident>,
    /// Of bodies that are not what a type is by itself.
    bodies: Vec<(Slot, Ident)>,
}

impl XmlNames {
    pub(super) fn assign(api: &Api, types: &[TypeNames]) -> Self {
        let mut scope = Scope::new(&[], "xml");
        // most documents have none
        let described = if api.has_xml() { types } else { &[] };
        let types = described
            .iter()
            .map(|names| scope.claim(words::snake(names.ty.plain())));
        let mut names = Self {
            types: types.map(|name| ident::constant(&name)).collect(),
            bodies: Vec::new(),
        };
        for slot in api.xml_bodies() {
            if api.xml_type(slot).is_none() && names.body(slot).is_none() {
                let name = scope.claim(words::snake(api.xml_root_name(slot).unwrap_or("body")));
                names.bodies.push((slot.clone(), ident::constant(&name)));
            }
        }
        names
    }

    pub(super) fn of_type(&self, id: TypeId) -> &Ident {
        &self.types[id.index()]
    }

    pub(super) fn of_body(&self, api: &Api, slot: &Slot) -> Option<&Ident> {
        match api.xml_type(slot) {
            Some(id) => Some(self.of_type(id)),
            None => self.body(slot),
        }
    }

    pub(super) fn bodies(&self) -> impl Iterator<Item = &(Slot, Ident)> {
        self.bodies.iter()
    }

    fn body(&self, slot: &Slot) -> Option<&Ident> {
        let mut bodies = self.bodies.iter();
        bodies.find_map(|(other, name)| are_alike(other, slot).then_some(name))
    }
}

/// Whether two uses are the same, and are written as the same XML.
fn are_alike(left: &Slot, right: &Slot) -> bool {
    let inner = match (&left.ty, &right.ty) {
        (TypeRef::List(left), TypeRef::List(right)) | (TypeRef::Map(left), TypeRef::Map(right)) => {
            are_alike(left, right)
        }
        (TypeRef::Tuple(left), TypeRef::Tuple(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| are_alike(left, right))
        }
        (left, right) => left == right,
    };
    inner && left.nullable == right.nullable && left.xml == right.xml
}
