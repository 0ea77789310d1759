//! Credentials made ready for sending, and the choice among them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::parameter::{Escape, form};
use super::security::{CredentialKind, Place};
use super::{Credential, Scheme, header};

/// A configured credential in the form in which it is sent. `Debug` shows the scheme's name only.
#[derive(Clone)]
pub(crate) struct Attachment {
    pub(crate) scheme: &'static str,
    pub(crate) part: Part,
    /// The texts by which the credential can be recognised in what a server sends back.
    pub(crate) secrets: Vec<String>,
}

/// The part of a request that carries a credential.
#[derive(Clone)]
pub(crate) enum Part {
    Header(HeaderName, HeaderValue),
    /// An encoded `name=value`.
    Query(String),
    /// A `name=value`.
    Cookie(String),
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme)
    }
}

impl Attachment {
    /// Prepares a credential; the reason of a refusal shows nothing of it.
    pub(crate) fn new(scheme: &'static Scheme, credential: &Credential) -> Result<Self, &'static str> {
        let (part, mut secrets) = match (scheme.place(), &credential.0) {
            (Place::Basic, CredentialKind::Basic { user, password }) => basic(user, password.expose())?,
            (Place::Basic, CredentialKind::Secret(_)) => {
                return Err("needs a user name and a password");
            }
            (_, CredentialKind::Basic { .. }) => {
                return Err("takes a secret, not a user name and a password");
            }
            (place, CredentialKind::Secret(secret)) => secret_part(place, secret.expose())?,
        };
        // in a URL, and in JSON as some servers write it
        let forms = |secret: &String| [Escape::Component.text(secret), secret.replace('/', "\\/")];
        let encoded: Vec<String> = secrets.iter().flat_map(forms).collect();
        secrets.extend(encoded);
        secrets.retain(|secret| !secret.is_empty());
        Ok(Self {
            scheme: scheme.name(),
            part,
            secrets,
        })
    }
}

fn basic(user: &str, password: &str) -> Result<(Part, Vec<String>), &'static str> {
    if user.contains(':') {
        return Err("has a colon in its user name, which basic authentication cannot carry");
    }
    let token = STANDARD.encode(format!("{user}:{password}"));
    let part = field(AUTHORIZATION, &format!("Basic {token}"))?;
    // some APIs take their key as the user name
    let secret = if password.is_empty() { user } else { password };
    Ok((part, vec![secret.to_owned(), token]))
}

fn secret_part(place: Place, secret: &str) -> Result<(Part, Vec<String>), &'static str> {
    if secret.is_empty() {
        return Err("is empty");
    }
    let part = match place {
        Place::Header(name) => field(header_name(name)?, secret)?,
        Place::Basic | Place::Bearer => field(AUTHORIZATION, &format!("Bearer {secret}"))?,
        Place::Query(name) => Part::Query(form::pair(name, secret)),
        Place::Cookie(name) => {
            // a session cookie is copied as it is, so it is refused rather than encoded
            if !secret
                .bytes()
                .all(|byte| byte.is_ascii_graphic() && !b"\",;\\".contains(&byte))
            {
                return Err("has characters that a cookie cannot carry");
            }
            Part::Cookie(format!("{name}={secret}"))
        }
    };
    Ok((part, vec![secret.to_owned()]))
}

fn header_name(name: &str) -> Result<HeaderName, &'static str> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| "goes into a header whose name is none")
}

fn field(name: HeaderName, text: &str) -> Result<Part, &'static str> {
    let mut value = header::value(text)?;
    value.set_sensitive(true);
    Ok(Part::Header(name, value))
}

/// Which credentials a request gets.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Security {
    /// What the document asks for.
    Declared(&'static [&'static [&'static Scheme]]),
    /// The first that is configured, for endpoints the document does not know.
    First,
}

/// The credentials to send: those of the first alternative that is wholly configured. An alternative
/// that asks for nothing is taken if no other is, so that a configured credential is used.
///
/// # Errors
/// The alternatives, if none is configured.
pub(crate) fn choose(
    security: Security,
    configured: &[Attachment],
) -> Result<Vec<&Attachment>, &'static [&'static [&'static Scheme]]> {
    let alternatives = match security {
        Security::First => return Ok(configured.first().into_iter().collect()),
        Security::Declared(alternatives) => alternatives,
    };
    let find = |scheme: &&'static Scheme| configured.iter().find(|attachment| attachment.scheme == scheme.name());
    let anonymous = alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty());
    alternatives
        .iter()
        .filter(|schemes| !schemes.is_empty())
        .find_map(|schemes| schemes.iter().map(find).collect())
        .or(anonymous.then(Vec::new))
        .ok_or(alternatives)
}
