//! A use of a type, which may be nullable.

use super::ids::TypeId;
use super::primitive::Primitive;
use super::xml::Xml;

/// The use of a type, and whether `null` may stand in its place.
#[derive(Debug, Clone)]
pub struct Slot {
    /// The type.
    pub ty: TypeRef,
    /// Whether `null` is admitted here.
    pub nullable: bool,
    /// How values are written as XML here, where the document says so.
    pub xml: Option<Box<Xml>>,
}

/// Two uses are the same when the same values may stand there, however XML writes them.
impl PartialEq for Slot {
    fn eq(&self, other: &Self) -> bool {
        self.ty == other.ty && self.nullable == other.nullable
    }
}

impl Slot {
    /// A use that does not admit `null` by itself.
    #[must_use]
    pub fn new(ty: TypeRef) -> Self {
        Self {
            ty,
            nullable: false,
            xml: None,
        }
    }
}

/// A reference to a type.
#[derive(Debug, Clone, PartialEq)]
pub enum TypeRef {
    /// A type without a name of its own.
    Primitive(Primitive),
    /// A type of this API.
    Named(TypeId),
    /// An array.
    List(Box<Slot>),
    /// An array of so many elements, each of its own type.
    Tuple(Vec<Slot>),
    /// An object used as a map.
    Map(Box<Slot>),
    /// Any JSON value.
    Any,
}
