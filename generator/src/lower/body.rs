//! Selects among the media types of a response or a payload.

use super::context::Lower;
use super::media_type::Format;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{Item, Step};
use crate::parse::Node;

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
            let message = format!("only `{media_type}` is generated; not generated: {}", others.join(", "));
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
        let message = format!("bodies of `{media_type}` are sent whole; the type of their items is not used");
        self.diagnostics.report(Code::UntypedBody, &schema.at, message);
        Some(Item {
            media_type: media_type.to_owned(),
            slot: self.slot(schema, &site.step(Step::Item)),
        })
    }
}
