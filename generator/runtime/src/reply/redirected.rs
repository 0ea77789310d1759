//! Redirects as results of operations.

use std::fmt;

use super::decode::Decoded;
use super::operation::Decode;
use super::response::Reply;
use super::stream::ByteStream;

/// What an operation gives whose only success is a redirect (300 to 399).
///
/// Where the client follows it ([`Redirects`](super::super::Redirects)), that is what is there; otherwise where it leads to.
pub enum Redirected {
    /// The redirect was not followed; this is the URL it leads to. It may hold a secret of its own, such as a signature.
    Location(String),
    /// The redirect was followed; these are the bytes it leads to.
    Content(ByteStream),
}

impl Redirected {
    /// The URL of a redirect that was not followed.
    #[must_use]
    pub fn location(&self) -> Option<&str> {
        match self {
            Self::Location(url) => Some(url),
            Self::Content(_) => None,
        }
    }

    /// The bytes that a redirect leads to which was followed.
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
