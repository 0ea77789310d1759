//! Security schemes -> what describes them, and the setters for their credentials.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::lints::confusable;
use crate::ir::{Scheme, SchemeId, SchemeKind};
use crate::names::SchemeNames;

/// The security schemes of the document.
pub(crate) fn security(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let schemes = all(cx).map(|(scheme, names)| {
        let constant = &names.constant;
        let name = &scheme.name;
        let value = match &scheme.kind {
            SchemeKind::ApiKeyHeader(header) => quote!(api_key_header(#name, #header)),
            SchemeKind::ApiKeyQuery(query) => quote!(api_key_query(#name, #query)),
            SchemeKind::ApiKeyCookie(cookie) => quote!(api_key_cookie(#name, #cookie)),
            SchemeKind::Basic => quote!(basic(#name)),
            SchemeKind::Bearer => quote!(bearer(#name)),
            SchemeKind::ClientCredentials(url) => quote!(client_credentials(#name, #url)),
            SchemeKind::Signed(_) => quote!(signed(#name)),
        };
        let docs = doc(&format!("{}.", text(scheme)));
        quote!(#docs pub(crate) static #constant: Scheme = Scheme::#value;)
    });
    quote! {
        //! Security schemes.
        use #runtime::Scheme;
        #(#schemes)*
    }
}

fn all<'c>(cx: &'c Cx<'_>) -> impl Iterator<Item = (&'c Scheme, &'c SchemeNames)> {
    let schemes = cx.api.schemes.iter().enumerate();
    schemes.map(|(index, scheme)| (scheme, cx.names.of_scheme(SchemeId(index))))
}

/// What the file of the builder has to import.
pub(crate) fn uses(cx: &Cx<'_>) -> TokenStream {
    let root = cx.paths.root(1);
    let runtime = cx.paths.runtime();
    let has = |wanted: fn(&SchemeKind) -> bool| cx.api.schemes.iter().any(|scheme| wanted(&scheme.kind));
    let secrets = has(|kind| matches!(kind, SchemeKind::Basic | SchemeKind::ClientCredentials(_)));
    let own = has(|kind| matches!(kind, SchemeKind::ClientCredentials(_)));
    let mut names: Vec<TokenStream> = own.then(|| quote!(ClientCredentials)).into_iter().collect();
    names.push(quote!(Credential));
    names.extend(secrets.then(|| quote!(Secret)));
    let security = (!cx.api.schemes.is_empty()).then(|| {
        quote!(
            use #root::security;
        )
    });
    quote! {
        #security
        use #runtime::{#(#names),*};
    }
}

/// The setters of the builder.
pub(crate) fn setters(cx: &Cx<'_>) -> TokenStream {
    let setters = all(cx).map(|(scheme, names)| setter(scheme, names));
    let (from_env, general) = (from_env(cx), general(cx));
    quote!(#(#setters)* #from_env #general)
}

/// The setters for credentials that the document does not declare. A scheme of the document with such a name takes its place.
fn general(cx: &Cx<'_>) -> TokenStream {
    let is_free = |name: &str| {
        let mut taken = all(cx).flat_map(|(_, names)| [Some(&names.setter), names.client_credentials.as_ref()]);
        !taken.any(|taken| taken.is_some_and(|taken| taken.plain() == name))
    };
    let bearer = is_free("bearer_token").then(|| {
        quote! {
            /// Sets a bearer token for all requests, whatever the API description declares: a string, or a
            /// `Credential::provider`. It is sent in the header `Authorization`, unless the operation has a credential of its
            /// own.
            pub fn bearer_token(mut self, token: impl Into<Credential>) -> Self {
                self.inner = self.inner.bearer_token(token);
                self
            }
        }
    });
    let header = is_free("api_key_header").then(|| {
        quote! {
            /// Sets an API key for all requests, whatever the API description declares. It is sent in the header of this
            /// name, unless the operation has a credential of its own.
            pub fn api_key_header(mut self, header: &'static str, key: impl Into<Credential>) -> Self {
                self.inner = self.inner.api_key_header(header, key);
                self
            }
        }
    });
    let query = is_free("api_key_query").then(|| {
        quote! {
            /// Sets an API key for all requests, whatever the API description declares. It is sent in the query parameter of
            /// this name, unless the operation has a credential of its own.
            pub fn api_key_query(mut self, parameter: &'static str, key: impl Into<Credential>) -> Self {
                self.inner = self.inner.api_key_query(parameter, key);
                self
            }
        }
    });
    quote!(#bearer #header #query)
}

fn setter(scheme: &Scheme, names: &SchemeNames) -> TokenStream {
    let SchemeNames { setter, constant, .. } = names;
    let own = format!("Sets the credential {}.", text(scheme));
    let docs = Doc::default().own(&own).text(&scheme.description).outer();
    let deprecated = scheme.deprecated.then(|| quote!(#[deprecated]));
    let lint = confusable(setter);
    let (arguments, credential) = match scheme.kind {
        SchemeKind::Basic => (
            quote!(user: impl Into<String>, password: impl Into<Secret>),
            Some(quote!(let credential = Credential::basic(user, password);)),
        ),
        _ => (quote!(credential: impl Into<Credential>), None),
    };
    let own_tokens = names.client_credentials.as_ref().map(|name| {
        let docs = doc(&format!(
            "Sets the credential `{}`: client identifier and secret, with which the client requests its tokens. \
             [`{1}`](Self::{1}) takes [`ClientCredentials`] with scopes and other settings.",
            printable(&scheme.name),
            setter.plain(),
        ));
        quote! {
            #docs
            #deprecated
            pub fn #name(mut self, id: impl Into<String>, secret: impl Into<Secret>) -> Self {
                let credential = ClientCredentials::new(id, secret);
                self.inner = self.inner.credential(&security::#constant, credential);
                self
            }
        }
    });
    quote! {
        #docs
        #deprecated
        #lint
        pub fn #setter(mut self, #arguments) -> Self {
            #credential
            self.inner = self.inner.credential(&security::#constant, credential);
            self
        }

        #own_tokens
    }
}

pub(crate) fn text(scheme: &Scheme) -> String {
    let name = printable(&scheme.name);
    match &scheme.kind {
        SchemeKind::ApiKeyHeader(header) => format!("`{name}`: API key in the header `{}`", printable(header)),
        SchemeKind::ApiKeyQuery(query) => {
            format!("`{name}`: API key in the query parameter `{}`", printable(query))
        }
        SchemeKind::ApiKeyCookie(cookie) => format!("`{name}`: API key in the cookie `{}`", printable(cookie)),
        SchemeKind::Basic => format!("`{name}`: user name and password for HTTP basic authentication"),
        SchemeKind::Bearer | SchemeKind::ClientCredentials(_) => {
            format!("`{name}`: bearer token in the header `Authorization`")
        }
        SchemeKind::Signed(method) => {
            format!("`{name}`: signer for `{}` authentication", printable(method))
        }
    }
}

/// The setter that reads environment variables.
fn from_env(cx: &Cx<'_>) -> Option<TokenStream> {
    let mut variables = Vec::new();
    let mut lines = vec![
        "Reads credentials from environment variables:".to_owned(),
        String::new(),
    ];
    for (scheme, names) in all(cx) {
        let (variable, constant) = (&names.variable, &names.constant);
        let written = match scheme.kind {
            SchemeKind::Signed(_) => continue,
            SchemeKind::Basic => format!("`{variable}_USER` and `{variable}_PASSWORD`"),
            SchemeKind::ClientCredentials(_) => {
                format!("`{variable}`, or `{variable}_CLIENT_ID` and `{variable}_CLIENT_SECRET`")
            }
            _ => format!("`{variable}`"),
        };
        let setter = names.setter.plain();
        lines.push(format!("* {written}, for `{setter}`"));
        variables.push(quote!((&security::#constant, #variable)));
    }
    let docs = Doc::default()
        .text(&lines.join("\n"))
        .own("Variables that are unset or empty are ignored.")
        .outer();
    (!variables.is_empty()).then(|| {
        quote! {
            #docs
            pub fn credentials_from_env(mut self) -> Self {
                let variables = [#(#variables),*];
                self.inner = self.inner.credentials_from_env(&variables);
                self
            }
        }
    })
}
