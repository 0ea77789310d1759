//! What carries requests to servers: the seam below the client, and what can be put around it.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{Request, Response};
use http_body::{Frame, SizeHint};

use super::super::encode::body::BoxError;
use super::super::encode::{Body, EncodeError};
use super::credential_error::CredentialError;
use super::failure;

/// The head of a reply on its way, with its body behind it.
pub type Exchanging<'a> = Pin<Box<dyn Future<Output = Result<Response<Incoming>, TransportError>> + Send + 'a>>;

/// Carries one request to a server and brings its reply back. Retries, redirects, credentials and limits are above it;
/// a transport follows no redirect, stores no cookie and decompresses nothing.
///
/// ```
/// use envoi_runtime::{Body, Exchanging, Incoming, Transport};
///
/// struct Teapot;
///
/// impl Transport for Teapot {
///     fn send(&self, _request: http::Request<Body>) -> Exchanging<'_> {
///         let mut reply = http::Response::new(Incoming::from("short and stout"));
///         *reply.status_mut() = http::StatusCode::IM_A_TEAPOT;
///         Box::pin(async move { Ok(reply) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request. It ends when the head of the reply is there. Its URI is absolute.
    fn send(&self, request: Request<Body>) -> Exchanging<'_>;
}

/// Something around calls or attempts: it may change the request, answer by itself, look at the reply, or call
/// [`Next::run`] more than once.
///
/// A closure will do:
///
/// ```
/// use envoi_runtime::{Body, Exchanging, Middleware, Next};
///
/// fn tagged<'a>(mut request: http::Request<Body>, next: Next<'a>) -> Exchanging<'a> {
///     request.headers_mut().insert("x-tag", http::HeaderValue::from_static("blue"));
///     next.run(request)
/// }
///
/// fn is_middleware(_: impl Middleware) {}
/// is_middleware(tagged);
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request, by default practice with the help of `next`.
    fn handle<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> Exchanging<'a>;
}

impl<F> Middleware for F
where
    F: for<'a> Fn(Request<Body>, Next<'a>) -> Exchanging<'a> + Send + Sync + 'static,
{
    fn handle<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> Exchanging<'a> {
        self(request, next)
    }
}

/// What is below a [`Middleware`].
pub struct Next<'a> {
    layers: &'a [Arc<dyn Middleware>],
    end: &'a (dyn Transport + 'a),
}

impl<'a> Next<'a> {
    pub(crate) const fn new(layers: &'a [Arc<dyn Middleware>], end: &'a (dyn Transport + 'a)) -> Self {
        Self { layers, end }
    }

    /// Hands the request on.
    pub fn run(self, request: Request<Body>) -> Exchanging<'a> {
        match self.layers.split_first() {
            Some((first, layers)) => first.handle(request, Next { layers, ..self }),
            None => self.end.send(request),
        }
    }
}

impl fmt::Debug for Next<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Next")
            .field("layers", &self.layers.len())
            .finish_non_exhaustive()
    }
}

/// The body of a reply while it comes in.
pub struct Incoming(Pin<Box<dyn http_body::Body<Data = Bytes, Error = BoxError> + Send>>);

impl Incoming {
    /// Any body of HTTP.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::of(Converted(Box::pin(body)))
    }

    /// A body whose errors are of any kind.
    pub(crate) fn of(body: impl http_body::Body<Data = Bytes, Error = BoxError> + Send + 'static) -> Self {
        Self(Box::pin(body))
    }

    /// The next piece; trailers are passed over.
    pub(crate) async fn chunk(&mut self) -> Option<Result<Bytes, BoxError>> {
        std::future::poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            match ready!(self.0.as_mut().poll_frame(cx)).map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: Into<Bytes>> From<T> for Incoming {
    fn from(octets: T) -> Self {
        Self(Box::pin(Body::from(octets)))
    }
}

impl http_body::Body for Incoming {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0.as_mut().poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Incoming")
    }
}

/// A body whose errors are made into those of any kind.
struct Converted<B>(Pin<Box<B>>);

impl<B> http_body::Body for Converted<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.0
            .as_mut()
            .poll_frame(cx)
            .map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

/// Why a transport brought no reply, or not all of it. `Display` shows the kind, `source` what was below.
pub struct TransportError {
    pub(crate) kind: Failure,
    pub(crate) source: Option<BoxError>,
}

/// The kinds of [`TransportError`].
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// There was no connection, so that nothing was sent.
    Connect,
    /// There was none in time.
    ConnectTimeout,
    /// TLS could not be agreed on for this reason, so that nothing was sent.
    Tls(String),
    /// The transport was not ready in time, so that nothing was sent.
    #[cfg_attr(not(feature = "tower"), expect(dead_code, reason = "only services of tower wait"))]
    NotReady,
    /// It took too long.
    Timeout,
    /// The exchange broke.
    Broken,
    /// A connection that had been used before ended before any reply.
    #[cfg_attr(not(feature = "reqwest"), expect(dead_code, reason = "only the HTTP client tells"))]
    Closed,
    /// The body cannot be read, so that nothing was sent.
    Body(EncodeError),
    /// A credential could not be had, so that nothing was sent.
    Credential(CredentialError),
}

impl TransportError {
    /// No connection could be made, so that nothing was sent.
    pub fn connect(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Connect, source)
    }

    /// No connection could be made in time.
    pub fn connect_timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::ConnectTimeout, source)
    }

    /// The TLS handshake failed, so that nothing was sent. It is not retried. The source says why.
    pub fn tls(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let source = source.into();
        Self::of(Failure::Tls(source.to_string()), source)
    }

    /// It took too long.
    pub fn timeout(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Timeout, source)
    }

    /// The exchange broke.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::of(Failure::Broken, source)
    }

    /// What a body of a reply ended with.
    pub(crate) fn read(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(failure::of(&*error), error),
        }
    }

    /// What a service of another make ended with before there was a reply.
    #[cfg(feature = "tower")]
    pub(crate) fn exchange(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::of(failure::of_exchange(&*error), error),
        }
    }

    pub(crate) fn of(kind: Failure, source: impl Into<BoxError>) -> Self {
        let source = Some(source.into());
        Self { kind, source }
    }
}

impl From<Failure> for TransportError {
    fn from(kind: Failure) -> Self {
        Self { kind, source: None }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("kind", &self.kind)
            .field("source", &self.source)
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Failure::Connect | Failure::ConnectTimeout => f.write_str("no connection could be made"),
            Failure::Tls(reason) => write!(f, "the TLS handshake failed: {reason}"),
            Failure::NotReady => f.write_str("timed out before the transport was ready to send"),
            Failure::Timeout => f.write_str("timed out"),
            Failure::Broken | Failure::Closed => f.write_str("the exchange with the server failed"),
            Failure::Body(error) => write!(f, "{error}"),
            Failure::Credential(error) => write!(f, "{error}"),
        }
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|source| source.as_ref() as _)
    }
}
