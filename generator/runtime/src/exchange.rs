//! Sending of a request, as often as it takes, following of redirects, and reading of the reply under limits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, Method, StatusCode};
use reqwest::Url;

use super::error::{Origin, is_transient};
use super::{Client, Error, ErrorKind, Reply, Retries, method};

/// Redirects followed in one call.
const MAX_REDIRECTS: usize = 5;

/// Bytes kept of the body of a reply that is not a success.
const MAX_ERROR_BODY: usize = 64 * 1024;

/// A request ready for sending, and for sending again: its body is in memory.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) client: Client,
    pub(crate) origin: Origin,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) timeout: Duration,
    pub(crate) retries: Retries,
    pub(crate) secrets: Arc<[String]>,
}

/// A whole reply.
pub(crate) struct Exchange {
    pub(crate) origin: Origin,
    pub(crate) reply: Reply,
    /// The origin that a redirect leads to which was not followed.
    pub(crate) refused: Option<String>,
}

/// What a reply asks to do next.
enum Next {
    /// Take the reply.
    Finish,
    /// Send this method there.
    Follow(Method, Url),
    /// A redirect to this origin is not permitted.
    Refuse(String),
}

impl Call {
    /// Sends the request until the outcome is one to keep. Every attempt begins where the first did.
    pub(crate) async fn run(mut self) -> Result<Exchange, Error> {
        let start = Instant::now();
        loop {
            self.origin.attempts += 1;
            let outcome = self.clone().attempt(start).await;
            match self.wait(&outcome, start) {
                Some(wait) => tokio::time::sleep(wait).await,
                None => return outcome,
            }
        }
    }

    /// How long to wait before the call is sent again; `None` if the outcome stands.
    fn wait(&self, outcome: &Result<Exchange, Error>, start: Instant) -> Option<Duration> {
        let budget = &self.client.shared().budget;
        let (failed, asked) = match outcome {
            Ok(exchange) => (is_transient(exchange.reply.status()), exchange.reply.retry_after()),
            Err(error) => (error.is_passing(), error.retry_after()),
        };
        if !failed {
            if outcome.is_ok() {
                budget.refill();
            }
            return None;
        }
        let left = self.timeout.saturating_sub(start.elapsed());
        self.retries
            .wait(self.origin.attempts, asked)
            .filter(|wait| self.origin.idempotent && *wait < left && budget.take())
    }

    /// Sends the request once, and where redirects lead.
    ///
    /// The HTTP client follows no redirect itself: it would send credentials to other origins.
    async fn attempt(mut self, start: Instant) -> Result<Exchange, Error> {
        let mut followed = 0;
        loop {
            let response = self.send(start).await?;
            match self.next(response.status(), response.headers()) {
                Next::Finish => return self.finish(response, None).await,
                Next::Refuse(target) => return self.finish(response, Some(target)).await,
                Next::Follow(_, url) if followed == MAX_REDIRECTS => {
                    return self.finish(response, Some(origin_of(&url))).await;
                }
                Next::Follow(method, url) => self.turn(method, url),
            }
            followed += 1;
        }
    }

    async fn send(&self, start: Instant) -> Result<reqwest::Response, Error> {
        let mut request = reqwest::Request::new(self.method.clone(), self.url.clone());
        *request.headers_mut() = self.headers.clone();
        *request.body_mut() = self.body.clone().map(reqwest::Body::from);
        *request.timeout_mut() = Some(self.timeout.saturating_sub(start.elapsed()));
        let sent = self.client.shared().http.execute(request).await;
        sent.map_err(|error| Error::exchange(self.origin, error, None))
    }

    /// Decides about a redirect (RFC 9110, section 15.4). Where 301 and 302 answer a request that
    /// changes something, following could do it twice or not at all, so they are refused.
    fn next(&self, status: StatusCode, headers: &HeaderMap) -> Next {
        let safe = method::is_safe(&self.method);
        let method = match status.as_u16() {
            301 | 302 if !safe => None,
            303 if !matches!(self.method, Method::GET | Method::HEAD) => Some(Method::GET),
            301..=303 | 307 | 308 => Some(self.method.clone()),
            _ => return Next::Finish,
        };
        let location = headers.get(LOCATION).and_then(|value| value.to_str().ok());
        let Some(url) = location.and_then(|location| self.url.join(location).ok()) else {
            return Next::Finish;
        };
        // user information in a URL would be sent as a credential
        let permitted = url.origin() == self.url.origin() && url.username().is_empty() && url.password().is_none();
        match method {
            Some(method) if permitted => Next::Follow(method, url),
            _ => Next::Refuse(origin_of(&url)),
        }
    }

    /// Points the call at the target of a redirect.
    fn turn(&mut self, method: Method, url: Url) {
        if method != self.method {
            self.body = None;
            self.headers.remove(CONTENT_TYPE);
        }
        self.origin.redirected = true;
        self.method = method;
        self.url = url;
    }

    async fn finish(self, mut response: reqwest::Response, refused: Option<String>) -> Result<Exchange, Error> {
        let limit = self.client.shared().max_body_bytes;
        let status = response.status();
        let kept = if status.is_success() {
            limit
        } else {
            limit.min(MAX_ERROR_BODY)
        };
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        let ended = read(&mut response, kept, &mut body).await;
        if status.is_success() && !matches!(ended, Ok(true)) {
            body.truncate(MAX_ERROR_BODY);
        }
        let reply = Reply::new(status, headers, body.into(), self.secrets);
        match ended {
            Err(error) => Err(Error::exchange(self.origin, error, Some(reply))),
            Ok(false) if status.is_success() => {
                Err(Error::new(self.origin, ErrorKind::BodyTooLarge { limit }, Some(reply)))
            }
            Ok(_) => Ok(Exchange {
                origin: self.origin,
                reply,
                refused,
            }),
        }
    }
}

/// Reads at most `limit` decoded bytes; whether that was all.
async fn read(response: &mut reqwest::Response, limit: usize, body: &mut Vec<u8>) -> reqwest::Result<bool> {
    while let Some(chunk) = response.chunk().await? {
        let room = limit - body.len();
        body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
        if chunk.len() > room {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Scheme, host and port.
fn origin_of(url: &Url) -> String {
    url.origin().ascii_serialization()
}
