//! Compares definitions by the code that would be generated for them.

use serde_json::{Number, Value};

use crate::analyze::{Constant, Reach};
use crate::ir::{
    Docs, EnumValue, EnumValues, Field, Primitive, Shape, Slot, Struct, Tagging, TypeDef, TypeRef, Union, Xml,
};

/// A definition, with classes of types in place of the types that it mentions.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Looks<'a> {
    nullable: bool,
    xml: Option<&'a Xml>,
    shape: ShapeLooks<'a>,
}

#[derive(PartialEq, Eq, Hash)]
enum ShapeLooks<'a> {
    Struct {
        members: Vec<Member<'a>>,
        extra: Option<Use<'a>>,
        /// Whether the members are parts, and whether there should be no others.
        flags: [bool; 2],
        /// Where some members are only sent or only received: who reaches the object decides how these are present.
        reach: Option<Reach>,
    },
    Strings(Vec<Listed<'a, String>>, Option<&'a Value>),
    Integers(Vec<Listed<'a, i64>>, Option<&'a Value>),
    Numbers(Vec<Listed<'a, Number>>, Option<&'a Value>),
    Union {
        tagging: &'a Tagging,
        variants: Vec<Branch<'a>>,
    },
    Alias(Use<'a>),
    Any,
}

/// What the documentation of a member says is part of it: code is read with it.
#[derive(PartialEq, Eq, Hash)]
struct Member<'a> {
    wire: &'a str,
    name: Option<&'a String>,
    held: Use<'a>,
    flags: [bool; 3],
    docs: &'a Docs,
    default: Option<&'a Value>,
    constant: Option<&'a Constant>,
}

/// A value of an enum, the name that the document gives it, and its description.
type Listed<'a, T> = (&'a T, Option<&'a str>, &'a str);

/// A branch of a union: its words, the name that the document gives it, what it holds, and its tags.
type Branch<'a> = (&'a str, Option<&'a String>, Option<Use<'a>>, &'a [String]);

#[derive(PartialEq, Eq, Hash)]
struct Use<'a> {
    ty: Type<'a>,
    nullable: bool,
    xml: Option<&'a Xml>,
}

#[derive(PartialEq, Eq, Hash)]
enum Type<'a> {
    Primitive(Primitive),
    Class(Option<usize>),
    List(Box<Use<'a>>),
    Tuple(Vec<Use<'a>>),
    Map(Box<Use<'a>>),
    Any,
}

/// Everything that looks are taken from beside the definition itself.
pub(super) struct Beside<'a, 'c> {
    /// The classes of the types that are mentioned.
    pub(super) classes: &'c [Option<usize>],
    /// Who reaches the type.
    pub(super) reach: Reach,
    /// By field: the one value it has.
    pub(super) constants: &'a [Option<Constant>],
}

impl<'a> Looks<'a> {
    pub(super) fn of(definition: &'a TypeDef, beside: &Beside<'a, '_>) -> Self {
        let shape = match &definition.shape {
            Shape::Struct(object) => beside.object(object),
            Shape::Enum(values) => {
                let default = values.default.as_ref();
                match &values.values {
                    EnumValues::Strings(values) => ShapeLooks::Strings(listed(values), default),
                    EnumValues::Integers(values) => ShapeLooks::Integers(listed(values), default),
                    EnumValues::Numbers(values) => ShapeLooks::Numbers(listed(values), default),
                }
            }
            Shape::Union(union) => beside.union(union),
            Shape::Alias(slot) => ShapeLooks::Alias(beside.held(slot)),
            Shape::Any => ShapeLooks::Any,
        };
        Self {
            nullable: definition.nullable,
            xml: definition.xml.as_deref(),
            shape,
        }
    }
}

impl<'a> Beside<'a, '_> {
    fn object(&self, object: &'a Struct) -> ShapeLooks<'a> {
        let one_way = object.fields.iter().any(|field| field.read_only || field.write_only);
        let constants = self.constants.iter().map(Option::as_ref);
        let members = object.fields.iter().zip(constants);
        ShapeLooks::Struct {
            members: members.map(|(field, constant)| self.member(field, constant)).collect(),
            extra: object.extra.as_ref().map(|slot| self.held(slot)),
            flags: [object.parts, object.closed],
            reach: one_way.then_some(self.reach),
        }
    }

    fn member(&self, field: &'a Field, constant: Option<&'a Constant>) -> Member<'a> {
        Member {
            wire: &field.wire,
            name: field.name.as_ref(),
            held: self.held(&field.slot),
            flags: [field.required, field.read_only, field.write_only],
            docs: &field.docs,
            default: field.default.as_ref(),
            constant,
        }
    }

    fn union(&self, union: &'a Union) -> ShapeLooks<'a> {
        let variants = union.variants.iter();
        ShapeLooks::Union {
            tagging: &union.tagging,
            variants: variants
                .map(|variant| {
                    let held = variant.slot.as_ref().map(|slot| self.held(slot));
                    (
                        variant.hint.as_str(),
                        variant.name.as_ref(),
                        held,
                        variant.tags.as_slice(),
                    )
                })
                .collect(),
        }
    }

    fn held(&self, slot: &'a Slot) -> Use<'a> {
        let ty = match &slot.ty {
            TypeRef::Primitive(primitive) => Type::Primitive(*primitive),
            TypeRef::Named(id) => Type::Class(self.classes[id.index()]),
            TypeRef::List(item) => Type::List(Box::new(self.held(item))),
            TypeRef::Tuple(places) => Type::Tuple(places.iter().map(|place| self.held(place)).collect()),
            TypeRef::Map(value) => Type::Map(Box::new(self.held(value))),
            TypeRef::Any => Type::Any,
        };
        Use {
            ty,
            nullable: slot.nullable,
            xml: slot.xml.as_deref(),
        }
    }
}

fn listed<T>(values: &[EnumValue<T>]) -> Vec<Listed<'_, T>> {
    values
        .iter()
        .map(|value| (&value.wire, value.name.as_deref(), value.description.as_str()))
        .collect()
}
