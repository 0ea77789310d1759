//! Which branch of a union reads a text or an integer.
//!
//! What a program gives finds the branch that would read it from JSON: the first one that lists it or takes any, else the
//! first one. It is known where each branch that reads such a value is an enum, or takes any of them.

use super::routes::{Given, Leaf, Origin, held, is_number};
use crate::analyze::LONGEST_ENUM;
use crate::emit::context::Cx;
use crate::ir::{EnumValues, Primitive, Shape, Slot, Tagging, TypeId, TypeRef, Union};

/// What a branch reads of one kind.
enum Reads {
    Nothing,
    /// What an enum lists.
    Listed(TypeId),
    /// Any value, converted.
    All,
    /// What nothing converts into.
    Other,
}

impl Cx<'_> {
    /// The branches that read values of a kind, where several do, in the order of the document.
    pub(super) fn leaves(&self, id: TypeId, union: &Union, given: Given) -> Option<Vec<Leaf>> {
        if !matches!(union.tagging, Tagging::Untagged { .. }) {
            return None;
        }
        let within = !self.is_recursive(id);
        let mut leaves = Vec::new();
        for (variant, slot) in held(union) {
            let listed = match self.read_by(slot, given, within) {
                Reads::Nothing => continue,
                Reads::Listed(id) => Some(id),
                Reads::All => None,
                Reads::Other => return None,
            };
            let exact = match self.api.types.resolve(&slot.ty) {
                TypeRef::Primitive(Primitive::I64) => true,
                TypeRef::Primitive(primitive) => self.is_text(*primitive),
                _ => false,
            };
            leaves.push(Leaf { variant, listed, exact });
        }
        let has_enum = leaves.iter().any(|leaf| leaf.listed.is_some());
        (leaves.len() > 1 && (has_enum || given == Given::Text)).then_some(leaves)
    }

    /// Whether a branch reads integers or numbers.
    pub(super) fn reads_numbers(&self, slot: &Slot) -> bool {
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Primitive(Primitive::Scalar(scalar)) => scalar.kinds().iter().copied().any(is_number),
            TypeRef::Primitive(primitive) => is_number(*primitive),
            TypeRef::Named(id) => {
                matches!(&self.api.types[*id].shape, Shape::Enum(list) if !matches!(list.values, EnumValues::Strings(_)))
            }
            _ => false,
        }
    }

    fn read_by(&self, slot: &Slot, given: Given, within: bool) -> Reads {
        if self.is_newtype(&slot.ty) {
            return Reads::Nothing;
        }
        if self.api.types.is_any(&slot.ty) {
            return Reads::All;
        }
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Primitive(primitive) => self.read_by_primitive(*primitive, given),
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Enum(list) => match (&list.values, given) {
                    (EnumValues::Strings(_), Given::Text) | (EnumValues::Integers(_), Given::Integer) => {
                        // a longer list is not compared when JSON is read
                        match list.values.len() > LONGEST_ENUM {
                            true => Reads::All,
                            false => Reads::Listed(*id),
                        }
                    }
                    (EnumValues::Numbers(_), Given::Integer) => Reads::Other,
                    _ => Reads::Nothing,
                },
                Shape::Union(inner) if within => {
                    let wanted = |origin: Origin<'_>| match given {
                        Given::Text => matches!(origin, Origin::Str),
                        Given::Integer => self.is_i64(origin),
                    };
                    let sources = self.sources(*id, inner);
                    match sources.iter().any(|source| wanted(source.origin)) {
                        true => Reads::All,
                        false => Reads::Nothing,
                    }
                }
                _ => Reads::Nothing,
            },
            _ => Reads::Nothing,
        }
    }

    fn read_by_primitive(&self, primitive: Primitive, given: Given) -> Reads {
        match (primitive, given) {
            (Primitive::Secret, Given::Text) | (Primitive::I64, Given::Integer) => Reads::All,
            (primitive, Given::Text) if self.is_text(primitive) => Reads::All,
            (Primitive::Scalar(scalar), Given::Text) => {
                let kinds = self.scalar(scalar).kinds();
                match (kinds.contains(&Primitive::String), kinds.contains(&Primitive::DateTime)) {
                    (true, _) => Reads::All,
                    (false, true) => Reads::Other,
                    (false, false) => Reads::Nothing,
                }
            }
            (Primitive::Scalar(scalar), Given::Integer) if scalar.kinds().iter().copied().any(is_number) => {
                Reads::Other
            }
            (primitive, Given::Integer) if is_number(primitive) => Reads::Other,
            _ => Reads::Nothing,
        }
    }

    /// Whether it is an `i64`.
    pub(super) fn is_i64(&self, origin: Origin<'_>) -> bool {
        match origin {
            Origin::Plain(primitive) => primitive == Primitive::I64,
            Origin::Held(_, slot) => *self.api.types.resolve(&slot.ty) == TypeRef::Primitive(Primitive::I64),
            Origin::Text | Origin::Str => false,
        }
    }
}
