//! One call from its request to its response: everything around the attempts, and reading the response.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use tokio::time::Instant;

use super::super::auth::authorize::Authorizer;
use super::super::encode::{Body, media_type};
use super::super::reply::origin::Origin;
use super::super::reply::response::{Reconnect, Reconnecting, Unread};
use super::super::reply::{Error, ErrorKind, OperationInfo, Reply};
use super::super::transport::limits::{Limits, MAX_ERROR_BODY, read, within};
use super::super::transport::{Incoming, Next, TransportError};
use super::attempts::{Attempts, Progress};
use super::settings::Settings;
use super::shared::Shared;

/// Request that is ready to be sent.
pub(crate) struct Call {
    pub(crate) shared: Arc<Shared>,
    pub(crate) info: &'static OperationInfo,
    pub(crate) origin: Origin,
    pub(crate) parts: http::request::Parts,
    pub(crate) body: Body,
    pub(crate) settings: Settings,
    /// Texts by which credentials in the request are recognized.
    pub(crate) secrets: Arc<[String]>,
    /// Credentials that are not in the request yet.
    pub(crate) authorizer: Option<Box<Authorizer>>,
}

impl Call {
    /// Returns a copy of the call; `None` if its body can be sent only once.
    pub(crate) fn replay(&self) -> Option<Box<Self>> {
        Some(Box::new(Self {
            shared: Arc::clone(&self.shared),
            info: self.info,
            origin: self.origin,
            secrets: Arc::clone(&self.secrets),
            parts: self.parts.clone(),
            body: self.body.replay()?,
            settings: self.settings.clone(),
            authorizer: self.authorizer.as_ref().and_then(|authorizer| authorizer.replay()),
        }))
    }

    /// Sends the request and reads the response.
    pub(crate) async fn run(mut self: Box<Self>) -> Result<Reply, Error> {
        let streams = if self.settings.raw { &[] } else { self.info.streams };
        let replay = if self.settings.streaming || !streams.is_empty() {
            self.replay()
        } else {
            None
        };
        let start = Instant::now();
        let (head, progress) = self.head(start).await;
        let origin = Origin {
            attempts: progress.attempts,
            retryable: progress.retryable,
            is_exhausted: progress.is_exhausted,
            ..self.origin
        };
        let response = head.map_err(|error| Error::exchange(origin, error, None))?;
        let reading = Reading {
            settings: &self.settings,
            strict: self.shared.strict,
            origin,
            secrets: self.secrets(),
        };
        let streaming = self.settings.streaming && response.status().is_success();
        let reply = if streaming || is_stream(streams, &response, reading.strict) {
            let (head, incoming) = response.into_parts();
            reading.reply(head, Bytes::new()).with_unread(Unread {
                incoming,
                idle: self.settings.idle_timeout,
                limit: self.settings.max_body_bytes,
                call: replay.map(|call| call as Box<dyn Reconnect>),
                #[cfg(feature = "blocking")]
                blocking: Some(Arc::clone(&self.shared.blocking)),
            })
        } else {
            let (head, mut incoming) = response.into_parts();
            let limits = reading.limits(head.status, start.checked_add(self.settings.timeout));
            let mut body = Bytes::new();
            let ended = read(&mut incoming, limits, &mut body).await;
            reading.whole(head, body, ended)?
        };
        Ok(reply.redirecting_to(progress.refused))
    }

