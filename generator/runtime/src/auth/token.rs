//! Tokens of the client credentials flow (RFC 6749, section 4.4): cached, shared, and renewed in time.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::response::Parts;
use http::{HeaderMap, HeaderValue, Method, Uri};
use serde_json::Value;
use tokio::time::Instant;

use super::super::encode::parameter::escape::Escape;
use super::super::encode::parameter::form;
use super::super::encode::{Body, header, media_type};
use super::super::transport::credential_error::Reason;
use super::super::transport::error::Failure;
use super::super::transport::limits::{Limits, read, within};
use super::super::transport::{CredentialError, TransportError, retry_after};
use super::asking::Asking;
use super::credential::ClientCredentials;
use super::redact;
use super::secrets::recognisable;

/// Timeout of a token request.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Maximum size of a token response in bytes.
const MAX_ANSWER: usize = 64 * 1024;

/// Time before its expiry when a token is renewed, or a tenth of its lifetime if that is shorter.
const LEEWAY: Duration = Duration::from_secs(30);

/// Maximum number of characters of an `error_description`.
const MAX_DESCRIPTION: usize = 200;

/// Tokens of one scheme.
pub(crate) struct Tokens {
    scheme: &'static str,
    uri: Uri,
    authorization: Option<HeaderValue>,
    form: String,
    /// Texts by which the client identifier and secret are recognized in responses.
    pub(crate) secrets: Vec<String>,
    known: Mutex<Known>,
    /// Held while a token is requested, so that there is one request however many calls need it.
    turn: tokio::sync::Mutex<()>,
    /// The same for blocking calls: the thread of one may be what an async call needs to release `turn`.
    blocking_turn: tokio::sync::Mutex<()>,
}

/// Result of the last token request.
#[derive(Default)]
struct Known {
    /// Number of token requests that have ended.
    rounds: u64,
    outcome: Option<Result<Token, CredentialError>>,
}

#[derive(Clone)]
struct Token {
    text: String,
    /// When to renew the token; `None` if that is unknown.
    due: Option<Instant>,
}

