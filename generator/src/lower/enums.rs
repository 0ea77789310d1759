//! `enum` -> [`Enum`], open for values that come later; lists of other values -> the type they share.

use serde_json::{Number, Value};

use super::Lower;
use super::primitive::boolean;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Enum, EnumValue, EnumValues, Shape, TypeRef, integral};
use crate::parse::Type;

/// What the values of an enum are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Strings,
    Integers,
    Numbers,
}

impl Kind {
    /// The kind of an enum of these values; `None` if they make none.
    fn of(values: &[&Value], types: &[Type]) -> Option<Self> {
        let any = |is: fn(&Value) -> bool| values.iter().any(|value| is(value));
        match types {
            [Type::String] if any(Value::is_string) || any(Value::is_number) => Some(Self::Strings),
            [Type::Integer] if any(|value| integral(value).is_some()) => Some(Self::Integers),
            [Type::Number] if any(Value::is_number) => Some(Self::Numbers),
            [] if any(Value::is_boolean) || any(Value::is_string) == any(Value::is_number) => None,
            [] if any(Value::is_string) => Some(Self::Strings),
            [] if any(|value| value.is_number() && !value.is_i64()) => Some(Self::Numbers),
            [] => Some(Self::Integers),
            _ => None,
        }
    }

    /// Whether a value is of the kind.
    fn admits(self, value: &Value) -> bool {
        match self {
            Self::Strings => value.is_string(),
            Self::Integers => integral(value).is_some(),
            Self::Numbers => value.is_number(),
        }
    }
}

impl<'d> Lower<'d, '_> {
    /// Whether a view lists strings or numbers.
    pub(super) fn is_open_enum(&self, view: &View<'d>, types: &[Type]) -> bool {
        Kind::of(&listed(view), types).is_some()
    }

    /// The shape of a list of strings or numbers.
    pub(super) fn enumeration(&mut self, view: &View<'d>) -> Shape {
        let values = listed(view);
        let kind = Kind::of(&values, &self.types(view)).unwrap_or(Kind::Strings);
        self.report_misfits(view, &values, kind);
        let default = view
            .facets
            .iter()
            .rev()
            .find_map(|facet| facet.keywords.default)
            .cloned();
        let values = match kind {
            Kind::Strings => EnumValues::Strings(distinct(named_values(view, &values, wire_text), PartialEq::eq)),
            Kind::Integers => EnumValues::Integers(distinct(named_values(view, &values, integral), PartialEq::eq)),
            Kind::Numbers => {
                let equal = |left: &Number, right: &Number| left.as_f64() == right.as_f64();
                EnumValues::Numbers(distinct(
                    named_values(view, &values, |value| value.as_number().cloned()),
                    equal,
                ))
            }
        };
        Shape::Enum(Enum { values, default })
    }

    fn report_misfits(&mut self, view: &View<'d>, values: &[&Value], kind: Kind) {
        for value in values.iter().filter(|value| !value.is_null() && !kind.admits(value)) {
            let place = &view.places[0];
            let message = match kind {
                Kind::Strings => format!("`{value}` is not a string; it is read as one"),
                Kind::Integers => format!("`{value}` is not an integer; it is left out of the values"),
                Kind::Numbers => format!("`{value}` is not a number; it is left out of the values"),
            };
            self.diagnostics.report(Code::Invalid, place, message);
        }
    }

    /// The type of listed values that make no enum of their own, and whether `null` is among them.
    ///
    /// Returns `None` when no values are listed.
    pub(super) fn closed_values(&mut self, view: &View<'d>, ty: Option<Type>) -> Option<(TypeRef, bool)> {
        let mut lists = view.facets.iter().filter_map(|facet| facet.keywords.enumeration);
        if lists.all(<[Value]>::is_empty) {
            return None;
        }
        let values = listed(view);
        let null = values.iter().any(|value| value.is_null());
        let rest: Vec<&&Value> = values.iter().filter(|value| !value.is_null()).collect();
        let ty = match ty {
            Some(ty) => TypeRef::Primitive(self.primitive(view, ty)),
            None if rest.is_empty() => TypeRef::Any,
            None if rest.iter().all(|value| value.is_boolean()) => TypeRef::Primitive(boolean(view)),
            None if rest.iter().all(|value| value.is_object()) => TypeRef::Map(Box::new(Self::any())),
            None if rest.iter().all(|value| value.is_array()) => TypeRef::List(Box::new(Self::any())),
            None => {
                let message = "values of several types are listed here; any value is taken";
                self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
                TypeRef::Any
            }
        };
        Some((ty, null))
    }
}

