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

/// Why a call failed; `E` holds the errors the operation declares.
///
/// Status, headers, request id and body are kept wherever there was a reply. Neither `Display` nor
/// `Debug` shows the query of a URL, the value of a header that was sent, or a secret, be it one that the server has
/// sent back. Only [`kind`](Self::kind), [`api`](Self::api) and [`body`](Self::body) have that as it came.
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

    /// What kind of failure it was.
    pub const fn kind(&self) -> &ErrorKind<E> {
        &self.0.kind
    }

    /// The error the document declares for the status of the reply.
    pub const fn api(&self) -> Option<&E> {
        match &self.0.kind {
            ErrorKind::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The same, by value.
    ///
    /// # Errors
    /// Gives `self` back if it is of another kind.
    pub fn into_api(self) -> Result<E, Self> {
        let inner = *self.0;
        match inner.kind {
            ErrorKind::Api(error) => Ok(error),
            kind => Err(Self(Box::new(Failed { kind, ..inner }))),
        }
    }

    /// The operationId of the call.
    pub const fn operation(&self) -> &str {
        self.0.origin.operation
    }

    /// How often the request was sent, retries included; 0 if it could not be sent at all.
    pub const fn attempts(&self) -> u32 {
        self.0.origin.attempts
    }

    /// The reply, where there was one.
    pub const fn reply(&self) -> Option<&Reply> {
        self.0.reply.as_ref()
    }

    /// The status of the reply.
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(Reply::status)
    }

    /// The headers of the reply.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.reply().map(Reply::headers)
    }

    /// The body of the reply. It is cut at 64 KiB if its status is an error, or it was too large.
    pub fn body(&self) -> Option<&Bytes> {
        self.reply().map(Reply::body)
    }

    /// The identifier the server gave the request, see [`Reply::request_id`].
    pub fn request_id(&self) -> Option<&str> {
        self.reply()?.request_id()
    }

    /// Whether it took too long, connecting included.
    pub fn is_timeout(&self) -> bool {
        let kind = self.0.source.as_ref().map(|source| &source.kind);
        match &self.0.kind {
            ErrorKind::Timeout => true,
            ErrorKind::Credential(error) => error.is_timeout(),
            _ => matches!(kind, Some(Failure::ConnectTimeout)),
        }
    }

    /// Whether no connection could be made.
    pub const fn is_connect(&self) -> bool {
        matches!(self.0.kind, ErrorKind::Connect)
    }

    /// Whether the same call may succeed later and may be sent again: whether the client would have sent it again, by the
    /// rules of its [`Retries`](super::super::call::Retries), had it had attempts, time and retries left.
    ///
    /// It is not for calls that took too long, nor for replies that broke off: how much they have cost, and how much
    /// another attempt may cost, the caller can judge better.
    pub const fn is_retryable(&self) -> bool {
        self.0.origin.retryable
    }

    /// How long the server asks to wait (`Retry-After`, as seconds or as a date); not capped.
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply()?.retry_after()
    }
}

impl Error {
    /// A failure of the exchange, with what had come of the reply.
    pub(crate) fn exchange(origin: Origin, source: TransportError, reply: Option<Reply>) -> Self {
        let kind = match &source.kind {
            Failure::Connect | Failure::ConnectTimeout | Failure::Tls(_) => ErrorKind::Connect,
            Failure::Timeout | Failure::NotReady => ErrorKind::Timeout,
            Failure::Broken | Failure::Closed => ErrorKind::Transport,
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
        let Failed {
            origin,
            kind,
            reply,
            source,
        } = *self.0;
        let kind = match kind {
            ErrorKind::Api(never) => match never {},
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
            .field("kind", &self.shown_kind())
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
                    "no credential is configured; it takes {}",
                    Alternatives(alternatives)
                )
            }
            ErrorKind::InsecureCredential => f.write_str("credentials are sent over https, or to this machine, only"),
            ErrorKind::UntrustedOrigin { origin } => {
                write!(f, "the operation is at {origin}, which is not trusted with credentials")
            }
            ErrorKind::Credential(error) => write!(f, "{error}"),
            ErrorKind::Timeout | ErrorKind::Connect | ErrorKind::Transport => match &self.0.source {
                // it shows what kind of failure it was
                Some(source) => write!(f, "{source}"),
                None => f.write_str("the exchange with the server failed"),
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

impl<E: fmt::Debug> Error<E> {
    /// The kind, without what the server sends back of a credential.
    fn shown_kind(&self) -> impl fmt::Debug {
        fmt::from_fn(|f| match (&self.0.kind, &self.0.reply) {
            (ErrorKind::Api(error), Some(reply)) => {
                let content = reply.conceal(&format!("{error:?}"));
                write!(f, "Api({content})")
            }
            (kind, _) => fmt::Debug::fmt(kind, f),
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

/// The source is what caused it: a [`DecodeError`], an [`EncodeError`](super::super::EncodeError), a [`PagingError`](super::PagingError), or what the HTTP client says. The message of
/// the error has it already.
impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
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
