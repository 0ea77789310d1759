//! What values of a type look like, as far as that is told without reading them: how unions tell branches apart.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Facts, Presence};
use crate::ir::{Api, EnumValues, Field, Primitive, Shape as Definition, Struct, TypeId, TypeRef, Union};

/// Lists of values longer than this do not help to tell branches apart.
const LONGEST_LIST: usize = 40;

/// The same for lists that are branches themselves.
const LONGEST_ENUM: usize = 200;

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any value.
    Any,
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// What values of a branch look like.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    /// What they are.
    pub kind: Kind,
    /// The strings that the branch lists, where another branch takes strings too.
    pub values: BTreeSet<&'a str>,
    /// The properties that are there.
    pub required: Vec<&'a str>,
    /// The properties that have one value where they are there.
    pub constants: Vec<(&'a str, Value)>,
    /// The properties whose listed values are not those of another branch.
    pub listed: Vec<(&'a str, BTreeSet<&'a str>)>,
}

impl Shape<'_> {
    /// Whether nothing but the kind is said.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.required.is_empty() && self.constants.is_empty() && self.listed.is_empty()
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            values: BTreeSet::new(),
            required: Vec::new(),
            constants: Vec::new(),
            listed: Vec::new(),
        }
    }
}

/// The shapes of a variant among the `candidates` of a union: a value of any of them may be that variant.
#[must_use]
pub fn shapes<'a>(
    api: &'a Api,
    facts: &Facts,
    union: &'a Union,
    candidates: &[usize],
    variant: usize,
) -> Vec<Shape<'a>> {
    let Some(slot) = &union.variants[variant].slot else {
        return Vec::new();
    };
    match api.types.resolve(&slot.ty) {
        TypeRef::Primitive(Primitive::Scalar(scalar)) => {
            let kinds = scalar.kinds().iter();
            kinds
                .map(|primitive| Shape::of(kind_of_primitive(*primitive)))
                .collect()
        }
        ty => match object_of(api, ty) {
            Some((id, object)) => {
                let others = candidates.iter().filter(|other| **other != variant);
                let others = others.filter_map(|other| object_of(api, &union.variants[*other].slot.as_ref()?.ty));
                let others: Vec<&Struct> = others.map(|(_, object)| object).collect();
                vec![object_shape(api, facts, id, object, &others)]
            }
            None => {
                let own = kind(api, ty);
                let takes_strings = |other: &&usize| {
                    let slot = union.variants[**other].slot.as_ref();
                    slot.is_some_and(|slot| matches!(kind(api, api.types.resolve(&slot.ty)), Kind::String | Kind::Any))
                };
                let others = candidates.iter().filter(|other| **other != variant);
                let contested = own == Kind::String && others.filter(takes_strings).count() > 0;
                let values = listed_values(api, ty).filter(|values| contested && values.len() <= LONGEST_ENUM);
                vec![Shape {
                    values: values.unwrap_or_default(),
                    ..Shape::of(own)
                }]
            }
        },
    }
}

fn object_of<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<(TypeId, &'a Struct)> {
    match api.types.resolve(ty) {
        TypeRef::Named(id) => match &api.types[*id].shape {
            Definition::Struct(object) => Some((*id, object)),
            _ => None,
        },
        _ => None,
    }
}

fn kind(api: &Api, ty: &TypeRef) -> Kind {
    match ty {
        TypeRef::Primitive(primitive) => kind_of_primitive(*primitive),
        TypeRef::List(_) | TypeRef::Tuple(_) => Kind::Array,
        TypeRef::Map(_) => Kind::Object,
        TypeRef::Any => Kind::Any,
        TypeRef::Named(id) => match &api.types[*id].shape {
            Definition::Enum(values) => match values.values {
                EnumValues::Strings(_) => Kind::String,
                EnumValues::Integers(_) => Kind::Integer,
                EnumValues::Numbers(_) => Kind::Number,
            },
            Definition::Struct(_) | Definition::Union(_) | Definition::Alias(_) | Definition::Any => Kind::Any,
        },
    }
}

fn kind_of_primitive(primitive: Primitive) -> Kind {
    match primitive {
        primitive if primitive.is_bool() => Kind::Boolean,
        Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128 => Kind::Integer,
        Primitive::F64 => Kind::Number,
        Primitive::Scalar(_) => Kind::Any,
        _ => Kind::String,
    }
}

fn object_shape<'a>(api: &'a Api, facts: &Facts, id: TypeId, object: &'a Struct, others: &[&'a Struct]) -> Shape<'a> {
    let fields = object.fields.iter().enumerate();
    let required = fields.filter(|(index, _)| facts.presence(id, *index) == Presence::Required);
    let constants = object.fields.iter();
    let constants = constants.filter_map(|field| Some((field.wire.as_str(), api.types.constant(&field.slot)?)));
    let listed = object.fields.iter().filter_map(|field| {
        let own = listed_texts(api, field).filter(|own| (2..=LONGEST_LIST).contains(&own.len()))?;
        let twins = others
            .iter()
            .filter_map(|other| other.fields.iter().find(|twin| twin.wire == field.wire));
        let differs = twins.filter_map(|twin| listed_texts(api, twin)).any(|twin| twin != own);
        differs.then_some((field.wire.as_str(), own))
    });
    Shape {
        kind: Kind::Object,
        values: BTreeSet::new(),
        required: required.map(|(_, field)| field.wire.as_str()).collect(),
        constants: constants.collect(),
        listed: listed.collect(),
    }
}

fn listed_texts<'a>(api: &'a Api, field: &'a Field) -> Option<BTreeSet<&'a str>> {
    listed_values(api, &field.slot.ty)
}

/// The strings that an enum lists.
fn listed_values<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<BTreeSet<&'a str>> {
    let TypeRef::Named(id) = api.types.resolve(ty) else {
        return None;
    };
    match &api.types[*id].shape {
        Definition::Enum(values) => match &values.values {
            EnumValues::Strings(values) => Some(values.iter().map(|value| value.wire.as_str()).collect()),
            EnumValues::Integers(_) | EnumValues::Numbers(_) => None,
        },
        _ => None,
    }
}
