//! Values of types: what the document gives as an example, as far as it fits, with what is missing made up.

use serde_json::{Map, Value};

use super::fit;
use crate::analyze::{Constant, Presence};
use crate::emit::context::Cx;
use crate::ir::{Enum, EnumValues, Field, Primitive, Shape, Slot, Struct, Tagging, TypeId, TypeRef, Union, Variant};

/// A value of a type, with the decisions that were made on the way.
#[derive(Debug, Clone)]
pub(crate) enum Sample {
    /// `null`.
    Null,
    /// A value without a type of its own, or of any type.
    Plain(Value),
    /// A file, or another part that is not JSON.
    Part,
    /// The elements of an array.
    List(Vec<Sample>),
    /// The values of a map by key.
    Map(Vec<(String, Sample)>),
    /// The members of an object, by field; those that are left out are not there.
    Object(TypeId, Vec<(usize, Sample)>),
    /// A value of an enum.
    Listed(TypeId, usize),
    /// A value that an enum does not list.
    Unlisted(Value),
    /// A branch of a union.
    Branch(TypeId, usize, Box<Sample>),
    /// An alias that is a type of its own.
    Newtype(Box<Sample>),
}

/// How many values a sample is made of at most, and how deep types are followed.
const MOST_VALUES: usize = 400;
const DEEPEST: usize = 10;

/// How many members are shown that could be left out, where no example says which.
const MOST_OPTIONAL: usize = 3;

/// How many of them are shown of a whole value, and how deep.
const MOST_WHOLE: usize = 12;
const DEEPEST_WHOLE: usize = 5;

/// How many elements of a list, a map or an object without a type are shown.
const MOST_ELEMENTS: usize = 3;

pub(super) struct Sampler<'s, 'a> {
    cx: &'s Cx<'a>,
    open: Vec<TypeId>,
    /// How many values may still be made.
    left: usize,
    /// How much of what was given does not fit.
    pub(super) lost: usize,
    /// Whether members are shown that could be left out and have no example: a response has most of them.
    whole: bool,
}

impl Cx<'_> {
    /// The best sample of a slot: of the examples that are given, the one of which most fits.
    pub(crate) fn sample(&self, slot: &Slot, given: &[Value], name: &str) -> Option<Sample> {
        let mut best: Option<(usize, Sample)> = None;
        for example in given.iter().map(Some).chain(given.is_empty().then_some(None)) {
            let mut sampler = Sampler::new(self, false);
            let Some(sample) = sampler.slot(slot, example, name) else {
                continue;
            };
            if best.as_ref().is_none_or(|(lost, _)| sampler.lost < *lost) {
                best = Some((sampler.lost, sample));
            }
        }
        best.map(|(_, sample)| sample)
    }

    /// A sample with what could be left out.
    pub(crate) fn whole_sample(&self, slot: &Slot, name: &str) -> Option<Sample> {
        Sampler::new(self, true).slot(slot, None, name)
    }
}

impl<'s, 'a> Sampler<'s, 'a> {
    fn new(cx: &'s Cx<'a>, whole: bool) -> Self {
        Self {
            cx,
            open: Vec::new(),
            left: MOST_VALUES,
            lost: 0,
            whole,
        }
    }

    pub(super) fn slot(&mut self, slot: &Slot, given: Option<&Value>, name: &str) -> Option<Sample> {
        if given.is_some_and(Value::is_null) {
            if self.cx.api.types.is_nullable(slot) && slot.ty != TypeRef::Any {
                return Some(Sample::Null);
            }
            if *self.cx.api.types.resolve(&slot.ty) != TypeRef::Any {
                self.lost += 1;
                return self.ty(&slot.ty, None, name);
            }
        }
        self.ty(&slot.ty, given, name)
    }

    /// A value of a type; `None` when there is none that is small enough.
    fn ty(&mut self, ty: &TypeRef, given: Option<&Value>, name: &str) -> Option<Sample> {
        self.left = self.left.checked_sub(1)?;
        match ty {
            TypeRef::Primitive(Primitive::Part) => Some(Sample::Part),
            TypeRef::Primitive(primitive) => {
                let fitting = given.and_then(|given| fit::value(*primitive, given));
                self.lost += usize::from(given.is_some() && fitting.is_none());
                Some(Sample::Plain(fitting.unwrap_or_else(|| fit::made_up(*primitive, name))))
            }
            TypeRef::Any => Some(Sample::Plain(
                given.map_or_else(|| Value::from("any JSON value"), |given| shortened(given, 0)),
            )),
            TypeRef::List(item) => Some(Sample::List(self.list(item, given, name))),
            TypeRef::Tuple(places) => {
                let given = given.and_then(Value::as_array);
                let places = places.iter().enumerate();
                let places =
                    places.map(|(index, place)| self.slot(place, given.and_then(|given| given.get(index)), name));
                places.collect::<Option<Vec<Sample>>>().map(Sample::List)
            }
            TypeRef::Map(value) => Some(Sample::Map(self.map(value, given))),
            TypeRef::Named(id) => self.named(*id, given, name),
        }
    }

