//! `enum` -> [`Enum`] with a variant for unlisted values; other lists of values -> their common type.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use serde_json::{Number, Value};

use super::context::Lower;
use crate::ir::{Enum, EnumValue, EnumValues, Primitive, Shape, TypeRef, integral};

use super::view::View;
use crate::diagnostic::Code;
use crate::parse::{Keywords, Type};

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
            Kind::Strings => EnumValues::Strings(distinct(named_values(view, &values, wire_text), String::clone)),
            Kind::Integers => EnumValues::Integers(distinct(named_values(view, &values, integral), |value| *value)),
            Kind::Numbers => {
                // zero is one value, whatever its sign
                let bits = |value: &Number| value.as_f64().map(|value| (value + 0.0).to_bits());
                let values = named_values(view, &values, |value| value.as_number().cloned());
                EnumValues::Numbers(distinct(values, bits))
            }
        };
        Shape::Enum(Enum { values, default })
    }

    fn report_misfits(&mut self, view: &View<'d>, values: &[&Value], kind: Kind) {
        for value in values.iter().filter(|value| !value.is_null() && !kind.admits(value)) {
            let place = &view.places[0];
            let message = match kind {
                Kind::Strings => format!("`{value}` in `enum` is not a string; read as a string"),
                Kind::Integers => format!("`{value}` is not an integer; removed from the `enum`"),
                Kind::Numbers => format!("`{value}` is not a number; removed from the `enum`"),
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
                let message = "this `enum` lists values of several types; generated as `serde_json::Value`";
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
    let mut values: Vec<&Value> = match first {
        Some(first) => first.iter().collect(),
        None => lists(true).flatten().collect(),
    };
    let mut known = HashSet::with_capacity(values.len());
    values.retain(|value| known.insert(*value));
    for list in all {
        let list: HashSet<&Value> = list.iter().collect();
        values.retain(|value| list.contains(value));
    }
    if first.is_some() && lists(true).next().is_some() {
        let any: HashSet<&Value> = lists(true).flatten().collect();
        values.retain(|value| any.contains(value));
    }
    values
}

/// The values without those that equal an earlier one.
fn distinct<T, K: Hash + Eq>(mut values: Vec<EnumValue<T>>, key: impl Fn(&T) -> K) -> Vec<EnumValue<T>> {
    let mut known = HashSet::with_capacity(values.len());
    values.retain(|value| known.insert(key(&value.wire)));
    values
}

/// The type of `boolean`: a constant where one value is listed.
pub(super) fn boolean(view: &View<'_>) -> Primitive {
    match listed(view).as_slice() {
        [Value::Bool(only)] => Primitive::BoolConstant(*only),
        _ => Primitive::Bool,
    }
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
    let lists: Vec<Listed<'_>> = view
        .facets
        .iter()
        .filter_map(|facet| Listed::of(&facet.keywords))
        .collect();
    values
        .iter()
        .filter_map(|value| {
            let wire = read(value)?;
            let mut name = None;
            let mut description = None;
            for list in &lists {
                let Some(position) = list.positions.get(value) else {
                    continue;
                };
                name = name.or_else(|| beside(list.keywords.enum_names, *position, value));
                description = description.or_else(|| beside(list.keywords.enum_descriptions, *position, value));
                name = name.or_else(|| list.described(value, "name"));
                description = description.or_else(|| list.described(value, "description"));
            }
            Some(EnumValue {
                wire,
                name,
                description: description.unwrap_or_default(),
            })
        })
        .collect()
}

/// One list of values, with what stands beside it about them.
struct Listed<'v> {
    keywords: &'v Keywords<'v>,
    /// By value: where it stands first.
    positions: HashMap<&'v Value, usize>,
    /// By value as it is on the wire: what `x-ms-enum` says about it.
    entries: HashMap<Option<String>, &'v Value>,
}

impl<'v> Listed<'v> {
    fn of(keywords: &'v Keywords<'v>) -> Option<Self> {
        let mut positions = HashMap::new();
        for (position, value) in keywords.enumeration?.iter().enumerate() {
            positions.entry(value).or_insert(position);
        }
        let mut entries = HashMap::new();
        for entry in keywords.enum_values.and_then(Value::as_array).into_iter().flatten() {
            if let Some(value) = entry.get("value") {
                entries.entry(wire_text(value)).or_insert(entry);
            }
        }
        Some(Self {
            keywords,
            positions,
            entries,
        })
    }

    fn described(&self, value: &Value, key: &str) -> Option<String> {
        let entry = self.entries.get(&wire_text(value))?;
        Some(entry.get(key)?.as_str()?.to_owned())
    }
}

/// What an extension says about a value, by its position in the list or by itself.
fn beside(values: Option<&Value>, index: usize, value: &Value) -> Option<String> {
    let found = match values? {
        Value::Array(list) => list.get(index)?,
        Value::Object(by_value) => by_value.get(&wire_text(value)?)?,
        _ => return None,
    };
    Some(found.as_str()?.to_owned())
}
