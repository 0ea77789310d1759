//! What becomes a union: the types of its branches, and what becomes one of these.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Given;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;
use crate::emit::tokens::feature::{unless_given, when_given};
use crate::emit::tokens::ty::Scope;
use crate::ir::{EnumValues, Primitive, Shape, Slot, TypeId, TypeRef, Union};

/// A type that becomes a union.
#[derive(Clone, Copy)]
enum Origin<'a> {
    /// What a branch of the union, or of one within it, holds.
    Held(&'a Union, &'a Slot),
    /// A `String`, of a branch that is an enum of strings.
    Text,
    /// A `&str`.
    Str,
}

/// A type that becomes a union, and by which variant.
#[derive(Clone)]
struct Source<'a> {
    origin: Origin<'a>,
    /// What the type is once aliases are followed, and how it is written: `From` is implemented once for each.
    keys: [String; 2],
    variant: usize,
    /// Whether the variant holds another type, which it is converted into.
    nested: bool,
}

impl<'a> Cx<'a> {
    /// `From` for every type that leads to one branch alone.
    pub(super) fn conversions(&self, id: TypeId, union: &Union, scope: &mut Scope) -> TokenStream {
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let sources = self.sources(id, union);
        let conversions = sources.into_iter().map(|source| {
            let ident = &names.members[source.variant];
            let from = match source.origin {
                Origin::Held(union, slot) => self.held_type(union, slot, scope),
                Origin::Text => quote!(String),
                Origin::Str => quote!(&str),
            };
            let value = match (source.nested, source.origin) {
                (true, _) => quote!(value.into()),
                (false, Origin::Str) => quote!(value.to_owned()),
                (false, _) => quote!(value),
            };
            let value = match self.facts.is_boxed(id, source.variant) {
                true => quote!(Box::new(#value)),
                false => value,
            };
            quote! {
                impl From<#from> for #ty {
                    #[inline]
                    fn from(value: #from) -> Self {
                        Self::#ident(#value)
                    }
                }
            }
        });
        let conversions: Vec<TokenStream> = conversions.collect();
        quote!(#(#conversions)*)
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

    /// The types that become a union, in the order of its branches: those that its branches hold, then those that become one
    /// of these. A type to which two branches lead is none of them.
    fn sources<'b>(&'b self, id: TypeId, union: &'b Union) -> Vec<Source<'b>> {
        let held = union.variants.iter().enumerate();
        let held: Vec<(usize, &Slot)> = held
            .filter_map(|(index, variant)| Some((index, variant.slot.as_ref()?)))
            .collect();
        let mut direct: Vec<Source<'b>> = Vec::new();
        for (variant, slot) in &held {
            direct.push(self.held_source(union, slot, *variant));
            if self.is_string(union, slot) {
                direct.push(self.text_source(Origin::Str, *variant, false));
            }
        }
        let mut nested: Vec<Source<'b>> = Vec::new();
        if !self.leads_to(id, id, &mut Vec::new()) {
            for (variant, slot) in &held {
                nested.extend(self.sources_of_branch(union, slot, *variant));
            }
        }
        let is_new = |source: &Source<'_>| {
            let mut known = direct.iter().flat_map(|own| &own.keys);
            !known.any(|key| source.keys.contains(key)) && source.keys[0] != format!("#{}", id.index())
        };
        nested.retain(is_new);
        let mut sources = alone(direct);
        sources.extend(alone(nested));
        sources
    }

    /// What becomes the type that a branch holds.
    fn sources_of_branch<'b>(&'b self, union: &Union, slot: &Slot, variant: usize) -> Vec<Source<'b>> {
        let Some(inner) = self.named_branch(union, slot) else {
            return Vec::new();
        };
        let through = |source: Source<'b>| Source {
            variant,
            nested: true,
            ..source
        };
        match &self.api.types[inner].shape {
            Shape::Union(union) => self.sources(inner, union).into_iter().map(through).collect(),
            Shape::Enum(values) if matches!(values.values, EnumValues::Strings(_)) => vec![
                self.text_source(Origin::Str, variant, true),
                self.text_source(Origin::Text, variant, true),
            ],
            _ => Vec::new(),
        }
    }

    fn held_source<'b>(&self, union: &'b Union, slot: &'b Slot, variant: usize) -> Source<'b> {
        let written = self.held_type(union, slot, &mut Scope::Api).to_string();
        Source {
            origin: Origin::Held(union, slot),
            keys: [self.rust_type(slot, 0), written],
            variant,
            nested: false,
        }
    }

    fn text_source<'b>(&self, origin: Origin<'b>, variant: usize, nested: bool) -> Source<'b> {
        let key = match origin {
            Origin::Str => "&str".to_owned(),
            _ => self.primitive(Primitive::String).to_string(),
        };
        Source {
            origin,
            keys: [key.clone(), key],
            variant,
            nested,
        }
    }

    /// Whether a branch holds a `String`.
    fn is_string(&self, union: &Union, slot: &Slot) -> bool {
        let null = union.has_content() && self.api.types.is_nullable(slot);
        let text =
            matches!(self.api.types.resolve(&slot.ty), TypeRef::Primitive(primitive) if self.is_text(*primitive));
        text && !null && !self.is_newtype(&slot.ty)
    }

    /// The type that a branch holds, if it has a name and is no `Option`.
    fn named_branch(&self, union: &Union, slot: &Slot) -> Option<TypeId> {
        let null = union.has_content() && self.api.types.is_nullable(slot);
        match self.api.types.resolve(&slot.ty) {
            TypeRef::Named(id) if !null && !self.is_newtype(&slot.ty) => Some(*id),
            _ => None,
        }
    }

    /// Whether a union is a branch of a branch of itself, which would never end.
    fn leads_to(&self, from: TypeId, to: TypeId, seen: &mut Vec<TypeId>) -> bool {
        let Shape::Union(union) = &self.api.types[from].shape else {
            return false;
        };
        let mut slots = union.variants.iter().filter_map(|variant| variant.slot.as_ref());
        slots.any(|slot| match self.named_branch(union, slot) {
            Some(branch) if branch == to => true,
            Some(branch) if !seen.contains(&branch) => {
                seen.push(branch);
                self.leads_to(branch, to, seen)
            }
            _ => false,
        })
    }
}

/// The sources to which no other is equal.
fn alone(sources: Vec<Source<'_>>) -> Vec<Source<'_>> {
    let mut counts: [HashMap<String, usize>; 2] = Default::default();
    for source in &sources {
        for (count, key) in counts.iter_mut().zip(&source.keys) {
            *count.entry(key.clone()).or_default() += 1;
        }
    }
    let is_alone = |source: &Source<'_>| {
        let mut keys = counts.iter().zip(&source.keys);
        keys.all(|(count, key)| count.get(key) == Some(&1))
    };
    sources.into_iter().filter(is_alone).collect()
}
