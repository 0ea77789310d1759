//! Credentials that are obtained while a request is sent: tokens and signatures.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::COOKIE;
use http::request::Parts;
use http::{HeaderValue, Uri};

use super::super::encode::{Body, header};
use super::super::transport::credential_error::Reason;
use super::super::transport::{CredentialError, TransportError};
use super::asking::Asking;
use super::attachment::{Attachment, Fixed, Form, Part, Source, secret_part};
use super::credential::{Signer, Unsigned};
use super::secrets::recognisable;
use super::security::Place;

/// Minimum length of a signature that is redacted in responses.
const SHORTEST_SECRET: usize = 8;

/// Credentials of one call that cannot be added to its request in advance.
pub(crate) struct Authorizer {
    attachments: Vec<Arc<Attachment>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By attachment: the token that was sent last.
    sent: Vec<String>,
    /// By attachment: the renewed token to send next, if any.
    fresh: Vec<Option<String>>,
    /// `WWW-Authenticate` of the response to the last request, if it was a 401.
    challenge: Option<HeaderValue>,
    renewed: bool,
    secrets: Vec<String>,
}

impl Authorizer {
    /// Returns `None` if there are no such credentials, as for most calls.
    pub(crate) fn new(attachments: Vec<Arc<Attachment>>) -> Option<Box<Self>> {
        if attachments.is_empty() {
            return None;
        }
        let state = State {
            sent: vec![String::new(); attachments.len()],
            fresh: vec![None; attachments.len()],
            ..State::default()
        };
        Some(Box::new(Self {
            attachments,
            state: Mutex::new(state),
        }))
    }

    /// Copies the credentials for another call.
    pub(crate) fn replay(&self) -> Option<Box<Self>> {
        Self::new(self.attachments.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the texts by which sent credentials are recognized.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.state().secrets.clone()
    }

    /// Records that the server accepted the credentials.
    pub(crate) fn accepted(&self, operation: &'static str) {
        for attachment in &self.attachments {
            attachment.rejections.forget(operation);
        }
    }

    /// Renews the credentials that a response rejected, and returns whether there are new ones: once per call, and
    /// never for an operation for which a new token has just made no difference.
    pub(crate) async fn renew(
        &self,
        challenge: Option<HeaderValue>,
        asking: Asking<'_>,
    ) -> Result<bool, TransportError> {
        if std::mem::replace(&mut self.state().renewed, true) {
            self.refused_again(asking.operation);
            return Ok(false);
        }
        self.state().challenge = challenge;
        let mut others = false;
        for (index, attachment) in self.attachments.iter().enumerate() {
            let Form::Token(_, source) = &attachment.form else {
                others = true;
                continue;
            };
            if attachment.rejections.hold(asking.operation) {
                continue;
            }
            let rejected = self.state().sent.get(index).cloned();
            let token = self
                .token(attachment.scheme, source, rejected.as_deref(), asking)
                .await?;
            if Some(&token) == rejected.as_ref() {
                attachment.rejections.note(asking.operation);
            } else if let Some(fresh) = self.state().fresh.get_mut(index) {
                *fresh = Some(token);
                others = true;
            }
        }
        Ok(others)
    }

    fn refused_again(&self, operation: &'static str) {
        for attachment in &self.attachments {
            if let Form::Token(..) = &attachment.form {
                attachment.rejections.note(operation);
            }
        }
    }

    /// Adds tokens to a request.
    pub(crate) async fn authorize(&self, parts: &mut Parts, asking: Asking<'_>) -> Result<(), TransportError> {
        for (index, attachment) in self.attachments.iter().enumerate() {
            let Form::Token(place, source) = &attachment.form else {
                continue;
            };
            let fresh = self.state().fresh.get_mut(index).and_then(Option::take);
            let token = match fresh {
                Some(token) => token,
                None => self.token(attachment.scheme, source, None, asking).await?,
            };
            let put = self.put(*place, &token, parts);
            put.map_err(|_| unusable(attachment.scheme, "the token cannot be sent"))?;
            if let Some(sent) = self.state().sent.get_mut(index) {
                *sent = token;
            }
        }
        Ok(())
    }

    /// Returns a token, within the time limits of the call.
    async fn token(
        &self,
        scheme: &'static str,
        source: &Source,
        rejected: Option<&str>,
        asking: Asking<'_>,
    ) -> Result<String, TransportError> {
        match source {
            Source::Endpoint(tokens) => {
                self.remember(&tokens.secrets);
                let token = asking.within(tokens.get(rejected, asking)).await;
                Ok(token.ok_or_else(|| CredentialError::new(scheme, Reason::Late))??)
            }
            Source::Provider(provider) => {
                let secret = asking.within(provider()).await;
                let secret = secret.ok_or_else(|| CredentialError::new(scheme, Reason::FunctionLate))?;
                let secret = secret.map_err(|error| CredentialError::because(scheme, Reason::Function, error))?;
                Ok(secret.expose().to_owned())
            }
        }
    }

    fn put(&self, place: Place, token: &str, parts: &mut Parts) -> Result<(), &'static str> {
        let Fixed { part, secrets } = secret_part(place, token)?;
        self.remember(&secrets);
        match part {
            Part::Header(name, value) => drop(parts.headers.insert(name, value)),
            Part::Cookie(pair) => {
                let others = parts.headers.get(COOKIE).and_then(|others| others.to_str().ok());
                let all = others.map_or_else(|| pair.clone(), |others| format!("{others}; {pair}"));
                let mut value = header::value(&all)?;
                value.set_sensitive(true);
                parts.headers.insert(COOKIE, value);
            }
            Part::Query(pair) => {
                let joint = if parts.uri.query().is_some() { '&' } else { '?' };
                let uri = format!("{}{joint}{pair}", parts.uri);
                parts.uri = uri.parse::<Uri>().map_err(|_| "is too long for a URL")?;
            }
        }
        Ok(())
    }

