//! How an object is created: what its fields begin with, its constructor, and the struct of what that is given, where it is
//! much.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::member::{Member, constructor_docs, is_any};
use crate::analyze::{Constant, Presence};
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;
use crate::emit::tokens::argument::Argument;
use crate::emit::tokens::lints::self_named;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Struct, TypeId, TypeRef};
use crate::names::Ident;

impl Cx<'_> {
    /// The struct that gives a constructor its fields by name, where they are many.
    pub(super) fn required_struct(&self, id: TypeId, members: &[Member<'_>], scope: &mut Scope) -> Option<TokenStream> {
        let name = self.required_name(id)?;
        let ty = self.names.of_type(id).ty.plain();
        let docs = doc(&format!("Required fields of [`{ty}`], for [`{ty}::new`]."));
        let fields = self.facts.required(id).map(|index| {
            let member = &members[index];
            let ident = member.ident;
            // a link must not lead to a method that is called like the field
            let docs = match ident.as_str() == ident.plain() && ident == member.setter {
                true => doc(&format!("Value of [`{0}`]({ty}::{0}).", ident.plain())),
                false => doc(&format!("Value of `{}`.", ident.plain())),
            };
            let value = self.field(&member.field.slot, member.presence, false, scope);
            quote!(#docs pub #ident: #value,)
        });
        let fields: Vec<TokenStream> = fields.collect();
        Some(quote! {
            #docs
            pub struct #name { #(#fields)* }
        })
    }

    /// The struct that gives a constructor its fields by name, where they are many.
    pub(crate) fn required_name(&self, id: TypeId) -> Option<&Ident> {
        let name = self.names.of_type(id).required.as_ref();
        name.filter(|_| self.facts.names_required(id))
    }

    pub(super) fn constructor(
        &self,
        id: TypeId,
        object: &Struct,
        members: &[Member<'_>],
        scope: &mut Scope,
    ) -> TokenStream {
        let ty = self.names.of_type(id).ty.plain();
        let docs = doc(&constructor_docs(ty, members));
        let arguments: Vec<TokenStream> = match self.required_name(id) {
            Some(name) => vec![quote!(required: #name)],
            None => {
                let required = self.facts.required(id).map(|index| {
                    let Member {
                        ident, boxed, field, ..
                    } = &members[index];
                    let Argument { ty, .. } = self.argument(&field.slot.ty, *boxed, ident, scope);
                    quote!(#ident: #ty)
                });
                required.collect()
            }
        };
        let named = self_named("new", ty);
        let values = self.initial_values(id, object, members, scope);
        quote! {
            #docs
            #named
            #[must_use]
            #[inline]
            pub fn new(#(#arguments),*) -> Self {
                Self { #(#values),* }
            }
        }
    }

    /// What every field begins with, except the required ones, which are arguments.
    pub(super) fn initial_values(
        &self,
        id: TypeId,
        object: &Struct,
        members: &[Member<'_>],
        scope: &mut Scope,
    ) -> Vec<TokenStream> {
        let named = self.required_name(id).is_some();
        let mut values: Vec<TokenStream> = members
            .iter()
            .map(|member| {
                let ident = member.ident;
                if let Some(constant) = member.constant {
                    let value = self.constant(&member.field.slot.ty, constant, scope);
                    return match member.presence {
                        Presence::Required => quote!(#ident: #value),
                        _ => quote!(#ident: Some(#value)),
                    };
                }
                match member.presence {
                    Presence::Required if named && member.boxed => quote!(#ident: Box::new(required.#ident)),
                    Presence::Required if named => quote!(#ident: required.#ident),
                    Presence::Required => {
                        let Argument { value, .. } = self.argument(&member.field.slot.ty, member.boxed, ident, scope);
                        // what stands for itself is one token
                        if value.clone().into_iter().nth(1).is_none() {
                            quote!(#ident)
                        } else {
                            quote!(#ident: #value)
                        }
                    }
                    Presence::RequiredNullable if is_any(member) => {
                        let serde_json = self.paths.krate("serde_json");
                        quote!(#ident: #serde_json::Value::Null)
                    }
                    Presence::RequiredNullable | Presence::Optional => quote!(#ident: None),
                    Presence::OptionalNullable if is_any(member) => quote!(#ident: None),
                    Presence::OptionalNullable => quote!(#ident: Nullable::Absent),
                }
            })
            .collect();
        if object.extra.is_some() {
            let ident = &self.names.of_type(id).extra;
            values.push(quote!(#ident: std::collections::BTreeMap::new()));
        }
        values
    }

    /// The one value of a field that has no other.
    fn constant(&self, ty: &TypeRef, constant: &Constant, scope: &mut Scope) -> Option<TokenStream> {
        let index = match constant {
            Constant::Text(text) => return Some(quote!(#text.to_owned())),
            Constant::Integer(integer) => {
                let integer = Literal::i64_unsuffixed(*integer);
                return Some(quote!(#integer));
            }
            Constant::Boolean(value) => return Some(quote!(#value)),
            Constant::Variant(index) => *index,
        };
        let TypeRef::Named(id) = self.api.types.resolve(ty) else {
            return None;
        };
        let variant = self.names.of_type(*id).members.get(index)?;
        let ty = self.ty(&TypeRef::Named(*id), scope);
        Some(quote!(#ty::#variant))
    }
}
