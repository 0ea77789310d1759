//! Credentials that the API description does not declare.

use super::super::auth::{Credential, Scheme};
use super::builder::ClientBuilder;

/// Credentials for all requests, for APIs whose description declares no security schemes.
///
/// They are sent with every request whose operation has no credential of its own configured, to the origin of the base URL
/// and to [trusted](Self::trust_origin) ones, over https or to localhost only. All that are set are sent together. An
/// operation that requires a credential is satisfied by them.
impl ClientBuilder {
    /// Sets a bearer token that is sent with every request, in the `Authorization` header: a string,
    /// [`Credential::provider`] for tokens that change, or [`ClientCredentials`](super::super::auth::ClientCredentials) with
    /// a token URL.
    ///
    /// ```
    /// use envoi_runtime::{ClientBuilder, Credential};
    ///
    /// # let rt = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    /// # rt.block_on(async {
    /// # use envoi_runtime::InMemory;
    /// # let server = InMemory::new(|_| http::Response::default());
    /// let client = ClientBuilder::new("pets/1", "https://api.example.com")
    ///     .bearer_token("t0k3n")
    ///     .transport(server.clone())
    ///     .build()
    ///     .unwrap();
    /// client.request(http::Method::GET, "/pets").send().await.unwrap();
    /// assert_eq!(server.requests()[0].headers()["authorization"], "Bearer t0k3n");
    /// # });
    /// ```
    #[must_use]
    pub fn bearer_token(self, token: impl Into<Credential>) -> Self {
        self.for_all(Scheme::bearer("bearer token"), token.into())
    }

    /// Sets an API key that is sent with every request, in the header of this name: a string, or
    /// [`Credential::provider`] for keys that change.
    #[must_use]
    pub fn api_key_header(self, header: &'static str, key: impl Into<Credential>) -> Self {
        self.for_all(Scheme::api_key_header(header, header), key.into())
    }

    /// Sets an API key that is sent with every request, in the query parameter of this name: a string, or
    /// [`Credential::provider`] for keys that change.
    #[must_use]
    pub fn api_key_query(self, parameter: &'static str, key: impl Into<Credential>) -> Self {
        self.for_all(Scheme::api_key_query(parameter, parameter), key.into())
    }
}
