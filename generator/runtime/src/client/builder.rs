//! Builder for [`Client`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderMap;
use http::header::USER_AGENT;

use super::super::auth::{Credential, Scheme, attachment, environment};
use super::super::call::budget::Budget;
use super::super::call::settings::Settings;
use super::super::call::shared::Shared;
use super::super::call::{Redirects, Retries};
use super::super::encode::server::{self, Places};
use super::super::encode::{EncodeError, FieldValue, header};
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
#[cfg(feature = "reqwest")]
use super::super::transport::http_client::{self, HttpSettings};
use super::super::transport::{BuildError, Middleware, Transport};
use super::handle::Client;

/// Builder for [`Client`]. `Debug` shows neither credentials nor headers.
pub struct ClientBuilder {
    base_url: String,
    /// Whether the caller has set the base URL.
    explicit: bool,
    origin: Option<String>,
    trusted: Vec<String>,
    /// First error of a setting.
    failure: Option<String>,
    user_agent: String,
    credentials: Vec<(&'static Scheme, Credential)>,
    /// Credentials for all requests.
    general: Vec<(Scheme, Credential)>,
    headers: Vec<(String, FieldValue)>,
    connect_timeout: Duration,
    settings: Settings,
    strict: bool,
    idempotency_keys: bool,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Arc<dyn Transport>>,
    middleware: Vec<Arc<dyn Middleware>>,
    attempt_middleware: Vec<Arc<dyn Middleware>>,
    #[cfg(feature = "reqwest")]
    http: Option<Arc<http_client::Configure>>,
}

impl ClientBuilder {
    /// Creates a builder with default settings. `base_url` is the server in the API description; if it is empty or
    /// relative, [`base_url`](Self::base_url) must be called.
    pub fn new(user_agent: &'static str, base_url: &'static str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            explicit: false,
            origin: None,
            trusted: Vec::new(),
            failure: None,
            user_agent: user_agent.to_owned(),
            credentials: Vec::new(),
            general: Vec::new(),
            headers: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            strict: false,
            idempotency_keys: false,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking_transport: None,
            middleware: Vec::new(),
            attempt_middleware: Vec::new(),
            #[cfg(feature = "reqwest")]
            http: None,
        }
    }

