//! What becomes a union: the types of its branches, and what becomes one of these.

use proc_macro2::TokenStream;
use quote::quote;

use super::routes::{Leaf, Origin, Route, Source};
use crate::analyze::Given;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;
use crate::emit::tokens::feature::{unless_given, when_given};
use crate::emit::tokens::ty::Scope;
use crate::ir::{Slot, TypeId, TypeRef, Union};

impl Cx<'_> {
    /// `From` for every type that leads to one branch alone, or whose values are known to lead to one branch each.
    pub(super) fn conversions(&self, id: TypeId, union: &Union, scope: &mut Scope) -> TokenStream {
        let ty = &self.names.of_type(id).ty;
        let sources = self.sources(id, union);
        let collections = self.collections(id, &sources, scope);
        let mut conversions = Vec::new();
        for source in sources.iter().filter(|source| !self.takes_any_vec(source, &sources)) {
            let from = match source.origin {
                Origin::Held(union, slot) => self.held_type(union, slot, scope),
                Origin::Text => quote!(String),
                Origin::Str => quote!(&str),
                Origin::Plain(primitive) => self.primitive(primitive),
            };
            let made = self.made(id, source, scope);
            conversions.push(quote! {
                impl From<#from> for #ty {
                    #[inline]
                    fn from(value: #from) -> Self {
                        #made
                    }
                }
            });
        }
        quote!(#(#conversions)* #collections)
    }

    /// The union that `value` becomes.
    fn made(&self, id: TypeId, source: &Source<'_>, scope: &mut Scope) -> TokenStream {
        match (&source.route, source.origin) {
            (Route::Choice(leaves), Origin::Text) if leaves[0].listed.is_some() => quote!(Self::from(value.as_str())),
            (Route::Choice(leaves), origin) => self.chosen(id, leaves, origin, scope),
            (Route::Branch(variant), Origin::Str) => self.variant(id, *variant, &quote!(value.to_owned())),
            (Route::Branch(variant), _) => self.variant(id, *variant, &quote!(value)),
            (Route::Within(variant), _) => self.variant(id, *variant, &quote!(value.into())),
        }
    }

    /// The union that a value of what a branch holds becomes.
    pub(super) fn through(&self, id: TypeId, source: &Source<'_>, value: &TokenStream) -> TokenStream {
        match &source.route {
            Route::Branch(variant) => self.variant(id, *variant, value),
            Route::Within(variant) => self.variant(id, *variant, &quote!(#value.into())),
            Route::Choice(_) => value.clone(),
        }
    }

    /// The variant that reads `value` if it were JSON: the first one that lists it or takes any.
    fn chosen(&self, id: TypeId, leaves: &[Leaf], origin: Origin<'_>, scope: &mut Scope) -> TokenStream {
        let open = leaves.iter().position(|leaf| leaf.listed.is_none());
        let listing = &leaves[..open.unwrap_or(leaves.len())];
        let listing = listing.iter().filter_map(|leaf| {
            let listed = self.ty(&TypeRef::Named(leaf.listed?), scope);
            let variant = self.variant(id, leaf.variant, &quote!(listed));
            Some(quote! {
                let listed = #listed::from(value);
                if !matches!(listed, #listed::Unknown(_)) {
                    return #variant;
                }
            })
        });
        let listing: Vec<TokenStream> = listing.collect();
        let last = leaves[open.unwrap_or(0)];
        let held = match origin {
            Origin::Str if last.exact => quote!(value.to_owned()),
            _ if last.exact => quote!(value),
            _ => quote!(value.into()),
        };
        let otherwise = self.variant(id, last.variant, &held);
        quote!(#(#listing)* #otherwise)
    }

    /// A variant, with what it holds.
    pub(super) fn variant(&self, id: TypeId, variant: usize, held: &TokenStream) -> TokenStream {
        let ident = &self.names.of_type(id).members[variant];
        match self.facts.is_boxed(id, variant) {
            true => quote!(Self::#ident(Box::new(#held))),
            false => quote!(Self::#ident(#held)),
        }
    }

    /// `From` for JSON: the way to values that no variant holds, unless a variant holds any JSON.
    pub(super) fn conversion_of_json(&self, id: TypeId, union: &Union) -> Option<TokenStream> {
        let json = self.rust_type(&Slot::new(TypeRef::Any), 0);
        let sources = self.sources(id, union);
        if sources.iter().any(|source| source.keys.contains(&json)) || !union.keeps_unknown() {
            return None;
        }
        let (ty, runtime) = (&self.names.of_type(id).ty, self.paths.runtime());
        let serde_json = self.paths.krate("serde_json");
        let conversion = |when: Option<TokenStream>, docs: &str, convert: TokenStream| {
            let docs = doc(docs);
            quote! {
                #docs
                #when
                impl From<#serde_json::Value> for #ty {
                    #[inline]
                    fn from(value: #serde_json::Value) -> Self {
                        #convert
                    }
                }
            }
        };
        let reads = self.facts.reads(id);
        let read = (reads != Given::Never).then(|| {
            let docs = "Reads the variant of a value; `Unknown` if there is none.";
            let read = quote!(#runtime::union::from_json(value, Self::Unknown));
            conversion(when_given(reads), docs, read)
        });
        let keep = (reads != Given::Always).then(|| {
            let docs = "Keeps the value as `Unknown`, to be sent as it is.";
            let keep = quote!(Self::Unknown(#runtime::Unlisted::new(value)));
            conversion(unless_given(reads), docs, keep)
        });
        Some(quote!(#read #keep))
    }
}
