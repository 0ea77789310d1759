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
        /// The settings of a [`Client`] in the making.
        #[derive(Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: #runtime::ClientBuilder,
        }

        impl ClientBuilder {
            #credentials
            #servers
            #forwarders

            /// Puts the client together.
            ///
            /// # Errors
            ///
            /// When the base URL or a default header is not one, or TLS cannot be set up.
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
        "Configures the HTTP client: certificates, proxies, HTTP versions. The function is called once per connection pool; \
         blocking calls have their own pool. Redirects and timeouts stay as set here.",
        &quote!(http_client),
        &quote!(impl Fn(#reqwest::ClientBuilder) -> #reqwest::ClientBuilder + Send + Sync + 'static),
    );
    let blocking = cx.blocks().then(|| {
        let when = cx.paths.when("blocking");
        let setter = forward(
            "Sets the transport of blocking calls; `transport` sets that of awaited calls. A transport that keeps connections \
             should not be used for both.",
            &quote!(blocking_transport),
            &quote!(impl #runtime::Transport + 'static),
        );
        quote!(#when #setter)
    });
    let without = (!cx.api.schemes.is_empty()).then(|| {
        quote! {
            /// Sends requests without the credentials of this client, even if an operation requires them. Use it for
            /// anonymous calls, or if a proxy or a transport adds credentials.
            pub fn without_credentials(mut self) -> Self {
                self.inner = self.inner.without_credentials();
                self
            }
        }
    });
    quote! {
        #(#settings)*

        #with_reqwest
        #http_client

        #blocking

        #without

        /// Gives every call whose method is not idempotent an `Idempotency-Key` that it keeps through all attempts, so that it
        /// is sent again like the others. The server must know the header.
        pub fn generate_idempotency_keys(mut self) -> Self {
            self.inner = self.inner.generate_idempotency_keys();
            self
        }

        /// A header that every call has, unless the call sets it itself.
        pub fn default_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
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
            "Sends calls to another place than [`Client::BASE_URL`].",
        ),
        (
            quote!(connect_timeout),
            quote!(Duration),
            "How long a connection may take to be made; 10 seconds by default.",
        ),
        (
            quote!(timeout),
            quote!(Duration),
            "How long a call may take, its body and retries included; 60 seconds by default.",
        ),
        (
            quote!(idle_timeout),
            quote!(Duration),
            "How long a server may be silent within a body; 30 seconds by default.",
        ),
        (
            quote!(max_body_bytes),
            quote!(usize),
            "Sets the maximum size of a response body in bytes. Default: 32 MiB. The decoded values take more memory than that.",
        ),
        (
            quote!(retries),
            quote!(#runtime::Retries),
            "When calls are sent again; three attempts by default.",
        ),
        (
            quote!(redirects),
            quote!(#runtime::Redirects),
            "Which redirects are followed; by default those that stay at the scheme, host and port of the request.",
        ),
        (
            quote!(user_agent),
            quote!(impl Into<String>),
            "What the client calls itself.",
        ),
        (
            quote!(transport),
            quote!(impl #runtime::Transport + 'static),
            "What carries the requests, in place of an HTTP client: a service of tower, or a server of a test.",
        ),
        (
            quote!(around_calls),
            quote!(impl #runtime::Middleware),
            "Something around whole calls, outside of retries and redirects.",
        ),
        (
            quote!(around_attempts),
            quote!(impl #runtime::Middleware),
            "Something around every sending of a request, retries and redirects among them.",
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
