//! The client: a connection pool with the settings every call shares.

use std::fmt;
use std::sync::Arc;

use http::Method;

use super::super::auth::choose::Security;
use super::super::call::shared::Shared;
use super::super::encode::EncodeError;
use super::super::reply::{Operation, OperationInfo, Undocumented};
use super::request::{Path, Request};

/// Client of one API. Cheap to clone; clones share connections and settings. `Debug` shows the base URL and the names
/// of the configured security schemes.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

impl Client {
    pub(super) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// Returns the base URL, without a trailing slash.
    pub fn base_url(&self) -> &str {
        self.0.places.base.as_str()
    }

    /// Creates a request to an endpoint that is not in the API description. The path is appended to the base URL as is,
    /// so it must be percent-encoded and begin with a slash; dot segments are rejected. The credential that was
    /// configured first is sent along.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let path = Path::Literal(path.to_owned());
        Request::new(Arc::clone(&self.0), &Undocumented::INFO, method, path, Security::First)
    }

    /// Creates a request for an operation of the API description.
    pub fn operation(&self, info: &'static OperationInfo) -> Request {
        let security = Security::Declared(info.security);
        let path = Path::Template(Vec::new());
        match Method::from_bytes(info.method.as_bytes()) {
            Ok(method) => Request::new(Arc::clone(&self.0), info, method, path, security),
            Err(_) => {
                let mut request = Request::new(Arc::clone(&self.0), info, Method::GET, path, security);
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
