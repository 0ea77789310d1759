//! [`Union`] -> an enum with a variant per branch.

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::docs::doc;
use super::models::Uses;
use super::object::printable;
use super::ty::Scope;
use crate::analyze::Presence;
use crate::ir::{EnumValues, Primitive, Shape, Struct, Tag, TypeId, TypeRef, Union, Variant};

impl Cx<'_> {
    pub(super) fn union(&self, id: TypeId, union: &Union, scope: &mut Scope, uses: &mut Uses) -> TokenStream {
        let definition = self.union_definition(id, union, scope);
        let conversions = self.conversions(id, union, scope);
        let reach = self.facts.reach(id);
        let ty = &self.names.of_type(id).ty;
        let read = reach.reads().then(|| {
            uses.unions = true;
            let read = match &union.tag {
                Some(tag) => self.read_tagged(id, union, tag),
                None => self.read_untagged(id, union),
            };
            uses.read(ty, &read, None)
        });
        let write = reach
            .writes()
            .then(|| uses.write(ty, &self.write_union(id, union), None));
        quote!(#definition #conversions #read #write)
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
                let docs = doc(&variant_text(variant));
                let ident = &names.members[index];
                let held = self.variant_type(id, index, variant, scope);
                quote!(#docs #ident(#held),)
            })
            .collect();
        let unknown = keeps_unknown(union).map(|tag| {
            let docs = doc(&format!(
                "A value whose `{}` the document does not list.",
                printable(&tag.property)
            ));
            let serde_json = self.paths.krate("serde_json");
            quote!(#docs Unknown(#serde_json::Value),)
        });
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub enum #ty { #(#variants)* #unknown }
        }
    }

    fn variant_type(&self, id: TypeId, index: usize, variant: &Variant, scope: &mut Scope) -> TokenStream {
        let held = self.slot(&variant.slot, scope);
        if self.facts.is_boxed(id, index) {
            quote!(Box<#held>)
        } else {
            held
        }
    }

    /// `From` for every branch whose type no other branch has.
    fn conversions(&self, id: TypeId, union: &Union, scope: &mut Scope) -> TokenStream {
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let held: Vec<String> = union
            .variants
            .iter()
            .map(|variant| self.rust_type(&variant.slot, 0))
            .collect();
        let rust: Vec<String> = union
            .variants
            .iter()
            .map(|variant| self.slot(&variant.slot, scope).to_string())
            .collect();
        let distinct = |index: usize| {
            let same = |list: &[String]| list.iter().filter(|other| **other == list[index]).count() == 1;
            same(&held) && same(&rust)
        };
        let conversions = union
            .variants
            .iter()
            .enumerate()
            .filter(|(index, _)| distinct(*index))
            .map(|(index, variant)| {
                let ident = &names.members[index];
                let from = self.slot(&variant.slot, scope);
                let value = if self.facts.is_boxed(id, index) {
                    quote!(Box::new(value))
                } else {
                    quote!(value)
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

    fn read_tagged(&self, id: TypeId, union: &Union, tag: &Tag) -> TokenStream {
        let names = self.names.of_type(id);
        let property = &tag.property;
        let mut seen: Vec<&str> = Vec::new();
        let arms = union.variants.iter().enumerate().filter_map(|(index, variant)| {
            let tags: Vec<&String> = variant
                .tags
                .iter()
                .filter(|tag| !seen.contains(&tag.as_str()))
                .collect();
            seen.extend(tags.iter().map(|tag| tag.as_str()));
            let ident = &names.members[index];
            if tag.unlisted == Some(index) {
                return None;
            }
            let listed = (!tags.is_empty()).then(|| quote!(Some(#(#tags)|*)));
            let absent = (tag.absent == Some(index)).then(|| quote!(None));
            let patterns: Vec<TokenStream> = listed.into_iter().chain(absent).collect();
            let arm = quote!(#(#patterns)|* => union::branch(&value).map(Self::#ident),);
            (!patterns.is_empty()).then_some(arm)
        });
        let arms: Vec<TokenStream> = arms.collect();
        let unlisted = match tag.unlisted.and_then(|index| names.members.get(index)) {
            Some(ident) => quote!(union::branch(&value).map(Self::#ident)),
            None => quote!(Ok(Self::Unknown(value))),
        };
        quote! {
            let value = source.any()?;
            match union::tag(&value, #property) {
                #(#arms)*
                _ => #unlisted,
            }
        }
    }

    fn read_untagged(&self, id: TypeId, union: &Union) -> TokenStream {
        let names = self.names.of_type(id);
        let expecting = names.ty.plain();
        let attempts = union.variants.iter().enumerate().map(|(index, variant)| {
            let ident = &names.members[index];
            let name = names.members[index].plain();
            let ty = &variant.slot.ty;
            let object = self.struct_of(ty).map(|(id, object)| self.object_shape(id, object));
            let shapes = match (&object, self.api.types.resolve(ty)) {
                (Some(_), _) => vec![quote!(shape)],
                // one of several scalars, which has no shape of its own
                (None, TypeRef::Primitive(Primitive::Scalar(scalar))) => {
                    let kinds = scalar.kinds().iter();
                    kinds.map(|kind| self.shape(&TypeRef::Primitive(*kind))).collect()
                }
                (None, ty) => vec![self.shape(ty)],
            };
            let before = object.map(|object| quote!(let shape = #object;));
            quote! {
                #before
                #(
                    if let Some(value) = attempts.branch(#name, #shapes) {
                        return Ok(Self::#ident(value));
                    }
                )*
            }
        });
        let attempts: Vec<TokenStream> = attempts.collect();
        quote! {
            let value = source.any()?;
            let mut attempts = union::Attempts::new(#expecting, &value);
            #(#attempts)*
            Err(attempts.into_refusal())
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

    fn object_shape(&self, id: TypeId, object: &Struct) -> TokenStream {
        let required =
            object.fields.iter().enumerate().filter_map(|(index, field)| {
                (self.facts.presence(id, index) == Presence::Required).then_some(&field.wire)
            });
        let constants: Vec<TokenStream> = object
            .fields
            .iter()
            .filter_map(|field| {
                let (wire, value) = (&field.wire, self.only_text(&field.slot.ty)?);
                Some(quote!((#wire, #value)))
            })
            .collect();
        let constants = (!constants.is_empty()).then(|| quote!(.constants(&[#(#constants),*])));
        quote!(union::Shape::object(&[#(#required),*])#constants)
    }

    /// The value of an enum of strings that lists one.
    fn only_text(&self, ty: &TypeRef) -> Option<String> {
        let TypeRef::Named(id) = self.api.types.resolve(ty) else {
            return None;
        };
        let Shape::Enum(values) = &self.api.types[*id].shape else {
            return None;
        };
        match &values.values {
            EnumValues::Strings(values) => match values.as_slice() {
                [single] => Some(single.wire.clone()),
                _ => None,
            },
            EnumValues::Integers(_) | EnumValues::Numbers(_) => None,
        }
    }

    fn write_union(&self, id: TypeId, union: &Union) -> TokenStream {
        let names = self.names.of_type(id);
        let variants = &names.members;
        let unknown = keeps_unknown(union).map(|_| quote!(Self::Unknown(value) => write::Write::write(value, sink),));
        quote! {
            match self {
                #(Self::#variants(value) => write::Write::write(value, sink),)*
                #unknown
            }
        }
    }
}

/// The discriminator, when values that it does not list are kept as they are.
fn keeps_unknown(union: &Union) -> Option<&Tag> {
    union.tag.as_ref().filter(|tag| tag.unlisted.is_none())
}

fn variant_text(variant: &Variant) -> String {
    let tags: Vec<String> = variant.tags.iter().map(|tag| format!("`{}`", printable(tag))).collect();
    if tags.is_empty() {
        format!("`{}`", printable(&variant.hint))
    } else {
        tags.join(" or ")
    }
}