impl Tokens {
    /// Prepares token requests.
    ///
    /// # Errors
    /// The credentials are invalid. They are not shown.
    pub(crate) fn new(scheme: &'static str, uri: Uri, credentials: &ClientCredentials) -> Result<Self, &'static str> {
        let ClientCredentials { id, secret, .. } = credentials;
        if id.is_empty() {
            return Err("has an empty client identifier");
        }
        let mut pairs = vec![("grant_type", "client_credentials")];
        let parameters = credentials.parameters.iter();
        pairs.extend(parameters.map(|(name, value)| (name.as_str(), value.as_str())));
        let mut secrets = recognisable(secret.expose());
        let authorization = if credentials.in_body {
            pairs.extend([("client_id", id.as_str()), ("client_secret", secret.expose())]);
            None
        } else {
            let token = STANDARD.encode(format!("{}:{}", form_text(id), form_text(secret.expose())));
            let mut value = header::value(&format!("Basic {token}"))?;
            value.set_sensitive(true);
            secrets.push(token);
            Some(value)
        };
        secrets.push(form_text(secret.expose()));
        secrets.retain(|secret| !secret.is_empty());
        let pairs: Vec<String> = pairs.into_iter().map(|(name, value)| form::pair(name, value)).collect();
        Ok(Self {
            scheme,
            uri,
            authorization,
            form: pairs.join("&"),
            secrets,
            known: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            blocking_turn: tokio::sync::Mutex::default(),
        })
    }

    /// Returns a token that is not `rejected`: the cached one, the one that another call is requesting, or a new one.
    pub(crate) async fn get(&self, rejected: Option<&str>, asking: Asking<'_>) -> Result<String, CredentialError> {
        let rounds = {
            let known = self.known();
            let token = known.outcome.as_ref().and_then(|outcome| outcome.as_ref().ok());
            let is_due = |due| Instant::now() >= due;
            let valid = token.filter(|token| !token.due.is_some_and(is_due) && rejected != Some(token.text.as_str()));
            if let Some(token) = valid {
                return Ok(token.text.clone());
            }
            known.rounds
        };
        let turn = if asking.is_blocking {
            &self.blocking_turn
        } else {
            &self.turn
        };
        let _turn = turn.lock().await;
        {
            let known = self.known();
            if let Some(outcome) = known.outcome.as_ref().filter(|_| known.rounds != rounds) {
                // whoever had the turn has asked for all who waited, and failed for all of them
                return outcome.clone().map(|token| token.text);
            }
        }
        let outcome = self.request(asking).await;
        let mut known = self.known();
        known.rounds += 1;
        known.outcome = Some(outcome.clone());
        outcome.map(|token| token.text)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Requests a token from the token endpoint.
    async fn request(&self, asking: Asking<'_>) -> Result<Token, CredentialError> {
        let exchange = within(TIMEOUT, self.exchange(asking)).await.and_then(|outcome| outcome);
        let (head, answer) = exchange.map_err(|error| {
            let reason = match &error.kind {
                Failure::Timeout | Failure::ConnectTimeout => Reason::Late,
                Failure::Tls(reason) => Reason::Tls(reason.clone()),
                Failure::BrokenTls(reason) => Reason::Unreachable(Some(reason.clone())),
                _ => Reason::Unreachable(None),
            };
            CredentialError::because(self.scheme, reason, error)
        })?;
        let token = match answer {
            None if head.status.is_success() => Err(Reason::Unusable(
                "the response of the token endpoint is longer than 64 KiB",
            )),
            answer => self.token(&head, &answer.unwrap_or_default()),
        };
        token.map_err(|reason| CredentialError::new(self.scheme, reason))
    }

    /// Sends a token request, and returns the body of its response if that is not too long.
    async fn exchange(&self, asking: Asking<'_>) -> Result<(Parts, Option<Bytes>), TransportError> {
        let mut headers = HeaderMap::new();
        headers.extend(asking.user_agent.map(|agent| (USER_AGENT, agent.clone())));
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.extend(self.authorization.clone().map(|value| (AUTHORIZATION, value)));
        let mut request = http::Request::new(Body::from(self.form.clone()));
        (*request.method_mut(), *request.uri_mut(), *request.headers_mut()) = (Method::POST, self.uri.clone(), headers);
        let response = asking.transport.send(request).await?;
        let (head, mut incoming) = response.into_parts();
        let mut answer = Bytes::new();
        let limits = Limits {
            bytes: MAX_ANSWER,
            idle: asking.idle,
            // all of the exchange has a limit
            end: None,
        };
        let whole = read(&mut incoming, limits, &mut answer).await?;
        Ok((head, whole.then_some(answer)))
    }

    /// Reads the response of the token endpoint (RFC 6749, sections 5.1 and 5.2). Some report errors with 200, and some
    /// respond with a form.
    fn token(&self, head: &Parts, answer: &[u8]) -> Result<Token, Reason> {
        let answer = members(head, answer);
        let text = |key: &str| answer.get(key).and_then(Value::as_str);
        let refused = text("error").is_some() && text("access_token").is_none();
        if refused || !head.status.is_success() {
            let shown = |text: &str| redact::line(text, &self.secrets, MAX_DESCRIPTION);
            return Err(Reason::Refused {
                status: head.status,
                code: text("error").map(shown),
                description: text("error_description").map(shown).unwrap_or_default(),
                retry_after: retry_after::of(&head.headers),
            });
        }
        if !text("token_type").is_none_or(|ty| ty.eq_ignore_ascii_case("bearer")) {
            return Err(Reason::Unusable("the token is not a bearer token"));
        }
        let token = text("access_token").filter(|token| !token.is_empty());
        let token = token.ok_or(Reason::Unusable("the token endpoint answered without a token"))?;
        let life = answer.get("expires_in").and_then(seconds);
        Ok(Token {
            text: token.to_owned(),
            due: life.and_then(|life| Instant::now().checked_add(life.saturating_sub(LEEWAY.min(life / 10)))),
        })
    }
}

/// Returns the members of a response, in JSON or as a form.
fn members(head: &Parts, answer: &[u8]) -> Value {
    const FORMS: [&str; 2] = ["application/x-www-form-urlencoded", "text/plain"];
    serde_json::from_slice(answer).unwrap_or_else(|_| {
        if !media_type::of(&head.headers).is_some_and(|found| FORMS.contains(&&*found)) {
            return Value::Null;
        }
        let pairs = url::form_urlencoded::parse(answer);
        pairs
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect()
    })
}

/// Reads `expires_in`, which some servers write as a string.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = value.as_u64().or_else(|| value.as_str()?.parse().ok()).or_else(|| {
        Duration::try_from_secs_f64(value.as_f64()?)
            .ok()
            .map(|life| life.as_secs())
    })?;
    Some(Duration::from_secs(seconds))
}

/// Encodes a text as `application/x-www-form-urlencoded` (RFC 6749, section 2.3.1 and appendix B).
fn form_text(text: &str) -> String {
    Escape::Component.text(text).replace("%20", "+")
}
