//! Services of tower as a transport.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::Instant;
use tower::Service;

use super::super::encode::Body;
use super::super::encode::body::BoxError;
use super::error::{Failure, TransportError};
use super::incoming::Incoming;
use super::traits::{Transport, TransportFuture};

/// [`Transport`] that sends requests with a [`tower::Service`] over the types of [`http`]. The service is cloned for
/// each request and polled for readiness, as tower requires.
///
/// Errors are classified by their chain of sources: a [`TransportError`] is returned as it is, `Elapsed` of tower or
/// tokio is a timeout, a refused connection or a connect error of the client of `hyper-util` means that nothing was sent,
/// and a rejected certificate is a TLS error. Anything else is a broken connection, or a connect error if the service does
/// not become ready.
///
/// Waiting for readiness, such as for a permit of `ConcurrencyLimit` or `RateLimit`, counts toward the timeout of the
/// call. A call whose timeout expires then was not sent ([`Error::attempts`](super::super::reply::Error::attempts)).
pub struct Tower<S>(Mutex<S>);

impl<S> Tower<S> {
    /// Wraps a service, including its layers.
    pub const fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

impl<S, B> Transport for Tower<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send,
    S::Error: Into<BoxError>,
    S::Future: Send,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, mut request: Request<Body>) -> TransportFuture<'_> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let deadline = request.extensions_mut().remove::<Deadline>();
            let ready = std::future::poll_fn(|cx| service.poll_ready(cx));
            let ready = match deadline {
                Some(Deadline(end)) => tokio::time::timeout_at(end, ready).await,
                None => Ok(ready.await),
            };
            let ready = ready.map_err(|_| Failure::NotReady)?;
            ready.map_err(|error| unready(error.into()))?;
            let response = service.call(request).await;
            let response = response.map_err(|error| TransportError::exchange(error.into()))?;
            Ok(response.map(Incoming::new))
        })
    }
}

/// Deadline of a call, in the extensions of its request.
#[derive(Clone, Copy)]
pub(crate) struct Deadline(pub(crate) Instant);

/// Converts the error of a service that is not ready, and has sent nothing.
fn unready(error: BoxError) -> TransportError {
    let error = TransportError::exchange(error);
    let kind = match error.kind {
        Failure::Timeout => Failure::ConnectTimeout,
        Failure::Broken => Failure::Connect,
        other => other,
    };
    TransportError { kind, ..error }
}

impl<S> fmt::Debug for Tower<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tower").finish_non_exhaustive()
    }
}
