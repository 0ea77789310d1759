//! The intermediate representation: every decision about the client, independent of Rust.
//!
//! Owned and index-based. A [`TypeId`] is reserved before its body is known, so a reference is a lookup and
//! recursion needs no special care. Every node knows the place it came from.

mod api;
mod docs;
mod dump;
mod enums;
mod example;
mod hint;
mod ids;
mod operation;
mod pagination;
mod parameter;
mod primitive;
mod response;
mod server;
mod slot;
mod status;
mod types;
mod union;
mod xml;
mod xml_use;

pub use api::Api;
pub use docs::Docs;
pub use dump::dump;
pub(crate) use enums::integral;
pub use enums::{Enum, EnumValue, EnumValues};
pub use example::Example;
pub use hint::{Hint, Part, Root, Step};
pub use ids::{OperationId, SchemeId, TypeId};
pub use operation::{
    Body, BodyContent, BodyKind, Encoding, Flag, Group, Item, Method, Operation, Scheme, SchemeKind, Trigger, Webhook,
};
pub use pagination::{First, PageStep, Pagination, ReplyPlace};
pub use parameter::{Escaping, Filled, Location, Parameter, Style};
pub use primitive::{Primitive, Scalar};
pub use response::{Content, ContentKind, Framing, Header, Response, media_subtype, media_words};
pub use server::{Server, ServerVariable};
pub use slot::{Slot, TypeRef};
pub use status::Status;
pub use types::{Field, Shape, Struct, TypeDef, Types};
pub use union::{Tag, Tagging, Union, Variant};
pub use xml::{NodeType, Xml};
pub use xml_use::XmlUse;
