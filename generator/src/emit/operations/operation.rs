//! Operations -> the methods that begin calls, and the markers that describe them.

use proc_macro2::{Ident as Token, Span, TokenStream};
use quote::quote;

use super::body::encodings;
use super::error::Errors;
use super::parameter::{Taken, filled, names_style};
use super::reply;
use super::response::Outcome;
use crate::analyze::Slice;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::deprecation::deprecated;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ident::free_name;
use crate::emit::tokens::lints::confusable;
use crate::ir::{Operation, OperationId};
use crate::names::{Ident, UNTAGGED};
use crate::plan;

/// The index of `apis`.
pub(crate) fn apis(cx: &Cx<'_>) -> TokenStream {
    let modules = (0..cx.api.groups.len()).map(|index| {
        let module = &cx.names.of_group(index).accessor;
        let when = cx.when(Slice::Group(index));
        let twice = module.plain() == "apis" && !cx.paths.is_module();
        let reason = "the name is that of the document";
        let lint = twice.then(|| quote!(#[allow(clippy::module_inception, reason = #reason)]));
        quote!(#when #lint pub mod #module;)
    });
    let untagged = untagged_module(cx);
    quote! {
        //! Operations by tag.
        #(#modules)*
        #untagged
    }
}

/// The module of operations without a tag, where there are some.
fn untagged_module(cx: &Cx<'_>) -> Option<TokenStream> {
    plan::has_untagged(cx.api).then(|| {
        let module = Token::new(UNTAGGED, Span::call_site());
        let when = cx.when(Slice::Untagged);
        quote!(#when pub mod #module;)
    })
}

/// The operations of a group.
pub(crate) fn group(cx: &Cx<'_>, index: usize) -> TokenStream {
    let group = &cx.api.groups[index];
    let ty = &cx.names.of_group(index).ty;
    let tag = format!("Operations tagged `{}`.", printable(&group.tag));
    let module_docs = Doc::default().own(&tag).inner();
    let type_docs = Doc::default().own(&tag).text(&group.description).outer();
    let methods: Vec<TokenStream> = group
        .operations
        .iter()
        .map(|id| cx.method(*id, &quote!(self.client)))
        .collect();
    let (operations, decodes) = cx.operations(&group.operations);
    let uses = uses(cx, &group.operations, decodes);
    quote! {
        #module_docs
        #uses

        #type_docs
        #[derive(Debug, Clone, Copy)]
        pub struct #ty<'a> {
            client: &'a Client,
        }

        impl<'a> #ty<'a> {
            #[inline]
            pub(crate) fn new(client: &'a Client) -> Self {
                Self { client }
            }

            #(#methods)*
        }

        #(#operations)*
    }
}

/// The operations without a tag, as methods of the client itself.
pub(crate) fn untagged(cx: &Cx<'_>) -> TokenStream {
    let ids = cx.api.untagged();
    let methods: Vec<TokenStream> = ids.iter().map(|id| cx.method(*id, &quote!(self))).collect();
    let (operations, decodes) = cx.operations(&ids);
    let uses = uses(cx, &ids, decodes);
    quote! {
        //! Operations without a tag: methods of `Client`.
        #uses

        impl Client {
            #(#methods)*
        }

        #(#operations)*
    }
}

fn uses(cx: &Cx<'_>, operations: &[OperationId], decodes: bool) -> TokenStream {
    let runtime = cx.paths.runtime();
    let root = cx.paths.root(2);
    let paged = operations.iter().any(|id| cx.pagination(*id).is_some());
    let (own, shares) = cx.settings(operations);
    let operations: Vec<&Operation> = operations.iter().map(|id| &cx.api.operations[id.0]).collect();
    let models = operations.iter().any(|operation| cx.mentions_models(operation));
    let security = operations
        .iter()
        .any(|operation| operation.security.iter().any(|all| !all.is_empty()));
    let encodings = || operations.iter().copied().flat_map(encodings);
    let styles = encodings().any(|encoding| encoding.style.is_some()) || own.iter().copied().any(names_style);
    let mut local = vec![quote!(Client), quote!(Request)];
    local.extend(models.then(|| quote!(models)));
    local.extend(shares.then(|| quote!(parameters)));
    local.extend(security.then(|| quote!(security)));
    let xml = operations
        .iter()
        .any(|operation| operation.xml_bodies().next().is_some());
    local.extend(xml.then(|| quote!(xml)));
    let headers = operations.iter().any(|operation| !operation.headers().is_empty());
    let mut shared: Vec<TokenStream> = decodes.then(|| quote!(Decoded)).into_iter().collect();
    shared.extend(encodings().next().is_some().then(|| quote!(Encoding)));
    shared.extend(headers.then(|| quote!(Header)));
    let converts = own.iter().any(|parameter| cx.names_into_option(parameter));
    let bodies = operations.iter().any(|operation| cx.names_into_body(operation));
    shared.extend(bodies.then(|| quote!(IntoBody)));
    shared.extend(converts.then(|| quote!(IntoOption)));
    shared.extend([quote!(Operation), quote!(OperationInfo)]);
    shared.extend(paged.then(|| quote!(Paged, Paging)));
    shared.extend((!own.is_empty()).then(|| quote!(Parameter)));
    shared.extend(decodes.then(|| quote!(Reply)));
    shared.extend(styles.then(|| quote!(Style)));
    quote! {
        use #root::{#(#local),*};
        use #runtime::{#(#shared),*};
    }
}

impl Cx<'_> {
    /// The method that begins a call, with what every call must have as its arguments.
    fn method(&self, id: OperationId, client: &TokenStream) -> TokenStream {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let (method, marker) = (&names.method, &names.marker);
        let docs = self.method_docs(id).outer();
        let deprecated = deprecated(&operation.docs);
        let lint = confusable(method);
        let arguments = operation.parameters.iter().zip(&names.parameters);
        let arguments = arguments.filter(|(parameter, _)| parameter.is_argument());
        let taken: Vec<&Ident> = arguments.map(|(_, ident)| ident).collect();
        let request = free_name(&["request", "call", "prepared"], &taken);
        let mut arguments: Vec<TokenStream> = Vec::new();
        let mut settings: Vec<TokenStream> = Vec::new();
        let mut generics = None;
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            if let Some(setting) = filled(parameter) {
                settings.push(quote!(#request.inner.#setting;));
            } else if parameter.is_argument() {
                let Taken { argument, setting, .. } = self.parameter(parameter, ident);
                arguments.push(argument);
                settings.push(quote!(#request.inner.#setting;));
            }
        }
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            let body = self.body(id, body, &quote!(#request.inner));
            arguments.push(body.argument);
            settings.push(body.setting);
            generics = body.generics;
        }
        let many = (arguments.len() > 6)
            .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them all")]));
        let body = if settings.is_empty() {
            quote!(Request::new(#client))
        } else {
            quote! {
                let mut #request = Request::new(#client);
                #(#settings)*
                #request
            }
        };
        quote! {
            #docs
            #deprecated
            #lint
            #many
            #[inline]
            pub fn #method #generics(&self, #(#arguments),*) -> Request<#marker> {
                #body
            }
        }
    }

    /// What there is about each of the operations of a file, and whether some of it says how responses are decoded.
    fn operations(&self, ids: &[OperationId]) -> (Vec<TokenStream>, bool) {
        let mut decodes = false;
        let each = ids.iter().zip(self.errors(ids)).map(|(id, errors)| {
            let output = self.output(*id);
            decodes |= errors.decodes || output.items.is_some();
            self.operation(*id, output, errors)
        });
        let operations = each.collect();
        (operations, decodes)
    }

    /// The marker, what is fixed about the operation, how responses are decoded, and the setters.
    fn operation(&self, id: OperationId, output: Outcome, errors: Errors) -> TokenStream {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let marker = &names.marker;
        let docs = self.marker_docs(id);
        let info = self.info(operation);
        let (output_ty, decoder, output_items) = (output.ty, output.decoder, output.items);
        let (error_ty, error_items) = (errors.ty, errors.items);
        let paged = self.paged(id);
        let setters = self.setters(id);
        let bodies = self.bodies(id);
        let headers = self.headers(id);
        quote! {
            #docs
            pub enum #marker {}

            impl Operation for #marker {
                type Output = #output_ty;
                type Decoder = #decoder;
                type Error = #error_ty;

                #info
            }

            #paged
            #headers
            #setters
            #bodies
            #output_items
            #error_items
        }
    }

    fn marker_docs(&self, id: OperationId) -> TokenStream {
        let names = self.names.of_operation(id);
        let operation = &self.api.operations[id.0];
        let name = operation.id.as_deref().unwrap_or(names.method.plain());
        doc(&format!("Marker type for the operation `{}`.", printable(name)))
    }

    fn info(&self, operation: &Operation) -> TokenStream {
        let (method, path) = (operation.method.as_str(), &operation.path);
        let id = operation.id.clone().unwrap_or_else(|| format!("{method} {path}"));
        let accept = reply::accept(operation);
        let accept = (!accept.is_empty()).then(|| quote!(accept: #accept,));
        let alternatives = operation.security.iter().map(|all| {
            let schemes = all.iter().map(|scheme| {
                let constant = &self.names.of_scheme(*scheme).constant;
                quote!(&security::#constant)
            });
            quote!(&[#(#schemes),*])
        });
        let security = (!operation.security.is_empty()).then(|| quote!(security: &[#(#alternatives),*],));
        let server = operation.server.as_ref().map(|server| quote!(server: #server,));
        let streams = reply::streams(self, operation);
        let streams = (!streams.is_empty()).then(|| quote!(streams: &[#(#streams),*],));
        let flag = operation.flag.as_ref().map(|flag| {
            let (pointer, value) = (&flag.pointer, flag.value);
            quote!(flag: Some((#pointer, #value)),)
        });
        let fields: Vec<TokenStream> = [accept, security, server, streams, flag]
            .into_iter()
            .flatten()
            .collect();
        let new = quote!(OperationInfo::new(#id, #method, #path));
        let info = if fields.is_empty() {
            new
        } else {
            quote!(OperationInfo { #(#fields)* ..#new })
        };
        quote!(const INFO: OperationInfo = #info;)
    }

    /// What sets the optional parameters and an optional body.
    fn setters(&self, id: OperationId) -> TokenStream {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let own = (0..operation.parameters.len()).filter(|index| self.has_own_setter(id, *index));
        let mut setters: Vec<TokenStream> = own.map(|index| self.setter_of(id, index)).collect();
        if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
            let docs = Doc::default().docs(&body.docs).or("Sets the request body.").outer();
            let taken = self.body(id, body, &quote!(self.inner));
            let (generics, argument, setting) = (taken.generics, taken.argument, taken.setting);
            setters.push(quote! {
                #docs
                #[inline]
                pub fn body #generics(mut self, #argument) -> Self {
                    #setting
                    self
                }
            });
        }
        let marker = &names.marker;
        let own = (!setters.is_empty()).then(|| quote!(impl Request<#marker> { #(#setters)* }));
        let shared = (0..operation.parameters.len()).filter_map(|index| self.names.shared_parameter(id, index));
        let shared = shared.map(|parameter| {
            let ty = &parameter.ty;
            quote!(impl parameters::#ty for #marker {})
        });
        quote!(#(#shared)* #own)
    }
}
