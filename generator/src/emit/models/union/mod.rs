//! [`Union`] -> an enum with a variant per branch.

mod collections;
mod convert;
mod leaves;
mod read;
mod routes;
mod sources;

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Slot, Tagging, TypeId, Union, Variant};

impl Cx<'_> {
    pub(super) fn union(&self, id: TypeId, union: &Union, scope: &mut Scope, uses: &mut Uses) -> TokenStream {
        let definition = self.union_definition(id, union, scope);
        let conversions = self.conversions(id, union, scope);
        let of_json = self.conversion_of_json(id, union);
        let ty = &self.names.of_type(id).ty;
        let (reads, writes) = (self.facts.reads(id), self.facts.writes(id));
        uses.of(reads).unions = true;
        if self.writes_by_runtime(id, union) {
            uses.of(writes).unions = true;
        }
        let read = uses.read(reads, ty, None, || self.read_union(id, union));
        let write = uses.write(writes, ty, None, || self.write_union(id, union));
        quote!(#definition #conversions #of_json #read #write)
    }

    fn union_definition(&self, id: TypeId, union: &Union, scope: &mut Scope) -> TokenStream {
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let docs = self.type_docs(id);
        let variants: Vec<TokenStream> = union
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| {
                let docs = variant_docs(variant);
                let ident = &names.members[index];
                match &variant.slot {
                    Some(slot) => {
                        let held = self.held_type(union, slot, scope);
                        let held = match self.facts.is_boxed(id, index) {
                            true => quote!(Box<#held>),
                            false => held,
                        };
                        quote!(#docs #ident(#held),)
                    }
                    None => quote!(#docs #ident,),
                }
            })
            .collect();
        let several = self.facts.holds_several(id).then(|| {
            let docs = doc("A value that matches several variants, none of which has all its properties.");
            quote!(#docs Several(Vec<Self>),)
        });
        let unknown = union.keeps_unknown().then(|| {
            let docs = doc(&unknown_text(union));
            let (serde_json, runtime) = (self.paths.krate("serde_json"), self.paths.runtime());
            quote!(#docs Unknown(#runtime::Unlisted<#serde_json::Value>),)
        });
        let (eq, added) = self.total_equality(id);
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq #eq)]
            #added
            #[non_exhaustive]
            pub enum #ty { #(#variants)* #several #unknown }
        }
    }

    /// What a variant holds. `null` stands beside a union, unless it is the content that serde's tags stand beside.
    fn held_type(&self, union: &Union, slot: &Slot, scope: &mut Scope) -> TokenStream {
        match union.has_content() {
            true => self.slot(slot, scope),
            false => self.ty(&slot.ty, scope),
        }
    }

    fn write_union(&self, id: TypeId, union: &Union) -> TokenStream {
        let names = self.names.of_type(id);
        let arms: Vec<TokenStream> = union
            .variants
            .iter()
            .zip(&names.members)
            .enumerate()
            .map(|(index, (variant, ident))| match (&union.tagging, &variant.slot) {
                (Tagging::External, held) => {
                    let name = variant.tags.first().map(String::as_str).unwrap_or_default();
                    match held {
                        Some(_) => quote!(Self::#ident(value) => union::write_external(value, #name, sink),),
                        None => quote!(Self::#ident => sink.text(#name),),
                    }
                }
                (Tagging::Adjacent { tag, content }, held) => {
                    let name = variant.tags.first().map(String::as_str).unwrap_or_default();
                    match held {
                        Some(_) => {
                            quote!(Self::#ident(value) => union::write_adjacent(#tag, #name, #content, value, sink),)
                        }
                        None => quote!(Self::#ident => union::write_tag(#tag, #name, sink),),
                    }
                }
                (tagging, _) => match (tagging, self.facts.written_tag(id, index)) {
                    (Tagging::Internal(tag), Some(value)) => {
                        let property = &tag.property;
                        quote!(Self::#ident(value) => union::write_tagged(value, #property, #value, sink),)
                    }
                    _ => quote!(Self::#ident(value) => write::Write::write(value, sink),),
                },
            })
            .collect();
        let several = self.facts.holds_several(id);
        let several = several.then(|| quote!(Self::Several(values) => union::write_merged(values, sink),));
        let unknown = union.keeps_unknown();
        let unknown = unknown.then(|| quote!(Self::Unknown(value) => write::Write::write(value, sink),));
        quote! {
            match self {
                #(#arms)*
                #several
                #unknown
            }
        }
    }

    /// Whether writing mentions the module `union`.
    fn writes_by_runtime(&self, id: TypeId, union: &Union) -> bool {
        let mut variants = union.variants.iter().enumerate();
        let external = matches!(union.tagging, Tagging::External);
        let adjacent = matches!(union.tagging, Tagging::Adjacent { .. });
        adjacent
            || self.facts.holds_several(id)
            || variants.any(|(index, variant)| {
                external && variant.slot.is_some() || self.facts.written_tag(id, index).is_some()
            })
    }
}

fn unknown_text(union: &Union) -> String {
    match &union.tagging {
        Tagging::Internal(tag) => format!(
            "A value whose `{}` is not listed in the API description.",
            printable(&tag.property)
        ),
        Tagging::External | Tagging::Adjacent { .. } => "A variant not listed in the API description.".to_owned(),
        Tagging::Untagged { .. } => "A value that matches no variant.".to_owned(),
    }
}

fn variant_docs(variant: &Variant) -> TokenStream {
    if !variant.description.trim().is_empty() {
        return Doc::default().text(&variant.description).outer();
    }
    let tags: Vec<String> = variant.tags.iter().map(|tag| format!("`{}`", printable(tag))).collect();
    doc(&if tags.is_empty() {
        format!("`{}`", printable(&variant.hint))
    } else {
        tags.join(" or ")
    })
}
