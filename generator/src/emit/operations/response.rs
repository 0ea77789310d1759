//! Responses -> what a call returns, and how responses are decoded by their status.

use http::StatusCode;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::reply::{self, Role};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::ir::{Operation, OperationId, Parameter, Response, Slot, Status, TypeRef};
use crate::names::{Ident, ResponseNames};

/// What a success is: its type, how it is decoded, and the definition of either if it is one of its own.
pub(crate) struct Outcome {
    pub(crate) ty: TokenStream,
    pub(super) decoder: TokenStream,
    pub(crate) items: Option<TokenStream>,
}

/// An enum of what several statuses, or one with several types of bodies, may hold.
pub(crate) struct Choice<'a> {
    pub(crate) ty: &'a Ident,
    traits: TokenStream,
    /// Whether one of its variants is much larger than others.
    has_large: bool,
    pub(crate) variants: Vec<Variant<'a>>,
    arms: TokenStream,
}

/// One of several things that a response may hold.
pub(crate) struct Variant<'a> {
    /// Its status, where there are several.
    pub(super) status: Option<Status>,
    /// Its media types, where the status has several types of bodies.
    media_types: Option<String>,
    /// What the document says about it.
    pub(crate) description: &'a str,
    /// Its name, and the type of what it holds.
    pub(super) name: &'a Ident,
    pub(super) body: Option<TokenStream>,
    /// Whether the body is a stream.
    pub(super) comes_in_pieces: bool,
    code: TokenStream,
    /// Matches it, whatever it holds.
    pub(super) pattern: TokenStream,
}

impl Choice<'_> {
    /// Its code, but for its name and its documentation.
    pub(crate) fn code(&self) -> String {
        let (traits, arms) = (&self.traits, &self.arms);
        let variants = self.variants.iter().map(|variant| &variant.code);
        quote!(#traits #(#variants)* #arms).to_string()
    }
}

