//! Request bodies -> arguments, and the calls that set them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::parameter::{Taken, is_copy, styled};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Api, Body, BodyContent, BodyKind, Encoding, Operation, OperationId, Shape, Slot, Style, TypeRef};
use crate::names::OperationNames;

/// More media types than this are too many to name.
const MOST_NAMED: usize = 8;

/// How deep types are told from each other.
const DEEPEST: usize = 4;

/// What a body of one media type is as an argument.
struct Argument {
    /// What a method takes.
    taken: TokenStream,
    /// The call on a request that sets it, from the variable `body`.
    call: TokenStream,
    /// What a variant is made from, and whether it is borrowed.
    held: TokenStream,
    borrowed: bool,
    /// Whether the variant holds it in a `Box`: objects of many parts are large.
    boxed: bool,
    /// The call that sets it from what the variant holds.
    held_call: TokenStream,
}

/// How a value is handed over.
enum Handed {
    /// As a reference, which the variable is already.
    Reference,
    /// As a value, of which a reference is taken.
    Value,
}

impl Argument {
    /// One that a variant holds as it is.
    fn owned(taken: TokenStream, held: TokenStream, call: TokenStream) -> Self {
        Self {
            taken,
            held_call: call.clone(),
            call,
            held,
            borrowed: false,
            boxed: false,
        }
    }
}

