//! What media types are, and the choice among those of a response or a payload.

use super::{Lower, Site};
use crate::diagnostic::Code;
use crate::ir::{Item, Step};
use crate::parse::Node;

/// What the bytes of a media type are made of, as far as Envoi knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    /// `application/json` and what is built on it (RFC 6839).
    Json,
    /// `application/xml`, `text/xml` and what is built on them (RFC 7303).
    Xml,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/…`.
    Text,
    /// Anything else.
    Bytes,
}

impl Format {
    pub(super) fn of(media_type: &str) -> Self {
        let essence = media_type
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" | "*/*" | "application/*" => Self::Json,
            "application/x-www-form-urlencoded" => Self::Form,
            "application/xml" | "text/xml" => Self::Xml,
            other if other.ends_with("+json") => Self::Json,
            other if other.ends_with("+xml") => Self::Xml,
            other if other.starts_with("text/") => Self::Text,
            _ => Self::Bytes,
        }
    }
}

/// The media types of a body, the one that is offered first.
pub(super) struct Choice<'d> {
    pub(super) media_type: &'d str,
    pub(super) format: Format,
    pub(super) node: Node<'d>,
    pub(super) schema: Option<Node<'d>>,
    /// What a sequence is made of, and its media type.
    item: Option<(&'d str, Node<'d>)>,
}

impl<'d> Choice<'d> {
    /// One media type alone.
    pub(super) fn of(media_type: &'d str, node: &Node<'d>) -> Self {
        Self {
            media_type,
            format: Format::of(media_type),
            node: node.clone(),
            schema: node.get("schema"),
            item: node.get("itemSchema").map(|item| (media_type, item)),
        }
    }
}

impl<'d> Lower<'d, '_> {
    /// Chooses one of the media types under `content`; says which ones are left.
    pub(super) fn choose_media_type(&mut self, owner: &Node<'d>) -> Option<Choice<'d>> {
        let content = owner.get("content")?;
        let mut types: Vec<(&'d str, Node<'d>)> = Vec::new();
        for (media_type, node) in content.members() {
            types.extend(self.follow(node).map(|node| (media_type, node)));
        }
        types.sort_by_key(|(media_type, _)| Format::of(media_type));
        let (media_type, node) = types.first().cloned()?;
        let others: Vec<&str> = types[1..].iter().map(|(media_type, _)| *media_type).collect();
        if !others.is_empty() {
            let message = format!("`{media_type}` is used here; not offered: {}", others.join(", "));
            self.diagnostics.report(Code::OtherMediaTypes, &content.at, message);
        }
        Some(Choice {
            media_type,
            format: Format::of(media_type),
            schema: node.get("schema"),
            node,
            item: types
                .iter()
                .find_map(|(media_type, node)| Some((*media_type, node.get("itemSchema")?))),
        })
    }

    /// The elements of a sequence, which have a type although the sequence itself is not taken apart.
    pub(super) fn item(&mut self, choice: &Choice<'d>, site: &Site) -> Option<Item> {
        let (media_type, schema) = choice.item.clone()?;
        let message = format!("the elements of `{media_type}` have a type, but the body is not taken apart into them");
        self.diagnostics.report(Code::UntypedBody, &schema.at, message);
        Some(Item {
            media_type: media_type.to_owned(),
            slot: self.slot(schema, &site.step(Step::Item)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn media_types() {
        assert_eq!(Format::of("application/json; charset=utf-8"), Format::Json);
        assert_eq!(Format::of("application/vnd.api+json"), Format::Json);
        assert_eq!(Format::of("Application/Problem+JSON"), Format::Json);
        assert_eq!(Format::of("text/plain"), Format::Text);
        assert_eq!(Format::of("application/xml"), Format::Xml);
        assert_eq!(Format::of("text/xml; charset=utf-8"), Format::Xml);
        assert_eq!(Format::of("image/svg+xml"), Format::Xml);
        assert_eq!(Format::of("application/pdf"), Format::Bytes);
    }
}
