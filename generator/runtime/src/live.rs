//! Credentials that are made while a call is sent: tokens and signatures.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{COOKIE, WWW_AUTHENTICATE};
use http::request::Parts;
use http::{HeaderValue, Response, StatusCode, Uri};

use super::attachment::{Attachment, Fixed, Form, Part, Source, recognisable, secret_part};
use super::client::Shared;
use super::credential::Signer;
use super::credential_error::Reason;
use super::security::Place;
use super::transport::{Failure, TransportError};
use super::{Body, CredentialError, Unsigned, header};

/// The shortest text of a signature that is hidden where it comes back.
const SHORTEST_SECRET: usize = 8;

/// The credentials of one call that cannot be put into its request beforehand.
pub(crate) struct Live {
    attachments: Vec<Arc<Attachment>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// By attachment: the token that was sent last.
    sent: Vec<String>,
    /// By attachment: the token that the server took for nothing.
    rejected: Vec<String>,
    /// With what the server refused the last request, if that is why it is sent again.
    challenge: Option<HeaderValue>,
    renewed: bool,
    secrets: Vec<String>,
}

impl Live {
    /// `None` if there are none, as in most calls.
    pub(crate) fn new(attachments: Vec<Arc<Attachment>>) -> Option<Box<Self>> {
        if attachments.is_empty() {
            return None;
        }
        let state = State {
            sent: vec![String::new(); attachments.len()],
            ..State::default()
        };
        Some(Box::new(Self {
            attachments,
            state: Mutex::new(state),
        }))
    }

    /// The same credentials for another call.
    pub(crate) fn anew(&self) -> Option<Box<Self>> {
        Self::new(self.attachments.clone())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The texts by which what was sent can be recognised.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.state().secrets.clone()
    }

    /// Whether a reply asks for other credentials and there may be some. That is so once in a call.
    pub(crate) fn renews<B>(&self, response: &Response<B>) -> bool {
        if response.status() != StatusCode::UNAUTHORIZED {
            return false;
        }
        let mut state = self.state();
        if state.renewed {
            return false;
        }
        state.renewed = true;
        state.rejected = state.sent.clone();
        state.challenge = response.headers().get(WWW_AUTHENTICATE).cloned();
        true
    }

    /// Puts tokens into a request.
    pub(crate) async fn authorize(&self, parts: &mut Parts, shared: &Shared) -> Result<(), TransportError> {
        for (index, attachment) in self.attachments.iter().enumerate() {
            let Form::Token(place, source) = &attachment.form else {
                continue;
            };
            let rejected = self.state().rejected.get(index).cloned();
            let token = match source {
                Source::Endpoint(tokens) => {
                    self.remember(&tokens.secrets);
                    tokens.get(rejected.as_deref(), shared).await?
                }
                Source::Provider(provider) => {
                    let secret = provider().await;
                    let failed = |error| CredentialError::because(attachment.scheme, Reason::Function, error);
                    secret.map_err(failed)?.expose().to_owned()
                }
            };
            let put = self.put(*place, &token, parts);
            put.map_err(|_| unusable(attachment.scheme, "the token cannot be sent"))?;
            if let Some(sent) = self.state().sent.get_mut(index) {
                *sent = token;
            }
        }
        Ok(())
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
    pub(crate) async fn sign(&self, parts: &mut Parts, body: &Body) -> Result<(), TransportError> {
        for attachment in &self.attachments {
            if let Form::Signed(signer) = &attachment.form {
                self.sign_with(signer, attachment.scheme, parts, body).await?;
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
            if let Ok(text) = value.to_str()
                && text.len() >= SHORTEST_SECRET
            {
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

impl From<CredentialError> for TransportError {
    fn from(error: CredentialError) -> Self {
        Failure::Credential(error).into()
    }
}
