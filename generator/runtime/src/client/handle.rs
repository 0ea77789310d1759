//! The client: a connection pool with the settings every call shares.

use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, Method};

use super::super::auth::attachment::{Attachment, Security};
use super::super::call::budget::Budget;
use super::super::call::settings::Settings;
use super::super::encode::EncodeError;
use super::super::encode::server::Places;
use super::super::reply::{Operation, OperationInfo, Undocumented};
use super::super::transport::{Middleware, Transport};
use super::request::{Path, Request};

/// A client of one API. Cheap to clone; clones share connections and settings.
/// `Debug` shows the base URL and the names of the configured schemes.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

/// What the clones of a client share.
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
    pub(crate) blocking: super::blocking::Blocking,
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

impl Client {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.0.places.base.as_str()
    }

    /// A request to an endpoint the document does not know. The path follows the base URL as it is,
    /// so it must be encoded already and begin with a slash; dot segments are refused. The credential
    /// that was configured first is sent along.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let path = Path::Literal(path.to_owned());
        Request::new(self.clone(), &Undocumented::INFO, method, path, Security::First)
    }

    /// A request of an operation of the document.
    pub fn operation(&self, info: &'static OperationInfo) -> Request {
        let security = Security::Declared(info.security);
        let path = Path::Template(Vec::new());
        match Method::from_bytes(info.method.as_bytes()) {
            Ok(method) => Request::new(self.clone(), info, method, path, security),
            Err(_) => {
                let mut request = Request::new(self.clone(), info, Method::GET, path, security);
                request.fail(EncodeError::new("method", "is not a token"));
                request
            }
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("credentials", &self.0.attachments)
            .finish_non_exhaustive()
    }
}
