//! Responses -> what a call returns, and the errors it declares.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::docs::{Doc, doc};
use super::reply::{self, Role};
use crate::ir::{Body, Operation, OperationId, Response, Slot, Status, TypeRef};
use crate::names::{Ident, ResponseNames};

/// Paths to variants longer than this would not fit a line of a decoder.
const LONGEST_PATH: usize = 46;

/// A type of results or errors: its tokens, how it is decoded, and its definition if it is one of its own.
pub(super) struct Outcome {
    pub(super) ty: TokenStream,
    pub(super) arms: TokenStream,
    pub(super) items: Option<TokenStream>,
}

impl Cx<'_> {
    /// What a success is.
    pub(super) fn output(&self, id: OperationId) -> Outcome {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let successes = successes(operation);
        let types: Vec<String> = successes
            .iter()
            .flat_map(|(_, response)| self.types(response, Role::Success))
            .map(|ty| ty.to_string())
            .collect();
        match successes.as_slice() {
            [] => Outcome {
                ty: quote!(()),
                arms: quote!((200..=299).contains(&reply.status_code()).then(|| reply.empty())),
                items: None,
            },
            // Servers send another success than the one that is declared more often than another body.
            [(_, only)] if types.len() == 1 => {
                let decoder = reply::decoder(self, only, Role::Success, |_| None);
                Outcome {
                    ty: self.only_type(only),
                    arms: quote!((200..=299).contains(&reply.status_code()).then(|| #decoder)),
                    items: None,
                }
            }
            [(_, first), ..] if types.iter().all(|ty| *ty == types[0]) => {
                let arms = in_order(&successes).into_iter().map(|(_, response)| {
                    let decoder = reply::decoder(self, response, Role::Success, |_| None);
                    (response.status, decoder)
                });
                Outcome {
                    ty: self.only_type(first),
                    arms: matched(arms),
                    items: None,
                }
            }
            several => {
                let by = if several.len() == 1 { "media type" } else { "status" };
                let docs = Doc::default().own(&format!("What `{}` returns, by {by}.", names.method.plain()));
                let docs = match several {
                    [(_, only)] => docs.text(&only.description).outer(),
                    _ => docs.outer(),
                };
                self.choice(id, &names.output, several, Role::Success, &docs)
            }
        }
    }

    /// The errors an operation declares.
    pub(super) fn error(&self, id: OperationId) -> Outcome {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let errors = errors(operation);
        if errors.is_empty() {
            let runtime = self.paths.runtime();
            return Outcome {
                ty: quote!(#runtime::Undeclared),
                arms: quote!(None),
                items: None,
            };
        }
        let docs = doc(&format!(
            "The errors that `{}` declares, by status.",
            names.method.plain()
        ));
        self.choice(id, &names.error, &errors, Role::Error, &docs)
    }

    /// An enum of what several statuses, or one with several types of bodies, may hold.
    fn choice(
        &self,
        id: OperationId,
        ty: &Ident,
        responses: &[(usize, &Response)],
        role: Role,
        docs: &TokenStream,
    ) -> Outcome {
        let names = self.names.of_operation(id);
        let alone = role == Role::Success && responses.len() == 1;
        let named = |index: usize| variants(&names.responses[index], alone);
        let longest = responses.iter().flat_map(|(index, _)| named(*index));
        let longest = longest.map(|variant| variant.plain().len()).max().unwrap_or_default();
        let (alias, path) = if ty.plain().len() + longest > LONGEST_PATH {
            (Some(quote!(use #ty as Declared;)), quote!(Declared))
        } else {
            (None, quote!(#ty))
        };
        let each = responses.iter();
        let members: Vec<TokenStream> = each
            .map(|(index, response)| self.members(response, named(*index), role, alone))
            .collect();
        let arms = in_order(responses).into_iter().map(|(index, response)| {
            let decoder = reply::decoder(self, response, role, |body| {
                let variant = named(index)[body];
                Some(quote!(#path::#variant))
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
        Outcome {
            ty: quote!(#ty),
            arms: quote!(#alias #arms),
            items: Some(quote! {
                #docs
                #[derive(#traits)]
                pub enum #ty { #(#members)* }
            }),
        }
    }

    /// The variants of one response.
    fn members(&self, response: &Response, names: Vec<&Ident>, role: Role, alone: bool) -> TokenStream {
        let bodies = response.variants();
        let members = names.iter().enumerate().map(|(index, variant)| {
            let mut docs = Doc::default();
            if !alone {
                docs = docs.own(&status_text(response.status));
            }
            if let Some(contents) = bodies.get(index).filter(|_| bodies.len() > 1) {
                docs = docs.own(&reply::media_types(contents));
            }
            // that of the only status stands with the enum
            let description = if alone { "" } else { &response.description };
            let docs = docs.text(description).outer();
            match bodies.get(index) {
                Some(contents) => {
                    let content = self.received(&contents[0].kind, role);
                    quote!(#docs #variant(#content),)
                }
                None => quote!(#docs #variant,),
            }
        });
        quote!(#(#members)*)
    }

    /// The types that the body of a response may have.
    pub(super) fn types(&self, response: &Response, role: Role) -> Vec<TokenStream> {
        match response.variants().as_slice() {
            [] => vec![quote!(())],
            variants => {
                let kinds = variants.iter().map(|contents| &contents[0].kind);
                kinds.map(|kind| self.received(kind, role)).collect()
            }
        }
    }

    /// The type of a success whose body has one type.
    fn only_type(&self, response: &Response) -> TokenStream {
        self.types(response, Role::Success).swap_remove(0)
    }

    pub(super) fn error_docs(&self, operation: &Operation, doc: Doc) -> Doc {
        let errors = errors(operation);
        if errors.is_empty() {
            return doc;
        }
        let items: Vec<String> = errors
            .iter()
            .map(|(_, response)| {
                let text = response.description.split_whitespace().collect::<Vec<_>>().join(" ");
                let text = if text.is_empty() {
                    "no description.".to_owned()
                } else {
                    text
                };
                format!("* {}: {text}", status_name(response.status))
            })
            .collect();
        doc.heading("Errors").text(&items.join("\n"))
    }

    /// Whether the code of an operation names a model.
    pub(super) fn mentions_models(&self, operation: &Operation) -> bool {
        let body = |body: &Body| {
            body.contents
                .iter()
                .any(|content| content.kind.slot().is_some_and(names_model))
        };
        let responses = operation.responses.iter();
        let mut received = responses.flat_map(|response| {
            let bodies = response.contents.iter().filter_map(|content| content.kind.slot());
            bodies.chain(response.headers.iter().map(|header| &header.slot))
        });
        operation.body.as_ref().is_some_and(body)
            || operation
                .parameters
                .iter()
                .any(|parameter| self.names_model_argument(&parameter.slot))
            || received.any(names_model)
    }

    /// Whether an argument for this slot names a model: text is taken as text, whatever its alias.
    fn names_model_argument(&self, slot: &Slot) -> bool {
        self.sent_type(&slot.ty).to_string().contains("models ::")
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
pub(super) fn variants(names: &ResponseNames, alone: bool) -> Vec<&Ident> {
    match (&names.alone, &names.bodies) {
        (only, _) if only.len() < 2 => vec![&names.status],
        (variants, _) if alone => variants.iter().collect(),
        (_, variants) => variants.iter().collect(),
    }
}

/// Responses with a success status; where there is none, `default` stands for it.
pub(super) fn successes(operation: &Operation) -> Vec<(usize, &Response)> {
    let with = |wanted: fn(Status) -> bool| -> Vec<(usize, &Response)> {
        operation
            .responses
            .iter()
            .enumerate()
            .filter(|(_, response)| wanted(response.status))
            .collect()
    };
    let declared = with(Status::is_success);
    if declared.is_empty() {
        with(|status| status == Status::Default)
    } else {
        declared
    }
}

pub(super) fn errors(operation: &Operation) -> Vec<(usize, &Response)> {
    operation
        .responses
        .iter()
        .enumerate()
        .filter(|(_, response)| !response.status.is_success())
        .collect()
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

fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "other statuses".to_owned(),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => format!("Status {code}."),
        Status::Range(hundred) => format!("Status {hundred}00 to {hundred}99."),
        Status::Default => "Any other status.".to_owned(),
    }
}
