//! Samples -> JSON, as it is sent and as it stands in `json!`.

use serde_json::Value;

use super::layout::{Expr, literal};
use super::sample::Sample;
use crate::emit::context::Cx;
use crate::ir::{Shape, Tagging, TypeId};

/// JSON within `json!`.
pub(super) fn within_macro(value: &Value) -> Expr {
    match value {
        Value::String(text) => Expr::text(literal(text)),
        Value::Array(elements) if !elements.is_empty() => Expr::Group {
            open: "[".to_owned(),
            items: elements.iter().map(within_macro).collect(),
            close: "]",
        },
        Value::Object(members) if !members.is_empty() => Expr::Group {
            open: "{ ".to_owned(),
            items: members
                .iter()
                .map(|(key, value)| Expr::prefixed(literal(key) + ": ", within_macro(value)))
                .collect(),
            close: "}",
        },
        // a literal without a type is an `i32`
        Value::Number(number) if number.as_i64().is_some_and(|integer| i32::try_from(integer).is_err()) => {
            Expr::text(format!("{number}_i64"))
        }
        Value::Number(number) if number.is_u64() && !number.is_i64() => Expr::text(format!("{number}_u64")),
        other => Expr::text(other.to_string()),
    }
}

/// The macro `json!` calls itself for each part of what it is given, and the compiler lets it do so 128 times.
const MOST_IN_MACRO: usize = 24;

/// Whether a value has so many parts that `json!` cannot take it.
pub(super) fn is_too_long_for_macro(value: &Value) -> bool {
    fn parts(value: &Value) -> usize {
        1 + match value {
            Value::Array(elements) => elements.iter().map(parts).sum(),
            Value::Object(members) => members.values().map(parts).sum(),
            _ => 0,
        }
    }
    parts(value) > MOST_IN_MACRO
}

impl Cx<'_> {
    /// The JSON of a sample, as it is sent or received.
    pub(crate) fn json(&self, sample: &Sample) -> Value {
        match sample {
            Sample::Null => Value::Null,
            Sample::Plain(value) | Sample::Unlisted(value) => value.clone(),
            Sample::Part => Value::from("(a file)"),
            Sample::List(elements) => Value::Array(elements.iter().map(|element| self.json(element)).collect()),
            Sample::Map(members) => {
                let members = members.iter().map(|(key, value)| (key.clone(), self.json(value)));
                Value::Object(members.collect())
            }
            Sample::Object(id, fields) => match &self.api.types[*id].shape {
                Shape::Struct(object) => {
                    let member =
                        |(index, value): &(usize, Sample)| (object.fields[*index].wire.clone(), self.json(value));
                    Value::Object(fields.iter().map(member).collect())
                }
                _ => Value::Null,
            },
            Sample::Listed(id, index) => match &self.api.types[*id].shape {
                Shape::Enum(values) => values.values.json(*index).unwrap_or_default(),
                _ => Value::Null,
            },
            Sample::Branch(id, index, inner) => self.branch_json(*id, *index, self.json(inner)),
            Sample::Newtype(inner) => self.json(inner),
        }
    }

    /// What a variant is on the wire: what it holds, with what tells it from the others.
    fn branch_json(&self, id: TypeId, index: usize, held: Value) -> Value {
        let Shape::Union(union) = &self.api.types[id].shape else {
            return held;
        };
        let variant = &union.variants[index];
        let name = variant.tags.first().cloned().unwrap_or_default();
        match (&union.tagging, held, self.facts.written_tag(id, index)) {
            (Tagging::External, _, _) if variant.slot.is_none() => Value::from(name),
            (Tagging::External, held, _) => Value::Object([(name, held)].into_iter().collect()),
            (Tagging::Adjacent { tag, content }, held, _) => {
                let content = variant.slot.as_ref().map(|_| (content.clone(), held));
                Value::Object([(tag.clone(), name.into())].into_iter().chain(content).collect())
            }
            (Tagging::Internal(tag), Value::Object(mut object), Some(value)) if !object.contains_key(&tag.property) => {
                object.insert(tag.property.clone(), value.into());
                Value::Object(object)
            }
            (_, held, _) => held,
        }
    }
}