    /// Sets the base URL that the paths of all operations are appended to: an absolute http or https URL without user
    /// name, query and fragment. Its path and port are kept. It also applies to operations that have a server of their
    /// own in the API description.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self.explicit = true;
        self
    }

    /// Selects a server of the API description, as returned by [`server_url`](super::super::encode::server_url).
    /// Default: the first one. Operations that have a server of their own in the API description still use that.
    #[must_use]
    pub fn server(mut self, url: Result<String, EncodeError>) -> Self {
        match url {
            Ok(url) => self.base_url = url,
            Err(error) => self.fail(format!("invalid server: {error}")),
        }
        self.explicit = false;
        self
    }

    /// Sets the scheme, host and port, for an API description whose servers are relative URLs.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Allows credentials to be sent to an origin other than that of the base URL, such as
    /// `https://upload.example.com`. Operations on servers of other origins are sent without credentials otherwise.
    #[must_use]
    pub fn trust_origin(mut self, origin: impl Into<String>) -> Self {
        self.trusted.push(origin.into());
        self
    }

    /// Rejects responses that deviate from the API description or the specifications. By default, common deviations are
    /// accepted: `null` for an empty array, dates and times without an offset, JSON under another content type.
    #[must_use]
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Sets the credential for a security scheme. Replaces an earlier one for the same scheme.
    #[must_use]
    pub fn credential(mut self, scheme: &'static Scheme, credential: impl Into<Credential>) -> Self {
        self.set(scheme, credential.into());
        self
    }

    fn set(&mut self, scheme: &'static Scheme, credential: Credential) {
        let mut known = self.credentials.iter_mut();
        match known.find(|(known, _)| known.name() == scheme.name()) {
            Some(known) => *known = (scheme, credential),
            None => self.credentials.push((scheme, credential)),
        }
    }

    /// Sets a credential for all requests. Replaces an earlier one in the same place.
    pub(super) fn for_all(mut self, scheme: Scheme, credential: Credential) -> Self {
        self.general.retain(|(other, _)| *other != scheme);
        self.general.push((scheme, credential));
        self
    }

    /// Reads credentials from environment variables, one per security scheme. Unset variables are ignored. Basic
    /// authentication reads two variables whose names end in `_USER` and `_PASSWORD`. Client credentials are read from
    /// `_CLIENT_ID` and `_CLIENT_SECRET`, unless the variable itself contains a token.
    #[must_use]
    pub fn credentials_from_env(mut self, variables: &[(&'static Scheme, &str)]) -> Self {
        for (scheme, variable) in variables {
            match environment::credential(scheme, variable) {
                Ok(Some(credential)) => self.set(scheme, credential),
                Ok(None) => {}
                Err(failure) => self.fail(failure),
            }
        }
        self
    }

    /// Sends requests without the credentials of this client, even if an operation requires them. Use it for anonymous
    /// calls, or if an authenticating proxy or a signing transport adds credentials.
    ///
    /// It is not needed if [`default_header`](Self::default_header) sets the header of a required credential, or with
    /// middleware: then requests are sent with the credentials that are configured, if any.
    #[must_use]
    pub const fn without_credentials(mut self) -> Self {
        self.settings.without_credentials = true;
        self
    }

    fn fail(&mut self, failure: String) {
        self.failure.get_or_insert(failure);
    }

    /// Sets the timeout for establishing a connection. Default: 10 seconds.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// Sets the timeout of a whole call, including redirects, retries, delays between them, and reading the body.
    /// Default: 60 seconds.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = limit;
        self
    }

    /// Sets the maximum time between two chunks of a response body. Default: 30 seconds. Waiting for the response
    /// headers counts toward [`timeout`](Self::timeout) instead.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = limit;
        self
    }

    /// Sets the maximum size of a decoded response body in bytes. Default: 32 MiB. At most 64 KiB of an error body are
    /// read in any case.
    ///
    /// Deserialized values take more memory than their JSON, usually a few times as much. The worst case is an array of
    /// empty objects: three bytes of JSON become one value, so that with values of 160 bytes the array takes 53 times
    /// the size of the body, 1.7 GiB at the default limit.
    #[must_use]
    pub fn max_body_bytes(mut self, limit: usize) -> Self {
        self.settings.max_body_bytes = limit;
        self
    }

    /// Sets the retry policy. Default: [`Retries::default`].
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Sets the redirect policy. Default: [`Redirects::SameOrigin`].
    #[must_use]
    pub const fn redirects(mut self, redirects: Redirects) -> Self {
        self.settings.redirects = redirects;
        self
    }

    /// Adds a generated `Idempotency-Key` header to requests whose method is not idempotent, unless they have one, so
    /// that they are retried like the others. All attempts of a call send the same key. For servers that support the
    /// header.
    #[must_use]
    pub const fn generate_idempotency_keys(mut self) -> Self {
        self.idempotency_keys = true;
        self
    }

    /// Sets the `User-Agent` header.
    #[must_use]
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = text.into();
        self
    }

    /// Adds a header to every request that does not set the header itself; it also replaces the `Accept` header of the
    /// operations. [`build`](Self::build) returns an error if it is invalid.
    #[must_use]
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl Into<FieldValue>) -> Self {
        self.headers.push((name.as_ref().to_owned(), value.into()));
        self
    }

    /// Sets the transport that sends requests instead of reqwest. `connect_timeout` and `http_client` have no effect on
    /// it.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the transport for blocking calls (`send_blocking`, `next_blocking`). Default: the one set with
    /// [`transport`](Self::transport), otherwise a separate connection pool.
    ///
    /// A transport that keeps connections drives them on the async runtime that opened them, which may be the one that a
    /// blocking call has stopped. If calls of both kinds are mixed, use two transports that share neither connections nor
    /// permits.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.blocking_transport = Some(Arc::new(transport));
        self
    }

    /// Adds middleware that runs once per call, outside retries and redirects. Middleware that was added first is
    /// outermost.
    #[must_use]
    pub fn middleware(mut self, middleware: impl Middleware) -> Self {
        self.middleware.push(Arc::new(middleware));
        self
    }

    /// Adds middleware that runs for every attempt, including retries and redirects. Middleware that was added first is
    /// outermost.
    #[must_use]
    pub fn attempt_middleware(mut self, middleware: impl Middleware) -> Self {
        self.attempt_middleware.push(Arc::new(middleware));
        self
    }

    /// Configures the reqwest client: certificates, proxies, addresses, HTTP versions.
    ///
    /// The function receives a [`reqwest::ClientBuilder`] that decompresses nothing without the features for it (`gzip`,
    /// `brotli`, `zstd`). It is called once per connection pool: for async calls, and again for the first blocking call.
    /// Redirects, `Referer` and the connect timeout are always set by this builder. `timeout` and `read_timeout` of reqwest
    /// apply in addition to those of this builder and also end running downloads and event streams, so leave them unset.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")]
    /// let builder = envoi_runtime::ClientBuilder::new("pets/1", "https://api.example.com")
    ///     .http_client(|http| http.no_proxy().https_only(true));
    /// ```
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn http_client(
        mut self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder + Send + Sync + 'static,
    ) -> Self {
        self.http = Some(Arc::new(configure));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// The base URL is invalid, a credential or header cannot be sent, or TLS cannot be set up.
    pub fn build(self) -> Result<Client, BuildError> {
        if let Some(failure) = self.failure {
            return Err(BuildError::new(failure));
        }
        let trusted = self.trusted.iter().map(|origin| server::parse_origin(origin));
        let trusted = trusted.map(|origin| origin.map(|origin| origin.origin().to_owned()));
        let places = Places {
            base: server::base(&self.base_url, self.origin.as_deref()).map_err(BuildError::new)?,
            explicit: self.explicit,
            trusted: trusted.collect::<Result<_, _>>().map_err(BuildError::new)?,
        };
        let attachments = attachment::all(&self.credentials, &self.general, &places)?;
        let headers = default_headers(&self.user_agent, self.headers)?;
        #[cfg(feature = "reqwest")]
        let http = HttpSettings::new(self.http, &places.base, self.connect_timeout);
        #[cfg(feature = "blocking")]
        let blocking = match (self.blocking_transport, &self.transport) {
            (Some(transport), _) => Blocking::new(move || Ok(Arc::clone(&transport))),
            #[cfg(feature = "reqwest")]
            (None, None) => {
                let http = http.clone();
                Blocking::new(move || http.build())
            }
            _ => Blocking::default(),
        };
        #[cfg(feature = "tower")]
        let has_own_transport = self.transport.is_some();
        let transport = match self.transport {
            Some(transport) => transport,
            #[cfg(feature = "reqwest")]
            None => http.build()?,
            #[cfg(not(feature = "reqwest"))]
            None => return Err(BuildError::new("there is no transport; set one with `transport`")),
        };
        Ok(Client::new(Shared {
            transport,
            #[cfg(feature = "tower")]
            has_own_transport,
            middleware: self.middleware,
            attempt_middleware: self.attempt_middleware,
            places,
            secrets: attachment::known_secrets(&attachments),
            attachments,
            headers,
            settings: self.settings,
            strict: self.strict,
            idempotency_keys: self.idempotency_keys,
            budget: Budget::new(),
            #[cfg(feature = "blocking")]
            blocking: Arc::new(blocking),
        }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes = self.credentials.iter().map(|(scheme, _)| *scheme);
        let schemes = schemes.chain(self.general.iter().map(|(scheme, _)| scheme));
        let schemes: Vec<&str> = schemes.map(Scheme::name).collect();
        // the base URL is not validated yet and may hold a password
        f.debug_struct("ClientBuilder")
            .field("user_agent", &self.user_agent)
            .field("credentials", &schemes)
            .field("connect_timeout", &self.connect_timeout)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// Returns the headers of every request of a client.
///
/// # Errors
/// A header is invalid.
fn default_headers(user_agent: &str, own: Vec<(String, FieldValue)>) -> Result<HeaderMap, BuildError> {
    let mut all = HeaderMap::new();
    if !user_agent.is_empty() {
        let value = header::value(user_agent).map_err(|reason| BuildError::new(format!("the user agent {reason}")))?;
        all.insert(USER_AGENT, value);
    }
    for (name, value) in own {
        let (name, value) =
            header::parse(&name, value).map_err(|error| BuildError::new(format!("the default header {error}")))?;
        all.insert(name, value);
    }
    Ok(all)
}
