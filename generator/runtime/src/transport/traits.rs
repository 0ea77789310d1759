//! What carries requests to servers, and what can be put around it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{Request, Response};

use super::super::encode::Body;
use super::error::TransportError;
use super::incoming::Incoming;

/// Future of a [`Transport`]: resolves to the response headers with a body that is still being received.
pub type TransportFuture<'a> = Pin<Box<dyn Future<Output = Result<Response<Incoming>, TransportError>> + Send + 'a>>;

/// Sends one request and returns its response. Retries, redirects, credentials and limits are handled by the client; a
/// transport must not follow redirects, store cookies or decompress bodies.
///
/// ```
/// use envoi_runtime::{Body, TransportFuture, Incoming, Transport};
///
/// struct Teapot;
///
/// impl Transport for Teapot {
///     fn send(&self, _request: http::Request<Body>) -> TransportFuture<'_> {
///         let mut response = http::Response::new(Incoming::from("short and stout"));
///         *response.status_mut() = http::StatusCode::IM_A_TEAPOT;
///         Box::pin(async move { Ok(response) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync {
    /// Sends the request, whose URI is absolute. Resolves when the response headers have arrived.
    fn send(&self, request: Request<Body>) -> TransportFuture<'_>;
}

/// Middleware that runs for calls or attempts. It can change the request, return its own response, inspect the
/// response, or call [`Next::run`] several times.
///
/// Functions and closures implement it; a closure is passed through [`middleware_fn`], so that the compiler infers its
/// lifetimes. The extensions of the request have the `OperationInfo` of its operation: id, method and path template.
///
/// ```
/// use envoi_runtime::{Body, TransportFuture, Middleware, Next};
///
/// fn tagged<'a>(mut request: http::Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
///     request.headers_mut().insert("x-tag", http::HeaderValue::from_static("blue"));
///     next.run(request)
/// }
///
/// fn is_middleware(_: impl Middleware) {}
/// is_middleware(tagged);
/// ```
pub trait Middleware: Send + Sync + 'static {
    /// Handles a request, usually by calling `next`.
    fn handle<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a>;
}

impl<F> Middleware for F
where
    F: for<'a> Fn(Request<Body>, Next<'a>) -> TransportFuture<'a> + Send + Sync + 'static,
{
    fn handle<'a>(&'a self, request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        self(request, next)
    }
}

/// Creates [`Middleware`] from a closure, which may capture state.
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicUsize, Ordering};
///
/// use envoi_runtime::{ClientBuilder, OperationInfo, middleware_fn};
///
/// let (calls, counter) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
/// let builder = ClientBuilder::new("pets/1", "https://api.example.com").middleware(middleware_fn(move |request, next| {
///     counter.fetch_add(1, Ordering::Relaxed);
///     let operation = request.extensions().get::<OperationInfo>().map_or("", |operation| operation.id);
///     Box::pin(async move {
///         let response = next.run(request).await?;
///         println!("{operation}: {}", response.status());
///         Ok(response)
///     })
/// }));
/// # assert_eq!(calls.load(Ordering::Relaxed), 0);
/// ```
pub fn middleware_fn<F>(middleware: F) -> F
where
    F: for<'a> Fn(Request<Body>, Next<'a>) -> TransportFuture<'a> + Send + Sync + 'static,
{
    middleware
}

/// Rest of the middleware chain below a [`Middleware`].
pub struct Next<'a> {
    layers: &'a [Arc<dyn Middleware>],
    end: &'a (dyn Transport + 'a),
}

impl<'a> Next<'a> {
    pub(crate) const fn new(layers: &'a [Arc<dyn Middleware>], end: &'a (dyn Transport + 'a)) -> Self {
        Self { layers, end }
    }

    /// Passes the request on.
    pub fn run(self, request: Request<Body>) -> TransportFuture<'a> {
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
