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
use super::traits::{Exchanging, Transport};

/// A [`tower::Service`] over the types of [`http`] as a [`Transport`]. It is cloned for each request, as tower
/// has it, and asked whether it is ready.
///
/// What it fails with is told apart by what is in its chain of sources: a [`TransportError`] tells all, `Elapsed` of tower or
/// tokio is a timeout, a refused connection means that nothing was sent, and the refusal of a certificate that TLS failed. All
/// else is a broken exchange, or, where the service does not become ready, no connection.
///
/// Waiting until the service is ready, for a permit of `ConcurrencyLimit` or `RateLimit`, belongs to the time of the call; one
/// that ends then was not sent ([`Error::attempts`](super::super::reply::Error::attempts)).
pub struct Tower<S>(Mutex<S>);

impl<S> Tower<S> {
    /// Takes a service, with all the layers around it.
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
    fn send(&self, mut request: Request<Body>) -> Exchanging<'_> {
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

/// When a call must be over; in the extensions of its request.
#[derive(Clone, Copy)]
pub(crate) struct Deadline(pub(crate) Instant);

/// A service that is not ready has sent nothing.
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