    fn list(&mut self, item: &Slot, given: Option<&Value>, name: &str) -> Vec<Sample> {
        match given {
            Some(Value::Array(elements)) => {
                let elements = elements.iter().take(MOST_ELEMENTS);
                elements
                    .filter_map(|element| self.slot(item, Some(element), name))
                    .collect()
            }
            other => {
                self.lost += usize::from(other.is_some());
                let singular = name.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(name);
                self.slot(item, None, singular).into_iter().collect()
            }
        }
    }

    fn map(&mut self, value: &Slot, given: Option<&Value>) -> Vec<(String, Sample)> {
        let Some(Value::Object(members)) = given else {
            self.lost += usize::from(given.is_some());
            return Vec::new();
        };
        let members = members.iter().take(MOST_ELEMENTS);
        members
            .filter_map(|(key, given)| Some((key.clone(), self.slot(value, Some(given), key)?)))
            .collect()
    }

    fn named(&mut self, id: TypeId, given: Option<&Value>, name: &str) -> Option<Sample> {
        if self.open.len() > DEEPEST || self.open.contains(&id) {
            return None;
        }
        let definition = &self.cx.api.types[id];
        let given = given.or(definition.docs.example.as_deref());
        self.open.push(id);
        let sample = match &definition.shape {
            Shape::Struct(object) => self.object(id, object, given),
            Shape::Enum(values) => Some(self.enumeration(id, values, given)),
            Shape::Union(union) => self.union(id, union, given, name),
            Shape::Alias(slot) => {
                let inner = self.ty(&slot.ty, given, name);
                let newtype = self.cx.facts.is_newtype(id);
                inner.map(|inner| match newtype {
                    true => Sample::Newtype(Box::new(inner)),
                    false => inner,
                })
            }
            Shape::Any => self.ty(&TypeRef::Any, given, name),
        };
        self.open.pop();
        sample
    }

    fn object(&mut self, id: TypeId, object: &Struct, given: Option<&Value>) -> Option<Sample> {
        let members = given.and_then(Value::as_object);
        self.lost += usize::from(given.is_some() && members.is_none());
        if let Some(members) = members.filter(|_| object.extra.is_none()) {
            let known = |key: &String| object.fields.iter().any(|field| field.wire == **key);
            self.lost += members.keys().filter(|key| !known(key)).count();
        }
        let mut shown = 0;
        let mut fields = Vec::new();
        for (index, field) in object.fields.iter().enumerate() {
            if let Some(constant) = self.cx.facts.constant(id, index) {
                fields.extend(self.constant(field, constant).map(|value| (index, value)));
                continue;
            }
            let given = members.map(|members| members.get(&field.wire));
            let presence = self.cx.facts.presence(id, index);
            let wanted = match (presence, given) {
                (Presence::Required | Presence::RequiredNullable, _) => true,
                _ if field.docs.deprecated => false,
                (_, Some(given)) => given.is_some(),
                (_, None) if self.whole => shown < MOST_WHOLE && self.open.len() < DEEPEST_WHOLE,
                (_, None) => shown < MOST_OPTIONAL && is_worth_showing(field),
            };
            if !wanted {
                continue;
            }
            let value = given
                .flatten()
                .or(field.docs.example.as_deref())
                .or(field.default.as_ref());
            match self.slot(&field.slot, value, &field.wire) {
                Some(value) => {
                    shown += usize::from(presence != Presence::Required);
                    fields.push((index, value));
                }
                None if presence == Presence::Required => return None,
                // its type has no value that could be shown
                None if presence == Presence::RequiredNullable => fields.push((index, Sample::Null)),
                None => {}
            }
        }
        Some(Sample::Object(id, fields))
    }

    /// The value of a field that is filled in.
    fn constant(&self, field: &Field, constant: &Constant) -> Option<Sample> {
        match constant {
            Constant::Text(text) => Some(Sample::Plain(Value::from(text.as_str()))),
            Constant::Boolean(value) => Some(Sample::Plain(Value::from(*value))),
            Constant::Integer(value) => Some(Sample::Plain(Value::from(*value))),
            Constant::Variant(index) => match self.cx.api.types.resolve(&field.slot.ty) {
                TypeRef::Named(id) => Some(Sample::Listed(*id, *index)),
                _ => None,
            },
        }
    }

