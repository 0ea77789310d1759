//! Reports branches of unions that cannot be distinguished.

use std::collections::HashMap;

use super::context::Lower;
use crate::diagnostic::Code;
use crate::ir::{
    EnumValue, EnumValues, Primitive, Shape, Slot, Struct, Tagging, TypeId, TypeRef, Types, Union, Variant,
};
use crate::pointer::Pointer;

/// How deep types are compared.
const DEEPEST: usize = 6;

/// Lists of values longer than this are not compared.
const LONGEST_LIST: usize = 1000;

impl Lower<'_, '_> {
    /// Names branches that no value is ever read as, since an earlier one takes all their values.
    pub(super) fn report_alike(&mut self) {
        let unions = self
            .api
            .types
            .iter()
            .filter_map(|(id, definition)| match &definition.shape {
                Shape::Union(union) if matches!(union.tagging, Tagging::Untagged { .. }) => Some((id, union)),
                _ => None,
            });
        let pairs: Vec<(TypeId, usize, usize)> = unions
            .flat_map(|(id, union)| {
                alike(&self.api.types, union)
                    .into_iter()
                    .map(move |(one, other)| (id, one, other))
            })
            .collect();
        for (id, one, other) in pairs {
            let Shape::Union(union) = &self.api.types[id].shape else {
                continue;
            };
            let place = |variant: &Variant| place(&self.api.types, variant);
            let (first, second) = (&union.variants[one], &union.variants[other]);
            let at = place(second).unwrap_or_else(|| self.api.types[id].origin.clone());
            let beside = place(first).map(|first| format!(" (`{first}`)")).unwrap_or_default();
            let message = format!(
                "`{}` cannot be distinguished from `{}`{beside} before it",
                second.hint, first.hint
            );
            self.diagnostics.report(Code::Alike, &at, message).help = Some(format!(
                "values are decoded as `{}`; add a `discriminator`, or a `const` property to each branch",
                first.hint
            ));
        }
    }
}

/// The branches that are like an earlier one, after that.
fn alike(types: &Types, union: &Union) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut known = Known::new();
    for (other, variant) in union.variants.iter().enumerate() {
        let Some(slot) = &variant.slot else { continue };
        let before = union.variants[..other].iter().enumerate();
        let mut before = before.filter_map(|(index, variant)| Some((index, variant.slot.as_ref()?)));
        if let Some((one, _)) = before.find(|(_, earlier)| same(types, earlier, slot, 0, &mut known)) {
            found.push((one, other));
        }
    }
    found
}

/// By two types and how deep they are looked at: whether they read the same values.
type Known = HashMap<(TypeId, TypeId, usize), bool>;

/// Whether two types read the same values.
fn same(types: &Types, one: &Slot, other: &Slot, depth: usize, known: &mut Known) -> bool {
    if one.ty == other.ty {
        return true;
    }
    if depth == DEEPEST || types.is_nullable(one) != types.is_nullable(other) {
        return false;
    }
    match (types.resolve(&one.ty), types.resolve(&other.ty)) {
        (TypeRef::Primitive(one), TypeRef::Primitive(other)) => kind(*one).is_some_and(|one| Some(one) == kind(*other)),
        (TypeRef::List(one), TypeRef::List(other)) | (TypeRef::Map(one), TypeRef::Map(other)) => {
            same(types, one, other, depth + 1, known)
        }
        (TypeRef::Named(one), TypeRef::Named(other)) => {
            let key = (*one, *other, depth);
            if let Some(same) = known.get(&key) {
                return *same;
            }
            let same = one == other
                || match (&types[*one].shape, &types[*other].shape) {
                    (Shape::Struct(one), Shape::Struct(other)) => same_objects(types, one, other, depth, known),
                    (Shape::Enum(one), Shape::Enum(other)) => same_values(&one.values, &other.values),
                    _ => false,
                };
            known.insert(key, same);
            same
        }
        (one, other) => one == other,
    }
}

fn same_objects(types: &Types, one: &Struct, other: &Struct, depth: usize, known: &mut Known) -> bool {
    let extra = match (&one.extra, &other.extra) {
        (None, None) => true,
        (Some(one), Some(other)) => same(types, one, other, depth + 1, known),
        _ => false,
    };
    extra
        && one.closed == other.closed
        && one.fields.len() == other.fields.len()
        && one.fields.iter().all(|field| {
            let twin = other.fields.iter().find(|twin| twin.wire == field.wire);
            twin.is_some_and(|twin| {
                twin.required == field.required
                    && types.constant(&twin.slot) == types.constant(&field.slot)
                    && same(types, &field.slot, &twin.slot, depth + 1, known)
            })
        })
}

/// Whether two enums list the same, in any order.
fn same_values(one: &EnumValues, other: &EnumValues) -> bool {
    fn same<T: PartialEq>(one: &[EnumValue<T>], other: &[EnumValue<T>]) -> bool {
        let lists = |value: &EnumValue<T>| other.iter().any(|own| own.wire == value.wire);
        one.len() == other.len() && one.len() <= LONGEST_LIST && one.iter().all(lists)
    }
    match (one, other) {
        (EnumValues::Strings(one), EnumValues::Strings(other)) => same(one, other),
        (EnumValues::Integers(one), EnumValues::Integers(other)) => same(one, other),
        (EnumValues::Numbers(one), EnumValues::Numbers(other)) => same(one, other),
        _ => false,
    }
}

/// Primitives of one kind are read from the same values.
fn kind(primitive: Primitive) -> Option<&'static str> {
    Some(match primitive {
        Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128 => "integer",
        Primitive::String | Primitive::Secret => "string",
        Primitive::F64 => "number",
        Primitive::Bool => "boolean",
        _ => return None,
    })
}

/// The schema that a branch was made from, if it has a type of its own.
fn place(types: &Types, variant: &Variant) -> Option<Pointer> {
    match variant.slot.as_ref()?.ty {
        TypeRef::Named(id) => Some(types[id].origin.clone()),
        _ => None,
    }
}
