//! Checks and preparation before a request is sent.

use std::borrow::Cow;
use std::sync::Arc;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

use super::super::auth::Scheme;
use super::super::auth::attachment::{Attachment, Form, Part};
use super::super::auth::authorize::Authorizer;
use super::super::auth::choose::{choose, choose_some, with_given};
use super::super::call::exchange::Call;
use super::super::call::idempotency::{self, IDEMPOTENCY_KEY};
use super::super::encode::target::{self, Base};
use super::super::encode::{EncodeError, header};
use super::super::reply::origin::Origin;
use super::super::reply::{Error, ErrorKind};
use super::by_hand::ByHand;
use super::request::{Path, Request};

impl Request {
    /// Checks everything that can be checked before sending.
    ///
    /// # Errors
    /// `Encode`, `MissingCredential`, `InsecureCredential`, `UntrustedOrigin`.
    pub(super) fn prepare(mut self) -> Result<Box<Call>, Error> {
        let origin = self.origin();
        let refuse = |kind| Error::new(origin, kind, None);
        if let Some((pointer, value)) = self.info.flag {
            self.set_member(pointer, if value { "true" } else { "false" }, "application/json");
        }
        if let Some(error) = self.error.take() {
            return Err(refuse(ErrorKind::Encode(error)));
        }
        let shared = Arc::clone(&self.shared);
        let places = &shared.places;
        let to = places
            .of(self.info.server)
            .map_err(|error| refuse(ErrorKind::Encode(error)))?;
        let trusted = places.is_trusted(&to);
        let attachments = self.credentials(&to, trusted).map_err(refuse)?;
        let by_hand = self.by_hand();
        if !attachments.is_empty() || by_hand.is_any {
            if !places.is_confidential(&to) {
                return Err(refuse(ErrorKind::InsecureCredential));
            }
            if !trusted {
                return Err(refuse(untrusted(&to)));
            }
        }
        self.assemble(origin, &to, attachments, by_hand)
            .map_err(|error| refuse(ErrorKind::Encode(error)))
    }

    /// Returns the credentials that the client adds.
    ///
    /// # Errors
    /// `MissingCredential`, `UntrustedOrigin`.
    fn credentials(&self, to: &Base, trusted: bool) -> Result<Vec<Arc<Attachment>>, ErrorKind> {
        if self.settings.without_credentials {
            return Ok(with_given(Vec::new(), &self.given));
        }
        let shared = &self.shared;
        let (security, given) = (self.security, &self.given);
        let configured: &[_] = if trusted { &shared.attachments } else { &[] };
        let by_hand = |scheme: &Scheme| self.has_by_hand(scheme);
        choose(security, given, configured, &by_hand).or_else(|alternatives| {
            if choose(security, given, &shared.attachments, &by_hand).is_ok() {
                return Err(untrusted(to));
            }
            if !shared.has_middleware() {
                return Err(ErrorKind::MissingCredential { alternatives });
            }
            // middleware may add what is missing, and is not to be seen through
            Ok(choose_some(security, given, configured))
        })
    }

    fn assemble(
        self,
        origin: Origin,
        to: &Base,
        attachments: Vec<Arc<Attachment>>,
        by_hand: ByHand,
    ) -> Result<Box<Call>, EncodeError> {
        let expanded = match &self.path {
            Path::Template(values) => target::expand(self.info.path, values)?,
            Path::Literal(path) => target::literal(path)?,
        };
        let mut query: Vec<String> = expanded.query.into_iter().chain(self.query.into_texts()).collect();
        let mut cookies: Vec<String> = self.cookies.into_texts().collect();
        let (media_type, body) = self.body.unzip();
        // each layer replaces what it names of those before it
        let usual = &self.shared.headers;
        let own = self.headers.len() + self.own_headers.len() + attachments.len();
        let mut headers = HeaderMap::with_capacity(usual.len() + own + 3);
        for (name, value) in usual {
            headers.append(name, value.clone());
        }
        if !self.info.accept.is_empty() && !headers.contains_key(ACCEPT) {
            headers.insert(ACCEPT, field(&ACCEPT, Cow::Borrowed(self.info.accept))?);
        }
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, field(&CONTENT_TYPE, media_type)?);
        }
        let mut authorizer = Vec::new();
        for attachment in attachments {
            let Form::Fixed(fixed) = &attachment.form else {
                let own = |name| self.headers.contains_key(&name) || self.own_headers.contains_key(&name);
                if !attachment.header().is_some_and(own) {
                    authorizer.push(attachment);
                }
                continue;
            };
            match fixed.part.clone() {
                Part::Header(name, value) => drop(headers.insert(name, value)),
                Part::Query(pair) if query.iter().any(|own| name(own) == name(&pair)) => {}
                Part::Query(pair) => query.push(pair),
                Part::Cookie(pair) if by_hand.cookies.contains(name(&pair)) => {}
                Part::Cookie(pair) => cookies.push(pair),
            }
        }
        headers.extend(self.headers);
        headers.extend(self.own_headers);
        for key in by_hand.keys {
            if let Some(value) = headers.get_mut(key) {
                value.set_sensitive(true);
            }
        }
        add_cookies(&mut headers, cookies)?;
        if self.shared.idempotency_keys && !idempotency::is_idempotent(&self.method) {
            headers.entry(&IDEMPOTENCY_KEY).or_insert_with(idempotency::key);
        }
        let uri = to.join(&expanded.path, &query)?;
        let (mut parts, ()) = http::Request::new(()).into_parts();
        (parts.method, parts.uri, parts.headers) = (self.method, uri, headers);
        if self.shared.has_middleware() {
            parts.extensions.insert(*self.info);
        }
        let given = self.given.secrets().chain(by_hand.secrets);
        Ok(Box::new(Call {
            info: self.info,
            secrets: with_more(&self.shared.secrets, given),
            origin,
            parts,
            body: body.unwrap_or_default(),
            settings: self.settings,
            authorizer: Authorizer::new(authorizer),
            shared: self.shared,
        }))
    }
}

/// Returns the secrets of a client with those of a request, if it has any.
fn with_more(known: &Arc<[String]>, given: impl Iterator<Item = String>) -> Arc<[String]> {
    let mut given = given.peekable();
    match given.peek() {
        None => Arc::clone(known),
        Some(_) => known.iter().cloned().chain(given).collect(),
    }
}

/// Returns the encoded name of a pair.
fn name(pair: &str) -> &str {
    pair.split_once('=').map_or(pair, |(name, _)| name)
}

fn untrusted(to: &Base) -> ErrorKind {
    let origin = to.origin().to_owned();
    ErrorKind::UntrustedOrigin { origin }
}

fn field(name: &HeaderName, text: Cow<'static, str>) -> Result<HeaderValue, EncodeError> {
    let value = match text {
        Cow::Borrowed(text) => header::fixed(text),
        Cow::Owned(text) => header::value(&text),
    };
    value.map_err(|reason| EncodeError::new(name.as_str().to_owned(), reason))
}

/// Adds cookies to those that the caller has set as a header.
fn add_cookies(headers: &mut HeaderMap, mut cookies: Vec<String>) -> Result<(), EncodeError> {
    if cookies.is_empty() {
        return Ok(());
    }
    let own = headers
        .get(COOKIE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    cookies.splice(0..0, own);
    let mut all = field(&COOKIE, Cow::Owned(cookies.join("; ")))?;
    all.set_sensitive(true);
    headers.insert(COOKIE, all);
    Ok(())
}