    fn enumeration(&mut self, id: TypeId, values: &Enum, given: Option<&Value>) -> Sample {
        let position = |wanted: &Value| values.values.position(wanted);
        let found = given.and_then(position);
        self.lost += usize::from(given.is_some() && found.is_none());
        let count = values.values.len();
        let any = match &values.values {
            EnumValues::Strings(_) => Value::from("value"),
            EnumValues::Integers(_) | EnumValues::Numbers(_) => Value::from(1),
        };
        let found = found.or_else(|| values.default.as_ref().and_then(position));
        match found.or((count > 0).then_some(0)) {
            Some(index) => Sample::Listed(id, index),
            None => Sample::Unlisted(any),
        }
    }

    fn union(&mut self, id: TypeId, union: &Union, given: Option<&Value>, name: &str) -> Option<Sample> {
        match &union.tagging {
            Tagging::External => return self.external(id, union, given, name),
            Tagging::Adjacent { tag, content } => {
                let given = given.and_then(Value::as_object);
                let wanted = given.and_then(|given| given.get(tag)?.as_str());
                let content = given.and_then(|given| given.get(content));
                return self.called(id, union, wanted, content, name);
            }
            Tagging::Internal(_) | Tagging::Untagged { .. } => {}
        }
        let tag = union.tag().zip(given);
        let tag = tag.and_then(|(tag, given)| given.get(&tag.property)?.as_str());
        let named = |wanted: &str| {
            let mut variants = union.variants.iter();
            variants.position(|variant| variant.tags.iter().any(|tag| tag == wanted))
        };
        if let Some(index) = tag.and_then(named) {
            let inner = self.slot(union.variants[index].slot.as_ref()?, given, name)?;
            return Some(Sample::Branch(id, index, Box::new(inner)));
        }
        let (lost, left) = (self.lost, self.left);
        let mut best: Option<(usize, usize, Sample)> = None;
        for (index, variant) in union.variants.iter().enumerate() {
            // each branch has what is left for one
            self.lost = 0;
            self.left = left / union.variants.len().max(1);
            if let Some(slot) = &variant.slot
                && let Some(inner) = self.slot(slot, given, name)
                && best.as_ref().is_none_or(|(least, ..)| self.lost < *least)
            {
                best = Some((self.lost, index, inner));
            }
            if best.as_ref().is_some_and(|(least, ..)| *least == 0) {
                break;
            }
        }
        self.left = left.saturating_sub(left / union.variants.len().max(1));
        let (least, index, inner) = best?;
        self.lost = lost + least;
        Some(Sample::Branch(id, index, Box::new(inner)))
    }
}

impl Sampler<'_, '_> {
    /// The variant that a value names, or the first that can be made.
    fn external(&mut self, id: TypeId, union: &Union, given: Option<&Value>, name: &str) -> Option<Sample> {
        let (wanted, content) = match given {
            Some(Value::String(text)) => (Some(text.as_str()), None),
            Some(Value::Object(object)) => object
                .iter()
                .next()
                .map_or((None, None), |(k, v)| (Some(k.as_str()), Some(v))),
            _ => (None, None),
        };
        self.called(id, union, wanted, content, name)
    }

    /// The variant of that name with its content, or the first that can be made.
    fn called(
        &mut self,
        id: TypeId,
        union: &Union,
        wanted: Option<&str>,
        content: Option<&Value>,
        name: &str,
    ) -> Option<Sample> {
        let listed = |variant: &Variant| wanted.is_some_and(|wanted| variant.tags.iter().any(|tag| tag == wanted));
        let found = union.variants.iter().position(listed);
        self.lost += usize::from(wanted.is_some() && found.is_none());
        let candidates = found.map_or(0..union.variants.len(), |index| index..index + 1);
        for index in candidates {
            let Some(slot) = &union.variants[index].slot else {
                return Some(Sample::Branch(id, index, Box::new(Sample::Null)));
            };
            if let Some(inner) = self.slot(slot, content, name) {
                return Some(Sample::Branch(id, index, Box::new(inner)));
            }
        }
        None
    }
}

/// Whether a member that can be left out says something: it has an example, and can be sent.
fn is_worth_showing(field: &Field) -> bool {
    field.docs.example.is_some() && !field.docs.deprecated && !field.read_only
}

/// A value of any type, with what is too much of it left out.
fn shortened(value: &Value, depth: usize) -> Value {
    const DEEPEST: usize = 4;
    match value {
        Value::Array(_) | Value::Object(_) if depth == DEEPEST => Value::Null,
        Value::Array(elements) => {
            let elements = elements.iter().take(MOST_ELEMENTS);
            Value::Array(elements.map(|element| shortened(element, depth + 1)).collect())
        }
        Value::Object(members) => {
            let members = members.iter().take(MOST_ELEMENTS * 2);
            let members = members.map(|(key, value)| (key.clone(), shortened(value, depth + 1)));
            Value::Object(members.collect::<Map<String, Value>>())
        }
        other => other.clone(),
    }
}
