//! XML Objects that apply to a value, from its use to its type.

use super::api::Api;
use super::hint::Root;
use super::ids::TypeId;
use super::operation::{BodyKind, Operation};
use super::response::ContentKind;
use super::slot::{Slot, TypeRef};
use super::types::Shape;
use super::xml::Xml;
use crate::pointer::Pointer;

/// What is said about XML from the place of a value down to its type.
#[derive(Debug, Clone)]
pub struct XmlUse<'a> {
    /// Closest to the place first.
    said: Vec<&'a Xml>,
    /// The component that the place refers to.
    pub component: Option<&'a str>,
}

impl<'a> XmlUse<'a> {
    /// The first that says something.
    pub fn first<T>(&self, read: impl Fn(&'a Xml) -> Option<T>) -> Option<T> {
        self.said.iter().find_map(|xml| read(xml))
    }

    /// `name`; that beside `type: array` only where the array is wrapped.
    #[must_use]
    pub fn name(&self, wrapped: bool) -> Option<&'a str> {
        self.first(|xml| xml.name.as_deref().filter(|_| wrapped || !xml.names_array))
    }
}

impl Api {
    /// What is said about the XML of a value.
    #[must_use]
    pub fn xml_of<'a>(&'a self, slot: &'a Slot) -> XmlUse<'a> {
        let mut found = XmlUse {
            said: Vec::new(),
            component: None,
        };
        let mut slot = slot;
        // an alias of itself ends somewhere
        for _ in 0..=self.types.len() {
            found.said.extend(slot.xml.as_deref());
            let TypeRef::Named(id) = &slot.ty else { break };
            let definition = &self.types[*id];
            found.said.extend(definition.xml.as_deref());
            if let Root::Component(name) = &definition.hint.root
                && definition.origin == Pointer::root().child("components").child("schemas").child(name)
            {
                found.component = found.component.or(Some(name));
            }
            match &definition.shape {
                Shape::Alias(target) => slot = target,
                _ => break,
            }
        }
        found
    }

    /// The name of the outermost element of a body, if it has one. Where an array has none, that of its items is taken.
    #[must_use]
    pub fn xml_root_name<'a>(&'a self, slot: &'a Slot) -> Option<&'a str> {
        let said = self.xml_of(slot);
        said.name(true)
            .or(said.component)
            .or_else(|| match self.types.resolve(&slot.ty) {
                TypeRef::List(item) => self.xml_root_name(item).or(Some("list")),
                TypeRef::Tuple(_) => Some("list"),
                TypeRef::Named(_) => None,
                TypeRef::Primitive(_) | TypeRef::Map(_) | TypeRef::Any => Some("value"),
            })
    }

    /// The type of a body whose XML is that of the type, without anything that its place says.
    #[must_use]
    pub fn xml_type(&self, slot: &Slot) -> Option<TypeId> {
        let silent = |xml: &Xml| xml.name.is_none() && xml.namespace.is_none() && xml.prefix.is_none();
        match &slot.ty {
            TypeRef::Named(id) if slot.xml.as_deref().is_none_or(silent) => Some(*id),
            _ => None,
        }
    }
}

impl Operation {
    /// What the bodies of XML hold.
    pub fn xml_bodies(&self) -> impl Iterator<Item = &Slot> {
        let sent = self.body.iter().flat_map(|body| &body.contents);
        let sent = sent.filter_map(|content| match &content.kind {
            BodyKind::Xml(slot) => Some(slot),
            _ => None,
        });
        let contents = self.responses.iter().flat_map(|response| &response.contents);
        let received = contents.filter_map(|content| match &content.kind {
            ContentKind::Xml(slot) => Some(slot),
            _ => None,
        });
        sent.chain(received)
    }
}

impl Api {
    /// What the bodies of XML hold.
    pub fn xml_bodies(&self) -> impl Iterator<Item = &Slot> {
        self.operations.iter().flat_map(Operation::xml_bodies)
    }

    /// Whether some body is XML.
    #[must_use]
    pub fn has_xml(&self) -> bool {
        self.xml_bodies().next().is_some()
    }
}
