//! The types of a client once more, with serde's derive in place of what Envoi writes.
//!
//! Where a person would have a choice, the twin takes what is quickest for the derive: enums know only what is listed,
//! and Base64 stays text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::representation::{Field, Shape, Slot, Ty, Type};

/// Types that are written as Rust.
pub struct Twin<'a> {
    types: BTreeMap<usize, &'a Type>,
}

impl<'a> Twin<'a> {
    pub fn new(types: &'a [Type]) -> Self {
        Self {
            types: types.iter().map(|ty| (ty.id, ty)).collect(),
        }
    }

    /// A module with these types and all they are made of.
    pub fn module(&self, roots: impl IntoIterator<Item = usize>) -> String {
        let mut text = String::from(HEAD);
        let mut pending: Vec<usize> = roots.into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if let Some(ty) = self.types.get(&id).filter(|_| seen.insert(id)) {
                pending.extend(slots(ty).into_iter().flat_map(|slot| named(&slot.ty, true)));
            }
        }
        for ty in seen.iter().filter_map(|id| self.types.get(id)) {
            self.definition(&mut text, ty);
        }
        text
    }

    fn definition(&self, text: &mut String, ty: &Type) {
        let id = ty.id;
        // Writing into a String cannot fail.
        let _ = match &ty.shape {
            Shape::Object { fields, extra } => {
                let _ = writeln!(text, "{DERIVE}\npub struct T{id} {{");
                for (index, field) in fields.iter().enumerate() {
                    self.field(text, id, index, field);
                }
                if let Some(extra) = extra {
                    let _ = writeln!(text, "    #[serde(flatten)]\n    pub extra: {},", self.map(extra));
                }
                writeln!(text, "}}\n")
            }
            Shape::Strings(values) => {
                let _ = writeln!(text, "{DERIVE}\npub enum T{id} {{");
                for (index, value) in values.iter().enumerate() {
                    let _ = writeln!(text, "    #[serde(rename = {value})]\n    V{index},");
                }
                writeln!(text, "}}\n")
            }
            Shape::Union(variants) => {
                let _ = writeln!(text, "{DERIVE}\n#[serde(untagged)]\npub enum T{id} {{");
                for (index, variant) in variants.iter().enumerate() {
                    let boxed = self.recurs(&variant.ty, id);
                    let _ = writeln!(text, "    V{index}({}),", self.slot(variant, boxed));
                }
                writeln!(text, "}}\n")
            }
            Shape::Integers => writeln!(text, "pub type T{id} = i64;\n"),
            Shape::Alias(slot) => writeln!(text, "pub type T{id} = {};\n", self.ty(&slot.ty)),
            Shape::Any => writeln!(text, "pub type T{id} = serde_json::Value;\n"),
        };
    }

    fn field(&self, text: &mut String, home: usize, index: usize, field: &Field) {
        let boxed = self.recurs(&field.slot.ty, home);
        let held = self.slot(&field.slot, boxed);
        let (attributes, ty) = match (field.required, self.is_nullable(&field.slot)) {
            (true, _) => (String::new(), held),
            (false, false) => (
                ", skip_serializing_if = \"Option::is_none\"".to_owned(),
                format!("Option<{held}>"),
            ),
            (false, true) => {
                let twice = ", default, deserialize_with = \"present\", skip_serializing_if = \"Option::is_none\"";
                (twice.to_owned(), format!("Option<{held}>"))
            }
        };
        let _ = writeln!(
            text,
            "    #[serde(rename = {}{attributes})]\n    pub f{index}: {ty},",
            field.wire
        );
    }

    fn slot(&self, slot: &Slot, boxed: bool) -> String {
        let ty = self.ty(&slot.ty);
        let ty = if boxed { format!("Box<{ty}>") } else { ty };
        if self.is_nullable(slot) {
            format!("Option<{ty}>")
        } else {
            ty
        }
    }

    fn ty(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(id) => format!("T{id}"),
            Ty::List(item) => format!("Vec<{}>", self.slot(item, false)),
            Ty::Tuple(places) => {
                let places: Vec<String> = places.iter().map(|place| self.slot(place, false)).collect();
                format!("({})", places.join(", "))
            }
            Ty::Map(value) => self.map(value),
            Ty::Any => "serde_json::Value".to_owned(),
            Ty::Primitive(name) => primitive(name).to_owned(),
        }
    }

    fn map(&self, value: &Slot) -> String {
        match value.ty {
            Ty::Any => "serde_json::Map<String, serde_json::Value>".to_owned(),
            _ => format!("BTreeMap<String, {}>", self.slot(value, false)),
        }
    }

    fn is_nullable(&self, slot: &Slot) -> bool {
        let of_type = |id: &usize| {
            self.types.get(id).is_some_and(|ty| {
                ty.nullable
                    || matches!(&ty.shape, Shape::Alias(slot) if slot.ty != Ty::Named(*id) && self.is_nullable(slot))
            })
        };
        slot.ty != Ty::Any && (slot.nullable || matches!(&slot.ty, Ty::Named(id) if of_type(id)))
    }

    /// Whether a type holds another one without a list or a map between.
    fn recurs(&self, ty: &Ty, home: usize) -> bool {
        let mut pending = named(ty, false);
        let mut seen = BTreeSet::new();
        while let Some(id) = pending.pop() {
            if id == home {
                return true;
            }
            if let Some(ty) = self.types.get(&id).filter(|_| seen.insert(id)) {
                pending.extend(slots(ty).into_iter().flat_map(|slot| named(&slot.ty, false)));
            }
        }
        false
    }
}

