//! An object whose members are parts -> the `Multipart` that is sent.

use proc_macro2::TokenStream;
use quote::quote;

use super::member::{Member, allow_deprecated};
use crate::analyze::Presence;
use crate::emit::context::Cx;
use crate::ir::{Primitive, Struct, TypeRef};
use crate::names::TypeNames;

/// How many files a member is.
enum Files {
    None,
    One,
    Many,
}

impl Cx<'_> {
    pub(super) fn parts(&self, names: &TypeNames, object: &Struct, members: &[Member<'_>]) -> TokenStream {
        let ty = &names.ty;
        let runtime = self.paths.runtime();
        let allow = allow_deprecated(members);
        let sent = members.iter().filter(|member| !member.withheld);
        let calls = sent.map(|member| {
            let (wire, ident) = (&member.field.wire, member.ident);
            let always = member.presence == Presence::Required;
            match (files(&member.field.slot.ty), always) {
                (Files::None, _) => quote!(.value(#wire, &object.#ident)),
                (Files::One, true) => quote!(.part(#wire, object.#ident)),
                (Files::One, false) | (Files::Many, true) => quote!(.parts(#wire, object.#ident)),
                (Files::Many, false) => quote!(.parts(#wire, object.#ident.into_iter().flatten())),
            }
        });
        let calls: Vec<TokenStream> = calls.collect();
        let chain = quote!(Self::new()#(#calls)*);
        let body = match &object.extra {
            None => chain,
            Some(slot) => {
                let ident = &names.extra;
                let call = match files(&slot.ty) {
                    Files::None => quote!(multipart.value(&name, &value)),
                    Files::One => quote!(multipart.part(&name, value)),
                    Files::Many => quote!(multipart.parts(&name, value)),
                };
                quote! {
                    let mut multipart = #chain;
                    for (name, value) in object.#ident {
                        multipart = #call;
                    }
                    multipart
                }
            }
        };
        quote! {
            #allow
            impl From<#ty> for #runtime::Multipart {
                #[inline]
                fn from(object: #ty) -> Self {
                    #body
                }
            }
        }
    }
}

fn files(ty: &TypeRef) -> Files {
    match ty {
        TypeRef::Primitive(Primitive::Part) => Files::One,
        TypeRef::List(item) if matches!(item.ty, TypeRef::Primitive(Primitive::Part)) => Files::Many,
        _ => Files::None,
    }
}
