//! Problem details (RFC 9457).

use serde_json::{Map, Value};

use super::super::encode::media_type;
use super::error::Error;
use super::response::Reply;

/// Characters of title and detail that a message shows.
const MAX_SUMMARY: usize = 300;

/// What `application/problem+json` says about a failure (RFC 9457). Members that are not what the RFC says count as
/// missing, as it asks.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// `type`: a URI that says what kind of problem it is; `about:blank` where it is not said.
    pub kind: String,
    /// `title`: the kind of problem, for people.
    pub title: Option<String>,
    /// `status`: the status that the origin gave.
    pub status: Option<u16>,
    /// `detail`: this very problem, for people.
    pub detail: Option<String>,
    /// `instance`: a URI that names this very problem.
    pub instance: Option<String>,
    /// All other members.
    pub extensions: Map<String, Value>,
}

impl Reply {
    /// The problem that the body describes, if its content type is `application/problem+json`.
    pub fn problem(&self) -> Option<Problem> {
        let content_type = self.content_type()?;
        if media_type::essence(content_type) != "application/problem+json" {
            return None;
        }
        let body = self.body();
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let mut members: Map<String, Value> = serde_json::from_slice(body).ok()?;
        let mut text = |name: &str| match members.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        };
        Some(Problem {
            kind: text("type").unwrap_or_else(|| "about:blank".to_owned()),
            title: text("title"),
            detail: text("detail"),
            instance: text("instance"),
            status: members
                .remove("status")
                .and_then(|status| status.as_u64())
                .and_then(|status| u16::try_from(status).ok()),
            extensions: members,
        })
    }
}

impl Reply {
    /// What a message says of the body: the problem it describes, or its beginning.
    pub(crate) fn summary(&self) -> String {
        let problem = self.problem().and_then(|problem| problem.summary());
        problem.map_or_else(|| self.excerpt(), |text| self.line(&text, MAX_SUMMARY))
    }
}

impl<E> Error<E> {
    /// The problem that the reply describes, see [`Reply::problem`].
    pub fn problem(&self) -> Option<Problem> {
        self.reply()?.problem()
    }
}

impl Problem {
    /// Title and detail, as far as there are some.
    fn summary(&self) -> Option<String> {
        match (&self.title, &self.detail) {
            (Some(title), Some(detail)) => Some(format!("{title}: {detail}")),
            (title, detail) => title.clone().or_else(|| detail.clone()),
        }
    }
}
