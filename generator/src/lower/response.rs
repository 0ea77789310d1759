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
                let part = if status.is_success() && successes == 1 {
                    Part::Response
                } else {
                    Part::StatusResponse(status)
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
