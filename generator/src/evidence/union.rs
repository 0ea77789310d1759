//! Which branch of a union a value takes.

use std::borrow::Cow;

use serde_json::Value;

use super::read::{Read, Reader};
use super::refusal::{Lost, Reason};
use crate::analyze::Presence;
use crate::ir::{EnumValues, Primitive, Shape, Tag, TypeId, TypeRef, Union, Variant};

/// What a value is, as far as that is looked at before a branch is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl<'a: 'v, 'v> Reader<'a, 'v> {
    pub(super) fn union(&mut self, union: &'a Union, value: &'v Value) -> Read<'v> {
        match &union.tag {
            Some(tag) => self.tagged(union, tag, value),
            None => self.untagged(union, value),
        }
    }

    fn tagged(&mut self, union: &'a Union, tag: &Tag, value: &'v Value) -> Read<'v> {
        let found = value.get(&tag.property).and_then(Value::as_str);
        let takes = |(index, variant): &(usize, &Variant)| {
            tag.unlisted != Some(*index)
                && match found {
                    Some(found) => variant.tags.iter().any(|own| own == found),
                    None => tag.absent == Some(*index),
                }
        };
        let chosen = union.variants.iter().enumerate().find(takes);
        let unlisted = tag.unlisted.and_then(|index| union.variants.get(index));
        match chosen.map(|(_, variant)| variant).or(unlisted) {
            Some(variant) => self.slot(&variant.slot, value),
            None => {
                self.tally.unknown += 1;
                self.lose(Lost::Unknown);
                Ok(Cow::Borrowed(value))
            }
        }
    }

    fn untagged(&mut self, union: &'a Union, value: &'v Value) -> Read<'v> {
        for variant in &union.variants {
            if !self.looks_like(&variant.slot.ty, value) {
                continue;
            }
            let mark = self.mark();
            match self.slot(&variant.slot, value) {
                Ok(read) => return Ok(read),
                Err(refusal) if !refusal.reason.is_about_value() => return Err(refusal),
                Err(_) => self.reset(mark),
            }
        }
        Err(self.refuse(Reason::NoBranch))
    }

    /// Whether a value has the kind, the required members and the constants of a type.
    fn looks_like(&self, ty: &TypeRef, value: &Value) -> bool {
        let types = &self.types.api.types;
        let kind = match types.resolve(ty) {
            TypeRef::Any => Kind::Any,
            TypeRef::List(_) | TypeRef::Tuple(_) => Kind::Array,
            TypeRef::Map(_) => Kind::Object,
            TypeRef::Primitive(primitive) => match primitive {
                Primitive::Bool => Kind::Boolean,
                Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128 => Kind::Integer,
                Primitive::F64 => Kind::Number,
                _ => Kind::String,
            },
            TypeRef::Named(id) => match &types[*id].shape {
                Shape::Struct(_) => return self.looks_like_object(*id, value),
                Shape::Enum(values) => match values.values {
                    EnumValues::Strings(_) => Kind::String,
                    EnumValues::Integers(_) => Kind::Integer,
                },
                Shape::Union(_) | Shape::Alias(_) | Shape::Any => Kind::Any,
            },
        };
        let found = kind_of(value);
        kind == Kind::Any || kind == found || (kind == Kind::Number && found == Kind::Integer)
    }

    fn looks_like_object(&self, id: TypeId, value: &Value) -> bool {
        let (Value::Object(members), Shape::Struct(object)) = (value, &self.types.api.types[id].shape) else {
            return false;
        };
        object
            .fields
            .iter()
            .enumerate()
            .all(|(index, field)| match members.get(&field.wire) {
                None => self.types.facts.presence(id, index) != Presence::Required,
                Some(member) => self
                    .only_text(&field.slot.ty)
                    .is_none_or(|text| member.as_str() == Some(text)),
            })
    }

    /// The value of an enum of strings that lists one.
    fn only_text(&self, ty: &TypeRef) -> Option<&str> {
        let types = &self.types.api.types;
        let TypeRef::Named(id) = types.resolve(ty) else {
            return None;
        };
        match &types[*id].shape {
            Shape::Enum(values) => match &values.values {
                EnumValues::Strings(values) => match values.as_slice() {
                    [only] => Some(&only.wire),
                    _ => None,
                },
                EnumValues::Integers(_) => None,
            },
            _ => None,
        }
    }
}

fn kind_of(value: &Value) -> Kind {
    match value {
        Value::Null => Kind::Null,
        Value::Bool(_) => Kind::Boolean,
        Value::Number(number) if !number.is_f64() => Kind::Integer,
        Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => Kind::Integer,
        Value::Number(_) => Kind::Number,
        Value::String(_) => Kind::String,
        Value::Array(_) => Kind::Array,
        Value::Object(_) => Kind::Object,
    }
}
