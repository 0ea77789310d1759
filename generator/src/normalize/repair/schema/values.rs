//! Keywords that contain values or bounds.

use std::cmp::Ordering;

use serde_json::{Value, json};

use crate::normalize::repair::context::{Object, Repair, excerpt};
use crate::normalize::repair::kind::{flag, number};
use crate::pointer::Pointer;

const PAIRS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

impl Repair<'_> {
    pub(super) fn enumeration(&mut self, members: &mut Object, at: &Pointer) {
        let Some(written) = members.get("enum") else {
            return;
        };
        let read = match written {
            Value::Null => None,
            Value::Array(values) => match values.as_slice() {
                [] => None,
                [inner @ Value::Array(_)] if lists_no_arrays(members) => Some(inner.clone()),
                _ => return,
            },
            // Several values in one text have no single meaning.
            Value::String(text) if text.contains([',', '|', ';']) => return,
            Value::Object(_) => return,
            single => Some(json!([single])),
        };
        let at = at.child("enum");
        match read {
            Some(read) => {
                let message = format!("`enum: {}` is read as `{}`", excerpt(written), excerpt(&read));
                members.insert("enum".to_owned(), read);
                self.report(&at, message);
            }
            None => {
                let message = format!("`enum: {}` lists no values; ignored", excerpt(written));
                members.shift_remove("enum");
                self.report(&at, message);
            }
        }
    }

    /// A default of another type that can only mean one value of its own.
    pub(super) fn default_value(&mut self, members: &mut Object, at: &Pointer) {
        let (Some(ty), Some(written)) = (members.get("type").and_then(Value::as_str), members.get("default")) else {
            return;
        };
        let read = match (ty, written) {
            ("string", Value::Number(_) | Value::Bool(_)) => Some(json!(written.to_string())),
            ("integer", Value::String(_)) => number(written).filter(|number| !number.is_f64()).map(Value::Number),
            ("number", Value::String(_)) => number(written).map(Value::Number),
            ("boolean", Value::String(_)) => flag(written).map(Value::Bool),
            _ => None,
        };
        if let Some(read) = read {
            let message = format!("`default: {}` is read as `{}`", excerpt(written), excerpt(&read));
            members.insert("default".to_owned(), read);
            self.report(&at.child("default"), message);
        }
    }

    /// Bounds that no value can be within bound nothing.
    pub(super) fn bounds(&mut self, members: &mut Object, at: &Pointer) {
        for (least, most) in PAIRS {
            let bound = |key: &str| members.get(key).and_then(Value::as_f64);
            let (Some(low), Some(high)) = (bound(least), bound(most)) else {
                continue;
            };
            if low.partial_cmp(&high) == Some(Ordering::Greater) {
                members.shift_remove(least);
                members.shift_remove(most);
                let message = format!("`{least}: {low}` is more than `{most}: {high}`; both are ignored");
                self.report(&at.child(least), message);
            }
        }
    }
}

/// Whether a schema says what its values are, and arrays are not among them.
fn lists_no_arrays(members: &Object) -> bool {
    match members.get("type") {
        Some(Value::String(one)) => one != "array",
        Some(Value::Array(several)) => !several.contains(&json!("array")),
        _ => false,
    }
}
