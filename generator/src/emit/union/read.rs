//! How a union is read: by its discriminator, by its name, or by what the value looks like.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use super::Cx;
use crate::analyze::{Overlap, Presence};
use crate::ir::{EnumValues, Field, Primitive, Shape, Struct, Tag, Tagging, TypeId, TypeRef, Union};

/// Lists of values longer than this do not help to tell branches apart.
const LONGEST_LIST: usize = 40;

impl Cx<'_> {
    pub(super) fn read_union(&self, id: TypeId, union: &Union) -> TokenStream {
        let read = match &union.tagging {
            Tagging::Internal(tag) => self.read_tagged(id, union, tag),
            Tagging::External => self.read_content(id, union, &quote!(union::external(&value))),
            Tagging::Adjacent { tag, content } => {
                self.read_content(id, union, &quote!(union::adjacent(&value, #tag, #content)))
            }
            Tagging::Untagged { .. } => {
                let all: Vec<usize> = (0..union.variants.len()).collect();
                self.attempts(id, union, &all)
            }
        };
        quote! {
            let value = source.buffer()?;
            #read
        }
    }

    fn read_tagged(&self, id: TypeId, union: &Union, tag: &Tag) -> TokenStream {
        let names = self.names.of_type(id);
        let property = &tag.property;
        let mut arms: IndexMap<Vec<usize>, Vec<TokenStream>> = IndexMap::new();
        for (value, candidates) in by_tag(union) {
            arms.entry(candidates).or_default().push(quote!(#value));
        }
        if let Some(unlisted) = tag.unlisted {
            arms.shift_remove(&vec![unlisted]);
        }
        let mut absent = (!tag.absent.is_empty()).then_some(&tag.absent);
        let mut read: Vec<TokenStream> = Vec::new();
        for (candidates, tags) in &arms {
            let also = absent.take_if(|absent| *absent == candidates).map(|_| quote!(| None));
            let then = self.read_candidates(id, union, candidates);
            read.push(quote!(Some(#(#tags)|*) #also => #then,));
        }
        if let Some(absent) = absent.filter(|absent| tag.unlisted.is_none_or(|unlisted| **absent != [unlisted])) {
            let then = self.read_candidates(id, union, absent);
            read.push(quote!(None => #then,));
        }
        let otherwise = match tag.unlisted.and_then(|index| names.members.get(index)) {
            Some(ident) => quote!(union::branch(&value).map(Self::#ident)),
            None => quote!(union::unknown(&value, Self::Unknown)),
        };
        quote! {
            match union::tag(&value, #property).as_deref() {
                #(#read)*
                _ => #otherwise,
            }
        }
    }

    /// Reads the only variant there is, or what the value looks like most.
    fn read_candidates(&self, id: TypeId, union: &Union, candidates: &[usize]) -> TokenStream {
        if let [only] = candidates {
            let ident = &self.names.of_type(id).members[*only];
            return quote!(union::branch(&value).map(Self::#ident));
        }
        let attempts = self.attempts(id, union, candidates);
        quote!({ #attempts })
    }

    /// Reads the content of a variant that is called by its name.
    fn read_content(&self, id: TypeId, union: &Union, find: &TokenStream) -> TokenStream {
        let names = self.names.of_type(id);
        let arms = union.variants.iter().zip(&names.members).map(|(variant, ident)| {
            let name = variant.tags.first().map(String::as_str).unwrap_or_default();
            match variant.slot {
                Some(_) => quote!(Some((#name, Some(content))) => union::branch(content).map(Self::#ident),),
                None => quote!(Some((#name, None)) => Ok(Self::#ident),),
            }
        });
        quote! {
            match #find {
                #(#arms)*
                _ => union::unknown(&value, Self::Unknown),
            }
        }
    }

    /// Compares the value with variants, and takes the one it looks like most.
    fn attempts(&self, id: TypeId, union: &Union, candidates: &[usize]) -> TokenStream {
        let names = self.names.of_type(id);
        let expecting = names.ty.plain();
        let objects = candidates.iter().filter_map(|index| {
            let slot = union.variants[*index].slot.as_ref()?;
            self.struct_of(&slot.ty).map(|(_, object)| object)
        });
        let objects: Vec<&Struct> = objects.collect();
        let branches = candidates.iter().filter_map(|index| {
            let (ident, slot) = (&names.members[*index], union.variants[*index].slot.as_ref()?);
            let name = ident.plain();
            Some(match self.struct_of(&slot.ty) {
                Some((id, object)) => {
                    let shape = self.object_shape(id, object, &objects);
                    quote! {
                        let shape = #shape;
                        attempts.branch(#name, shape, Self::#ident);
                    }
                }
                None => {
                    let shape = self.shape(&slot.ty);
                    quote!(attempts.branch(#name, #shape, Self::#ident);)
                }
            })
        });
        let branches: Vec<TokenStream> = branches.collect();
        let best = match self.facts.overlap(id) {
            _ if !union.keeps_unknown() => quote!(attempts.best()),
            Overlap::Never => quote!(attempts.best_or(Self::Unknown)),
            Overlap::Unlikely => quote!(attempts.only_or(Self::Unknown)),
            Overlap::Likely => quote!(attempts.all_or(Self::Several, Self::Unknown)),
        };
        quote! {
            let mut attempts = union::Attempts::new(#expecting, &value);
            #(#branches)*
            #best
        }
    }

    /// What a value of a type looks like that is no struct, as far as it can be told without reading it.
    fn shape(&self, ty: &TypeRef) -> TokenStream {
        let kind = match self.api.types.resolve(ty) {
            TypeRef::Primitive(primitive) if primitive.is_bool() => quote!(BOOLEAN),
            TypeRef::Primitive(Primitive::I32 | Primitive::I64 | Primitive::U32 | Primitive::U64 | Primitive::I128) => {
                quote!(INTEGER)
            }
            TypeRef::Primitive(Primitive::F64) => quote!(NUMBER),
            TypeRef::Primitive(_) => quote!(STRING),
            TypeRef::List(_) | TypeRef::Tuple(_) => quote!(ARRAY),
            TypeRef::Map(_) => quote!(object(&[])),
            TypeRef::Any => quote!(ANY),
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Enum(values) => match values.values {
                    EnumValues::Strings(_) => quote!(STRING),
                    EnumValues::Integers(_) => quote!(INTEGER),
                    EnumValues::Numbers(_) => quote!(NUMBER),
                },
                Shape::Struct(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Any => quote!(ANY),
            },
        };
        quote!(union::Shape::#kind)
    }

    fn struct_of(&self, ty: &TypeRef) -> Option<(TypeId, &Struct)> {
        match self.api.types.resolve(ty) {
            TypeRef::Named(id) => match &self.api.types[*id].shape {
                Shape::Struct(object) => Some((*id, object)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What must be there, and what tells the object from the other `objects`.
    fn object_shape(&self, id: TypeId, object: &Struct, objects: &[&Struct]) -> TokenStream {
        let required =
            object.fields.iter().enumerate().filter_map(|(index, field)| {
                (self.facts.presence(id, index) == Presence::Required).then_some(&field.wire)
            });
        let [mut texts, mut integers, mut numbers, mut booleans] = [const { Vec::new() }; 4];
        for field in &object.fields {
            let wire = &field.wire;
            match self.api.types.constant(&field.slot) {
                Some(Value::String(text)) => texts.push(quote!((#wire, #text))),
                Some(Value::Bool(boolean)) => booleans.push(quote!((#wire, #boolean))),
                Some(Value::Number(number)) => match (number.as_i64(), number.as_f64()) {
                    (Some(integer), _) => {
                        let integer = Literal::i64_unsuffixed(integer);
                        integers.push(quote!((#wire, #integer)));
                    }
                    (None, Some(float)) => {
                        let float = Literal::f64_unsuffixed(float);
                        numbers.push(quote!((#wire, #float)));
                    }
                    (None, None) => {}
                },
                _ => {}
            }
        }
        let texts = (!texts.is_empty()).then(|| quote!(.constants(&[#(#texts),*])));
        let integers = (!integers.is_empty()).then(|| quote!(.integers(&[#(#integers),*])));
        let numbers = (!numbers.is_empty()).then(|| quote!(.numbers(&[#(#numbers),*])));
        let booleans = (!booleans.is_empty()).then(|| quote!(.booleans(&[#(#booleans),*])));
        let listed = self.listed(object, objects);
        quote!(union::Shape::object(&[#(#required),*])#texts #integers #numbers #booleans #listed)
    }

    /// The properties whose listed values are not those of another object.
    fn listed(&self, object: &Struct, objects: &[&Struct]) -> Option<TokenStream> {
        let lists: Vec<TokenStream> = object
            .fields
            .iter()
            .filter_map(|field| {
                let own = self
                    .listed_texts(field)
                    .filter(|own| (2..=LONGEST_LIST).contains(&own.len()))?;
                let others = objects
                    .iter()
                    .filter_map(|other| other.fields.iter().find(|other| other.wire == field.wire));
                let differs = others
                    .filter_map(|other| self.listed_texts(other))
                    .any(|other| other != own);
                let wire = &field.wire;
                differs.then(|| quote!((#wire, &[#(#own),*])))
            })
            .collect();
        (!lists.is_empty()).then(|| quote!(.listed(&[#(#lists),*])))
    }

    fn listed_texts(&self, field: &Field) -> Option<BTreeSet<&str>> {
        let TypeRef::Named(id) = self.api.types.resolve(&field.slot.ty) else {
            return None;
        };
        match &self.api.types[*id].shape {
            Shape::Enum(values) => match &values.values {
                EnumValues::Strings(values) => Some(values.iter().map(|value| value.wire.as_str()).collect()),
                EnumValues::Integers(_) | EnumValues::Numbers(_) => None,
            },
            _ => None,
        }
    }
}

/// Every discriminator value with the variants that have it.
fn by_tag(union: &Union) -> IndexMap<&str, Vec<usize>> {
    let mut found: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, variant) in union.variants.iter().enumerate() {
        for tag in &variant.tags {
            found.entry(tag).or_default().push(index);
        }
    }
    found
}
