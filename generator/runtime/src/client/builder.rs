//! The settings of a client that is being built.

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
use super::super::encode::{EncodeError, header};
#[cfg(feature = "blocking")]
use super::super::transport::blocking::Blocking;
#[cfg(feature = "reqwest")]
use super::super::transport::http_client::{self, HttpSettings};
use super::super::transport::{BuildError, Middleware, Transport};
use super::handle::Client;

/// Settings of a client that is being built. `Debug` shows no credential and no header.
pub struct ClientBuilder {
    base_url: String,
    /// Whether the caller has set the base URL.
    explicit: bool,
    origin: Option<String>,
    trusted: Vec<String>,
    /// The first thing that was wrong with a setting.
    failure: Option<String>,
    user_agent: String,
    credentials: Vec<(&'static Scheme, Credential)>,
    headers: Vec<(String, String)>,
    connect_timeout: Duration,
    settings: Settings,
    strict: bool,
    idempotency_keys: bool,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "blocking")]
    blocking_transport: Option<Arc<dyn Transport>>,
    around_calls: Vec<Arc<dyn Middleware>>,
    around_attempts: Vec<Arc<dyn Middleware>>,
    #[cfg(feature = "reqwest")]
    http: Option<Arc<http_client::Configure>>,
}

impl ClientBuilder {
    /// Settings with the defaults each setter names. `base_url` is the server of the document; if it
    /// is empty or relative, [`base_url`](Self::base_url) must be called.
    pub fn new(user_agent: &'static str, base_url: &'static str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            explicit: false,
            origin: None,
            trusted: Vec::new(),
            failure: None,
            user_agent: user_agent.to_owned(),
            credentials: Vec::new(),
            headers: Vec::new(),
            connect_timeout: Duration::from_secs(10),
            settings: Settings::default(),
            strict: false,
            idempotency_keys: false,
            transport: None,
            #[cfg(feature = "blocking")]
            blocking_transport: None,
            around_calls: Vec::new(),
            around_attempts: Vec::new(),
            #[cfg(feature = "reqwest")]
            http: None,
        }
    }

    /// The URL that the paths of the document follow: absolute, http or https, without user name,
    /// query and fragment. Its path and port are kept. Every call goes there, also those of operations for which the
    /// document names a server of their own.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = url.into();
        self.explicit = true;
        self
    }

    /// A server of the document, as [`server_url`](super::super::encode::server_url) makes it, in place of the first one. Operations
    /// for which the document names a server of their own still go there.
    #[must_use]
    pub fn server(mut self, url: Result<String, EncodeError>) -> Self {
        match url {
            Ok(url) => self.base_url = url,
            Err(error) => self.fail(format!("the server is none: {error}")),
        }
        self.explicit = false;
        self
    }

    /// Scheme, host and port of an API whose document names a server without them.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Sends credentials to this origin, `https://upload.example.com`, as well as to that of the base URL. Operations
    /// for which the document names a server elsewhere get none unless it is trusted.
    #[must_use]
    pub fn trust_origin(mut self, origin: impl Into<String>) -> Self {
        self.trusted.push(origin.into());
        self
    }

    /// Takes no reply that is not what the document and the specifications say. Otherwise what many servers send is read
    /// as well: `null` for an empty array, dates and times without an offset, JSON under another content type.
    #[must_use]
    pub const fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// The credential for a scheme of the document; replaces an earlier one for the same scheme.
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

    /// Takes what the environment has for these schemes, each with its variable; what is not set changes nothing. Basic
    /// authentication is in two variables, whose names end in `_USER` and `_PASSWORD`. Client credentials are in
    /// `_CLIENT_ID` and `_CLIENT_SECRET`, unless there is a token in the variable itself.
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

    /// Sends requests without the credentials of this client, even if an operation requires them. Use it for anonymous calls, or
    /// if an authenticating proxy or a signing transport adds credentials.
    ///
    /// It is not needed if [`default_header`](Self::default_header) sets the header of a required credential, or with middleware:
    /// then requests are sent with the credentials that are configured, if any.
    #[must_use]
    pub const fn without_credentials(mut self) -> Self {
        self.settings.without_credentials = true;
        self
    }

    fn fail(&mut self, failure: String) {
        self.failure.get_or_insert(failure);
    }

    /// How long making a connection may take; 10 seconds unless set.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long a whole call may take: redirects, retries, the waits between them, and the reading of
    /// the body included; 60 seconds unless set.
    #[must_use]
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.settings.timeout = limit;
        self
    }

    /// How long the server may be silent inside a body; 30 seconds unless set. The wait for the head of a reply belongs to
    /// the time of the call.
    #[must_use]
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = limit;
        self
    }

    /// How many bytes the decoded body of a success may have; 32 MiB unless set.
    /// Of an error, at most 64 KiB are read in any case.
    ///
    /// Values take more memory than their JSON, a few times as much as a rule. A list of empty objects takes the most: each
    /// three bytes become a value of the model, so that one of 160 bytes takes 53 times the body, 1.7 GiB at this limit.
    #[must_use]
    pub fn max_body_bytes(mut self, limit: usize) -> Self {
        self.settings.max_body_bytes = limit;
        self
    }

    /// When calls are sent again; [`Retries::default`] unless set.
    #[must_use]
    pub fn retries(mut self, retries: Retries) -> Self {
        self.settings.retries = retries;
        self
    }

    /// Which redirects are followed; [`Redirects::SameOrigin`] unless set.
    #[must_use]
    pub const fn redirects(mut self, redirects: Redirects) -> Self {
        self.settings.redirects = redirects;
        self
    }

    /// Gives every call whose method is not idempotent an `Idempotency-Key`, unless it has one, so that it is sent again
    /// like the others. A call keeps its key through all its attempts. For servers that know the header.
    #[must_use]
    pub const fn generate_idempotency_keys(mut self) -> Self {
        self.idempotency_keys = true;
        self
    }

    /// The `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, text: impl Into<String>) -> Self {
        self.user_agent = text.into();
        self
    }

    /// A header of every request, unless the call sets it itself; it also replaces the `Accept` of the
    /// operations. What is wrong with it comes back from [`build`](Self::build).
    #[must_use]
    pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// What carries the requests, in place of an HTTP client of this builder's own. Then `connect_timeout` is for the
    /// transport to hold, and `http_client` means nothing.
    #[must_use]
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the transport of blocking calls (`send_blocking`, `next_blocking`). Default: the one of [`transport`](Self::transport),
    /// or a connection pool of its own if that is not set.
    ///
    /// A transport that keeps connections drives them on the async runtime that opened them, which may be the one that a blocking
    /// call has stopped. If calls of both kinds are mixed, use two transports that share neither connections nor permits.
    #[cfg(feature = "blocking")]
    #[must_use]
    pub fn blocking_transport(mut self, transport: impl Transport + 'static) -> Self {
        self.blocking_transport = Some(Arc::new(transport));
        self
    }

    /// Something around whole calls: outside of retries and redirects, and of what this builder put there later.
    #[must_use]
    pub fn around_calls(mut self, middleware: impl Middleware) -> Self {
        self.around_calls.push(Arc::new(middleware));
        self
    }

    /// Something around every sending of a request, retries and redirects among them: outside of what this builder
    /// put there later.
    #[must_use]
    pub fn around_attempts(mut self, middleware: impl Middleware) -> Self {
        self.around_attempts.push(Arc::new(middleware));
        self
    }

    /// Configures the HTTP client: certificates, proxies, addresses, HTTP versions.
    ///
    /// The function gets a [`reqwest::ClientBuilder`] that decompresses no body, and is called for every pool of connections:
    /// once for awaited calls, and once more for the first blocking call. Redirects, `Referer` and the time for connecting
    /// are set by this builder in any case. `timeout` and `read_timeout` of reqwest hold in addition to those of this
    /// builder: they also end downloads and event streams that are going on, so leave them unset.
    ///
    /// ```
    /// # #[cfg(feature = "reqwest")]
    /// let builder = envoi_runtime::ClientBuilder::new("pets/1", "https://api.example.com")
    ///     .http_client(|http| http.no_proxy().http2_prior_knowledge());
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
    /// The base URL is not usable, a credential or a header cannot be sent, or TLS cannot be set up.
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
        let attachments = attachment::all(&self.credentials, &places)?;
        let headers = default_headers(&self.user_agent, &self.headers)?;
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
            around_calls: self.around_calls,
            around_attempts: self.around_attempts,
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
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| scheme.name()).collect();
        // the base URL is not validated yet and may hold a password
        f.debug_struct("ClientBuilder")
            .field("user_agent", &self.user_agent)
            .field("credentials", &schemes)
            .field("connect_timeout", &self.connect_timeout)
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

/// The headers that every request of a client has.
///
/// # Errors
/// What is wrong with one of them.
fn default_headers(user_agent: &str, texts: &[(String, String)]) -> Result<HeaderMap, BuildError> {
    let mut all = HeaderMap::new();
    if !user_agent.is_empty() {
        let value = header::value(user_agent).map_err(|reason| BuildError::new(format!("the user agent {reason}")))?;
        all.insert(USER_AGENT, value);
    }
    for (name, value) in texts {
        let (name, value) =
            header::parse(name, value).map_err(|error| BuildError::new(format!("the default header {error}")))?;
        all.insert(name, value);
    }
    Ok(all)
}
