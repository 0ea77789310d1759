//! Responses -> what a call returns, and the errors it declares.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::docs::{Doc, doc};
use super::ty::Scope;
use crate::ir::{Body, Content, ContentKind, Operation, OperationId, Response, Slot, Status, TypeRef};
use crate::names::Ident;

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
            .map(|(_, response)| self.content_type(response).to_string())
            .collect();
        match successes.as_slice() {
            [] => Outcome {
                ty: quote!(()),
                arms: quote!((200..=299).contains(&reply.status_code()).then(|| reply.empty())),
                items: None,
            },
            // Servers send another success than the one that is declared more often than another body.
            [(_, only)] => {
                let decoder = self.decoder(only.content.as_ref());
                Outcome {
                    ty: self.content_type(only),
                    arms: quote!((200..=299).contains(&reply.status_code()).then(|| #decoder)),
                    items: None,
                }
            }
            [(_, first), ..] if types.iter().all(|ty| *ty == types[0]) => {
                let arms = in_order(&successes)
                    .into_iter()
                    .map(|(_, response)| (response.status, self.decoder(response.content.as_ref())));
                Outcome {
                    ty: self.content_type(first),
                    arms: matched(arms),
                    items: None,
                }
            }
            several => {
                let docs = doc(&format!("What `{}` returns, by status.", names.method.plain()));
                self.by_status(id, &names.output, several, &docs)
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
        self.by_status(id, &names.error, &errors, &docs)
    }

    fn by_status(&self, id: OperationId, ty: &Ident, responses: &[(usize, &Response)], docs: &TokenStream) -> Outcome {
        let names = self.names.of_operation(id);
        let longest = responses
            .iter()
            .map(|(index, _)| names.responses[*index].plain().len())
            .max();
        let long = ty.plain().len() + longest.unwrap_or_default() > LONGEST_PATH;
        let (alias, path) = if long {
            (Some(quote!(use #ty as Declared;)), quote!(Declared))
        } else {
            (None, quote!(#ty))
        };
        let variants = responses.iter().map(|(index, response)| {
            let variant = &names.responses[*index];
            let docs = Doc::default()
                .own(&status_text(response.status))
                .text(&response.description)
                .outer();
            match &response.content {
                Some(_) => {
                    let content = self.content_type(response);
                    quote!(#docs #variant(#content),)
                }
                None => quote!(#docs #variant,),
            }
        });
        let variants: Vec<TokenStream> = variants.collect();
        let arms = in_order(responses).into_iter().map(|(index, response)| {
            let variant = &names.responses[index];
            let value = match &response.content {
                Some(content) => {
                    let decoder = self.decoder(Some(content));
                    quote!(#decoder.map(#path::#variant))
                }
                None => quote!(Ok(#path::#variant)),
            };
            (response.status, value)
        });
        let arms = matched(arms);
        Outcome {
            ty: quote!(#ty),
            arms: quote!(#alias #arms),
            items: Some(quote! {
                #docs
                #[derive(Debug, Clone, PartialEq)]
                pub enum #ty { #(#variants)* }
            }),
        }
    }

    fn content_type(&self, response: &Response) -> TokenStream {
        let bytes = self.paths.krate("bytes");
        match response.content.as_ref().map(|content| &content.kind) {
            None => quote!(()),
            Some(ContentKind::Json(slot) | ContentKind::Xml(slot)) => self.slot(slot, &mut Scope::Api),
            Some(ContentKind::Text) => quote!(String),
            Some(ContentKind::Bytes) => quote!(#bytes::Bytes),
        }
    }

    fn decoder(&self, content: Option<&Content>) -> TokenStream {
        match content.map(|content| &content.kind) {
            None => quote!(reply.empty()),
            Some(ContentKind::Json(_)) => quote!(reply.json()),
            Some(ContentKind::Xml(slot)) => {
                let node = self.xml_root(slot);
                quote!(reply.xml(#node))
            }
            Some(ContentKind::Text) => quote!(reply.text()),
            Some(ContentKind::Bytes) => quote!(reply.bytes()),
        }
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
        let content = |content: &Content| matches!(&content.kind, ContentKind::Json(slot) | ContentKind::Xml(slot) if names_model(slot));
        operation.body.as_ref().is_some_and(body)
            || operation
                .parameters
                .iter()
                .any(|parameter| self.names_model_argument(&parameter.slot))
            || operation
                .responses
                .iter()
                .filter_map(|response| response.content.as_ref())
                .any(content)
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

/// Responses with a success status; where there is none, `default` stands for it.
fn successes(operation: &Operation) -> Vec<(usize, &Response)> {
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

fn errors(operation: &Operation) -> Vec<(usize, &Response)> {
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