    /// Signs a request that is about to be sent.
    pub(crate) async fn sign(&self, parts: &mut Parts, body: &Body, asking: Asking<'_>) -> Result<(), TransportError> {
        for attachment in &self.attachments {
            if let Form::Signed(signer) = &attachment.form {
                let scheme = attachment.scheme;
                let signed = asking.within(self.sign_with(signer, scheme, parts, body)).await;
                signed.ok_or_else(|| CredentialError::new(scheme, Reason::FunctionLate))??;
            }
        }
        Ok(())
    }

    async fn sign_with(
        &self,
        signer: &Arc<Signer>,
        scheme: &'static str,
        parts: &mut Parts,
        body: &Body,
    ) -> Result<(), TransportError> {
        let body = if body.is_none() {
            Some(Bytes::new())
        } else {
            body.as_bytes().cloned()
        };
        let signed = signer(Unsigned {
            method: parts.method.clone(),
            uri: parts.uri.clone(),
            headers: parts.headers.clone(),
            body,
            challenge: self.state().challenge.clone(),
        });
        let failed = |error| CredentialError::because(scheme, Reason::Function, error);
        for (name, value) in &mut signed.await.map_err(failed)? {
            value.set_sensitive(true);
            if let Some(text) = value.to_str().ok().filter(|text| text.len() >= SHORTEST_SECRET) {
                self.remember(&recognisable(text));
            }
            if header::is_framing(name) {
                return Err(unusable(scheme, "the signer yields a header that the client sets itself").into());
            }
            parts.headers.insert(name.clone(), value.clone());
        }
        Ok(())
    }

    fn remember(&self, secrets: &[String]) {
        let known = &mut self.state().secrets;
        for secret in secrets {
            if !known.contains(secret) {
                known.push(secret.clone());
            }
        }
    }
}

const fn unusable(scheme: &'static str, what: &'static str) -> CredentialError {
    CredentialError::new(scheme, Reason::Unusable(what))
}
