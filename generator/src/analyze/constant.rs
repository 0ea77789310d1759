//! Fields with a single possible value, which are set automatically.

use std::collections::HashMap;

use serde_json::Value;

use crate::ir::{Api, Field, Primitive, Shape, TypeId, TypeRef};

/// The value of a field that has no other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Constant {
    /// The variant of its enum at this position.
    Variant(usize),
    /// Text.
    Text(String),
    /// An integer.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

/// The discriminator value of a type, by the type and the property; `None` when it has several.
type Tags<'a> = HashMap<(TypeId, &'a str), Option<&'a str>>;

pub(super) fn constants(api: &Api) -> Vec<Vec<Option<Constant>>> {
    let tags = tags(api);
    let of_type = |(id, definition): (TypeId, &crate::ir::TypeDef)| match &definition.shape {
        Shape::Struct(object) => {
            let fields = object.fields.iter();
            fields
                .map(|field| {
                    let tag = tags.get(&(id, field.wire.as_str())).copied().flatten();
                    tag.and_then(|tag| tagged(api, field, tag)).or_else(|| only(api, field))
                })
                .collect()
        }
        _ => Vec::new(),
    };
    api.types.iter().map(of_type).collect()
}

fn tags(api: &Api) -> Tags<'_> {
    let mut tags: Tags<'_> = HashMap::new();
    for (_, definition) in api.types.iter() {
        let Shape::Union(union) = &definition.shape else {
            continue;
        };
        let Some(tag) = union.tag() else { continue };
        for (index, variant) in union.variants.iter().enumerate() {
            let Some(TypeRef::Named(id)) = variant.slot.as_ref().map(|slot| api.types.resolve(&slot.ty)) else {
                continue;
            };
            // What others extend stands for kinds that are not known, too.
            let own = match variant.tags.as_slice() {
                [only] if !tag.declared || tag.tries || !tag.absent.contains(&index) => Some(only.as_str()),
                _ => None,
            };
            tags.entry((*id, tag.property.as_str()))
                .and_modify(|known| *known = known.filter(|known| Some(*known) == own))
                .or_insert(own);
        }
    }
    tags
}

/// The discriminator of a branch, when the field can hold it.
fn tagged(api: &Api, field: &Field, tag: &str) -> Option<Constant> {
    if api.types.is_nullable(&field.slot) {
        return None;
    }
    match api.types.resolve(&field.slot.ty) {
        TypeRef::Primitive(Primitive::String) => Some(Constant::Text(tag.to_owned())),
        TypeRef::Primitive(Primitive::I32 | Primitive::I64) => tag.parse().ok().map(Constant::Integer),
        TypeRef::Primitive(Primitive::BoolConstant(only)) => {
            (tag == only.to_string()).then_some(Constant::Boolean(*only))
        }
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Enum(values) => {
                let is_tag = |index: &usize| match values.values.json(*index) {
                    Some(Value::String(text)) => text == tag,
                    Some(other) => tag == other.to_string().as_str(),
                    None => false,
                };
                (0..values.values.len()).find(is_tag).map(Constant::Variant)
            }
            _ => None,
        },
        _ => None,
    }
}

/// The value of a field that admits no other, where the field must be there or has it as its default.
fn only(api: &Api, field: &Field) -> Option<Constant> {
    let only = api.types.constant(&field.slot)?;
    let (constant, default) = match api.types.resolve(&field.slot.ty) {
        TypeRef::Named(id) => match &api.types[*id].shape {
            Shape::Enum(values) => (Constant::Variant(0), values.default.is_some()),
            _ => return None,
        },
        _ => (Constant::Boolean(only.as_bool()?), false),
    };
    (field.required || field.default.is_some() || default).then_some(constant)
}
