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

/// What all calls of a client share.
pub(crate) struct Shared {
    pub(crate) transport: Arc<dyn Transport>,
    /// Whether the caller has brought the transport.
    #[cfg(feature = "tower")]
    pub(crate) has_own_transport: bool,
    pub(crate) around_calls: Vec<Arc<dyn Middleware>>,
    pub(crate) around_attempts: Vec<Arc<dyn Middleware>>,
    pub(crate) places: Places,
    /// The texts by which the credentials can be recognised in what a server sends back.
    pub(crate) secrets: Arc<[String]>,
    pub(crate) attachments: Vec<Arc<Attachment>>,
    pub(crate) headers: HeaderMap,
    pub(crate) settings: Settings,
    pub(crate) strict: bool,
    /// Whether calls that are not idempotent get a key that makes them so.
    pub(crate) idempotency_keys: bool,
    pub(crate) budget: Budget,
    #[cfg(feature = "blocking")]
    pub(crate) blocking: Arc<Blocking>,
}

impl Shared {
    /// What carries a request that is sent from here.
    pub(crate) fn transport(&self) -> &dyn Transport {
        #[cfg(feature = "blocking")]
        if let Some(own) = self.blocking.transport() {
            return own;
        }
        &*self.transport
    }

    /// Whether a thread waits for what is sent from here.
    pub(crate) fn is_blocking(&self) -> bool {
        #[cfg(feature = "blocking")]
        let blocking = self.blocking.is_here();
        #[cfg(not(feature = "blocking"))]
        let blocking = false;
        blocking
    }
}
