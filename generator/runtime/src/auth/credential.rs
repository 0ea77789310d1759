//! What a caller configures for a security scheme.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::super::encode::body::BoxError;
use super::security::Secret;

/// What a caller configures for a [`Scheme`](super::security::Scheme). `Debug` shows nothing of it.
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

/// Yields a token.
pub(crate) type Provider = dyn Fn() -> Later<Secret> + Send + Sync;

/// Yields what is added to a request.
pub(crate) type Signer = dyn Fn(Unsigned) -> Later<HeaderMap> + Send + Sync;

impl Credential {
    /// An API key or a bearer token.
    pub fn secret(secret: impl Into<Secret>) -> Self {
        Self(CredentialKind::Secret(secret.into()))
    }

    /// A user name and a password for the basic scheme; either may be empty.
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self(CredentialKind::Basic {
            user: user.into(),
            password: password.into(),
        })
    }

    /// A function that yields an API key or a bearer token, for tokens that change. It is asked for every attempt, so
    /// that it should keep what it has; and once more when the server answers 401, after which the call is sent again.
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

    /// A function that looks at a request and yields the headers that sign it. It is asked whenever a request is about to
    /// be sent, after redirects and for retries too; and once more when the server answers 401, with its challenge.
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

/// What a client gets its own tokens with (RFC 6749, section 4.4). The tokens are kept until shortly before they expire,
/// shared by all calls of a client, and got anew once when the server answers 401. `Debug` shows the scopes alone.
#[derive(Clone)]
pub struct ClientCredentials {
    pub(crate) id: String,
    pub(crate) secret: Secret,
    pub(crate) token_url: Option<String>,
    pub(crate) parameters: Vec<(String, String)>,
    pub(crate) in_body: bool,
}

impl ClientCredentials {
    /// The identifier of a client and its secret.
    pub fn new(id: impl Into<String>, secret: impl Into<Secret>) -> Self {
        Self {
            id: id.into(),
            secret: secret.into(),
            token_url: None,
            parameters: Vec::new(),
            in_body: false,
        }
    }

    /// What tokens are asked for; what the server gives by itself unless set.
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

    /// A further parameter of token requests, such as `audience`. It replaces an earlier one of that name.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        let name = name.into();
        self.parameters.retain(|(other, _)| *other != name);
        self.parameters.push((name, value.into()));
        self
    }

    /// Where the tokens come from, in place of what the document says. It follows the base URL if it is not absolute.
    #[must_use]
    pub fn token_url(mut self, url: impl Into<String>) -> Self {
        self.token_url = Some(url.into());
        self
    }

    /// Sends identifier and secret as `client_id` and `client_secret` in the body of token requests, and not as HTTP
    /// basic authentication, for servers that know no better (RFC 6749, section 2.3.1).
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

/// A request that is about to be sent, as a signer sees it. `Debug` shows the method alone.
pub struct Unsigned {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
    pub(crate) challenge: Option<HeaderValue>,
}

impl Unsigned {
    /// The method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The absolute URL, encoded as it is sent.
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The headers but those that frame the message: `Host` and `Content-Length` follow from URL and body.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body if it is in memory, empty if there is none; `None` for files and streams.
    pub const fn body(&self) -> Option<&Bytes> {
        self.body.as_ref()
    }

    /// The `WWW-Authenticate` of the 401 with which the server answered this request just now.
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
