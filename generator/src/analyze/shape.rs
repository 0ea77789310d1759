//! The possible JSON shapes of a type, by which unions distinguish their branches.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Presence;
use super::facts::Facts;
use crate::ir::{Api, EnumValues, Primitive, Shape as Definition, Struct, TypeId, TypeRef, Union, integral};

/// Lists of values longer than this do not help to tell branches apart.
const LONGEST_LIST: usize = 40;

/// The same for lists that are branches themselves.
pub(crate) const LONGEST_ENUM: usize = 200;

/// How deep items of items are looked at.
const DEEPEST: usize = 3;

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

/// The values that an enum lists.
#[derive(Debug, Clone, PartialEq)]
pub enum Values<'a> {
    /// Strings.
    Texts(BTreeSet<&'a str>),
    /// Integers.
    Integers(BTreeSet<i64>),
    /// Numbers.
    Numbers(Vec<f64>),
}

impl Values<'_> {
    /// Whether a value of the type that is listed is not among those listed.
    #[must_use]
    pub fn lack(&self, value: &Value) -> bool {
        match self {
            Self::Texts(texts) => value.as_str().is_some_and(|text| !texts.contains(text)),
            Self::Integers(integers) => {
                value.is_number() && !integral(value).is_some_and(|own| integers.contains(&own))
            }
            Self::Numbers(numbers) => value.as_f64().is_some_and(|number| !numbers.contains(&number)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Texts(values) => values.len(),
            Self::Integers(values) => values.len(),
            Self::Numbers(values) => values.len(),
        }
    }
}

/// What values of a branch look like.
#[derive(Debug, Clone)]
pub struct Shape<'a> {
    /// What they are.
    pub kind: Kind,
    /// The values that the branch lists, where another branch takes values of that type too.
    pub values: Option<Values<'a>>,
    /// The properties that are there.
    pub required: Vec<&'a str>,
    /// The properties that have one value where they are there.
    pub constants: Vec<(&'a str, Value)>,
    /// The properties whose listed values are not those of another branch.
    pub listed: Vec<(&'a str, Values<'a>)>,
    /// What items of a list or values of a map look like, where that says more than reading them does.
    pub items: Option<Box<Shape<'a>>>,
}

impl Shape<'_> {
    /// Whether nothing but the kind is said.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.required.is_empty() && self.constants.is_empty() && self.listed.is_empty() && self.items.is_none()
    }

    /// Whether it tells more values apart than reading does, which refuses other kinds and missing properties.
    fn tells_more(&self) -> bool {
        let listed = self.values.is_some() || !self.constants.is_empty() || !self.listed.is_empty();
        listed || self.items.is_some()
    }

    fn of(kind: Kind) -> Self {
        Self {
            kind,
            values: None,
            required: Vec::new(),
            constants: Vec::new(),
            listed: Vec::new(),
            items: None,
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
        ty => {
            let others = candidates.iter().filter(|other| **other != variant);
            let others = others.filter_map(|other| Some(api.types.resolve(&union.variants[*other].slot.as_ref()?.ty)));
            let others: Vec<&TypeRef> = others.collect();
            vec![shape(api, facts, ty, &others, 0)]
        }
    }
}

/// The shape of a type beside those it is told from.
fn shape<'a>(api: &'a Api, facts: &Facts, ty: &'a TypeRef, others: &[&'a TypeRef], depth: usize) -> Shape<'a> {
    if let Some((id, object)) = object_of(api, ty) {
        let others = others.iter().filter_map(|other| object_of(api, other));
        let others: Vec<&Struct> = others.map(|(_, object)| object).collect();
        return object_shape(api, facts, id, object, &others);
    }
    let own = kind(api, ty);
    let contested = others.iter().any(|other| meets(own, kind(api, other)));
    let values = listed_values(api, ty).filter(|values| contested && values.len() <= LONGEST_ENUM);
    Shape {
        values,
        items: items(api, facts, ty, others, depth).map(Box::new),
        ..Shape::of(own)
    }
}

/// Whether values of one kind may be of another.
fn meets(one: Kind, other: Kind) -> bool {
    one == other || other == Kind::Any || (is_number(one) && is_number(other))
}

fn is_number(kind: Kind) -> bool {
    matches!(kind, Kind::Integer | Kind::Number)
}

/// What the items of a list look like beside those of other lists, or the values of a map beside those of other maps.
fn items<'a>(api: &'a Api, facts: &Facts, ty: &'a TypeRef, others: &[&'a TypeRef], depth: usize) -> Option<Shape<'a>> {
    let below = |ty: &'a TypeRef| match ty {
        TypeRef::List(slot) | TypeRef::Map(slot) => Some(api.types.resolve(&slot.ty)),
        _ => None,
    };
    let own = below(ty).filter(|_| depth < DEEPEST)?;
    let others = others
        .iter()
        .filter(|other| matches!(ty, TypeRef::List(_)) == matches!(other, TypeRef::List(_)));
    let others: Vec<&TypeRef> = others.filter_map(|other| below(other)).collect();
    if others.is_empty() {
        return None;
    }
    let own = shape(api, facts, own, &others, depth + 1);
    // a number is read from an integer, too
    let mut kinds = others.iter().map(|other| kind(api, other));
    let numbers = is_number(own.kind) && kinds.any(|other| is_number(other) && other != own.kind);
    (own.tells_more() || numbers).then_some(own)
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
        let own = listed_values(api, &field.slot.ty).filter(|own| (2..=LONGEST_LIST).contains(&own.len()))?;
        let twins = others
            .iter()
            .filter_map(|other| other.fields.iter().find(|twin| twin.wire == field.wire));
        let mut twins = twins.filter_map(|twin| listed_values(api, &twin.slot.ty));
        let differs = twins.any(|twin| twin != own);
        differs.then_some((field.wire.as_str(), own))
    });
    Shape {
        required: required.map(|(_, field)| field.wire.as_str()).collect(),
        constants: constants.collect(),
        listed: listed.collect(),
        ..Shape::of(Kind::Object)
    }
}

/// The values that an enum lists.
fn listed_values<'a>(api: &'a Api, ty: &'a TypeRef) -> Option<Values<'a>> {
    let TypeRef::Named(id) = api.types.resolve(ty) else {
        return None;
    };
    match &api.types[*id].shape {
        Definition::Enum(values) => Some(match &values.values {
            EnumValues::Strings(values) => Values::Texts(values.iter().map(|value| value.wire.as_str()).collect()),
            EnumValues::Integers(values) => Values::Integers(values.iter().map(|value| value.wire).collect()),
            EnumValues::Numbers(values) => {
                let floats = values.iter().filter_map(|value| value.wire.as_f64());
                Values::Numbers(floats.filter(|float| float.is_finite()).collect())
            }
        }),
        _ => None,
    }
}