/// The values that every list of a view has, in the order of the first; of alternatives, the values that one of them has.
pub(super) fn listed<'d>(view: &View<'d>) -> Vec<&'d Value> {
    let lists = |alternative: bool| {
        let facets = view.facets.iter();
        let facets = facets.filter(move |facet| facet.alternative.is_some() == alternative);
        facets.filter_map(|facet| facet.keywords.enumeration)
    };
    let mut all = lists(false);
    let first = all.next();
    let mut values: Vec<&Value> = Vec::new();
    let candidates: Vec<&Value> = match first {
        Some(first) => first.iter().collect(),
        None => lists(true).flatten().collect(),
    };
    for value in candidates {
        if !values.contains(&value) {
            values.push(value);
        }
    }
    for list in all {
        values.retain(|value| list.contains(value));
    }
    if first.is_some() && lists(true).next().is_some() {
        values.retain(|value| lists(true).any(|list| list.contains(value)));
    }
    values
}

/// The values without those that equal an earlier one.
fn distinct<T>(values: Vec<EnumValue<T>>, equal: impl Fn(&T, &T) -> bool) -> Vec<EnumValue<T>> {
    let mut kept: Vec<EnumValue<T>> = Vec::with_capacity(values.len());
    for value in values {
        if !kept.iter().any(|other| equal(&other.wire, &value.wire)) {
            kept.push(value);
        }
    }
    kept
}

/// What a value of a list of strings is on the wire.
fn wire_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Null => None,
        other => Some(other.to_string()),
    }
}

fn named_values<T>(view: &View<'_>, values: &[&Value], read: impl Fn(&Value) -> Option<T>) -> Vec<EnumValue<T>> {
    let extension = |values: Option<&Value>, index: usize, value: &Value| -> Option<String> {
        let found = match values? {
            Value::Array(list) => list.get(index)?,
            Value::Object(by_value) => by_value.get(&wire_text(value)?)?,
            _ => return None,
        };
        Some(found.as_str()?.to_owned())
    };
    values
        .iter()
        .filter_map(|value| {
            let wire = read(value)?;
            let mut name = None;
            let mut description = None;
            for keywords in view.facets.iter().map(|facet| &facet.keywords) {
                let position = keywords
                    .enumeration
                    .and_then(|list| list.iter().position(|other| other == *value));
                let Some(position) = position else { continue };
                name = name.or_else(|| extension(keywords.enum_names, position, value));
                description = description.or_else(|| extension(keywords.enum_descriptions, position, value));
                let entry = |key| described(keywords.enum_values, value, key);
                name = name.or_else(|| entry("name"));
                description = description.or_else(|| entry("description"));
            }
            Some(EnumValue {
                wire,
                name,
                description: description.unwrap_or_default(),
            })
        })
        .collect()
}

/// What `x-ms-enum` says about a value.
fn described(entries: Option<&Value>, value: &Value, key: &str) -> Option<String> {
    let entries = entries?.as_array()?;
    let wire = wire_text(value);
    let entry = entries.iter().find(|entry| {
        entry
            .get("value")
            .is_some_and(|own| own == value || wire_text(own) == wire)
    })?;
    Some(entry.get(key)?.as_str()?.to_owned())
}