    /// Sends the request through the middleware of calls, and returns the response headers.
    async fn head(&mut self, start: Instant) -> (Result<Response<Incoming>, TransportError>, Progress) {
        let shared = &*self.shared;
        let attempts = Attempts {
            shared,
            info: self.info,
            settings: &self.settings,
            start,
            authorizer: self.authorizer.as_deref(),
            progress: Mutex::new(Progress::default()),
        };
        #[cfg(feature = "tracing")]
        let span = super::trace::call(self.info, &self.parts.method);
        let head = if shared.middleware.is_empty() {
            // the attempts hold themselves to the timeout
            let head = attempts.run(&self.parts, &mut self.body);
            #[cfg(feature = "tracing")]
            let head = Box::pin(super::trace::within(span, head));
            head.await
        } else {
            let request = http::Request::from_parts(self.parts.clone(), std::mem::take(&mut self.body));
            let head = Next::new(&shared.middleware, &attempts).run(request);
            #[cfg(feature = "tracing")]
            let head = super::trace::within(span, head);
            Box::pin(within(self.settings.timeout, head))
                .await
                .and_then(|head| head)
        };
        let progress = attempts.progress.into_inner().unwrap_or_else(PoisonError::into_inner);
        (head, progress)
    }

    /// Returns the texts by which credentials are recognized in the response.
    fn secrets(&self) -> Arc<[String]> {
        match &self.authorizer {
            None => Arc::clone(&self.secrets),
            Some(authorizer) => self.secrets.iter().cloned().chain(authorizer.secrets()).collect(),
        }
    }
}

impl Reconnect for Call {
    fn reconnect(&self, last_event_id: &str) -> Option<Reconnecting> {
        let mut call = self.replay()?;
        call.parts.headers.extend(last_event(last_event_id));
        Some(Box::pin(async move { call.run().await.map_err(Error::into_failed) }))
    }
}

/// Returns the header that resumes an event stream.
fn last_event(id: &str) -> Option<(HeaderName, HeaderValue)> {
    let value = HeaderValue::from_bytes(id.as_bytes()).ok()?;
    (!value.is_empty()).then_some((HeaderName::from_static("last-event-id"), value))
}

/// Returns whether the body of a response is streamed.
fn is_stream(streams: &[(u16, u16, &str)], response: &Response<Incoming>, strict: bool) -> bool {
    let status = response.status();
    if streams.is_empty() {
        return false;
    }
    let found = media_type::of(response.headers());
    let fits = |declared: &str| {
        let bytes = |found: &str| !strict && media_type::are_bytes_both(declared, found);
        media_type::fits(declared, found.as_deref()) || found.as_deref().is_some_and(bytes)
    };
    status.is_success()
        && streams
            .iter()
            .any(|(first, last, declared)| (*first..=*last).contains(&status.as_u16()) && fits(declared))
}

/// Reading of a response.
struct Reading<'c> {
    settings: &'c Settings,
    strict: bool,
    origin: Origin,
    secrets: Arc<[String]>,
}

impl Reading<'_> {
    fn reply(&self, head: Parts, body: Bytes) -> Reply {
        let secrets = Arc::clone(&self.secrets);
        Reply::new(self.origin, head.status, head.headers, body, secrets).strictly(self.strict)
    }

    /// Returns the limits of the response body.
    fn limits(&self, status: StatusCode, end: Option<Instant>) -> Limits {
        let limit = self.settings.max_body_bytes;
        Limits {
            bytes: if self.is_whole(status) {
                limit
            } else {
                limit.min(MAX_ERROR_BODY)
            },
            idle: self.settings.idle_timeout,
            end,
        }
    }

    /// Returns whether the body is to be read to its end.
    fn is_whole(&self, status: StatusCode) -> bool {
        status.is_success() || self.settings.raw
    }

    /// Returns the response with the body that was read.
    fn whole(self, head: Parts, mut body: Bytes, ended: Result<bool, TransportError>) -> Result<Reply, Error> {
        let to_its_end = self.is_whole(head.status);
        if to_its_end && !matches!(ended, Ok(true)) {
            body.truncate(MAX_ERROR_BODY);
        }
        let reply = self.reply(head, body);
        let limit = self.settings.max_body_bytes;
        match ended {
            Err(error) => Err(Error::exchange(self.origin, error, Some(reply))),
            Ok(false) if to_its_end => Err(Error::new(self.origin, ErrorKind::BodyTooLarge { limit }, Some(reply))),
            Ok(_) => Ok(reply),
        }
    }
}
