//! `ClientBuilder`: the setters that every client has, around those of its credentials and servers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{security, servers};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;

/// `ClientBuilder`.
pub(crate) fn builder(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let credentials = security::setters(cx);
    let servers = servers::setters(cx);
    let forwarders = forwarders(cx);
    quote! {
        /// Builder for [`Client`].
        #[derive(Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: #runtime::ClientBuilder,
        }

        impl ClientBuilder {
            #credentials
            #servers
            #forwarders

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// The base URL, a credential or a default header is invalid, or TLS cannot be set up.
            pub fn build(self) -> Result<Client, #runtime::BuildError> {
                let inner = self.inner.build()?;
                Ok(Client { inner })
            }
        }
    }
}

/// Settings that every client has.
fn forwarders(cx: &Cx<'_>) -> TokenStream {
    let (runtime, reqwest) = (cx.paths.runtime(), cx.paths.krate("reqwest"));
    let with_reqwest = cx.paths.when("reqwest");
    let settings = settings(&runtime).map(|(name, ty, docs)| forward(docs, &name, &ty));
    let http_client = forward(
        "Configures the reqwest client: certificates, proxies, HTTP versions. The function is called once per connection pool; \
         blocking calls have their own pool. Redirects, `Referer` and the connect timeout are always those of this builder; reqwest's \
         `timeout` and `read_timeout` would end streams, so leave them unset.",
        &quote!(http_client),
        &quote!(impl Fn(#reqwest::ClientBuilder) -> #reqwest::ClientBuilder + Send + Sync + 'static),
    );
    let blocking = cx.blocks().then(|| {
        let when = cx.paths.when("blocking");
        let setter = forward(
            "Sets the transport of blocking calls; `transport` sets that of async calls. A transport that keeps connections \
             should not be used for both.",
            &quote!(blocking_transport),
            &quote!(impl #runtime::Transport + 'static),
        );
        quote!(#when #setter)
    });
    quote! {
        #(#settings)*

        #with_reqwest
        #http_client

        #blocking

        /// Sends requests without the credentials of this client, even if an operation requires them, for example
        /// when a proxy or a transport adds credentials.
        pub fn without_credentials(mut self) -> Self {
            self.inner = self.inner.without_credentials();
            self
        }

        /// Adds a generated `Idempotency-Key` header to requests whose method is not idempotent, so that they are retried like
        /// the others. All attempts of a call send the same key. The server must support the header.
        pub fn generate_idempotency_keys(mut self) -> Self {
            self.inner = self.inner.generate_idempotency_keys();
            self
        }

        /// Adds a header to every request that does not set the header itself.
        pub fn default_header(mut self, name: impl AsRef<str>, value: impl Into<#runtime::FieldValue>) -> Self {
            self.inner = self.inner.default_header(name, value);
            self
        }
    }
}

/// The settings that are handed to the runtime as they are: name, type and what they are for.
fn settings(runtime: &TokenStream) -> [(TokenStream, TokenStream, &'static str); 11] {
    [
        (
            quote!(base_url),
            quote!(impl Into<String>),
            "Sets the base URL. Default: [`Client::BASE_URL`].",
        ),
        (
            quote!(connect_timeout),
            quote!(Duration),
            "Sets the timeout for establishing a connection. Default: 10 seconds.",
        ),
        (
            quote!(timeout),
            quote!(Duration),
            "Sets the timeout of a whole call, including retries and reading the body. Default: 60 seconds.",
        ),
        (
            quote!(idle_timeout),
            quote!(Duration),
            "Sets the maximum time between two chunks of a response body. Default: 30 seconds.",
        ),
        (
            quote!(max_body_bytes),
            quote!(usize),
            "Sets the maximum size of a response body in bytes. Default: 32 MiB. Decoded values take more memory.",
        ),
        (
            quote!(retries),
            quote!(#runtime::Retries),
            "Sets the retry policy. Default: three attempts.",
        ),
        (
            quote!(redirects),
            quote!(#runtime::Redirects),
            "Sets the redirect policy. Default: redirects to the same scheme, host and port are followed.",
        ),
        (
            quote!(user_agent),
            quote!(impl Into<String>),
            "Sets the `User-Agent` header.",
        ),
        (
            quote!(transport),
            quote!(impl #runtime::Transport + 'static),
            "Sets the transport that sends requests instead of reqwest, such as a tower service or an in-memory transport.",
        ),
        (
            quote!(middleware),
            quote!(impl #runtime::Middleware),
            "Adds middleware that runs once per call, outside retries and redirects.",
        ),
        (
            quote!(attempt_middleware),
            quote!(impl #runtime::Middleware),
            "Adds middleware that runs for every attempt, including retries and redirects.",
        ),
    ]
}

/// A method of the builder that hands its argument to the runtime.
fn forward(docs: &str, name: &TokenStream, ty: &TokenStream) -> TokenStream {
    let docs = doc(docs);
    quote! {
        #docs
        pub fn #name(mut self, #name: #ty) -> Self {
            self.inner = self.inner.#name(#name);
            self
        }
    }
}
