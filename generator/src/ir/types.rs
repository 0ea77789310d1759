//! Type definitions, generated from schemas.

use serde_json::Value;

use super::docs::Docs;
use super::enums::Enum;
use super::hint::Hint;
use super::ids::TypeId;
use super::primitive::Primitive;
use super::slot::{Slot, TypeRef};
use super::union::Union;
use super::xml::Xml;
use crate::pointer::Pointer;

/// All types of an API; ids are handed out before bodies are known.
#[derive(Debug, Clone, Default)]
pub struct Types(Vec<TypeDef>);

impl Types {
    /// Reserves an id for a type whose shape follows later.
    pub fn reserve(&mut self, origin: Pointer, hint: Hint) -> TypeId {
        self.0.push(TypeDef {
            origin,
            docs: Docs::default(),
            hint,
            name: None,
            nullable: false,
            pruned: false,
            xml: None,
            shape: Shape::Any,
        });
        TypeId(self.0.len() - 1)
    }

    /// The definition to fill.
    pub fn get_mut(&mut self, id: TypeId) -> &mut TypeDef {
        &mut self.0[id.0]
    }

    /// Every id with its definition, in the order of reservation.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (TypeId, &TypeDef)> {
        self.0
            .iter()
            .enumerate()
            .map(|(index, definition)| (TypeId(index), definition))
    }

    /// Every type that is not pruned, in the same order.
    pub fn kept(&self) -> impl DoubleEndedIterator<Item = (TypeId, &TypeDef)> {
        self.iter().filter(|(_, definition)| !definition.pruned)
    }

    /// How many types there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether `null` is among the values: said where the type is used, or by the type itself.
    #[must_use]
    pub fn is_nullable(&self, slot: &Slot) -> bool {
        slot.nullable
            || match slot.ty {
                TypeRef::Named(id) => self.alias_chain(id).any(|definition| definition.nullable),
                _ => false,
            }
    }

    /// Whether values of a type are plain JSON, `null` among them.
    #[must_use]
    pub fn is_any(&self, ty: &TypeRef) -> bool {
        match self.resolve(ty) {
            TypeRef::Any => true,
            TypeRef::Named(id) => matches!(self[*id].shape, Shape::Any),
            _ => false,
        }
    }

    /// The only value that a slot admits (`const`, or an `enum` of one), if there is one.
    #[must_use]
    pub fn constant(&self, slot: &Slot) -> Option<Value> {
        if self.is_nullable(slot) {
            return None;
        }
        match self.resolve(&slot.ty) {
            TypeRef::Primitive(Primitive::BoolConstant(value)) => Some(Value::Bool(*value)),
            TypeRef::Named(id) => match &self[*id].shape {
                Shape::Enum(list) if list.values.len() == 1 => list.values.json(0),
                _ => None,
            },
            _ => None,
        }
    }

    /// The type behind aliases, with the definitions passed on the way.
    fn alias_chain(&self, id: TypeId) -> impl Iterator<Item = &TypeDef> {
        let mut next = Some(id);
        let mut steps = self.len();
        std::iter::from_fn(move || {
            let definition = &self[next?];
            next = match &definition.shape {
                Shape::Alias(Slot {
                    ty: TypeRef::Named(target),
                    ..
                }) if steps > 0 => Some(*target),
                _ => None,
            };
            steps = steps.saturating_sub(1);
            Some(definition)
        })
    }

    /// What a reference means once aliases are followed.
    #[must_use]
    pub fn resolve<'a>(&'a self, ty: &'a TypeRef) -> &'a TypeRef {
        let mut ty = ty;
        for _ in 0..self.len() {
            match ty {
                TypeRef::Named(id) => match &self[*id].shape {
                    Shape::Alias(slot) => ty = &slot.ty,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }
}

impl std::ops::Index<TypeId> for Types {
    type Output = TypeDef;

    fn index(&self, id: TypeId) -> &TypeDef {
        &self.0[id.0]
    }
}

/// One named type.
#[derive(Debug, Clone)]
pub struct TypeDef {
    /// The schema it was made from.
    pub origin: Pointer,
    /// What the document says about it.
    pub docs: Docs,
    /// What its name is made of.
    pub hint: Hint,
    /// The name that the document gives it.
    pub name: Option<String>,
    /// Whether the schema itself admits `null`.
    pub nullable: bool,
    /// Whether it is omitted of the output; it keeps its name, so that the others keep theirs.
    pub pruned: bool,
    /// How its values are written as XML, where the document says so.
    pub xml: Option<Box<Xml>>,
    /// What its values look like.
    pub shape: Shape,
}

/// What the values of a type look like.
#[derive(Debug, Clone)]
pub enum Shape {
    /// An object with known members.
    Struct(Struct),
    /// One of a list of values, open for values that come later.
    Enum(Enum),
    /// One of several schemas.
    Union(Union),
    /// Another name for a type.
    Alias(Slot),
    /// Any JSON value.
    Any,
}

/// An object with known members.
#[derive(Debug, Clone, Default)]
pub struct Struct {
    /// The members, in the order of the document.
    pub fields: Vec<Field>,
    /// What members beside the known ones hold, when the document says so.
    pub extra: Option<Slot>,
    /// Whether there should be no other members (`additionalProperties: false`).
    pub closed: bool,
    /// Whether the members are parts of a body, some of them files, so that the object is never JSON.
    pub parts: bool,
    /// Whether it is a merge patch (RFC 7396), so that `null` removes a member.
    pub patch: bool,
}

/// One member of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name that the document gives it.
    pub name: Option<String>,
    /// What it holds.
    pub slot: Slot,
    /// Listed in `required`.
    pub required: bool,
    /// Only ever received.
    pub read_only: bool,
    /// Only ever sent.
    pub write_only: bool,
    /// What the document says about it.
    pub docs: Docs,
    /// `default`.
    pub default: Option<Value>,
}
