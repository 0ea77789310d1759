//! Responses: status codes and contents.

use super::Primitive;
use super::docs::Docs;
use super::parameter::Style;
use super::slot::{Slot, TypeRef};
use super::status::Status;
use crate::pointer::Pointer;

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The place of the response.
    pub origin: Pointer,
    /// Which statuses it is for.
    pub status: Status,
    /// What the document says about it.
    pub description: String,
    /// Its body, by media type in the order of the document; nothing when it has none.
    pub contents: Vec<Content>,
    /// Its headers, in the order of the document.
    pub headers: Vec<Header>,
    /// Whether it leads elsewhere and stands for the success, since the operation declares no other.
    pub redirects: bool,
}

impl Response {
    /// Whether a call that is answered like this has done what it was for.
    #[must_use]
    pub fn is_success(&self) -> bool {
        self.status.is_success() || self.redirects
    }

    /// The body, with media types of the same type grouped.
    #[must_use]
    pub fn variants(&self) -> Vec<Vec<&Content>> {
        let mut variants: Vec<Vec<&Content>> = Vec::new();
        for content in &self.contents {
            match variants
                .iter_mut()
                .find(|variant| variant[0].kind.is_like(&content.kind))
            {
                Some(variant) => variant.push(content),
                None => variants.push(vec![content]),
            }
        }
        variants
    }
}

/// A header of a response.
#[derive(Debug, Clone)]
pub struct Header {
    /// The place of the header object.
    pub origin: Pointer,
    /// The name on the wire.
    pub wire: String,
    /// What it holds.
    pub slot: Slot,
    /// Whether every such response has it.
    pub required: bool,
    /// How the value is written: [`Style::Simple`], or [`Style::Json`].
    pub style: Style,
    /// What the document says about it.
    pub docs: Docs,
}

/// The body of a response in one media type.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The media type, as in the document.
    pub media_type: String,
    /// How it is read.
    pub kind: ContentKind,
}

/// What of a media type tells it from others of its kind.
#[must_use]
pub fn media_subtype(media_type: &str) -> &str {
    let subtype = media_type.split_once('/').map_or(media_type, |(_, subtype)| subtype);
    subtype.split(';').next().unwrap_or_default().trim()
}

/// The subtype without the suffix of a structured syntax (RFC 6838, section 4.2.8).
#[must_use]
pub fn media_words(media_type: &str) -> &str {
    let subtype = media_subtype(media_type);
    match subtype.rsplit_once('+') {
        Some((words, suffix)) if !words.is_empty() && !suffix.is_empty() => words,
        _ => subtype,
    }
}

/// How the body of a response is read.
#[derive(Debug, Clone, PartialEq)]
pub enum ContentKind {
    /// A value, from JSON.
    Json(Slot),
    /// A value, from XML.
    Xml(Slot),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Server-sent events as they are.
    Events,
    /// One value after the other, each of this type.
    Sequence(Framing, Slot),
}

impl Response {
    /// What the body is, when it is a value of one type, and JSON.
    #[must_use]
    pub fn json(&self) -> Option<&Slot> {
        let all_json = self
            .contents
            .iter()
            .all(|content| matches!(content.kind, ContentKind::Json(_)));
        match self.variants().as_slice() {
            [contents] if all_json => contents.first()?.kind.slot(),
            _ => None,
        }
    }
}

impl ContentKind {
    /// Whether values of both have one type, however they are read.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        let text = |kind: &Self| match kind {
            Self::Text => true,
            Self::Json(slot) => *slot == Slot::new(TypeRef::Primitive(Primitive::String)),
            Self::Xml(_) | Self::Bytes | Self::Events | Self::Sequence(..) => false,
        };
        let value = |kind: &Self| match kind {
            Self::Json(slot) | Self::Xml(slot) => Some(slot.clone()),
            _ => None,
        };
        self == other || (text(self) && text(other)) || value(self).is_some_and(|slot| value(other) == Some(slot))
    }

    /// What it is made of.
    #[must_use]
    pub fn slot(&self) -> Option<&Slot> {
        match self {
            Self::Json(slot) | Self::Xml(slot) | Self::Sequence(_, slot) => Some(slot),
            Self::Text | Self::Bytes | Self::Events => None,
        }
    }
}

/// How a value is told from the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framing {
    /// One line of JSON each (JSON Lines).
    Lines,
    /// One line of text each: the document says no more of JSON Lines than that they are text.
    TextLines,
    /// JSON texts, each after a record separator (RFC 7464).
    Records,
    /// Server-sent events; the value is an event, as an object of its fields.
    Events,
    /// Server-sent events; the value is the JSON that the data of an event is.
    EventData,
}
