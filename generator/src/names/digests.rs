//! What definitions are, as short digests: the same wherever in a document they stand.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::ir::{Api, Docs, EnumValue, EnumValues, Root, Shape, Slot, TypeId, TypeRef};

/// Digests of definitions, each made once.
pub(super) struct Digests<'a> {
    api: &'a Api,
    /// By type, once it is known; empty while it is made.
    known: Vec<Option<String>>,
}

/// What tells something that is described by a text from others that are called like it.
pub(super) fn digest(text: &str) -> String {
    suffix(&whole(text))
}

/// Digits alone, since modules are called like types in small letters.
fn suffix(digest: &str) -> String {
    let number = digest.get(..8).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    format!("{:05}", number.unwrap_or_default() % 100_000)
}

fn whole(text: &str) -> String {
    let digest = Sha256::digest(text);
    digest[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

impl<'a> Digests<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        Self {
            api,
            known: vec![None; api.types.len()],
        }
    }

    /// What tells a definition from others that are called like it.
    pub(super) fn suffix(&mut self, id: TypeId) -> String {
        suffix(&self.of_type(id))
    }

    fn of_type(&mut self, id: TypeId) -> String {
        let definition = &self.api.types[id];
        if let Root::Component(name) = &definition.hint.root {
            return name.clone();
        }
        if let Some(known) = &self.known[id.index()] {
            return known.clone();
        }
        self.known[id.index()] = Some(String::new());
        let mut text = format!("{}{:?}", definition.nullable, definition.xml);
        self.shape(&definition.shape, &mut text);
        let digest = whole(&text);
        self.known[id.index()] = Some(digest.clone());
        digest
    }

    fn shape(&mut self, shape: &'a Shape, text: &mut String) {
        match shape {
            Shape::Struct(object) => {
                for field in &object.fields {
                    let flags = [field.required, field.read_only, field.write_only];
                    write(text, format_args!("\n{:?} {flags:?} {:?}", field.wire, field.default));
                    text.extend(field.name.as_deref());
                    docs(&field.docs, text);
                    self.slot(&field.slot, text);
                }
                if let Some(extra) = &object.extra {
                    text.push_str("\nextra");
                    self.slot(extra, text);
                }
                write(text, format_args!("{} {}", object.closed, object.parts));
            }
            Shape::Enum(list) => {
                match &list.values {
                    EnumValues::Strings(values) => listed(values, text),
                    EnumValues::Integers(values) => listed(values, text),
                    EnumValues::Numbers(values) => listed(values, text),
                }
                write(text, format_args!("{:?}", list.default));
            }
            Shape::Union(union) => {
                write(text, format_args!("{:?}", union.tagging));
                for variant in &union.variants {
                    write(text, format_args!("\n{:?} {:?}", variant.hint, variant.tags));
                    text.extend(variant.name.as_deref());
                    if let Some(slot) = &variant.slot {
                        self.slot(slot, text);
                    }
                }
            }
            Shape::Alias(slot) => self.slot(slot, text),
            Shape::Any => text.push_str("any"),
        }
    }

    fn slot(&mut self, slot: &'a Slot, text: &mut String) {
        write(text, format_args!("{} {:?} ", slot.nullable, slot.xml));
        match &slot.ty {
            TypeRef::Named(id) => text.push_str(&self.of_type(*id)),
            TypeRef::List(item) => {
                text.push_str("list ");
                self.slot(item, text);
            }
            TypeRef::Map(value) => {
                text.push_str("map ");
                self.slot(value, text);
            }
            TypeRef::Tuple(places) => {
                text.push_str("tuple ");
                places.iter().for_each(|place| self.slot(place, text));
            }
            TypeRef::Primitive(primitive) => write(text, format_args!("{primitive:?}")),
            TypeRef::Any => text.push_str("any"),
        }
    }
}

fn listed<T: std::fmt::Debug>(values: &[EnumValue<T>], text: &mut String) {
    for value in values {
        write(
            text,
            format_args!("\n{:?} {:?} {:?}", value.wire, value.name, value.description),
        );
    }
}

fn docs(docs: &Docs, text: &mut String) {
    write(
        text,
        format_args!(
            "{:?} {:?} {:?} {}",
            docs.summary, docs.description, docs.facts, docs.deprecated
        ),
    );
}

fn write(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    // writing to a text never fails
    let _ = text.write_fmt(arguments);
}
