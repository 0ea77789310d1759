//! Responses -> [`Response`]s.

use openapiv3::{Response as Piece, StatusCode};
use serde_json::{Value, json};

use super::context::Lower;
use super::site::Site;
use crate::diagnostic::Code;
use crate::ir::{OperationId, Part, Response, Root, Status};
use crate::parse::{Node, piece};

/// What a response is for its operation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Success,
    /// The success of an operation that has no other.
    Redirect,
    Error,
}

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
        let primary = self.primary(&declared);
        let successes = declared.iter().filter(|(status, _)| status.is_success()).count();
        let fallback = declared.iter().any(|(status, _)| *status == Status::Default);
        let redirects = successes == 0 && !fallback;
        let is_error = |status: Status| match status {
            Status::Default => successes > 0,
            status => !status.is_success(),
        };
        declared
            .into_iter()
            .filter_map(|(status, node)| {
                let part = match primary == Some(status) {
                    true => Part::Response,
                    false => Part::StatusResponse(status),
                };
                let site = Site::root(Root::Operation(id, part));
                let role = match status {
                    status if redirects && status.is_redirect() => Role::Redirect,
                    status if is_error(status) => Role::Error,
                    _ => Role::Success,
                };
                self.response(id, &site, status, node, role)
            })
            .collect()
    }

    /// The success that is named like the operation: the one with the lowest status of those that have a body, which a
    /// further success hardly ever is.
    fn primary(&mut self, declared: &[(Status, Node<'d>)]) -> Option<Status> {
        let order = |status: Status| match status {
            Status::Code(code) => code,
            Status::Range(hundred) => u16::from(hundred) * 100 + 99,
            Status::Default => u16::MAX,
        };
        let mut successes: Vec<_> = declared.iter().filter(|(status, _)| status.is_success()).collect();
        successes.sort_by_key(|(status, _)| order(*status));
        let has_body = |(_, node): &&&(Status, Node<'d>)| {
            let content = self.follow(node.clone()).and_then(|node| node.get("content"));
            content.is_some_and(|content| content.members().next().is_some())
        };
        let with_body = successes.iter().find(has_body);
        with_body.or(successes.first()).map(|(status, _)| *status)
    }

    fn status(&mut self, key: &str, node: &Node<'d>) -> Option<Status> {
        if key == "default" {
            return Some(Status::Default);
        }
        match serde_json::from_value(Value::from(key)) {
            Ok(StatusCode::Code(code @ 100..=999)) => Some(Status::Code(code)),
            Ok(StatusCode::Range(hundred @ 1..=5)) => u8::try_from(hundred).ok().map(Status::Range),
            _ => {
                let message = format!("`{key}` is not a status code; this response is ignored");
                self.diagnostics.report(Code::Invalid, &node.at, message);
                None
            }
        }
    }

    fn response(
        &mut self,
        id: OperationId,
        site: &Site,
        status: Status,
        node: Node<'d>,
        role: Role,
    ) -> Option<Response> {
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
            contents: match role {
                // a note for those who look at it in a browser
                Role::Redirect => Vec::new(),
                _ => self.contents(site, status, role == Role::Error, &node),
            },
            headers: self.headers(id, &node),
            redirects: role == Role::Redirect,
        })
    }
}
