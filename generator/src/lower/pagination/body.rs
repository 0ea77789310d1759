//! Operations with a body: whether it is replayable, and where it takes the cursor.

use super::call::{By, Call, Proposal};
use super::members::Member;
use super::rule;
use super::words::{CURSOR, is_one, plain};
use crate::ir::{BodyKind, PageStep, ReplyPlace, Shape, Slot, TypeRef};

impl<'a> Call<'a> {
    /// Whether a call can be made again for another page. A `POST` may do more than read: it is taken for a question
    /// when the configuration says so, or when what leads to the next page is in its body.
    pub(super) fn repeats(self, in_body: bool, by: By) -> Result<(), String> {
        let method = self.operation.method.as_str();
        match method {
            "GET" | "QUERY" => {}
            "POST" if in_body || by == By::Configuration => {}
            "POST" => return Err("it is a `POST`, which may change data".to_owned()),
            _ => return Err(format!("it is a `{method}`")),
        }
        let mut contents = self.operation.body.iter().flat_map(|body| &body.contents);
        let replays = |kind: &BodyKind| {
            matches!(
                kind,
                BodyKind::Json(_) | BodyKind::JsonPatch | BodyKind::Xml(_) | BodyKind::Form(..) | BodyKind::Text
            )
        };
        match contents.all(|content| replays(&content.kind)) {
            true => Ok(()),
            false => Err("its body may be a stream, which can be sent only once".to_owned()),
        }
    }

    /// The media type of the JSON body, when it can have a member at the pointer.
    pub(super) fn json_body_with(self, pointer: &str) -> Result<String, String> {
        let slot = self.json_body().ok_or("its body has media types other than JSON")?;
        if !self.may_have(slot, pointer) {
            return Err(format!("its body has no property `{pointer}`"));
        }
        let body = self.operation.body.as_ref().ok_or("it has no body")?;
        let content = body.contents.first().ok_or("it has no body")?;
        Ok(content.media_type.clone())
    }

    /// What the body is made from, when it is JSON in every media type.
    pub(super) fn json_body(self) -> Option<&'a Slot> {
        let contents = &self.operation.body.as_ref()?.contents;
        let json = |kind: &'a BodyKind| match kind {
            BodyKind::Json(slot) => Some(slot),
            _ => None,
        };
        let slots: Option<Vec<&Slot>> = contents.iter().map(|content| json(&content.kind)).collect();
        slots?.first().copied()
    }

    fn may_have(self, slot: &Slot, pointer: &str) -> bool {
        let mut ty = &slot.ty;
        let mut names = pointer.split('/');
        if names.next() != Some("") || pointer.is_empty() {
            return false;
        }
        for name in names {
            let name = name.replace("~1", "/").replace("~0", "~");
            ty = match self.api.types.resolve(ty) {
                TypeRef::Any | TypeRef::Map(_) => return true,
                TypeRef::Named(id) => match &self.api.types[*id].shape {
                    Shape::Any => return true,
                    Shape::Struct(object) => match object.fields.iter().find(|field| field.wire == name) {
                        Some(field) => &field.slot.ty,
                        None => return false,
                    },
                    _ => return false,
                },
                _ => return false,
            };
        }
        true
    }

    /// A token of the response goes into a member of the body that is called like one.
    pub(super) fn by_body(self, members: &[Member<'_>]) -> Option<Proposal> {
        let own = self.members(self.json_body()?);
        let cursors: Vec<&Member<'_>> = own
            .iter()
            .filter(|member| member.way.last().is_some_and(|name| is_one(name, &CURSOR)) && !member.primitive.is_bool())
            .collect();
        let fitting = |member: &&Member<'_>| {
            let name = member.way.last()?;
            let token = rule::token(members, &plain(name), &member.text, cursors.len() == 1)?;
            Some((member.pointer.clone(), token.to_owned()))
        };
        let (parameter, token) = cursors.iter().find_map(fitting)?;
        Some(Proposal {
            in_body: true,
            certain: true,
            more: rule::more(members).map(str::to_owned),
            ..Proposal::new(PageStep::Cursor {
                parameter,
                token: ReplyPlace::Body(token),
            })
        })
    }
}
