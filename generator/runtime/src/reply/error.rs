//! Why a call failed.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::auth::Scheme;
use super::super::transport::TransportError;
use super::super::transport::error::Failure;
use super::decode::DecodeError;
use super::error_kind::ErrorKind;
use super::origin::Origin;
use super::response::{Failed, Reply};
use super::undeclared::Undeclared;

/// Error of a call. `E` is the type of the errors that the operation declares.
///
/// Status code, headers, request id and body are available if there was a response. Neither `Display` nor `Debug` shows
/// the query of a URL, the value of a request header, or a secret, even if the server has sent it back. Only
/// [`kind`](Self::kind), [`api`](Self::api) and [`body`](Self::body) return such data unchanged.
pub struct Error<E = Undeclared>(Box<Failed<E>>);

impl<E> Error<E> {
    pub(crate) fn new(origin: Origin, kind: ErrorKind<E>, reply: Option<Reply>) -> Self {
        Self(Box::new(Failed {
            origin,
            kind,
            reply,
            source: None,
        }))
    }

    /// Returns the kind of the error.
    pub const fn kind(&self) -> &ErrorKind<E> {
        &self.0.kind
    }

    /// Returns the error that the API description declares for the status code of the response.
    pub const fn api(&self) -> Option<&E> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// Converts into the declared error.
    ///
    /// # Errors
    /// Returns `self` if the error is of another kind.
    pub fn into_api(self) -> Result<E, Self> {
        let inner = *self.0;
        match inner.kind {
            ErrorKind::Api(error) => Ok(error),
            kind => Err(Self(Box::new(Failed { kind, ..inner }))),
        }
    }

    /// Returns the `operationId` of the operation.
    pub const fn operation(&self) -> &str {
        self.0.origin.operation
    }

    /// Returns the number of attempts, retries included; 0 if the request could not be sent.
    pub const fn attempts(&self) -> u32 {
        self.0.origin.attempts
    }

    /// Returns the response, if there was one.
    pub const fn reply(&self) -> Option<&Reply> {
        self.0.reply.as_ref()
    }

    /// Returns the status code of the response.
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(Reply::status)
    }

    /// Returns the headers of the response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(Reply::headers)
    }

    /// Returns the body of the response. It is truncated at 64 KiB for an error status, or if it was too large.
    pub fn body(&self) -> Option<&Bytes> {
        self.reply().map(Reply::body)
    }

    /// Returns the request id that the server assigned, see [`Reply::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.reply()?.request_id()
    }

    /// Returns whether a timeout expired, including the connect timeout.
    pub fn is_timeout(&self) -> bool {
        let kind = self.0.source.as_ref().map(|source| &source.kind);
        match &self.0.kind {
            ErrorKind::Timeout => true,
            ErrorKind::Credential(error) => error.is_timeout(),
            _ => matches!(kind, Some(Failure::ConnectTimeout)),
        }
    }

    /// Returns whether no connection could be made.
    pub const fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect)
    }

    /// Returns whether the request may be sent again and may succeed then: whether the client would have retried it by
    /// its [`Retries`](super::super::call::Retries) if attempts, time and retry budget had been left.
    ///
    /// Returns `false` for timeouts and for responses that broke off, since only the caller knows how much another
    /// attempt may cost.
    pub const fn is_retryable(&self) -> bool {
        self.0.origin.retryable
    }

    /// Returns the delay that the server or token endpoint asks for (`Retry-After`, in seconds or as a date), without an
    /// upper limit.
    pub fn retry_after(&self) -> Option<Duration> {
        match &self.0.kind {
            ErrorKind::Credential(error) => error.retry_after(),
            _ => self.reply()?.retry_after(),
        }
    }
}

impl<E> Error<E> {
    /// The same failure, with another type of declared errors.
    pub(crate) fn map<T>(self, declared: impl FnOnce(E) -> T) -> Error<T> {
        let Failed {
            origin,
            kind,
            reply,
            source,
        } = *self.0;
        let kind = match kind {
            ErrorKind::Api(error) => ErrorKind::Api(declared(error)),
            ErrorKind::UndocumentedStatus => ErrorKind::UndocumentedStatus,
            ErrorKind::Decode(error) => ErrorKind::Decode(error),
            ErrorKind::Encode(error) => ErrorKind::Encode(error),
            ErrorKind::MissingCredential { alternatives } => ErrorKind::MissingCredential { alternatives },
            ErrorKind::InsecureCredential => ErrorKind::InsecureCredential,
            ErrorKind::UntrustedOrigin { origin } => ErrorKind::UntrustedOrigin { origin },
            ErrorKind::Credential(error) => ErrorKind::Credential(error),
            ErrorKind::Timeout => ErrorKind::Timeout,
            ErrorKind::Connect => ErrorKind::Connect,
            ErrorKind::Transport => ErrorKind::Transport,
            ErrorKind::Redirect { target } => ErrorKind::Redirect { target },
            ErrorKind::BodyTooLarge { limit } => ErrorKind::BodyTooLarge { limit },
            ErrorKind::Paging(error) => ErrorKind::Paging(error),
        };
        Error(Box::new(Failed {
            origin,
            kind,
            reply,
            source,
        }))
    }
}

impl Error {
    /// A failure of the exchange, with what had come of the response.
    pub(crate) fn exchange(origin: Origin, source: TransportError, reply: Option<Reply>) -> Self {
        let kind = match &source.kind {
            Failure::Connect | Failure::ConnectTimeout | Failure::Tls(_) => ErrorKind::Connect,
            Failure::Timeout | Failure::NotReady => ErrorKind::Timeout,
            Failure::Broken | Failure::BrokenTls(_) | Failure::Closed => ErrorKind::Transport,
            Failure::Body(error) => ErrorKind::Encode(error.clone()),
            // it has its own source
            Failure::Credential(error) => return Self::new(origin, ErrorKind::Credential(error.clone()), reply),
        };
        let mut error = Self::new(origin, kind, reply);
        error.0.source = Some(source);
        error
    }

