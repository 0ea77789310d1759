//! Responses -> [`Response`]s.

use openapiv3::{Response as Piece, StatusCode};
use serde_json::{Value, json};

use super::body::Format;
use super::{Lower, Site};
use crate::diagnostic::Code;
use crate::ir::{Content, ContentKind, OperationId, Part, Response, Root, Status};
use crate::parse::{Node, piece};

impl<'d> Lower<'d, '_> {
    pub(super) fn responses(&mut self, id: OperationId, operation: &Node<'d>) -> Vec<Response> {
        let Some(responses) = operation.get("responses") else {
            return Vec::new();
        };
        let declared: Vec<(Status, Node<'d>)> = responses
            .members()
            .filter(|(key, _)| !key.starts_with("x-"))
            .filter_map(|(key, node)| Some((self.status(key, &node)?, node)))
            .collect();
        let successes = declared.iter().filter(|(status, _)| status.is_success()).count();
        declared
            .into_iter()
            .filter_map(|(status, node)| {
                let part = if status.is_success() && successes == 1 {
                    Part::Response
                } else {
                    Part::StatusResponse(status)
                };
                self.response(&Site::root(Root::Operation(id, part)), status, node)
            })
            .collect()
    }

    fn status(&mut self, key: &str, node: &Node<'d>) -> Option<Status> {
        if key == "default" {
            return Some(Status::Default);
        }
        match serde_json::from_value(Value::from(key)) {
            Ok(StatusCode::Code(code @ 100..=999)) => Some(Status::Code(code)),
            Ok(StatusCode::Range(hundred @ 1..=5)) => u8::try_from(hundred).ok().map(Status::Range),
            _ => {
                let message = format!("`{key}` is not a status; this response is left out");
                self.diagnostics.report(Code::Invalid, &node.at, message);
                None
            }
        }
    }

    fn response(&mut self, site: &Site, status: Status, node: Node<'d>) -> Option<Response> {
        let reference = node.clone();
        let node = self.follow(node)?;
        let piece = piece::<Piece>(&node, &[("description", json!(""))], self.diagnostics)?;
        Some(Response {
            origin: node.at.clone(),
            status,
            description: [
                reference.said("description"),
                Some(piece.description),
                node.text("summary"),
            ]
            .into_iter()
            .flatten()
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
            content: self.content(site, status, &node),
        })
    }

    fn content(&mut self, site: &Site, status: Status, node: &Node<'d>) -> Option<Content> {
        if matches!(status, Status::Code(204 | 205 | 304)) {
            return None;
        }
        let choice = self.choose_media_type(node)?;
        let kind = match choice.format {
            Format::Json => ContentKind::Json(match choice.schema.clone() {
                Some(schema) => self.slot(schema, site),
                None => Self::any(),
            }),
            Format::Text if choice.is_sequence() => ContentKind::Bytes,
            Format::Text => ContentKind::Text,
            Format::Xml => match choice.schema.clone() {
                Some(schema) if !self.is_bare_text(Some(&schema)) => ContentKind::Xml(self.slot(schema, site)),
                _ if choice.is_text() => ContentKind::Text,
                _ => ContentKind::Bytes,
            },
            Format::Form | Format::Bytes => ContentKind::Bytes,
        };
        Some(Content {
            media_type: choice.media_type.to_owned(),
            kind,
            item: self.item(&choice, site),
        })
    }
}
