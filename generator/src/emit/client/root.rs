//! The root module of a client: its modules, and what is reached without naming them.

use std::collections::BTreeSet;

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use crate::analyze::Slice;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::operations::body;
use crate::plan;

/// The modules of the client, and what is reached without naming them.
pub(crate) fn root(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let title = format!("{} {}", cx.api.title.trim(), cx.api.version.trim());
    let docs = (!cx.paths.is_module()).then(|| {
        let doc = Doc::default()
            .text(&format!("Client of {}.", title.trim()))
            .text(&cx.api.description);
        let doc = doc.own("Create a client with [`Client::builder`].");
        let doc = match cx.features {
            None => doc,
            Some(_) => doc.own(
                "Every tag has a cargo feature with its operations and the models they need. `Cargo.toml` lists the features; \
                 `full` enables all of them.",
            ),
        };
        match (cx.api.webhooks.is_empty(), cx.feature(Slice::Webhooks)) {
            (true, _) => doc.inner(),
            (false, None) => doc.own("[`webhooks`] has the payloads that the API sends.").inner(),
            (false, Some(name)) => {
                let text = format!("`webhooks` has the payloads that the API sends (feature `{name}`).");
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
        pub use self::request::{Error, Request};
        #exports
        #blocking

        /// Transports and middleware.
        pub mod transport {
            pub use #runtime::{
                InMemory, Incoming, Middleware, Next, OperationInfo, Transport, TransportError, TransportFuture, middleware_fn,
            };
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
    let (parts, pages) = (body::has_multipart(cx.api), cx.has_pages());
    let mut responses = cx.api.operations.iter().flat_map(|operation| &operation.responses);
    let redirected = responses.any(|response| response.redirects);
    let names = [
        (true, "AnyError"),
        (true, "Body"),
        (true, "BuildError"),
        (true, "ByteStream"),
        (true, "ClientCredentials"),
        (true, "Credential"),
        (true, "CredentialError"),
        (true, "DecodeError"),
        (true, "EncodeError"),
        (true, "ErrorKind"),
        (true, "Event"),
        (true, "Events"),
        (true, "Header"),
        (pages, "Items"),
        (true, "JsonLines"),
        (body::has_json_patch(cx.api), "JsonPatch"),
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
        (true, "Unsigned"),
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
