//! Services of tower as a transport.

use std::fmt;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response};
use tower_service::Service;

use super::Body;
use super::body::BoxError;
use super::transport::{Exchanging, Incoming, Transport, TransportError};

/// A [`tower_service::Service`] over the types of [`http`] as a [`Transport`]. It is cloned for each request, as tower
/// has it, and asked whether it is ready.
///
/// What it fails with counts as a broken exchange, unless it is a [`TransportError`], which tells more.
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
    fn send(&self, request: Request<Body>) -> Exchanging<'_> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            let ready = std::future::poll_fn(|cx| service.poll_ready(cx)).await;
            ready.map_err(|error| TransportError::read(error.into()))?;
            let response = service.call(request).await;
            let response = response.map_err(|error| TransportError::read(error.into()))?;
            Ok(response.map(Incoming::new))
        })
    }
}

impl<S> fmt::Debug for Tower<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tower").finish_non_exhaustive()
    }
}
