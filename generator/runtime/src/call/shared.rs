//! What all calls of a client share.

use std::sync::Arc;

use http::HeaderMap;

use super::super::auth::attachment::Attachment;
use super::super::encode::server::Places;
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
use super::super::transport::{Middleware, Transport};
use super::budget::Budget;
use super::settings::Settings;

/// State shared by all calls of a client.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    /// Whether the caller has set the transport.
    #[cfg(feature = "tower")]
    pub(crate) has_own_transport: bool,
    pub(crate) middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) attempt_middleware: Vec<Arc<dyn Middleware>>,
    pub(crate) places: Places,
    /// Texts by which the credentials are recognized in responses.
    pub(crate) secrets: Arc<[String]>,
    pub(crate) attachments: Vec<Arc<Attachment>>,
    pub(crate) headers: HeaderMap,
    pub(crate) settings: Settings,
    pub(crate) strict: bool,
    /// Whether requests that are not idempotent get an idempotency key.
    pub(crate) idempotency_keys: bool,
    pub(crate) budget: Budget,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Arc<Blocking>,
}

impl Shared {
    /// Returns whether there is middleware of any kind.
    pub(crate) fn has_middleware(&self) -> bool {
        !self.middleware.is_empty() || !self.attempt_middleware.is_empty()
    }

    /// Returns the transport for requests of the current thread.
    pub(crate) fn transport(&self) -> &dyn Transport {
        #[cfg(feature = "blocking")]
        if let Some(own) = self.blocking.transport() {
            return own;
        }
        &*self.transport
    }

    /// Returns whether the current thread runs blocking calls.
    pub(crate) fn is_blocking(&self) -> bool {
        #[cfg(feature = "blocking")]
        let blocking = self.blocking.is_here();
        #[cfg(not(feature = "blocking"))]
        let blocking = false;
        blocking
    }
}
