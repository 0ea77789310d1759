//! Samples -> JSON, as it is sent and as it stands in `json!`.

use serde_json::Value;

use super::layout::{Expr, literal};
use super::sample::Sample;
use crate::emit::Cx;
use crate::ir::Shape;

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
        other => Expr::text(other.to_string()),
    }
}

impl Cx<'_> {
    /// The JSON of a sample, as it is sent or received.
    pub(in crate::emit) fn json(&self, sample: &Sample) -> Value {
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
            Sample::Branch(_, inner) | Sample::Newtype(inner) => self.json(inner),
        }
    }
}