    /// What the error holds.
    pub(crate) fn into_failed(self) -> Box<Failed> {
        self.0
    }

    /// The same failure as that of an operation with declared errors.
    pub(crate) fn widen<E>(self) -> Error<E> {
        self.map(|never| match never {})
    }
}

/// The error of a response that the program decodes itself, as with [`Reply::json_lines`]: it names no operation and has no
/// response.
impl<E> From<DecodeError> for Error<E> {
    fn from(error: DecodeError) -> Self {
        Self::new(Origin::NONE, ErrorKind::Decode(error), None)
    }
}

impl From<Box<Failed>> for Error {
    fn from(failed: Box<Failed>) -> Self {
        Self(failed)
    }
}

impl<E: fmt::Debug> fmt::Debug for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("operation", &self.operation())
            .field("attempts", &self.attempts())
            .field("kind", &ShownKind(self))
            .field("reply", &self.0.reply)
            .field("source", &self.0.source)
            .finish()
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation())?;
        match &self.0.kind {
            ErrorKind::Api(_) => self.show_reply(f, ""),
            ErrorKind::UndocumentedStatus => self.show_reply(f, " (not documented)"),
            ErrorKind::Decode(error) => self.show_decode(f, error),
            ErrorKind::Encode(error) => write!(f, "{error}"),
            ErrorKind::MissingCredential { alternatives } => {
                write!(
                    f,
                    "no credential is configured; required: {}",
                    Alternatives(alternatives)
                )
            }
            ErrorKind::InsecureCredential => f.write_str("credentials are only sent over https or to localhost"),
            ErrorKind::UntrustedOrigin { origin } => {
                write!(f, "the operation is at {origin}, which is not trusted with credentials")
            }
            ErrorKind::Credential(error) => write!(f, "{error}"),
            ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Transport => match &self.0.source {
                // it shows what kind of failure it was
                Some(source) => write!(f, "{source}"),
                None => f.write_str("communication with the server failed"),
            },
            ErrorKind::Redirect { target } => write!(f, "a redirect to {target} was not followed"),
            ErrorKind::BodyTooLarge { limit } => {
                write!(f, "the response is longer than {limit} bytes")
            }
            ErrorKind::Paging(error) => write!(f, "{error}"),
        }?;
        match self.0.origin.is_exhausted {
            true => f.write_str(" (not retried: the retry budget of the client is empty)"),
            false => Ok(()),
        }
    }
}

/// The kind of an error, without what the server sends back of a credential.
struct ShownKind<'e, E>(&'e Error<E>);

impl<E: fmt::Debug> fmt::Debug for ShownKind<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(error) = self;
        match (&error.0.kind, &error.0.reply) {
            (ErrorKind::Api(error), Some(reply)) => {
                let content = reply.conceal(&format!("{error:?}"));
                write!(f, "Api({content})")
            }
            (kind, _) => fmt::Debug::fmt(kind, f),
        }
    }
}

impl<E: fmt::Debug> Error<E> {
    /// Whether a declared error shows nothing that is hidden.
    fn is_shown_unchanged(&self, error: &E) -> bool {
        self.reply().is_none_or(|reply| {
            let shown = format!("{error:?}");
            reply.conceal(&shown) == shown
        })
    }
}

impl<E> Error<E> {
    fn show_decode(&self, f: &mut fmt::Formatter<'_>, error: &DecodeError) -> fmt::Result {
        let telling = |status: &StatusCode| !status.is_success() || matches!(error, DecodeError::ContentType { .. });
        if let Some(status) = self.status().filter(telling) {
            write!(f, "{status}: ")?;
        }
        let joint = if error.path().is_some() { " " } else { ": " };
        write!(f, "the response could not be decoded{joint}{error}")
    }

    fn show_reply(&self, f: &mut fmt::Formatter<'_>, remark: &str) -> fmt::Result {
        let Some(reply) = self.reply() else {
            return Ok(());
        };
        write!(f, "{}{remark}", reply.status())?;
        match reply.summary() {
            summary if summary.is_empty() => Ok(()),
            summary => write!(f, ": {summary}"),
        }
    }
}

/// The source is the declared error unless the server has sent back a secret in it, a [`DecodeError`], an [`EncodeError`](super::super::EncodeError), a
/// [`PagingError`](super::PagingError), or the error of the HTTP client. The message of the error already includes it.
impl<E: std::error::Error + 'static> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Api(error) => self.is_shown_unchanged(error).then_some(error as _),
            ErrorKind::Decode(error) => Some(error),
            ErrorKind::Encode(error) if self.0.source.is_none() => Some(error),
            ErrorKind::Paging(error) => Some(error),
            ErrorKind::Credential(error) => std::error::Error::source(error),
            _ => std::error::Error::source(self.0.source.as_ref()?),
        }
    }
}

/// Schemes as "`a`, or `b` and `c`".
struct Alternatives(&'static [&'static [&'static Scheme]]);

impl fmt::Display for Alternatives {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, schemes) in self.0.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { ", or " })?;
            for (index, scheme) in schemes.iter().enumerate() {
                f.write_str(if index == 0 { "" } else { " and " })?;
                write!(f, "`{}`", scheme.name())?;
            }
        }
        Ok(())
    }
}
