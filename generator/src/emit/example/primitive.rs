//! Values without a type of their own -> the expressions that make them.

use serde_json::Value;

use super::code::Code;
use super::layout::{Expr, literal};
use crate::ir::{Primitive, Scalar};

impl Code<'_, '_> {
    pub(super) fn primitive(&mut self, primitive: Primitive, value: &Value) -> Expr {
        let text = value.as_str().map(literal).unwrap_or_default();
        Expr::text(match primitive {
            Primitive::F64 => format!("{:?}", value.as_f64().unwrap_or_default()),
            Primitive::Secret => format!("{}::from({text})", self.export("Secret")),
            Primitive::Base64 | Primitive::Base64Url => "b\"hello\".to_vec().into()".to_owned(),
            Primitive::Part => return self.part(),
            Primitive::Scalar(scalar) => {
                let scalar = self.cx.scalar(scalar);
                format!(
                    "{}::from({})",
                    self.export(scalar.name()),
                    scalar_literal(scalar, value)
                )
            }
            primitive if self.cx.is_text(primitive) => format!("{text}.to_owned()"),
            Primitive::DateTime => format!("chrono::DateTime::parse_from_rfc3339({text})?"),
            Primitive::Date => format!("{text}.parse::<chrono::NaiveDate>()?"),
            Primitive::Uuid => format!("{text}.parse::<uuid::Uuid>()?"),
            _ => value.to_string(),
        })
    }

    pub(super) fn part(&mut self) -> Expr {
        let part = self.export("Part");
        Expr::text(format!("{part}::file(\"upload.bin\")"))
    }
}

/// What becomes one of several scalars.
pub(super) fn scalar_literal(scalar: Scalar, value: &Value) -> String {
    match value {
        Value::String(text) if scalar == Scalar::IntegerOrDateTime => {
            format!("chrono::DateTime::parse_from_rfc3339({})?", literal(text))
        }
        Value::String(text) => literal(text),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            // a literal without a type is an `i32`
            (Some(integer), _) if i32::try_from(integer).is_ok() => integer.to_string(),
            (Some(integer), _) => format!("{integer}_i64"),
            (None, Some(integer)) => format!("{integer}_u64"),
            (None, None) => format!("{:?}", number.as_f64().unwrap_or_default()),
        },
        other => other.to_string(),
    }
}
