//! `Client`: what it is made of, and the methods that lead to the groups of operations.

use proc_macro2::TokenStream;
use quote::quote;

use super::{builder, security};
use crate::analyze::Slice;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::plan;

/// `Client` and its builder.
pub(crate) fn client(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let http = cx.paths.krate("http");
    let base_url = cx
        .api
        .servers
        .first()
        .map(|server| server.url.as_str())
        .unwrap_or_default();
    let uses = uses(cx);
    let title = Doc::default().text(&format!("Client of {}.", cx.api.title.trim()));
    let about = title
        .own("Cheap to clone; clones share connections and credentials.")
        .outer();
    let servers = base_url_docs(cx);
    let accessors = accessors(cx);
    let builder = builder::builder(cx);
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

            /// Returns a builder with the base URL [`Self::BASE_URL`].
            pub fn builder() -> ClientBuilder {
                ClientBuilder {
                    inner: #runtime::ClientBuilder::new(
                        concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
                        Self::BASE_URL,
                    )
                    #strict,
                }
            }

            /// Returns the base URL.
            #[must_use]
            pub fn base_url(&self) -> &str {
                self.inner.base_url()
            }

            /// Creates a request to an endpoint that is not in the API description, with the same credentials and limits.
            ///
            /// `path` begins with `/` and is percent-encoded; `with_query` adds query parameters. A success returns the
            /// undecoded response.
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
        return doc(
            "Empty, since the API description declares no servers: the builder needs an `origin` or a base URL.",
        );
    };
    let mut doc = Doc::default().own("Base URL of the API.").text(&first.description);
    if !first.url.contains("://") {
        doc = doc.own("It has no host: the builder needs an `origin` or a base URL.");
    }
    if plan::has_servers(cx.api) {
        doc = doc.own("[`Server`] lists all servers of the API description.");
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
        let docs = doc(&format!(
            "Returns the operations tagged `{}`.{feature}",
            printable(&group.tag)
        ));
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
