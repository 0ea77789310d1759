//! Security schemes of an API description, and strings that are never shown.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::model::argument::Converted;
use super::super::model::{Read, Sink, Source, ValueError, Write};

/// Security scheme: its name, and where its credential goes in a request (OpenAPI Security Scheme Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    place: Place,
    /// Token endpoint of the client credentials flow; empty if there is none.
    token_url: &'static str,
}

/// Location of the credential of a scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// API key in the header with this name.
    Header(&'static str),
    /// API key in the query parameter with this name.
    Query(&'static str),
    /// API key in the cookie with this name.
    Cookie(&'static str),
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750).
    Bearer,
    /// Chosen by the signer.
    Signed,
}

impl Scheme {
    const fn new(name: &'static str, place: Place) -> Self {
        let token_url = "";
        Self { name, place, token_url }
    }

    /// API key in a header: `type: apiKey`, `in: header`. `name` is the name of the scheme in the API description.
    pub const fn api_key_header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, Place::Header(header))
    }

    /// API key in the query: `type: apiKey`, `in: query`.
    pub const fn api_key_query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Place::Query(parameter))
    }

    /// API key in a cookie: `type: apiKey`, `in: cookie`.
    pub const fn api_key_cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Place::Cookie(cookie))
    }

    /// HTTP basic authentication: `type: http`, `scheme: basic` (RFC 7617).
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Place::Basic)
    }

    /// Bearer token: `type: http`, `scheme: bearer` (RFC 6750), and the access tokens of `oauth2` and `openIdConnect`.
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, Place::Bearer)
    }

    /// OAuth 2.0 client credentials: `type: oauth2` with the flow `clientCredentials` (RFC 6749, section 4.4), a bearer
    /// token that the client requests itself. A relative token URL is resolved against the base URL.
    pub const fn client_credentials(name: &'static str, token_url: &'static str) -> Self {
        let place = Place::Bearer;
        Self { name, place, token_url }
    }

    /// Any other scheme; [`Credential::signer`](super::credential::Credential::signer) decides what is sent.
    pub const fn signed(name: &'static str) -> Self {
        Self::new(name, Place::Signed)
    }

    /// Returns the name of the scheme in the API description.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn place(&self) -> Place {
        self.place
    }

    pub(crate) const fn token_url(&self) -> &'static str {
        self.token_url
    }
}

/// String that is never shown: `Debug` prints `Secret(***)`, and there is no `Display`. Models use it for `format:
/// password`; it is serialized as the plain string.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Secret(String);

impl Converted for Secret {}

impl Secret {
    /// Returns the secret string.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl Write for Secret {
    fn write(&self, sink: &mut dyn Sink) -> Result<(), ValueError> {
        sink.text(&self.0)
    }
}

impl Read for Secret {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        String::read(source).map(Self)
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self)
    }
}
