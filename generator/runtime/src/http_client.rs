//! The transport that clients have unless they are given another: reqwest.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Body as Sent, Client, ClientBuilder};
use url::{Position, Url};

use super::target::Base;
use super::transport::{Exchanging, Failure, Incoming, Transport, TransportError};
use super::{Body, BuildError};

/// The HTTP client of a client, from the settings of the caller.
///
/// # Errors
/// TLS cannot be set up.
pub(crate) fn build(
    settings: Option<ClientBuilder>,
    base: &Base,
    connect_timeout: Duration,
) -> Result<Arc<dyn Transport>, BuildError> {
    let mut settings = settings.unwrap_or_else(plain);
    if base.is_local() {
        // what is meant for this machine, credentials over plain http among it, leaves it through no proxy
        settings = settings.no_proxy();
    }
    let client = settings
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|error| BuildError::because("the HTTP client cannot be set up", error.without_url()))?;
    // the base URL was parsed before, so that it parses
    Ok(match Url::parse(base.as_str()) {
        Ok(base) => Arc::new(HttpClient { client, base }),
        Err(_) => Arc::new(client),
    })
}

/// An HTTP client most of whose requests have the origin of one URL, which is then not parsed again.
struct HttpClient {
    client: Client,
    base: Url,
}

impl HttpClient {
    fn url(&self, uri: &http::Uri) -> Option<Url> {
        let authority = &self.base[Position::BeforeHost..Position::BeforePath];
        if uri.scheme_str() != Some(self.base.scheme()) || uri.authority()?.as_str() != authority {
            return None;
        }
        let mut url = self.base.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Some(url)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: http::Request<Body>) -> Exchanging<'_> {
        let url = self.url(request.uri());
        Box::pin(send(&self.client, request, url))
    }
}

/// An HTTP client that sends what is documented here, whatever features of it other crates of a build turn on.
fn plain() -> ClientBuilder {
    Client::builder().no_gzip().no_brotli().no_zstd().no_deflate()
}

impl Transport for Client {
    fn send(&self, request: http::Request<Body>) -> Exchanging<'_> {
        Box::pin(send(self, request, None))
    }
}

/// Sends a request whose URL may be known already.
async fn send(
    client: &Client,
    request: http::Request<Body>,
    url: Option<Url>,
) -> Result<http::Response<Incoming>, TransportError> {
    let (parts, body) = request.into_parts();
    let url = match url {
        Some(url) => url,
        None => Url::parse(&parts.uri.to_string()).map_err(TransportError::broken)?,
    };
    let mut request = reqwest::Request::new(parts.method, url);
    (*request.headers_mut(), *request.version_mut()) = (parts.headers, parts.version);
    *request.body_mut() = match body.as_bytes() {
        Some(octets) => Some(Sent::from(octets.clone())),
        None if body.is_none() => None,
        None => Some(Sent::wrap(body)),
    };
    let response = client.execute(request).await.map_err(failed)?;
    Ok(http::Response::from(response).map(|body| Incoming::with_errors(body, |error| Box::new(failed(error)))))
}

fn failed(error: reqwest::Error) -> TransportError {
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => Failure::ConnectTimeout,
        (true, false) => Failure::Connect,
        (false, true) => Failure::Timeout,
        (false, false) => Failure::Broken,
    };
    TransportError::of(kind, error.without_url())
}
