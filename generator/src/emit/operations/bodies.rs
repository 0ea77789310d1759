//! Request bodies of several media types -> enums of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::body::{encoding_list, media_types};
use super::parameter::is_copy;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::tokens::lints::repetitive;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Body, BodyContent, BodyKind, Operation, OperationId, Slot, TypeRef};
use crate::names::OperationNames;

/// How deep types are told from each other.
const DEEPEST: usize = 4;

/// What a variant is made from.
struct Held {
    held: TokenStream,
    borrowed: bool,
    /// Whether the variant holds it in a `Box`: objects of many parts are large.
    boxed: bool,
    /// The call on a request that sets it, from the variable `body`.
    call: TokenStream,
}

impl Held {
    fn owned(held: TokenStream, call: TokenStream) -> Self {
        Self {
            held,
            borrowed: false,
            boxed: false,
            call,
        }
    }
}

impl Cx<'_> {
    /// The type of a body that can be one of several.
    pub(crate) fn bodies(&self, id: OperationId) -> Option<TokenStream> {
        let operation = &self.api.operations[id.0];
        let body = operation.body.as_ref().filter(|body| body.contents.len() > 1)?;
        let names = self.names.of_operation(id);
        let (ty, runtime) = (&names.body, self.paths.runtime());
        let contents: Vec<Held> = body.contents.iter().map(|content| self.held(content)).collect();
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
        for ((content, one), variant) in body.contents.iter().zip(&contents).zip(&names.contents) {
            let Held { held, call, .. } = one;
            let held = if one.boxed { quote!(Box<#held>) } else { held.clone() };
            let (about, fields) = match content.kind {
                BodyKind::Raw => (
                    format!("Content type, one of {}, and body.", media_types(content)),
                    quote!(media_type, body),
                ),
                _ => (format!("{}.", media_types(content)), quote!(body)),
            };
            let docs = doc(&about);
            variants.push(quote!(#docs #variant(#held),));
            arms.push(quote!(Self::#variant(#fields) => request.#call,));
        }
        let conversions = self.conversions_of_body(names, body, &contents, anonymous.as_ref());
        let lint = repetitive(ty.plain(), names.contents.iter());
        Some(quote! {
            #docs
            #lint
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
        contents: &[Held],
        anonymous: Option<&TokenStream>,
    ) -> TokenStream {
        let ty = &names.body;
        let mut converted: Vec<String> = Vec::new();
        let mut conversions = TokenStream::new();
        for ((content, one), variant) in body.contents.iter().zip(contents).zip(&names.contents) {
            for (key, from, value) in self.conversions_into(content, one) {
                if converted.contains(&key) {
                    continue;
                }
                converted.push(key);
                let lifetime = one.borrowed.then(|| quote!(<'a>));
                let target = lifetime.as_ref().or(anonymous);
                conversions.extend(quote! {
                    impl #lifetime From<#from> for #ty #target {
                        #[inline]
                        fn from(body: #from) -> Self {
                            Self::#variant(#value)
                        }
                    }
                });
            }
        }
        conversions
    }

    /// What converts into a variant: what tells the type from others, the type, and the value of the variant.
    fn conversions_into(&self, content: &BodyContent, one: &Held) -> Vec<(String, TokenStream, TokenStream)> {
        let held = &one.held;
        let serde_json = self.paths.krate("serde_json");
        match &content.kind {
            BodyKind::Raw => Vec::new(),
            kind if self.is_free_form(kind) => {
                let map = quote!(#serde_json::Map<String, #serde_json::Value>);
                vec![
                    ("any".to_owned(), held.clone(), quote!(body)),
                    ("&any".to_owned(), quote!(&#held), quote!(body.clone())),
                    (
                        "{any}".to_owned(),
                        map.clone(),
                        quote!(#serde_json::Value::Object(body)),
                    ),
                    (
                        "&{any}".to_owned(),
                        quote!(&#map),
                        quote!(#serde_json::Value::Object(body.clone())),
                    ),
                ]
            }
            kind => {
                let value = if one.boxed {
                    quote!(Box::new(body))
                } else {
                    quote!(body)
                };
                let Some(slot) = kind.slot() else {
                    return vec![(held.to_string(), held.clone(), value)];
                };
                let key = self.rust_type(slot, 0);
                let mut conversions = vec![(key.clone(), held.clone(), value)];
                if let (TypeRef::List(item), false) = (&slot.ty, self.is_nullable_body(slot)) {
                    let item = self.slot(item, &mut Scope::Api);
                    conversions.push((format!("&{key}"), quote!(&'a Vec<#item>), quote!(body)));
                }
                if let Some(plain) = key.strip_suffix('?').filter(|_| !one.boxed) {
                    let (inner, _) = self.held_ty(&slot.ty);
                    conversions.push((plain.to_owned(), inner, quote!(Some(body))));
                }
                conversions
            }
        }
    }

    pub(super) fn borrows(&self, body: &Body) -> bool {
        body.contents.iter().any(|content| self.held(content).borrowed)
    }

    /// What the variants of the body of an operation hold.
    pub(super) fn held_bodies(&self, operation: &Operation) -> Option<String> {
        let contents = &operation.body.as_ref()?.contents;
        Some(
            contents
                .iter()
                .map(|content| self.held(content).held.to_string())
                .collect(),
        )
    }

    fn held(&self, content: &BodyContent) -> Held {
        let media_type = &content.media_type;
        let runtime = self.paths.runtime();
        match &content.kind {
            BodyKind::Json(slot) => {
                let set = match self.holds_numbers(&slot.ty) {
                    true => quote!(json_numbers),
                    false => quote!(json),
                };
                self.held_value(&content.kind, slot, |body| quote!(#set(#media_type, #body)))
            }
            BodyKind::JsonPatch => Held::owned(quote!(#runtime::JsonPatch), quote!(json(#media_type, &body))),
            BodyKind::Xml(slot) => {
                let node = self.xml_root(slot);
                self.held_value(&content.kind, slot, |body| quote!(xml(#media_type, #node, #body)))
            }
            BodyKind::Form(slot, encodings) => {
                let encodings = encoding_list(encodings);
                self.held_value(&content.kind, slot, |body| quote!(form(#media_type, #encodings, #body)))
            }
            BodyKind::Multipart(Some(slot), encodings) if !self.has_parts(slot) => {
                let encodings = encoding_list(encodings);
                self.held_value(
                    &content.kind,
                    slot,
                    |body| quote!(multipart(#media_type, #encodings, #runtime::Multipart::of(#body))),
                )
            }
            BodyKind::Multipart(slot, encodings) => {
                let encodings = encoding_list(encodings);
                match slot {
                    Some(slot) => Held {
                        boxed: true,
                        ..Held::owned(
                            self.ty(&slot.ty, &mut Scope::Api),
                            quote!(multipart(#media_type, #encodings, *body)),
                        )
                    },
                    None => Held::owned(
                        quote!(#runtime::Multipart),
                        quote!(multipart(#media_type, #encodings, body)),
                    ),
                }
            }
            BodyKind::Text => Held::owned(quote!(String), quote!(body(#media_type, body))),
            BodyKind::Bytes => Held::owned(quote!(#runtime::Body), quote!(body(#media_type, body))),
            BodyKind::Raw => Held {
                borrowed: true,
                ..Held::owned(quote!(&'a str, #runtime::Body), quote!(body(media_type, body)))
            },
        }
    }

    /// A variant that holds a value: a reference, a copy, or any JSON.
    fn held_value(&self, kind: &BodyKind, slot: &Slot, call: impl Fn(TokenStream) -> TokenStream) -> Held {
        if self.is_free_form(kind) {
            let serde_json = self.paths.krate("serde_json");
            return Held::owned(quote!(#serde_json::Value), call(quote!(&body)));
        }
        let (ty, borrowed) = self.held_ty(&slot.ty);
        let (held, body) = match self.is_nullable_body(slot) {
            true => (quote!(Option<#ty>), quote!(&body)),
            false if borrowed => (ty, quote!(body)),
            false => (ty, quote!(&body)),
        };
        Held {
            borrowed,
            ..Held::owned(held, call(body))
        }
    }

    /// The type in which a value is held, and whether it is a reference.
    fn held_ty(&self, ty: &TypeRef) -> (TokenStream, bool) {
        let rust = match ty {
            TypeRef::List(item) => {
                let item = self.slot(item, &mut Scope::Api);
                quote!([#item])
            }
            TypeRef::Primitive(primitive) if self.is_text(*primitive) => quote!(str),
            TypeRef::Primitive(primitive) if is_copy(*primitive) => return (self.ty(ty, &mut Scope::Api), false),
            ty => self.ty(ty, &mut Scope::Api),
        };
        (quote!(&'a #rust), true)
    }

    /// Whether a body is any JSON value, or an object whose properties are.
    pub(crate) fn is_free_form(&self, kind: &BodyKind) -> bool {
        let (BodyKind::Json(slot) | BodyKind::Form(slot, _)) = kind else {
            return false;
        };
        let any = |slot: &Slot| matches!(slot.ty, TypeRef::Any);
        !self.is_newtype(&slot.ty)
            && match self.api.types.resolve(&slot.ty) {
                TypeRef::Any => true,
                TypeRef::Map(value) => any(value),
                _ => false,
            }
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
}