/// Everything that a type is made of.
fn slots(ty: &Type) -> Vec<&Slot> {
    match &ty.shape {
        Shape::Object { fields, extra } => fields.iter().map(|field| &field.slot).chain(extra).collect(),
        Shape::Union(variants) => variants.iter().collect(),
        Shape::Alias(slot) => vec![slot],
        Shape::Strings(_) | Shape::Integers | Shape::Any => Vec::new(),
    }
}

/// The types that a reference names, also as items of lists and maps if those count.
fn named(ty: &Ty, items: bool) -> Vec<usize> {
    match ty {
        Ty::Named(id) => vec![*id],
        Ty::List(item) | Ty::Map(item) if items => named(&item.ty, items),
        Ty::Tuple(places) => places.iter().flat_map(|place| named(&place.ty, items)).collect(),
        Ty::List(_) | Ty::Map(_) | Ty::Any | Ty::Primitive(_) => Vec::new(),
    }
}

fn primitive(name: &str) -> &'static str {
    match name {
        "Bool" => "bool",
        "I32" => "i32",
        "I64" => "i64",
        "U32" => "u32",
        "U64" => "u64",
        "I128" => "i128",
        "F64" => "f64",
        "DateTime" => "chrono::DateTime<chrono::FixedOffset>",
        "Date" => "chrono::NaiveDate",
        "Uuid" => "uuid::Uuid",
        _ => "String",
    }
}

const DERIVE: &str = "#[derive(Debug, Clone, PartialEq, Deserialize, Serialize)]";

const HEAD: &str = r"//! The types of the client, with serde's derive.
#![allow(dead_code, unused_imports)]

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

/// Keeps `null` apart from what is absent.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

";

#[cfg(test)]
mod tests {
    use super::super::representation::read;
    use super::Twin;

    #[test]
    fn twins_hold_what_the_types_hold() {
        let types = read(
            "type #0 object from #/a\n  \"self\": #0\n  \"kind\": #1 | null required\n  \"note\": String | null\n\
             type #1 enum from #/b\n  \"x\"\ntype #2 any from #/c\n",
        );
        let text = Twin::new(&types).module([0]);
        assert!(text.contains("pub f0: Option<Box<T0>>"), "{text}");
        assert!(
            text.contains("#[serde(rename = \"kind\")]\n    pub f1: Option<T1>"),
            "{text}"
        );
        assert!(text.contains("deserialize_with = \"present\""), "{text}");
        assert!(text.contains("pub f2: Option<Option<String>>"), "{text}");
        assert!(text.contains("#[serde(rename = \"x\")]\n    V0,"), "{text}");
        assert!(!text.contains("T2"), "{text}");
    }
}
