//! Results of several types -> the methods that return one of them.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::response::{Choice, Variant};
use crate::emit::documentation::comments::doc;
use crate::names::accessor;

impl Choice<'_> {
    /// The methods of a result: the body of each variant, and whether it is one without a body.
    pub(super) fn accessors(&self) -> TokenStream {
        let ty = self.ty;
        let mut taken = BTreeSet::new();
        let variants = self.variants.iter();
        let methods = variants
            .filter(|variant| taken.insert(accessor("into", variant.name)))
            .map(of_variant);
        quote! {
            impl #ty { #(#methods)* }
        }
    }
}

fn of_variant(variant: &Variant<'_>) -> TokenStream {
    let (name, pattern) = (variant.name, &variant.pattern);
    let Some(body) = &variant.body else {
        let method = accessor("is", name);
        let docs = doc(&format!("Returns whether this is [`{name}`](Self::{name})."));
        return quote! {
            #docs
            #[inline]
            pub fn #method(&self) -> bool {
                matches!(self, #pattern)
            }
        };
    };
    let shown = (!variant.comes_in_pieces).then(|| {
        let method = accessor("as", name);
        let docs = doc(&format!(
            "Returns a reference to the body, if this is [`{name}`](Self::{name})."
        ));
        let body = match body.to_string().as_str() {
            "String" => quote!(str),
            _ => body.clone(),
        };
        quote! {
            #docs
            #[inline]
            pub fn #method(&self) -> Option<&#body> {
                match self {
                    Self::#name(body) => Some(body),
                    _ => None,
                }
            }
        }
    });
    let method = accessor("into", name);
    let docs = doc(&format!("Returns the body, if this is [`{name}`](Self::{name})."));
    quote! {
        #shown

        #docs
        #[inline]
        pub fn #method(self) -> Option<#body> {
            match self {
                Self::#name(body) => Some(body),
                _ => None,
            }
        }
    }
}
