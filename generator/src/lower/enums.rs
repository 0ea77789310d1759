//! `enum` -> [`Enum`], open for values that come later; lists of other values -> the type they share.

use serde_json::Value;

use super::Lower;
use super::view::View;
use crate::diagnostic::Code;
use crate::ir::{Enum, EnumValue, EnumValues, Primitive, Shape, TypeRef};
use crate::parse::Type;

impl<'d> Lower<'d, '_> {
    /// Whether a view lists strings or integers.
    pub(super) fn is_open_enum(&self, view: &View<'d>, types: &[Type]) -> bool {
        let values = listed(view);
        let strings = matches!(types, [] | [Type::String]) && values.iter().any(|value| value.is_string());
        let integers = matches!(types, [] | [Type::Integer]) && values.iter().any(|value| value.is_i64());
        match types {
            [] => strings != integers && !values.iter().any(|value| value.is_boolean() || value.is_f64()),
            _ => strings || integers || (types == [Type::String] && values.iter().any(|value| value.is_number())),
        }
    }

    /// The shape of a list of strings or integers.
    pub(super) fn enumeration(&mut self, view: &View<'d>) -> Shape {
        let values = listed(view);
        let integers =
            self.types(view) == [Type::Integer] || values.iter().all(|value| value.is_i64() || value.is_null());
        self.report_misfits(view, &values, integers && self.types(view) != [Type::String]);
        let default = view
            .facets
            .iter()
            .rev()
            .find_map(|facet| facet.keywords.default)
            .cloned();
        let values = if integers && self.types(view) != [Type::String] {
            EnumValues::Integers(named_values(view, &values, Value::as_i64))
        } else {
            EnumValues::Strings(named_values(view, &values, wire_text))
        };
        Shape::Enum(Enum { values, default })
    }

    fn report_misfits(&mut self, view: &View<'d>, values: &[&Value], integers: bool) {
        let fits = |value: &Value| value.is_null() || if integers { value.is_i64() } else { value.is_string() };
        for value in values.iter().filter(|value| !fits(value)) {
            let place = &view.places[0];
            let message = if integers {
                format!("`{value}` is not an integer; it is left out of the values")
            } else {
                format!("`{value}` is not a string; it is read as one")
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
            None if rest.iter().all(|value| value.is_boolean()) => TypeRef::Primitive(Primitive::Bool),
            None if rest.iter().all(|value| value.is_number()) => TypeRef::Primitive(Primitive::F64),
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