impl Cx<'_> {
    /// The argument for a body, and what sets it on the request at `place`.
    pub(crate) fn body(&self, id: OperationId, body: &Body, place: &TokenStream) -> Taken {
        if let [only] = body.contents.as_slice() {
            let Argument { taken, call, .. } = self.content(only);
            return Taken {
                generics: self.converts_body(only).then(|| quote!(<M>)),
                argument: taken,
                setting: quote!(#place.#call;),
            };
        }
        let ty = &self.names.of_operation(id).body;
        // `'a` is that of the group
        let generics = self.borrows(body).then(|| quote!(<'b>));
        Taken {
            argument: quote!(body: impl Into<#ty #generics>),
            setting: quote!(body.into().set(&mut #place);),
            generics,
        }
    }

    fn borrows(&self, body: &Body) -> bool {
        body.contents.iter().any(|content| self.content(content).borrowed)
    }

    /// The type of a body that can be one of several.
    pub(crate) fn bodies(&self, id: OperationId) -> Option<TokenStream> {
        let operation = &self.api.operations[id.0];
        let body = operation.body.as_ref().filter(|body| body.contents.len() > 1)?;
        let names = self.names.of_operation(id);
        let (ty, runtime) = (&names.body, self.paths.runtime());
        let contents: Vec<Argument> = body.contents.iter().map(|content| self.content(content)).collect();
        let borrows = contents.iter().any(|content| content.borrowed);
        let (lifetime, anonymous) = match borrows {
            true => (Some(quote!(<'a>)), Some(quote!(<'_>))),
            false => (None, None),
        };
        let docs = Doc::default()
            .own(&format!(
                "Request body of `{}`: one variant per content type.",
                names.called
            ))
            .own("`From` creates the first variant with the type.")
            .outer();
        let mut variants = Vec::new();
        let mut arms = Vec::new();
        for ((content, argument), variant) in body.contents.iter().zip(&contents).zip(&names.contents) {
            let Argument { held, held_call, .. } = argument;
            let held = if argument.boxed {
                quote!(Box<#held>)
            } else {
                held.clone()
            };
            let (about, fields) = match content.kind {
                BodyKind::Raw => (
                    format!("Content type, one of {}, and body.", media_types(content)),
                    quote!(media_type, body),
                ),
                _ => (format!("{}.", media_types(content)), quote!(body)),
            };
            let docs = doc(&about);
            variants.push(quote!(#docs #variant(#held),));
            arms.push(quote!(Self::#variant(#fields) => request.#held_call,));
        }
        let conversions = self.conversions_of_body(names, body, &contents, anonymous.as_ref());
        Some(quote! {
            #docs
            #[derive(Debug)]
            #[non_exhaustive]
            pub enum #ty #lifetime { #(#variants)* }

            impl #ty #anonymous {
                #[inline]
                fn set(self, request: &mut #runtime::Request) {
                    match self { #(#arms)* }
                }
            }

            #conversions
        })
    }

    /// `From` for the first variant of each type.
    fn conversions_of_body(
        &self,
        names: &OperationNames,
        body: &Body,
        contents: &[Argument],
        anonymous: Option<&TokenStream>,
    ) -> TokenStream {
        let ty = &names.body;
        let mut converted: Vec<String> = Vec::new();
        let mut conversions = TokenStream::new();
        for ((content, argument), variant) in body.contents.iter().zip(contents).zip(&names.contents) {
            let held = &argument.held;
            let key = match content.kind.slot() {
                Some(slot) => self.rust_type(slot, 0),
                None => held.to_string(),
            };
            if content.kind == BodyKind::Raw || converted.contains(&key) {
                continue;
            }
            converted.push(key);
            let lifetime = argument.borrowed.then(|| quote!(<'a>));
            let target = lifetime.as_ref().or(anonymous);
            let value = if argument.boxed {
                quote!(Box::new(body))
            } else {
                quote!(body)
            };
            conversions.extend(quote! {
                impl #lifetime From<#held> for #ty #target {
                    #[inline]
                    fn from(body: #held) -> Self {
                        Self::#variant(#value)
                    }
                }
            });
        }
        conversions
    }

    fn content(&self, content: &BodyContent) -> Argument {
        let media_type = &content.media_type;
        let runtime = self.paths.runtime();
        match &content.kind {
            BodyKind::Json(slot) if self.holds_numbers(&slot.ty) => {
                self.valued(slot, |body| quote!(json_numbers(#media_type, #body)))
            }
            BodyKind::Json(slot) => self.valued(slot, |body| quote!(json(#media_type, #body))),
            BodyKind::Xml(slot) => {
                let node = self.xml_root(slot);
                self.valued(slot, |body| quote!(xml(#media_type, #node, #body)))
            }
            BodyKind::Form(slot, encodings) => {
                let encodings = encoding_list(encodings);
                self.valued(slot, |body| quote!(form(#media_type, #encodings, #body)))
            }
            BodyKind::Multipart(Some(slot), encodings) if !self.has_parts(slot) => {
                let encodings = encoding_list(encodings);
                self.valued(
                    slot,
                    |body| quote!(multipart(#media_type, #encodings, #runtime::Multipart::of(#body))),
                )
            }
            BodyKind::Multipart(slot, encodings) => {
                let encodings = encoding_list(encodings);
                let (ty, boxed) = match slot {
                    Some(slot) => (self.ty(&slot.ty, &mut Scope::Api), true),
                    None => (quote!(#runtime::Multipart), false),
                };
                let body = if boxed { quote!(*body) } else { quote!(body) };
                Argument {
                    boxed,
                    held_call: quote!(multipart(#media_type, #encodings, #body)),
                    ..Argument::owned(quote!(body: #ty), ty, quote!(multipart(#media_type, #encodings, body)))
                }
            }
            BodyKind::Text => Argument {
                held_call: quote!(body(#media_type, body)),
                ..Argument::owned(
                    quote!(body: impl Into<String>),
                    quote!(String),
                    quote!(body(#media_type, body.into())),
                )
            },
            BodyKind::Bytes => Argument::owned(
                quote!(body: impl Into<#runtime::Body>),
                quote!(#runtime::Body),
                quote!(body(#media_type, body)),
            ),
            BodyKind::Raw => Argument {
                borrowed: true,
                ..Argument::owned(
                    quote!(media_type: &str, body: impl Into<#runtime::Body>),
                    quote!(&'a str, #runtime::Body),
                    quote!(body(media_type, body)),
                )
            },
        }
    }

    /// A body that is made from a value.
    fn valued(&self, slot: &Slot, call: impl Fn(TokenStream) -> TokenStream) -> Argument {
        let (taken, handed) = self.value(slot, None);
        let (held, _) = self.value(slot, Some(&quote!('a)));
        let body = match handed {
            Handed::Reference => quote!(body),
            Handed::Value => quote!(&body),
        };
        let borrowed = held.to_string() != taken.to_string();
        let taken = match self.is_model(slot) {
            true => {
                let ty = self.ty(&slot.ty, &mut Scope::Api);
                quote!(body: impl IntoBody<#ty, M>)
            }
            false => quote!(body: #taken),
        };
        let given = match self.is_model(slot) {
            true => quote!(&body.into_body()),
            false => body.clone(),
        };
        Argument {
            borrowed,
            held_call: call(body),
            ..Argument::owned(taken, held, call(given))
        }
    }

    /// Whether a value is a model, which other types may convert into.
    fn is_model(&self, slot: &Slot) -> bool {
        let named = self.is_newtype(&slot.ty) || matches!(self.api.types.resolve(&slot.ty), TypeRef::Named(_));
        named && !self.api.types.is_nullable(slot)
    }

    /// Whether the argument for a body mentions `IntoBody`.
    pub(super) fn names_into_body(&self, operation: &Operation) -> bool {
        let contents = operation.body.as_ref().map(|body| body.contents.as_slice());
        match contents {
            Some([only]) => self.converts_body(only),
            _ => false,
        }
    }

    fn converts_body(&self, content: &BodyContent) -> bool {
        let slot = content.kind.slot().filter(|slot| self.is_model(slot));
        slot.is_some_and(|slot| !matches!(content.kind, BodyKind::Multipart(..)) || !self.has_parts(slot))
    }

    /// The type in which a value is taken, with a lifetime where that has to be named.
    fn value(&self, slot: &Slot, lifetime: Option<&TokenStream>) -> (TokenStream, Handed) {
        if self.api.types.is_nullable(slot) && !matches!(self.api.types.resolve(&slot.ty), TypeRef::Any) {
            let (ty, _) = self.value_ty(&slot.ty, lifetime);
            return (quote!(Option<#ty>), Handed::Value);
        }
        self.value_ty(&slot.ty, lifetime)
    }

    fn value_ty(&self, ty: &TypeRef, lifetime: Option<&TokenStream>) -> (TokenStream, Handed) {
        let rust = match ty {
            TypeRef::List(item) => {
                let item = self.slot(item, &mut Scope::Api);
                quote!([#item])
            }
            TypeRef::Primitive(primitive) if self.is_text(*primitive) => quote!(str),
            TypeRef::Primitive(primitive) if is_copy(*primitive) => {
                return (self.ty(ty, &mut Scope::Api), Handed::Value);
            }
            ty => self.ty(ty, &mut Scope::Api),
        };
        (quote!(& #lifetime #rust), Handed::Reference)
    }

    /// What a type is once aliases are followed, since two names of one type convert only once.
    pub(crate) fn rust_type(&self, slot: &Slot, depth: usize) -> String {
        let null = if self.api.types.is_nullable(slot) { "?" } else { "" };
        let inner = |slot: &Slot| self.rust_type(slot, depth + 1);
        match self.api.types.resolve(&slot.ty) {
            _ if depth > DEEPEST => "…".to_owned(),
            TypeRef::Primitive(primitive) => format!("{}{null}", self.primitive(*primitive)),
            TypeRef::Named(id) => format!("#{}{null}", id.index()),
            TypeRef::List(item) => format!("[{}]{null}", inner(item)),
            TypeRef::Map(value) => format!("{{{}}}{null}", inner(value)),
            TypeRef::Tuple(places) => format!("({}){null}", places.iter().map(inner).collect::<Vec<_>>().join(",")),
            TypeRef::Any => "any".to_owned(),
        }
    }

    pub(crate) fn has_parts(&self, slot: &Slot) -> bool {
        let TypeRef::Named(id) = &slot.ty else {
            return false;
        };
        matches!(&self.api.types[*id].shape, Shape::Struct(object) if object.parts)
    }
}

/// Which media types a caller can name for the body of an operation.
pub(super) fn choice_docs(operation: &Operation) -> Option<String> {
    match operation.body.as_ref()?.contents.as_slice() {
        [only] if only.kind == BodyKind::Raw => Some(format!("Content types of the body: {}.", media_types(only))),
        _ => None,
    }
}

/// The media types of a content, as text.
fn media_types(content: &BodyContent) -> String {
    let all = content.media_type.split(", ");
    let mut named: Vec<String> = all.map(|media_type| format!("`{}`", printable(media_type))).collect();
    if named.len() > MOST_NAMED {
        named.truncate(MOST_NAMED);
        named.push("and others".to_owned());
    }
    named.join(", ")
}

/// Whether some body is made of parts.
pub(crate) fn has_multipart(api: &Api) -> bool {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    let mut contents = bodies.flat_map(|body| &body.contents);
    contents.any(|content| matches!(content.kind, BodyKind::Multipart(..)))
}

/// How the members of the bodies of an operation are written.
pub(super) fn encodings(operation: &Operation) -> impl Iterator<Item = &Encoding> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    contents.flat_map(|content| match &content.kind {
        BodyKind::Form(_, encodings) | BodyKind::Multipart(_, encodings) => encodings.as_slice(),
        BodyKind::Json(_) | BodyKind::Xml(_) | BodyKind::Text | BodyKind::Bytes | BodyKind::Raw => &[],
    })
}

fn encoding_list(encodings: &[Encoding]) -> TokenStream {
    let encodings = encodings.iter().map(|encoding| {
        let name = &encoding.wire;
        let content_type = encoding.content_type.as_ref().map(|own| quote!(.content_type(#own)));
        let style = encoding.style.map(|(style, explode, reserved)| {
            let explode = (explode != matches!(style, Style::Form | Style::DeepObject)).then(|| {
                let explode = proc_macro2::Ident::new(&explode.to_string(), proc_macro2::Span::call_site());
                quote!(.explode(#explode))
            });
            let reserved = reserved.then(|| quote!(.allow_reserved()));
            let style = styled(style);
            quote!(#style #explode #reserved)
        });
        let headers = (!encoding.headers.is_empty()).then(|| {
            let headers = encoding.headers.iter().map(|(name, value)| {
                let (name, value) = (Literal::string(name), Literal::string(value));
                quote!((#name, #value))
            });
            quote!(.headers(&[#(#headers),*]))
        });
        quote!(Encoding::new(#name)#content_type #style #headers)
    });
    quote!(&[#(#encodings),*])
}
