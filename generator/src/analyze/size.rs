//! Estimates the size of types in bytes, so that large branches of unions are boxed.

use std::collections::{HashMap, HashSet};

use crate::ir::{Api, Primitive, Scalar, Shape, Slot, TypeId, TypeRef};

/// Branches above this many bytes are boxed; the lint on large variants draws the line at the same place.
const LARGE: usize = 200;

/// A list, a map or a string.
const POINTED: usize = 24;

/// Any value.
const ANY: usize = 72;

/// How deep types are looked into; what lies deeper is large already.
const DEEPEST: usize = 12;

/// Variants that are too large to lie in their union.
pub(super) fn boxed(api: &Api, recursive: &HashSet<(TypeId, usize)>) -> HashSet<(TypeId, usize)> {
    let mut boxed = HashSet::new();
    let mut sizes = Sizes {
        api,
        recursive,
        known: HashMap::new(),
    };
    for (id, definition) in api.types.iter() {
        if let Shape::Union(union) = &definition.shape {
            for (member, variant) in union.variants.iter().enumerate() {
                if variant.slot.as_ref().map_or(0, |slot| sizes.of_slot(slot, 0)) > LARGE {
                    boxed.insert((id, member));
                }
            }
        }
    }
    boxed
}

/// Objects that are too large to lie in an enum with others.
pub(super) fn large(api: &Api, boxed: &HashSet<(TypeId, usize)>) -> HashSet<TypeId> {
    let mut sizes = Sizes {
        api,
        recursive: boxed,
        known: HashMap::new(),
    };
    let objects = api
        .types
        .kept()
        .filter(|(_, definition)| matches!(definition.shape, Shape::Struct(_)));
    objects
        .map(|(id, _)| id)
        .filter(|id| sizes.of_type(*id, 0) > LARGE)
        .collect()
}

/// What types take that are `depth` types inside of another one.
struct Sizes<'a> {
    api: &'a Api,
    recursive: &'a HashSet<(TypeId, usize)>,
    /// By type and depth.
    known: HashMap<(TypeId, usize), usize>,
}

impl Sizes<'_> {
    fn of_slot(&mut self, slot: &Slot, depth: usize) -> usize {
        match &slot.ty {
            TypeRef::Primitive(primitive) => match primitive {
                Primitive::Bool | Primitive::BoolConstant(_) => 1,
                Primitive::I32 | Primitive::U32 => 8,
                Primitive::I64 | Primitive::U64 | Primitive::F64 | Primitive::Date => 16,
                Primitive::DateTime | Primitive::Uuid => 17,
                Primitive::I128 => 32,
                Primitive::Scalar(Scalar::Number) => 16,
                Primitive::Scalar(_) => ANY,
                Primitive::String | Primitive::Secret | Primitive::Base64 | Primitive::Base64Url | Primitive::Part => {
                    POINTED
                }
            },
            TypeRef::List(_) => POINTED,
            TypeRef::Tuple(places) => places
                .iter()
                .map(|place| self.of_slot(place, depth))
                .fold(0, usize::saturating_add),
            TypeRef::Map(_) | TypeRef::Any => ANY,
            TypeRef::Named(id) => self.of_type(*id, depth + 1),
        }
    }

    fn of_type(&mut self, id: TypeId, depth: usize) -> usize {
        if depth > DEEPEST {
            return LARGE + 1;
        }
        if let Some(known) = self.known.get(&(id, depth)) {
            return *known;
        }
        let size = self.look(id, depth);
        self.known.insert((id, depth), size);
        size
    }

    fn look(&mut self, id: TypeId, depth: usize) -> usize {
        let api = self.api;
        match &api.types[id].shape {
            Shape::Struct(object) => {
                let fields = object.fields.iter().enumerate();
                fields
                    .map(|(member, field)| self.of_member(id, member, &field.slot, depth))
                    .fold(object.extra.as_ref().map_or(0, |_| POINTED), usize::saturating_add)
                    .min(10 * LARGE)
            }
            Shape::Enum(_) => POINTED,
            Shape::Union(union) => {
                let variants = union.variants.iter().enumerate();
                let largest = variants
                    .filter_map(|(member, variant)| {
                        Some(self.of_member(id, member, variant.slot.as_ref()?, depth).min(LARGE))
                    })
                    .max();
                largest.unwrap_or_default() + 8
            }
            Shape::Alias(slot) => self.of_slot(slot, depth),
            Shape::Any => ANY,
        }
    }

    fn of_member(&mut self, id: TypeId, member: usize, slot: &Slot, depth: usize) -> usize {
        match self.recursive.contains(&(id, member)) {
            true => 8,
            false => self.of_slot(slot, depth),
        }
    }
}
