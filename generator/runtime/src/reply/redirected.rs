//! Redirects as results of operations.

use std::fmt;

use super::decode::Decoded;
use super::operation::Decode;
use super::response::Reply;
use super::stream::ByteStream;

/// Result of an operation whose only success is a redirect (300 to 399).
///
/// The content if the client follows the redirect ([`Redirects`](super::super::Redirects)), otherwise its URL.
pub enum Redirected {
    /// The redirect was not followed. This is its URL, which may contain a secret such as a signature.
    Location(String),
    /// The redirect was followed. This is the body it leads to.
    Content(ByteStream),
}

impl Redirected {
    /// Returns the URL of a redirect that was not followed.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        match self {
            Self::Location(url) => Some(url),
            Self::Content(_) => None,
        }
    }

    /// Returns the body of a redirect that was followed.
    #[must_use]
    pub fn into_content(self) -> Option<ByteStream> {
        match self {
            Self::Content(content) => Some(content),
            Self::Location(_) => None,
        }
    }
}

/// Shows no query: it may hold a signature.
impl fmt::Debug for Redirected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Location(url) => {
                let shown = url.split(['?', '#']).next().unwrap_or_default();
                f.debug_tuple("Location").field(&shown).finish()
            }
            Self::Content(content) => f.debug_tuple("Content").field(content).finish(),
        }
    }
}

impl Decode for Redirected {
    const TAKES_REDIRECTS: bool = true;

    fn decode(reply: &Reply) -> Decoded<Self> {
        match reply.redirects_to() {
            Some(url) => Some(Ok(Self::Location(url.to_owned()))),
            None => reply.status().is_success().then(|| reply.stream().map(Self::Content)),
        }
    }
}
