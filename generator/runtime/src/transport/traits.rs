//! What carries requests to servers, and what can be put around it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{Request, Response};

use super::super::encode::Body;
use super::error::TransportError;
use super::incoming::Incoming;

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
