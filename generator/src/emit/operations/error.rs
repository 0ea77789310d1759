//! Declared errors -> enums. Those of one file whose code is the same are one.

use std::collections::{BTreeSet, HashMap};

use http::StatusCode;
use proc_macro2::TokenStream;
use quote::quote;

use super::reply::Role;
use super::response::Choice;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::ir::{Operation, OperationId, Response, Status};
use crate::names::{Ident, SharedErrors};

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
        let shared = self.shared_errors(ids, &choices, &firsts);
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
            let first = firsts[index];
            let described = |variant: usize| agreed[index][variant];
            let declares = format!("Declared errors of `{}`", self.names.of_operation(ids[index]).called);
            let items = match shared.get(&first) {
                Some(name) => {
                    let docs = doc(&format!("{declares}."));
                    let about = doc("Declared errors that several operations share: one variant per response.");
                    let definition = (first == index).then(|| self.define_error(name, choice, &about, described));
                    quote!(#docs pub type #ty = #name; #definition)
                }
                None => {
                    let docs = doc(&format!("{declares}: one variant per response."));
                    self.define_error(ty, choice, &docs, described)
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

    /// The names of definitions that several operations share, by the first of each.
    fn shared_errors(
        &self,
        ids: &[OperationId],
        choices: &[Option<Choice<'_>>],
        firsts: &[usize],
    ) -> HashMap<usize, Ident> {
        let others = firsts.iter().enumerate().filter(|(index, first)| index != *first);
        let shared: BTreeSet<usize> = others.map(|(_, first)| *first).collect();
        let known: Vec<SharedErrors> = shared
            .iter()
            .filter_map(|first| choices[*first].as_ref())
            .map(described)
            .collect();
        shared
            .into_iter()
            .zip(self.names.of_shared_errors(ids, &known))
            .collect()
    }

    /// The definition of errors.
    fn define_error(
        &self,
        ty: &Ident,
        choice: &Choice<'_>,
        docs: &TokenStream,
        described: impl Fn(usize) -> bool,
    ) -> TokenStream {
        let (definition, traits) = (self.define(ty, choice, docs, described), error_traits(ty, choice));
        quote!(#definition #traits)
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
fn error_traits(ty: &Ident, choice: &Choice<'_>) -> TokenStream {
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

/// What the name of errors is made of that several operations share.
fn described(choice: &Choice<'_>) -> SharedErrors {
    let mut bodies: Vec<String> = Vec::new();
    for body in choice.variants.iter().filter_map(|variant| variant.body.as_ref()) {
        let words = plain_words(body);
        if !words.is_empty() && !bodies.contains(&words) {
            bodies.push(words);
        }
    }
    SharedErrors {
        variants: choice.variants.iter().map(|variant| variant.name.clone()).collect(),
        bodies,
        code: choice.code(),
    }
}

/// The names in a type, without those that only lead to them.
fn plain_words(ty: &TokenStream) -> String {
    let text = ty.to_string();
    let words = text.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.filter(|word| word.starts_with(char::is_uppercase)).collect()
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
