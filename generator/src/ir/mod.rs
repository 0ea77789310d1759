//! The intermediate representation: every decision about the client, in no language.
//!
//! Owned and index-based. A [`TypeId`] is reserved before its body is known, so a reference is a lookup and
//! recursion needs no special care. Every node knows the place it came from.

mod dump;
mod enums;
mod example;
mod operation;
mod pagination;
mod parameter;
mod primitive;
mod response;
mod server;
mod types;
mod union;
mod xml;

pub use dump::dump;
pub(crate) use enums::integral;
pub use enums::{Enum, EnumValue, EnumValues};
pub use example::Example;
pub use operation::{
    Body, BodyContent, BodyKind, Encoding, Flag, Group, Item, Method, Operation, OperationId, Scheme, SchemeId,
    SchemeKind, Trigger, Webhook,
};
pub use pagination::{First, PageStep, Pagination, ReplyPlace};
pub use parameter::{Escaping, Filled, Location, Parameter, Style};
pub use primitive::{Primitive, Scalar};
pub use response::{Content, ContentKind, Framing, Header, Response, Status, media_subtype};
pub use server::{Server, ServerVariable};
pub use types::{Docs, Field, Hint, Part, Root, Shape, Slot, Step, Struct, TypeDef, TypeId, TypeRef, Types};
pub use union::{Tag, Tagging, Union, Variant};
pub use xml::{NodeType, Xml, XmlUse};

use std::collections::HashSet;

use crate::pointer::Pointer;

/// A whole client.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// Where the API lives, in the order of the document.
    pub servers: Vec<Server>,
    /// How callers identify themselves.
    pub schemes: Vec<Scheme>,
    /// Every schema that became a type.
    pub types: Types,
    /// Operations with a tag, by tag, in order of first use.
    pub groups: Vec<Group>,
    /// Every operation, in the order of the document.
    pub operations: Vec<Operation>,
    /// What the API calls by itself: callbacks, then webhooks.
    pub webhooks: Vec<Webhook>,
    /// Every place that holds any JSON value, with the schemas it was made from.
    pub untyped: Vec<(Hint, Vec<Pointer>)>,
    /// Every example of the document whose place has a type.
    pub examples: Vec<Example>,
}

impl Api {
    /// The operations without a tag, in the order of the document.
    #[must_use]
    pub fn untagged(&self) -> Vec<OperationId> {
        let tagged: HashSet<OperationId> = self
            .groups
            .iter()
            .flat_map(|group| &group.operations)
            .copied()
            .collect();
        let ids = (0..self.operations.len()).map(OperationId);
        ids.filter(|id| !tagged.contains(id)).collect()
    }
}
