//! Declared errors -> enums. Those of one file whose code is the same are one.

use std::collections::HashMap;

use http::StatusCode;
use proc_macro2::TokenStream;
use quote::quote;

use super::reply::Role;
use super::response::Choice;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::ir::{Operation, OperationId, Response, Status};

/// The errors that an operation declares: their type, and what defines it.
pub(crate) struct Errors {
    pub(crate) ty: TokenStream,
    pub(crate) items: Option<TokenStream>,
    /// Whether the items say how responses are decoded.
    pub(super) decodes: bool,
}

impl Cx<'_> {
    /// The errors that each of the operations of one file declares.
    pub(crate) fn errors(&self, ids: &[OperationId]) -> Vec<Errors> {
        let choices: Vec<Option<Choice<'_>>> = ids.iter().map(|id| self.declared(*id)).collect();
        let (firsts, agreed) = alike(&choices);
        let runtime = self.paths.runtime();
        let each = choices.iter().enumerate().map(|(index, choice)| {
            let Some(choice) = choice else {
                return Errors {
                    ty: quote!(#runtime::Undeclared),
                    items: None,
                    decodes: false,
                };
            };
            let ty = choice.ty;
            let method = |index: usize| &self.names.of_operation(ids[index]).called;
            let first = firsts[index];
            let declares = format!("Declared errors of `{}`", method(index));
            let items = match choices.get(first).and_then(Option::as_ref).filter(|_| first != index) {
                Some(definition) => {
                    let docs = doc(&format!("{declares}, the same as those of `{}`.", method(first)));
                    let definition = definition.ty;
                    quote!(#docs pub type #ty = #definition;)
                }
                None => {
                    let docs = doc(&format!("{declares}: one variant per response."));
                    let definition = self.define(choice, &docs, |variant| agreed[index][variant]);
                    let traits = error_traits(choice);
                    quote!(#definition #traits)
                }
            };
            Errors {
                ty: quote!(#ty),
                items: Some(items),
                decodes: first == index,
            }
        });
        each.collect()
    }

    fn declared(&self, id: OperationId) -> Option<Choice<'_>> {
        let errors = errors(&self.api.operations[id.0]);
        let ty = &self.names.of_operation(id).error;
        (!errors.is_empty()).then(|| self.choice(id, ty, &errors, Role::Error))
    }

    /// What the documentation of a method says about errors.
    pub(super) fn error_docs(&self, operation: &Operation, doc: Doc) -> Doc {
        let errors = errors(operation);
        if errors.is_empty() {
            return doc;
        }
        let items: Vec<String> = errors
            .iter()
            .map(|(_, response)| {
                let text = response.description.split_whitespace().collect::<Vec<_>>().join(" ");
                let name = status_name(response.status);
                match text.is_empty() {
                    true => format!("* {name}"),
                    false => format!("* {name}: {text}"),
                }
            })
            .collect();
        doc.heading("Errors").text(&items.join("\n"))
    }
}

/// What makes a choice an error. Its message is the status; that of the call shows the body.
fn error_traits(choice: &Choice<'_>) -> TokenStream {
    let ty = choice.ty;
    let mut messages: Vec<(String, Vec<&TokenStream>)> = Vec::new();
    for variant in &choice.variants {
        let message = variant.status.map_or_else(String::new, status_message);
        match messages.last_mut().filter(|(known, _)| *known == message) {
            Some((_, patterns)) => patterns.push(&variant.pattern),
            None => messages.push((message, vec![&variant.pattern])),
        }
    }
    let write = match messages.as_slice() {
        [(only, _)] => quote!(f.write_str(#only)),
        several => {
            let arms = several
                .iter()
                .map(|(message, patterns)| quote!(#(#patterns)|* => #message,));
            quote! {
                let status = match self { #(#arms)* };
                f.write_str(status)
            }
        }
    };
    quote! {
        impl std::fmt::Display for #ty {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                #write
            }
        }

        impl std::error::Error for #ty {}
    }
}

/// A status as a message.
fn status_message(status: Status) -> String {
    match status {
        Status::Code(code) => {
            let reason = StatusCode::from_u16(code).ok();
            match reason.and_then(|status| status.canonical_reason()) {
                Some(reason) => format!("{code} {reason}"),
                None => format!("status code {code}"),
            }
        }
        Status::Range(hundred) => format!("status code {hundred}XX"),
        Status::Default => "another status code".to_owned(),
    }
}

/// By choice: the first one with the same code; and by its variants, whether all that have the same code describe them
/// in the same words.
fn alike(choices: &[Option<Choice<'_>>]) -> (Vec<usize>, Vec<Vec<bool>>) {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut firsts = Vec::with_capacity(choices.len());
    let mut agreed: Vec<Vec<bool>> = Vec::with_capacity(choices.len());
    for (index, choice) in choices.iter().enumerate() {
        let variants = choice.as_ref().map_or(0, |choice| choice.variants.len());
        agreed.push(vec![true; variants]);
        let first = choice
            .as_ref()
            .map(|choice| *known.entry(choice.code()).or_insert(index));
        let first = first.unwrap_or(index);
        firsts.push(first);
        if let (Some(one), Some(other)) = (&choices[first], choice) {
            let both = one.variants.iter().zip(&other.variants);
            for (same, (one, other)) in agreed[first].iter_mut().zip(both) {
                *same &= one.description == other.description;
            }
        }
    }
    (firsts, agreed)
}

/// Responses that are not successes.
pub(crate) fn errors(operation: &Operation) -> Vec<(usize, &Response)> {
    operation
        .responses
        .iter()
        .enumerate()
        .filter(|(_, response)| !response.is_success())
        .collect()
}

fn status_name(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(hundred) => format!("{hundred}XX"),
        Status::Default => "other status codes".to_owned(),
    }
}
