//! Credentials that callers configure.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::super::encode::body::BoxError;
use super::security::Secret;

/// Credential for a security [`Scheme`](super::security::Scheme). `Debug` shows nothing of it.
#[derive(Clone)]
pub struct Credential(pub(crate) CredentialKind);

#[derive(Clone)]
pub(crate) enum CredentialKind {
    Secret(Secret),
    Basic { user: String, password: Secret },
    ClientCredentials(ClientCredentials),
    Provider(Arc<Provider>),
    Signer(Arc<Signer>),
}

type Later<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Returns a token.
pub(crate) type Provider = dyn Fn() -> Later<Secret> + Send + Sync;

/// Returns the headers that sign a request.
pub(crate) type Signer = dyn Fn(Unsigned) -> Later<HeaderMap> + Send + Sync;

impl Credential {
    /// Creates a credential from an API key or a bearer token.
    pub fn secret(secret: impl Into<Secret>) -> Self {
        Self(CredentialKind::Secret(secret.into()))
    }

    /// Creates a credential for HTTP basic authentication from a user name and a password; either may be empty.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(CredentialKind::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// Creates a credential from an async function that returns an API key or a bearer token, for tokens that change.
    /// The function is called for every attempt, so it should cache the token. It is called once more when the server
    /// answers 401; then the request is retried with the new token.
    ///
    /// ```
    /// use envoi_runtime::Credential;
    ///
    /// async fn token_of_the_day() -> Result<String, std::io::Error> {
    ///     Ok("t0k3n".to_owned())
    /// }
    ///
    /// let credential = Credential::provider(token_of_the_day);
    /// ```
    pub fn provider<F, R, T, E>(provider: F) -> Self
    where
        F: Fn() -> R + Send + Sync + 'static,
        R: Future<Output = Result<T, E>> + Send + 'static,
        T: Into<Secret>,
        E: Into<BoxError>,
    {
        Self(CredentialKind::Provider(Arc::new(move || {
            let token = provider();
            Box::pin(async move { token.await.map(Into::into).map_err(Into::into) })
        })))
    }

    /// Creates a credential from an async function that receives a request and returns the headers that sign it. The
    /// function is called right before every sending of a request, including redirects and retries, and once more with
    /// the server's challenge when the server answers 401.
    ///
    /// ```
    /// use envoi_runtime::{Credential, Unsigned};
    /// use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
    ///
    /// let credential = Credential::signer(|request: Unsigned| async move {
    ///     let signature = format!("{} {}", request.method(), request.uri().path());
    ///     let signature = HeaderValue::try_from(signature)?;
    ///     Ok::<_, Box<dyn std::error::Error + Send + Sync>>(HeaderMap::from_iter([(AUTHORIZATION, signature)]))
    /// });
    /// ```
    pub fn signer<F, R, E>(signer: F) -> Self
    where
        F: Fn(Unsigned) -> R + Send + Sync + 'static,
        R: Future<Output = Result<HeaderMap, E>> + Send + 'static,
        E: Into<BoxError>,
    {
        Self(CredentialKind::Signer(Arc::new(move |request| {
            let headers = signer(request);
            Box::pin(async move { headers.await.map_err(Into::into) })
        })))
    }
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Self::secret(secret)
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        Self::secret(secret)
    }
}

impl From<Secret> for Credential {
    fn from(secret: Secret) -> Self {
        Self::secret(secret)
    }
}

impl From<ClientCredentials> for Credential {
    fn from(credentials: ClientCredentials) -> Self {
        Self(CredentialKind::ClientCredentials(credentials))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(***)")
    }
}

/// Credentials of the OAuth 2.0 client credentials flow (RFC 6749, section 4.4). Tokens are cached until shortly before
/// they expire, shared by all requests of a client, and refreshed once when the server answers 401. `Debug` shows the
/// scopes only.
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) token_url: Option<String>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) in_body: bool,
}

impl ClientCredentials {
    /// Creates credentials from a client identifier and a client secret.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            parameters: Vec::new(),
            in_body: false,
        }
    }

    /// Sets the scopes of the tokens. Default: none, so that the server decides.
    #[must_use]
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes = scopes.into_iter();
        let all = scopes.fold(String::new(), |mut all, scope| {
            all.push_str(if all.is_empty() { "" } else { " " });
            all.push_str(scope.as_ref());
            all
        });
        self.parameter("scope", all)
    }

    /// Adds a parameter to token requests, such as `audience`. Replaces an earlier one of the same name.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.parameters.retain(|(other, _)| *other != name);
        self.parameters.push((name, value.into()));
        self
    }

    /// Sets the token URL. Default: the one in the API description. A relative URL is resolved against the base URL.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends the client identifier and secret as `client_id` and `client_secret` in the body of token requests instead
    /// of HTTP basic authentication, for servers that support nothing else (RFC 6749, section 2.3.1).
    #[must_use]
    pub const fn in_body(mut self) -> Self {
        self.in_body = true;
        self
    }
}

impl fmt::Debug for ClientCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scopes = self.parameters.iter().find(|(name, _)| name == "scope");
        f.debug_struct("ClientCredentials")
            .field("scopes", &scopes.map_or("", |(_, scopes)| scopes))
            .finish_non_exhaustive()
    }
}

/// Request that is about to be sent, as a signer sees it. `Debug` shows the method only.
pub struct Unsigned {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) challenge: Option<HeaderValue>,
}

impl Unsigned {
    /// Returns the method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the absolute URL, encoded as it is sent.
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the headers, except `Host` and `Content-Length`, which follow from the URL and the body.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body if it is in memory, empty if there is none; `None` for files and streams.
    pub const fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// Returns the `WWW-Authenticate` header of the 401 that the server has just answered this request with.
    pub fn challenge(&self) -> Option<&str> {
        self.challenge.as_ref()?.to_str().ok()
    }
}

impl fmt::Debug for Unsigned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unsigned")
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
