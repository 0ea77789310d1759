//! A transport without a network, for the tests of those who use a client.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};

use super::super::encode::Body;
use super::error::TransportError;
use super::incoming::Incoming;
use super::traits::{Transport, TransportFuture};

/// Creates the response to a request.
type Answer = dyn Fn(&Request<Bytes>) -> Response<Bytes> + Send + Sync;

/// In-memory transport that answers requests with a closure and records them. Clones share both.
///
/// Retries, redirects, credentials and limits apply as they do over a network.
///
/// ```
/// use envoi_runtime::{ClientBuilder, InMemory};
///
/// # let rt = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
/// # rt.block_on(async {
/// let server = InMemory::new(|request| {
///     assert_eq!(request.uri().path(), "/pets");
///     http::Response::new("[]".into())
/// });
/// let client = ClientBuilder::new("pets/1", "https://api.example.com")
///     .transport(server.clone())
///     .build()
///     .unwrap();
/// let reply = client.request(http::Method::GET, "/pets").send().await.unwrap();
/// assert_eq!(reply.body(), "[]");
/// assert_eq!(server.requests().len(), 1);
/// # });
/// ```
#[derive(Clone)]
pub struct InMemory(Arc<Inner>);

struct Inner {
    answer: Box<Answer>,
    seen: Mutex<Vec<Request<Bytes>>>,
}

impl InMemory {
    /// Creates a transport that answers every request with the result of the closure. The request body is read into
    /// memory, including files and streams.
    pub fn new(answer: impl Fn(&Request<Bytes>) -> Response<Bytes> + Send + Sync + 'static) -> Self {
        Self(Arc::new(Inner {
            answer: Box::new(answer),
            seen: Mutex::default(),
        }))
    }

    /// Returns the requests sent so far, oldest first, credentials included.
    pub fn requests(&self) -> Vec<Request<Bytes>> {
        self.0.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for InMemory {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await.map_err(TransportError::broken)?;
            let request = Request::from_parts(parts, body);
            let response = (self.0.answer)(&request);
            let mut seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
            seen.push(request);
            Ok(response.map(Incoming::from))
        })
    }
}

/// Shows the number of requests only: they contain credentials.
impl fmt::Debug for InMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = self.0.seen.lock().unwrap_or_else(PoisonError::into_inner);
        f.debug_struct("InMemory")
            .field("requests", &seen.len())
            .finish_non_exhaustive()
    }
}
