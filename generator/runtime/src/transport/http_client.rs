//! The transport that clients have unless they are given another: reqwest.

use std::cell::Cell;
use std::future::{Future, poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use reqwest::redirect::Policy;
use reqwest::{Body as Sent, Client, ClientBuilder};
use tower::{Layer, Service};
use url::{Position, Url};

use super::super::encode::Body;
use super::super::encode::body::BoxError;
use super::super::encode::target::Base;
use super::build_error::BuildError;
use super::error::{Failure, TransportError};
use super::failure;
use super::incoming::Incoming;
use super::traits::{Transport, TransportFuture};

/// Function that configures a reqwest client.
pub(crate) type Configure = dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync;

/// Settings of HTTP clients, each with its own connections.
#[derive(Clone)]
pub(crate) struct HttpSettings {
    configure: Option<Arc<Configure>>,
    base: String,
    is_local: bool,
    connect_timeout: Duration,
}

impl HttpSettings {
    pub(crate) fn new(configure: Option<Arc<Configure>>, base: &Base, connect_timeout: Duration) -> Self {
        Self {
            configure,
            base: base.as_str().to_owned(),
            is_local: base.is_local(),
            connect_timeout,
        }
    }

    /// Creates an HTTP client.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub(crate) fn build(&self) -> Result<Arc<dyn Transport>, BuildError> {
        let mut settings = plain();
        if let Some(configure) = &self.configure {
            settings = configure(settings);
        }
        if self.is_local {
            // what is meant for this machine, credentials over plain http among it, leaves it through no proxy
            settings = settings.no_proxy();
        }
        let client = settings
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(self.connect_timeout)
            .connector_layer(Noting)
            .build()
            .map_err(|error| BuildError::because("the HTTP client cannot be set up", error.without_url()))?;
        // the base URL was parsed before, so that it parses
        Ok(match Url::parse(&self.base) {
            Ok(base) => Arc::new(HttpClient { client, base }),
            Err(_) => Arc::new(client),
        })
    }
}

thread_local! {
    /// Whether a connection was started since this was last set to `false`. It is started by the request that needs it,
    /// so this tells whether a request reused one.
    static BEGUN: Cell<bool> = const { Cell::new(false) };
}

/// Layer that records when connections are started.
#[derive(Clone, Copy)]
struct Noting;

impl<S> Layer<S> for Noting {
    type Service = Noted<S>;

    fn layer(&self, connector: S) -> Noted<S> {
        Noted(Arc::new(Mutex::new(connector)))
    }
}

/// Connector that records when connections are started. reqwest copies its connector several times per request; the
/// inner one is copied once per connection.
struct Noted<S>(Arc<Mutex<S>>);

impl<S> Clone for Noted<S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<S, R> Service<R> for Noted<S>
where
    S: Service<R, Future: Send> + Clone + Send + 'static,
    R: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        // the copy that connects is waited for
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, destination: R) -> Self::Future {
        BEGUN.set(true);
        let mut connector = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(async move {
            poll_fn(|cx| connector.poll_ready(cx)).await?;
            connector.call(destination).await
        })
    }
}

/// HTTP client that caches the parsed URL of one origin, which most requests have.
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
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        let url = self.url(request.uri());
        send(&self.client, request, url, true)
    }
}

/// Returns a client with the documented behavior, whatever reqwest features other crates of a build enable.
fn plain() -> ClientBuilder {
    let plain = Client::builder().no_deflate();
    #[cfg(not(feature = "gzip"))]
    let plain = plain.no_gzip();
    #[cfg(not(feature = "brotli"))]
    let plain = plain.no_brotli();
    #[cfg(not(feature = "zstd"))]
    let plain = plain.no_zstd();
    plain
}

impl Transport for Client {
    fn send(&self, request: http::Request<Body>) -> TransportFuture<'_> {
        send(self, request, None, false)
    }
}

/// Sends a request whose URL may be parsed already. Its parts are passed on at once, so that the future is small.
fn send(client: &Client, request: http::Request<Body>, url: Option<Url>, notes: bool) -> TransportFuture<'static> {
    let (parts, body) = request.into_parts();
    let url = match url.map_or_else(|| Url::parse(&parts.uri.to_string()), Ok) {
        Ok(url) => url,
        Err(error) => return Box::pin(ready(Err(TransportError::broken(error)))),
    };
    let mut request = reqwest::Request::new(parts.method, url);
    (*request.headers_mut(), *request.version_mut()) = (parts.headers, parts.version);
    *request.body_mut() = match body.as_bytes() {
        Some(bytes) => Some(Sent::from(bytes.clone())),
        None if body.is_none() => None,
        None => Some(Sent::wrap(body)),
    };
    let secure = request.url().scheme() == "https";
    let exchange = client.execute(request);
    Box::pin(async move {
        let (mut exchange, mut begun) = (pin!(exchange), !notes);
        let outcome = poll_fn(|cx| {
            BEGUN.set(false);
            let polled = exchange.as_mut().poll(cx);
            begun |= BEGUN.get();
            polled
        });
        outcome.await.map(reply).map_err(|error| {
            let error = failed(error, secure);
            match (&error.kind, &error.source) {
                (Failure::Broken, Some(source)) if !begun && failure::is_closed(&**source) => TransportError {
                    kind: Failure::Closed,
                    ..error
                },
                _ => error,
            }
        })
    })
}

fn reply(mut came: reqwest::Response) -> http::Response<Incoming> {
    let (mut parts, ()) = http::Response::new(()).into_parts();
    (parts.status, parts.version) = (came.status(), came.version());
    parts.headers = std::mem::take(came.headers_mut());
    parts.extensions = std::mem::take(came.extensions_mut());
    http::Response::from_parts(parts, Incoming::of(Arriving(came)))
}

/// Body of a response. It is read through the whole response, which avoids reqwest's conversion.
struct Arriving(reqwest::Response);

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        // this future has no state of its own, so that nothing is lost with it
        let chunk = pin!(self.0.chunk()).poll(cx);
        chunk.map(|chunk| match chunk.transpose()? {
            Ok(bytes) => Some(Ok(Frame::data(bytes))),
            Err(error) => Some(Err(failed(error, false).into())),
        })
    }

    fn size_hint(&self) -> SizeHint {
        self.0
            .content_length()
            .map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// Whether a feature of this crate brings TLS; one of another crate in the build may.
const HAS_TLS: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// What hyper says of URLs with `https` when it has no TLS.
const NO_TLS: &str = "invalid URL, scheme is not http";

/// Returns the error of an exchange, or of the body of a response; `secure` if a connection with TLS had to be made.
fn failed(error: reqwest::Error, secure: bool) -> TransportError {
    if secure && !HAS_TLS && error.is_connect() && failure::chain(&error).any(|error| error.to_string() == NO_TLS) {
        return TransportError::tls("this client has no TLS; enable its cargo feature `rustls` or `native-tls`");
    }
    let kind = match (error.is_connect(), error.is_timeout()) {
        (true, true) => Failure::ConnectTimeout,
        (true, false) => failure::of_handshake(&error).unwrap_or(Failure::Connect),
        (false, true) => Failure::Timeout,
        // in a body, bad chunks and bad compression are invalid data as well
        (false, false) if error.is_body() || error.is_decode() => Failure::Broken,
        (false, false) => failure::of_made(&error),
    };
    TransportError::of(kind, error.without_url())
}