impl Cx<'_> {
    /// What a success is.
    pub(crate) fn output(&self, id: OperationId) -> Outcome {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let successes = operation.successes();
        let types: Vec<String> = successes
            .iter()
            .flat_map(|(_, response)| self.types(response, Role::Success))
            .map(|ty| ty.to_string())
            .collect();
        match successes.as_slice() {
            [] => self.decoded_by(quote!(()), "Empty"),
            alike @ [(_, first), ..] if types.iter().all(|ty| *ty == types[0]) => {
                let ty = self.types(first, Role::Success).swap_remove(0);
                let single = types.len() == alike.len() && !self.strict;
                match decoder_of_runtime(alike).filter(|_| single) {
                    Some(decoder) => self.decoded_by(ty, decoder),
                    None => self.decoded_by_itself(id, ty, &self.alike(alike, types.len())),
                }
            }
            several => {
                let by = if several.len() == 1 {
                    "content type"
                } else {
                    "status code"
                };
                let docs = Doc::default().own(&format!("Result of `{}`: one variant per {by}.", names.called));
                let docs = match several {
                    [(_, only)] => docs.text(&only.description).outer(),
                    _ => docs.outer(),
                };
                let choice = self.choice(id, &names.output, several, Role::Success);
                let (ty, items) = (&names.output, self.define(choice.ty, &choice, &docs, |_| true));
                let accessors = choice.accessors();
                Outcome {
                    ty: quote!(#ty),
                    decoder: quote!(Self::Output),
                    items: Some(quote!(#items #accessors)),
                }
            }
        }
    }

    /// How successes of one type are decoded that have so many ways to be read.
    fn alike(&self, responses: &[(usize, &Response)], ways: usize) -> TokenStream {
        let decoder = |response| reply::decoder(self, response, Role::Success, |_| None);
        match responses {
            [(_, only)] if ways == 1 && !self.strict => {
                let decoder = decoder(only);
                quote!((200..=299).contains(&reply.status_code()).then(|| #decoder))
            }
            several => {
                let arms = in_order(several);
                matched(
                    arms.into_iter()
                        .map(|(_, response)| (response.status, decoder(response))),
                )
            }
        }
    }

    /// A success that a decoder of the runtime reads.
    fn decoded_by(&self, ty: TokenStream, decoder: &str) -> Outcome {
        let (runtime, decoder) = (self.paths.runtime(), format_ident!("{decoder}"));
        Outcome {
            ty,
            decoder: quote!(#runtime::#decoder),
            items: None,
        }
    }

    /// A success that is read as no other one is.
    fn decoded_by_itself(&self, id: OperationId, ty: TokenStream, arms: &TokenStream) -> Outcome {
        let (runtime, marker) = (self.paths.runtime(), &self.names.of_operation(id).marker);
        let reply = reply::reply_name(arms);
        let items = quote! {
            impl #runtime::Decode<#ty> for #marker {
                #[inline]
                fn decode(#reply: &Reply) -> Decoded<#ty> {
                    #arms
                }
            }
        };
        Outcome {
            ty,
            decoder: quote!(Self),
            items: Some(items),
        }
    }

    /// What several statuses, or one with several types of bodies, may hold.
    pub(crate) fn choice<'a>(
        &'a self,
        id: OperationId,
        ty: &'a Ident,
        responses: &[(usize, &'a Response)],
        role: Role,
    ) -> Choice<'a> {
        let names = self.names.of_operation(id);
        let alone = role == Role::Success && responses.len() == 1;
        let named = |index: usize| variants(&names.responses[index], alone);
        let each = responses.iter();
        let variants = each.flat_map(|(index, response)| self.members(response, named(*index), role, alone));
        let arms = in_order(responses).into_iter().map(|(index, response)| {
            let decoder = reply::decoder(self, response, role, |body| {
                let variant = named(index)[body];
                Some(quote!(Self::#variant))
            });
            (response.status, decoder)
        });
        let arms = match arms.collect::<Vec<_>>() {
            arms if alone => {
                let decoders = arms.iter().map(|(_, decoder)| decoder);
                quote!((200..=299).contains(&reply.status_code()).then(|| #(#decoders)*))
            }
            arms => matched(arms.into_iter()),
        };
        let traits = if responses.iter().any(|(_, response)| reply::is_received(response, role)) {
            quote!(Debug)
        } else {
            quote!(Debug, Clone, PartialEq)
        };
        let mut bodies = responses.iter().flat_map(|(_, response)| &response.contents);
        Choice {
            ty,
            traits,
            has_large: bodies.any(|content| content.kind.slot().is_some_and(|slot| self.is_large(slot))),
            variants: variants.collect(),
            arms,
        }
    }

    /// The variants of one response.
    fn members<'a>(&self, response: &'a Response, names: Vec<&'a Ident>, role: Role, alone: bool) -> Vec<Variant<'a>> {
        let bodies = response.variants();
        let members = names.iter().enumerate().map(|(index, variant)| {
            let contents = bodies.get(index);
            let body = contents.map(|contents| self.received(&contents[0].kind, role));
            let (code, pattern) = match &body {
                Some(body) => (quote!(#variant(#body),), quote!(Self::#variant(_))),
                None => (quote!(#variant,), quote!(Self::#variant)),
            };
            Variant {
                status: (!alone).then_some(response.status),
                media_types: contents
                    .filter(|_| bodies.len() > 1)
                    .map(|contents| reply::media_types(contents)),
                // that of the only status stands with the enum
                description: if alone { "" } else { &response.description },
                name: variant,
                body,
                comes_in_pieces: contents
                    .is_some_and(|contents| role == Role::Success && reply::comes_in_pieces(&contents[0].kind)),
                code,
                pattern,
            }
        });
        members.collect()
    }

    /// The definition of a choice as `ty`, and how it is decoded. `described` says which variants are what the document says.
    pub(super) fn define(
        &self,
        ty: &Ident,
        choice: &Choice<'_>,
        docs: &TokenStream,
        described: impl Fn(usize) -> bool,
    ) -> TokenStream {
        let (runtime, traits, arms) = (self.paths.runtime(), &choice.traits, &choice.arms);
        let members = choice.variants.iter().enumerate().map(|(index, variant)| {
            let (docs, code) = (variant_docs(variant, described(index)), &variant.code);
            quote!(#docs #code)
        });
        let reply = reply::reply_name(arms);
        let lint = (choice.has_large && choice.variants.len() > 1)
            .then(|| quote!(#[allow(clippy::large_enum_variant, reason = "a result is matched once and not stored")]));
        quote! {
            #docs
            #lint
            #[derive(#traits)]
            #[non_exhaustive]
            pub enum #ty { #(#members)* }

            impl #runtime::Decode for #ty {
                #[inline]
                fn decode(#reply: &Reply) -> Decoded<Self> {
                    #arms
                }
            }
        }
    }

    fn is_large(&self, slot: &Slot) -> bool {
        matches!(self.api.types.resolve(&slot.ty), TypeRef::Named(id) if self.facts.is_large(*id))
    }

    /// The types that the body of a response may have.
    pub(crate) fn types(&self, response: &Response, role: Role) -> Vec<TokenStream> {
        if response.redirects {
            let runtime = self.paths.runtime();
            return vec![quote!(#runtime::Redirected)];
        }
        match response.variants().as_slice() {
            [] => vec![quote!(())],
            variants => {
                let kinds = variants.iter().map(|contents| &contents[0].kind);
                kinds.map(|kind| self.received(kind, role)).collect()
            }
        }
    }

    /// Whether the code of an operation names a model.
    pub(super) fn mentions_models(&self, operation: &Operation) -> bool {
        let responses = operation.responses.iter();
        let mut received = responses.flat_map(|response| {
            let bodies = response.contents.iter().filter_map(|content| content.kind.slot());
            bodies.chain(response.headers.iter().map(|header| &header.slot))
        });
        self.names_model_in_body(operation)
            || operation
                .parameters
                .iter()
                .any(|parameter| parameter.constant().is_none() && self.names_model_argument(parameter))
            || received.any(names_model)
    }

    /// Whether the argument for a parameter names a model.
    fn names_model_argument(&self, parameter: &Parameter) -> bool {
        self.parameter_type(parameter).to_string().contains("models ::")
    }
}

/// The decoder of the runtime that reads each of these, and any other: servers send another success than those that are
/// declared more often than another body.
fn decoder_of_runtime(responses: &[(usize, &Response)]) -> Option<&'static str> {
    let all = |fits: fn(&Response) -> bool| responses.iter().all(|(_, response)| fits(response));
    if all(|response| response.redirects) {
        Some("Redirected")
    } else if all(|response| response.contents.is_empty()) {
        Some("Empty")
    } else {
        all(|response| response.json().is_some()).then_some("Json")
    }
}

fn names_model(slot: &Slot) -> bool {
    match &slot.ty {
        TypeRef::Named(_) => true,
        TypeRef::List(item) | TypeRef::Map(item) => names_model(item),
        TypeRef::Tuple(places) => places.iter().any(names_model),
        TypeRef::Primitive(_) | TypeRef::Any => false,
    }
}

/// The variants of a response.
pub(crate) fn variants(names: &ResponseNames, alone: bool) -> Vec<&Ident> {
    match (&names.alone, &names.bodies) {
        (only, _) if only.len() < 2 => vec![&names.status],
        (variants, _) if alone => variants.iter().collect(),
        (_, variants) => variants.iter().collect(),
    }
}

/// Single statuses before ranges, and those before `default`: the closest one decides.
fn in_order<'a>(responses: &[(usize, &'a Response)]) -> Vec<(usize, &'a Response)> {
    let mut ordered = responses.to_vec();
    ordered.sort_by_key(|(_, response)| match response.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    ordered
}

fn pattern(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(hundred) => {
            let first = proc_macro2::Literal::u16_unsuffixed(u16::from(hundred) * 100);
            let last = proc_macro2::Literal::u16_unsuffixed(u16::from(hundred) * 100 + 99);
            quote!(#first..=#last)
        }
        Status::Default => quote!(_),
    }
}

fn matched(arms: impl Iterator<Item = (Status, TokenStream)>) -> TokenStream {
    let arms: Vec<(Status, TokenStream)> = arms.collect();
    if let [(Status::Default, only)] = arms.as_slice() {
        return quote!(Some(#only));
    }
    let open = !arms.iter().any(|(status, _)| *status == Status::Default);
    let rest = open.then(|| quote!(_ => return None,));
    let arms = arms.iter().map(|(status, value)| {
        let pattern = pattern(*status);
        quote!(#pattern => #value,)
    });
    quote! {
        let decoded = match reply.status_code() {
            #(#arms)*
            #rest
        };
        Some(decoded)
    }
}

/// What a variant is for: where its description does not hold, the status says it.
fn variant_docs(variant: &Variant<'_>, described: bool) -> TokenStream {
    let mut docs = Doc::default();
    if let Some(status) = variant.status {
        docs = docs.own(&status_text(status, !described));
    }
    if let Some(media_types) = &variant.media_types {
        docs = docs.own(media_types);
    }
    if described {
        docs = docs.text(variant.description);
    }
    docs.outer()
}

fn status_text(status: Status, with_reason: bool) -> String {
    match status {
        Status::Code(code) => {
            let standard = StatusCode::from_u16(code).ok();
            let reason = standard.and_then(|status| status.canonical_reason());
            match reason.filter(|_| with_reason) {
                Some(reason) => format!("Status code {code} ({reason})."),
                None => format!("Status code {code}."),
            }
        }
        Status::Range(hundred) => format!("Status codes {hundred}00 to {hundred}99."),
        Status::Default => "Any other status code.".to_owned(),
    }
}
