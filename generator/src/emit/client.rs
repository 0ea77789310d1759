//! What a client has once: its root module and `Client`.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::Cx;
use super::docs::{Doc, doc};
use super::markdown::printable;
use super::security;
use crate::analyze::Slice;
use crate::plan;

/// The modules of the client, and what is reached without naming them.
pub(super) fn root(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let title = format!("{} {}", cx.api.title.trim(), cx.api.version.trim());
    let docs = (!cx.paths.is_module()).then(|| {
        let doc = Doc::default()
            .text(&format!("Client of {}.", title.trim()))
            .text(&cx.api.description);
        let doc = doc.own("Begin with [`Client::builder`].");
        let doc = match cx.features {
            None => doc,
            Some(_) => doc.own(
                "Every tag has a cargo feature of its name, with the operations and the models they need; `Cargo.toml` \
                 lists them, and `full` is all of them.",
            ),
        };
        match (cx.api.webhooks.is_empty(), cx.feature(Slice::Webhooks)) {
            (true, _) => doc.inner(),
            (false, None) => doc.own("What the API sends by itself is in [`webhooks`].").inner(),
            (false, Some(name)) => {
                let text = format!("What the API sends by itself is in `webhooks`, with the feature `{name}`.");
                doc.own(&text).inner()
            }
        }
    });
    // the feature of the crate that includes a module is not known here
    let tower = cx
        .paths
        .when("tower")
        .map(|when| quote!(#when pub use #runtime::Tower;));
    let blocking = cx.blocks().then(|| {
        let when = cx.paths.when("blocking");
        quote!(#when pub use #runtime::BlockingReader;)
    });
    let (modules, exports) = (modules(cx), exports(cx));
    // callers find it in the same place wherever it is
    let lent = cx.paths.lends_runtime().then(|| quote!(pub use #runtime as runtime;));
    quote! {
        #docs
        #modules
        #lent
        pub use self::client::{Client, ClientBuilder};
        pub use self::request::Request;
        #exports
        #blocking

        /// What carries requests to the API, and what can be put around calls.
        pub mod transport {
            pub use #runtime::{Exchanging, InMemory, Incoming, Middleware, Next, Transport, TransportError};
            #tower
        }
    }
}

fn modules(cx: &Cx<'_>) -> TokenStream {
    let modules = [
        (true, true, "apis"),
        (true, false, "client"),
        (true, true, "models"),
        (!cx.names.shared_parameters().is_empty(), true, "parameters"),
        (true, false, "request"),
        (cx.paths.embeds_runtime(), true, "runtime"),
        (!cx.api.schemes.is_empty(), false, "security"),
        (plan::has_servers(cx.api), true, "servers"),
        (!cx.api.webhooks.is_empty(), true, "webhooks"),
        (cx.api.has_xml(), false, "xml"),
    ];
    let modules = modules.into_iter().filter(|(there, ..)| *there);
    let modules = modules.map(|(_, public, name)| {
        let when = match name {
            "webhooks" => cx.when(Slice::Webhooks),
            "xml" => cx.seldom_used(),
            _ => None,
        };
        let (public, name) = (public.then(|| quote!(pub)), token(name));
        quote!(#when #public mod #name;)
    });
    quote!(#(#modules)*)
}

/// What of the runtime is reached through the client itself.
fn exports(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let (parts, pages) = (super::body::has_multipart(cx.api), cx.has_pages());
    let schemes = !cx.api.schemes.is_empty();
    let mut responses = cx.api.operations.iter().flat_map(|operation| &operation.responses);
    let redirected = responses.any(|response| response.redirects);
    let names = [
        (true, "Body"),
        (true, "BuildError"),
        (true, "ByteStream"),
        (schemes, "ClientCredentials"),
        (schemes, "Credential"),
        (schemes, "CredentialError"),
        (true, "DecodeError"),
        (true, "Elements"),
        (true, "EncodeError"),
        (true, "Error"),
        (true, "ErrorKind"),
        (true, "Event"),
        (true, "Events"),
        (true, "Header"),
        (pages, "Items"),
        (parts, "Multipart"),
        (true, "Nullable"),
        (true, "Outcome"),
        (pages, "Pages"),
        (pages, "PagingError"),
        (parts, "Part"),
        (true, "Problem"),
        (redirected, "Redirected"),
        (true, "Redirects"),
        (true, "Reply"),
        (true, "Response"),
        (true, "Retries"),
        (true, "Secret"),
        (true, "Undeclared"),
        (schemes, "Unsigned"),
    ];
    let names = names.into_iter().filter(|(there, _)| *there);
    let scalars = cx.facts.scalars().map(|scalar| cx.scalar(scalar).name());
    let names: BTreeSet<&str> = names.map(|(_, name)| name).chain(scalars).collect();
    let names = names.into_iter().map(token);
    let server = plan::has_servers(cx.api).then(|| {
        quote!(
            pub use self::servers::Server;
        )
    });
    quote! {
        #server
        pub use #runtime::{#(#names),*};
    }
}

fn token(name: &str) -> Token {
    Token::new(name, Span::call_site())
}

/// `Client` and its builder.
pub(super) fn client(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let http = cx.paths.krate("http");
    let base_url = cx
        .api
        .servers
        .first()
        .map(|server| server.url.as_str())
        .unwrap_or_default();
    let uses = uses(cx);
    let title = Doc::default().text(&format!("A client of {}.", cx.api.title.trim()));
    let about = title
        .own("Cheap to clone; clones share connections and credentials.")
        .outer();
    let servers = base_url_docs(cx);
    let accessors = accessors(cx);
    let builder = super::builder::builder(cx);
    let strict = cx.strict.then(|| quote!(.strict()));
    quote! {
        use std::time::Duration;
        #uses

        #about
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(crate) inner: #runtime::Client,
        }

        impl Client {
            #servers
            pub const BASE_URL: &'static str = #base_url;

            /// Begins a client that calls [`Self::BASE_URL`] until told otherwise.
            pub fn builder() -> ClientBuilder {
                ClientBuilder {
                    inner: #runtime::ClientBuilder::new(
                        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                        Self::BASE_URL,
                    )
                    #strict,
                }
            }

            /// Where calls go.
            #[must_use]
            pub fn base_url(&self) -> &str {
                self.inner.base_url()
            }

            /// A call to an endpoint that the document does not describe, with the same credentials and limits.
            ///
            /// `path` begins with `/` and is encoded already; a query is added with `with_query`. A success brings the
            /// whole reply.
            pub fn request(&self, method: #http::Method, path: &str) -> Request<#runtime::Undocumented> {
                Request::undocumented(self.inner.request(method, path))
            }

            #accessors
        }

        #builder
    }
}

fn uses(cx: &Cx<'_>) -> TokenStream {
    let root = cx.paths.root(1);
    let apis = cx.api.groups.iter().enumerate().map(|(index, _)| {
        let names = cx.names.of_group(index);
        let (module, ty) = (&names.accessor, &names.ty);
        let when = cx.when(Slice::Group(index));
        quote!(#when use #root::apis::#module::#ty;)
    });
    let security = security::uses(cx);
    let servers = plan::has_servers(cx.api).then(|| quote!(use #root::servers::Server;));
    quote! {
        use #root::Request;
        #(#apis)*
        #security
        #servers
    }
}

fn base_url_docs(cx: &Cx<'_>) -> TokenStream {
    let Some(first) = cx.api.servers.first() else {
        return doc("The document names no server: the builder needs an `origin`, or a base URL.");
    };
    let mut doc = Doc::default().own("Where the API lives.").text(&first.description);
    if !first.url.contains("://") {
        doc = doc.own("It has no host: the builder needs an `origin`, or a base URL.");
    }
    if plan::has_servers(cx.api) {
        doc = doc.own("[`Server`] has every server that the document names.");
    }
    doc.outer()
}

fn accessors(cx: &Cx<'_>) -> TokenStream {
    let accessors = cx.api.groups.iter().enumerate().map(|(index, group)| {
        let names = cx.names.of_group(index);
        let (accessor, ty) = (&names.accessor, &names.ty);
        let when = cx.when(Slice::Group(index));
        let feature = cx.feature(Slice::Group(index));
        let feature = feature.map_or(String::new(), |name| format!(" Feature `{name}`."));
        let docs = doc(&format!("The operations tagged `{}`.{feature}", printable(&group.tag)));
        quote! {
            #docs
            #when
            #[must_use]
            pub fn #accessor(&self) -> #ty<'_> {
                #ty::new(self)
            }
        }
    });
    quote!(#(#accessors)*)
}
