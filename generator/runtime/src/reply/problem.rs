//! Problem details (RFC 9457).

use serde_json::{Map, Value};

use super::super::encode::media_type;
use super::error::Error;
use super::response::Reply;

/// Characters of title and detail that a message shows.
const MAX_SUMMARY: usize = 300;

/// Problem details of an error, from `application/problem+json` (RFC 9457). Members with an invalid value are treated
/// as missing, as the RFC requires.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Problem {
    /// `type`: URI of the problem type. Default: `about:blank`.
    pub kind: String,
    /// `title`: summary of the problem type for humans.
    pub title: Option<String>,
    /// `status`: status code set by the origin server.
    pub status: Option<u16>,
    /// `detail`: explanation of this occurrence for humans.
    pub detail: Option<String>,
    /// `instance`: URI of this occurrence.
    pub instance: Option<String>,
    /// All other members.
    pub extensions: Map<String, Value>,
}

impl Reply {
    /// Returns the problem details in the body, if its content type is `application/problem+json`.
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
    /// Returns the problem details of the response, see [`Reply::problem`].
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
