//! Credentials prepared for sending.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderName, HeaderValue};
use tokio::time::Instant;

use super::super::encode::header;
use super::super::encode::parameter::form;
use super::super::encode::server::Places;
use super::super::transport::BuildError;
use super::credential::{Credential, CredentialKind, Provider, Signer};
use super::secrets::recognisable;
use super::security::{Place, Scheme};
use super::token::Tokens;

/// Configured credential, prepared for sending. `Debug` shows the scheme's name only.
pub(crate) struct Attachment {
    pub(crate) scheme: &'static str,
    pub(crate) form: Form,
    /// Its location, if it belongs to no scheme of the API description and is for all requests.
    pub(crate) general: Option<Place>,
    pub(crate) rejections: Rejections,
}

/// Operations that answered 401 although the token had just been renewed. Since a new token makes no difference to
/// them, none is requested on their account for a while.
#[derive(Default)]
pub(crate) struct Rejections(Mutex<Vec<(&'static str, Instant)>>);

/// How long a rejection counts.
const REJECTION: Duration = Duration::from_secs(60);

impl Rejections {
    fn all(&self) -> MutexGuard<'_, Vec<(&'static str, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn note(&self, operation: &'static str) {
        self.forget(operation);
        self.all().push((operation, Instant::now()));
    }

    pub(crate) fn forget(&self, operation: &'static str) {
        self.all().retain(|(refused, _)| *refused != operation);
    }

    pub(crate) fn hold(&self, operation: &'static str) -> bool {
        let mut all = self.all();
        all.retain(|(_, since)| since.elapsed() < REJECTION);
        all.iter().any(|(refused, _)| *refused == operation)
    }
}

/// How a credential is added to a request.
pub(crate) enum Form {
    /// Constant credential.
    Fixed(Fixed),
    /// Token that is obtained when a request is sent.
    Token(Place, Source),
    /// Signature of the request as it is sent.
    Signed(Arc<Signer>),
}

/// Source of a token.
pub(crate) enum Source {
    /// A token endpoint.
    Endpoint(Box<Tokens>),
    /// Function of the caller.
    Provider(Arc<Provider>),
}

/// Credential in the form in which it is sent.
#[derive(Clone)]
pub(crate) struct Fixed {
    pub(crate) part: Part,
    /// Texts by which the credential is recognized in responses.
    pub(crate) secrets: Vec<String>,
}

/// Part of a request that carries a credential.
#[derive(Clone)]
pub(crate) enum Part {
    Header(HeaderName, HeaderValue),
    /// Encoded `name=value`.
    Query(String),
    /// Unencoded `name=value`.
    Cookie(String),
}

impl fmt::Debug for Attachment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scheme)
    }
}

impl Attachment {
    /// Prepares a credential. The error does not show it. `tokens` prepares token requests.
    pub(crate) fn new(
        scheme: &Scheme,
        credential: &Credential,
        tokens: impl FnOnce(&super::credential::ClientCredentials) -> Result<Tokens, &'static str>,
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
            general: None,
            rejections: Rejections::default(),
        })
    }

    /// Returns the header it is sent in, if that is known in advance.
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

/// Prepares the credentials of a client: those of schemes, and those for all requests.
///
/// # Errors
/// A credential is invalid.
pub(crate) fn all(
    credentials: &[(&'static Scheme, Credential)],
    general: &[(Scheme, Credential)],
    places: &Places,
) -> Result<Vec<Arc<Attachment>>, BuildError> {
    let prepare = |scheme: &Scheme, credential, general| {
        let tokens = |credentials: &super::credential::ClientCredentials| {
            let url = credentials.token_url.as_deref().unwrap_or(scheme.token_url());
            Tokens::new(scheme.name(), places.token_url(url)?, credentials)
        };
        Attachment::new(scheme, credential, tokens)
            .map(|attachment| Arc::new(Attachment { general, ..attachment }))
            .map_err(|reason| BuildError::new(format!("the credential for `{}` {reason}", scheme.name())))
    };
    let declared = credentials
        .iter()
        .map(|(scheme, credential)| prepare(scheme, credential, None));
    let general = general.iter();
    let general = general.map(|(scheme, credential)| prepare(scheme, credential, Some(scheme.place())));
    declared.chain(general).collect()
}

/// Returns the secrets in constant credentials.
pub(crate) fn known_secrets(attachments: &[Arc<Attachment>]) -> Arc<[String]> {
    let fixed = attachments.iter().filter_map(|attachment| match &attachment.form {
        Form::Fixed(fixed) => Some(&fixed.secrets),
        _ => None,
    });
    fixed.flatten().cloned().collect()
}

fn basic(user: &str, password: &str) -> Result<Fixed, &'static str> {
    if user.contains(':') {
        return Err("has a colon in its user name, which basic authentication does not allow");
    }
    let token = STANDARD.encode(format!("{user}:{password}"));
    let part = field(AUTHORIZATION, &format!("Basic {token}"))?;
    // some APIs take their key as the user name
    let mut secrets = recognisable(if password.is_empty() { user } else { password });
    secrets.extend(recognisable(&token));
    Ok(Fixed { part, secrets })
}

/// Returns an API key or token in its place.
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
                return Err("has characters that a cookie cannot contain");
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
