//! The servers of the document -> `Server`, and the types of their variables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::lints::{repetitive, self_named};
use crate::ir::{Server, ServerVariable};
use crate::names::Choice;
use crate::plan;

/// `Server`, with a variant per server.
pub(crate) fn servers(cx: &Cx<'_>) -> TokenStream {
    let runtime = cx.paths.runtime();
    let all = || cx.api.servers.iter().enumerate();
    let variants = all().map(|(index, server)| variant(cx, index, server));
    let constructors = all().filter_map(|(index, server)| constructor(cx, index, server));
    let arms = all().map(|(index, server)| url_arm(cx, index, server));
    let default = cx.api.servers.first().map(|server| {
        let constructor = &cx.names.of_server(0).constructor;
        let value = if server.variables.is_empty() {
            default_value(cx, 0, server)
        } else {
            quote!(Self::#constructor())
        };
        quote! {
            impl Default for Server {
                /// Returns the first server of the API description.
                fn default() -> Self {
                    #value
                }
            }
        }
    });
    let choices = cx.names.choices().iter().map(choice);
    let (repetitive, uneven) = (repetitive_server(cx), uneven(cx));
    quote! {
        //! Servers of the API.
        use #runtime::EncodeError;

        /// Server of the API.
        #repetitive
        #uneven
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Server {
            #(#variants)*
        }

        impl Server {
            #(#constructors)*

            /// Returns the URL with its variables substituted.
            ///
            /// # Errors
            ///
            /// A value would change the structure of the URL: a host cannot contain `/`, `@`, `?` or `#`.
            pub fn url(&self) -> Result<String, EncodeError> {
                match self {
                    #(#arms)*
                }
            }
        }

        #default

        #(#choices)*
    }
}

fn repetitive_server(cx: &Cx<'_>) -> Option<TokenStream> {
    let variants = (0..cx.api.servers.len()).map(|index| &cx.names.of_server(index).variant);
    repetitive("Server", variants)
}

/// Permits a server with so many more variables than the others that clippy would have them in a `Box`: there are few
/// values of this type.
fn uneven(cx: &Cx<'_>) -> Option<TokenStream> {
    const BYTES_OF_A_STRING: usize = 24;
    const MOST_BYTES: usize = 199;
    let free = |index| {
        cx.names
            .of_server(index)
            .choices
            .iter()
            .filter(|choice| choice.is_none())
            .count()
    };
    let most = (0..cx.api.servers.len()).map(free).max().unwrap_or_default();
    let reason = "there are few values of this type";
    (most * BYTES_OF_A_STRING > MOST_BYTES).then(|| quote!(#[allow(clippy::large_enum_variant, reason = #reason)]))
}

fn variant(cx: &Cx<'_>, index: usize, server: &Server) -> TokenStream {
    let names = cx.names.of_server(index);
    let (variant, fields) = (&names.variant, &names.fields);
    let docs = variant_docs(server);
    if server.variables.is_empty() {
        return quote!(#docs #variant,);
    }
    let docs_of = server.variables.iter().map(|variable| {
        let mut doc = Doc::default().text(&variable.description);
        if !variable.default.is_empty() {
            doc = doc.own(&format!("Default: `{}`.", printable(&variable.default)));
        }
        doc.or("A variable of the URL.").outer()
    });
    let types = names.choices.iter().map(|choice| match choice {
        Some(choice) => {
            let ty = &cx.names.choices()[*choice].ty;
            quote!(#ty)
        }
        None => quote!(String),
    });
    quote! {
        #docs
        #variant { #(#docs_of #fields: #types,)* },
    }
}

fn variant_docs(server: &Server) -> TokenStream {
    Doc::default()
        .text(&server.description)
        .own(&format!("`{}`", printable(&server.template)))
        .outer()
}

/// A function for each server that has variables: its defaults.
fn constructor(cx: &Cx<'_>, index: usize, server: &Server) -> Option<TokenStream> {
    let names = cx.names.of_server(index);
    let (variant, constructor) = (&names.variant, &names.constructor);
    let value = default_value(cx, index, server);
    let docs = doc(&format!(
        "Returns [`{0}`](Self::{0}) with the default values of its variables.",
        variant.plain()
    ));
    let named = self_named(constructor.plain(), "Server");
    (!server.variables.is_empty()).then(|| {
        quote! {
            #docs
            #named
            #[must_use]
            pub fn #constructor() -> Self {
                #value
            }
        }
    })
}

fn default_value(cx: &Cx<'_>, index: usize, server: &Server) -> TokenStream {
    let names = cx.names.of_server(index);
    let variant = &names.variant;
    let values = server.variables.iter().zip(&names.fields).zip(&names.choices);
    let values: Vec<TokenStream> = values
        .map(|((variable, field), choice)| {
            let value = choice.map_or_else(
                || owned(&variable.default),
                |choice| {
                    let Choice { ty, variants, .. } = &cx.names.choices()[choice];
                    let position = variable.values.iter().position(|value| *value == variable.default);
                    let variant = &variants[position.unwrap_or_default()];
                    quote!(#ty::#variant)
                },
            );
            quote!(#field: #value)
        })
        .collect();
    if values.is_empty() {
        quote!(Self::#variant)
    } else {
        quote!(Self::#variant { #(#values),* })
    }
}

fn owned(text: &str) -> TokenStream {
    if text.is_empty() {
        quote!(String::new())
    } else {
        quote!(#text.to_owned())
    }
}

fn url_arm(cx: &Cx<'_>, index: usize, server: &Server) -> TokenStream {
    let (runtime, names) = (cx.paths.runtime(), cx.names.of_server(index));
    let (variant, fields) = (&names.variant, &names.fields);
    let template = &server.template;
    if fields.is_empty() {
        return quote!(Self::#variant => #runtime::server_url(#template, &[]),);
    }
    let variables = server.variables.iter().zip(fields).zip(&names.choices);
    let values = variables.map(|((ServerVariable { name, .. }, field), choice)| match choice {
        Some(_) => quote!((#name, #field.as_str())),
        None => quote!((#name, #field)),
    });
    quote!(Self::#variant { #(#fields),* } => #runtime::server_url(#template, &[#(#values),*]),)
}

/// The type of a variable whose values are listed.
fn choice(choice: &Choice) -> TokenStream {
    let Choice { ty, variants, variable } = choice;
    let docs = Doc::default()
        .text(&variable.description)
        .or(&format!(
            "Value of the server variable `{}`.",
            printable(&variable.name)
        ))
        .outer();
    let values = &variable.values;
    let repetitive = repetitive(ty.plain(), variants.iter());
    let docs_of = values.iter().map(|value| doc(&format!("`{}`.", printable(value))));
    quote! {
        #docs
        #repetitive
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #ty {
            #(#docs_of #variants,)*
        }

        impl #ty {
            /// Returns the value in the URL.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    #(Self::#variants => #values,)*
                }
            }
        }
    }
}

/// The setters of the builder that are about servers: those for which the document gives reason.
pub(crate) fn setters(cx: &Cx<'_>) -> TokenStream {
    let absolute = |url: &str| url.contains("://");
    let choose = plan::has_servers(cx.api).then(|| {
        quote! {
            /// Selects a server. Default: the first one.
            pub fn server(mut self, server: Server) -> Self {
                self.inner = self.inner.server(server.url());
                self
            }
        }
    });
    let servers = &cx.api.servers;
    let relative = servers.is_empty() || servers.iter().any(|server| !absolute(&server.template));
    let origin = relative.then(|| {
        let docs = doc("Sets the scheme, host and port of the API, such as `https://api.example.com`. The API description has only the path.");
        quote! {
            #docs
            pub fn origin(mut self, origin: impl Into<String>) -> Self {
                self.inner = self.inner.origin(origin);
                self
            }
        }
    });
    let others = cx
        .api
        .operations
        .iter()
        .filter_map(|operation| operation.server.as_deref());
    let trust = others.clone().any(absolute).then(|| {
        let docs = doc(
            "Allows credentials to be sent to another origin. Some operations have a server of their own; unless its origin is \
             trusted, requests that need credentials fail before they are sent.",
        );
        quote! {
            #docs
            pub fn trust_origin(mut self, origin: impl Into<String>) -> Self {
                self.inner = self.inner.trust_origin(origin);
                self
            }
        }
    });
    quote!(#choose #origin #trust)
}
