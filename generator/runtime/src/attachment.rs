//! Credentials made ready for sending, and the choice among them.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};

use super::credential::{CredentialKind, Provider, Signer};
use super::parameter::{Escape, form};
use super::request::Given;
use super::security::Place;
use super::token::Tokens;
use super::{Credential, Scheme, header};

/// A configured credential, ready for sending. `Debug` shows the scheme's name only.
pub(crate) struct Attachment {
    pub(crate) scheme: &'static str,
    pub(crate) form: Form,
}

/// How a credential comes into a request.
pub(crate) enum Form {
    /// It is always the same.
    Fixed(Fixed),
    /// A token that is asked for when a call is sent.
    Token(Place, Source),
    /// A signature of the request as it is sent.
    Signed(Arc<Signer>),
}

/// Where a token comes from.
pub(crate) enum Source {
    /// A token endpoint.
    Endpoint(Box<Tokens>),
    /// A function of the caller.
    Provider(Arc<Provider>),
}

/// A credential in the form in which it is sent.
#[derive(Clone)]
pub(crate) struct Fixed {
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
    /// Prepares a credential; the reason of a refusal shows nothing of it. `tokens` prepares token requests.
    pub(crate) fn new(
        scheme: &'static Scheme,
        credential: &Credential,
        tokens: impl FnOnce(&super::ClientCredentials) -> Result<Tokens, &'static str>,
    ) -> Result<Self, &'static str> {
        let form = match (scheme.place(), &credential.0) {
            (_, CredentialKind::Signer(signer)) => Form::Signed(Arc::clone(signer)),
            (Place::Signed, _) => return Err("needs a signer"),
            (Place::Basic, CredentialKind::Basic { user, password }) => Form::Fixed(basic(user, password.expose())?),
            (Place::Basic, _) => return Err("needs a user name and a password"),
            (_, CredentialKind::Basic { .. }) => {
                return Err("takes a secret, not a user name and a password");
            }
            (place, CredentialKind::Secret(secret)) => Form::Fixed(secret_part(place, secret.expose())?),
            (place, CredentialKind::Provider(provider)) => Form::Token(place, Source::Provider(Arc::clone(provider))),
            (Place::Bearer, CredentialKind::ClientCredentials(credentials)) => {
                Form::Token(Place::Bearer, Source::Endpoint(Box::new(tokens(credentials)?)))
            }
            (_, CredentialKind::ClientCredentials(_)) => return Err("takes a secret, not client credentials"),
        };
        Ok(Self {
            scheme: scheme.name(),
            form,
        })
    }

    /// The header it goes into, if that is known before it is sent.
    pub(crate) fn header(&self) -> Option<HeaderName> {
        match &self.form {
            Form::Fixed(Fixed {
                part: Part::Header(name, _),
                ..
            }) => Some(name.clone()),
            Form::Token(Place::Header(name), _) => header_name(name).ok(),
            Form::Token(Place::Bearer, _) => Some(AUTHORIZATION),
            _ => None,
        }
    }
}

/// What is shorter is no secret that could be told from other text, and would be found everywhere.
const SHORTEST_SECRET: usize = 8;

/// The texts by which a secret can be recognised: as it is, in a URL, in JSON as some servers write it, and quoted. None
/// for what is shorter than a secret.
pub(crate) fn recognisable(secret: &str) -> Vec<String> {
    if secret.chars().count() < SHORTEST_SECRET {
        return Vec::new();
    }
    let mut forms = vec![secret.to_owned()];
    let quoted = format!("{secret:?}");
    let quoted = quoted.get(1..quoted.len() - 1).unwrap_or_default().to_owned();
    for form in [Escape::Component.text(secret), secret.replace('/', "\\/"), quoted] {
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    // what contains another form is hidden first
    forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
    forms
}

fn basic(user: &str, password: &str) -> Result<Fixed, &'static str> {
    if user.contains(':') {
        return Err("has a colon in its user name, which basic authentication cannot carry");
    }
    let token = STANDARD.encode(format!("{user}:{password}"));
    let part = field(AUTHORIZATION, &format!("Basic {token}"))?;
    // some APIs take their key as the user name
    let mut secrets = recognisable(if password.is_empty() { user } else { password });
    secrets.extend(recognisable(&token));
    Ok(Fixed { part, secrets })
}

/// A key or a token in its place.
pub(crate) fn secret_part(place: Place, secret: &str) -> Result<Fixed, &'static str> {
    if secret.is_empty() {
        return Err("is empty");
    }
    let part = match place {
        Place::Header(name) => field(header_name(name)?, secret)?,
        Place::Basic | Place::Bearer | Place::Signed => field(AUTHORIZATION, &format!("Bearer {secret}"))?,
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
    let secrets = recognisable(secret);
    Ok(Fixed { part, secrets })
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

impl Security {
    /// Whether it can do without any.
    pub(crate) fn permits_none(self) -> bool {
        match self {
            Self::First => true,
            Self::Declared(alternatives) => {
                alternatives.is_empty() || alternatives.iter().any(|schemes| schemes.is_empty())
            }
        }
    }
}

/// The credentials to send: those of the first alternative that is wholly there, as arguments of the call or as
/// configured, and beside them all arguments. An alternative that asks for nothing is taken if no other is, so that a
/// configured credential is used.
///
/// # Errors
/// The alternatives, if none is there.
pub(crate) fn choose(
    security: Security,
    given: &Given,
    configured: &[Arc<Attachment>],
) -> Result<Vec<Arc<Attachment>>, &'static [&'static [&'static Scheme]]> {
    let alternatives = match security {
        Security::First => return Ok(configured.first().cloned().into_iter().collect()),
        Security::Declared(alternatives) => alternatives,
    };
    let find = |scheme: &&'static Scheme| {
        let mut configured = configured.iter();
        let configured = || configured.find(|attachment| attachment.scheme == scheme.name());
        given.of(scheme).or_else(configured).cloned()
    };
    let mut chosen: Vec<Arc<Attachment>> = alternatives
        .iter()
        .filter(|schemes| !schemes.is_empty())
        .find_map(|schemes| schemes.iter().map(find).collect())
        .or_else(|| security.permits_none().then(Vec::new))
        .ok_or(alternatives)?;
    // what is given is sent once, whatever asks for it
    chosen.retain(|attachment| !given.attachments().any(|own| Arc::ptr_eq(own, attachment)));
    chosen.extend(given.attachments().cloned());
    Ok(chosen)
}
