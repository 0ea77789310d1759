//! [`Struct`] -> a struct, its constructor and setters, and its serde implementations.

mod constructor;
mod member;
mod parts;
mod serde;

use proc_macro2::TokenStream;
use quote::quote;

use self::member::{Member, allow_deprecated, is_any, member_text};
use self::serde::{read_object, write_object};
use super::uses::Uses;
use crate::analyze::Presence;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::{Doc, doc};
use crate::emit::documentation::deprecation::deprecated;
use crate::emit::tokens::argument::{Absence, Argument};
use crate::emit::tokens::lints::confusable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Struct, TypeId};

impl Cx<'_> {
    /// Whether requests go without a member because only the server sets it (`readOnly`). The only one that stands beside
    /// constants says what the object is about, as in `{type, id}` of JSON:API, and is sent.
    fn is_withheld(&self, id: TypeId, object: &Struct, index: usize) -> bool {
        let mut others = object.fields.iter().filter(|field| !field.read_only);
        let identifies = object.extra.is_none()
            && others.clone().count() + 1 == object.fields.len().max(2)
            && others.all(|field| self.api.types.constant(&field.slot).is_some());
        let tells = self.facts.constant(id, index).is_some() || self.facts.is_tag(id, index);
        object.fields[index].read_only && !tells && self.facts.reach(id).request && !identifies
    }

    pub(super) fn object(&self, id: TypeId, object: &Struct, scope: &mut Scope, uses: &mut Uses) -> TokenStream {
        let names = self.names.of_type(id);
        let members: Vec<Member<'_>> = object
            .fields
            .iter()
            .enumerate()
            .map(|(index, field)| Member {
                field,
                ident: &names.members[index],
                setter: names.setter(index),
                presence: self.facts.presence(id, index),
                boxed: self.facts.is_boxed(id, index),
                any: self.api.types.is_any(&field.slot.ty),
                constant: self.facts.constant(id, index),
                withheld: self.is_withheld(id, object, index),
            })
            .collect();
        let itself = (!uses.only_gated).then(|| {
            let definition = self.definition(id, object, &members, scope);
            let required = self.required_struct(id, &members, scope);
            let default = self.default(id, object, &members, scope);
            let methods = self.methods(id, object, &members, scope);
            quote!(#definition #required #default #methods)
        });
        if object.parts {
            let parts = self.parts(names, object, &members);
            return quote!(#itself #parts);
        }
        let (reads, writes) = (self.facts.reads(id), self.facts.writes(id));
        for given in [reads, writes] {
            uses.of(given).objects = true;
        }
        let allow = allow_deprecated(&members);
        let read = uses.read(reads, &names.ty, allow.as_ref(), || {
            read_object(names, object, &members, self.derives_default(id, &members))
        });
        let write = uses.write(writes, &names.ty, allow.as_ref(), || {
            write_object(names, object, &members)
        });
        quote!(#itself #read #write)
    }

    fn definition(&self, id: TypeId, object: &Struct, members: &[Member<'_>], scope: &mut Scope) -> TokenStream {
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let docs = self.type_docs(id);
        let default = self.derives_default(id, members).then(|| quote!(, Default));
        // A file may be a stream, of which there is one.
        let value = (!object.parts).then(|| quote!(, Clone, PartialEq));
        let (eq, added) = match object.parts {
            true => (None, None),
            false => self.total_equality(id),
        };
        let allow = allow_deprecated(members);
        let fields = members.iter().map(|member| {
            let docs = Doc::default().docs(&member.field.docs).or(&member_text(member));
            let docs = if member.withheld {
                docs.own("Not sent in requests.")
            } else {
                docs
            };
            let docs = docs.outer();
            let deprecated = deprecated(&member.field.docs);
            let ident = member.ident;
            let ty = self.field(&member.field.slot, member.presence, member.boxed, scope);
            quote!(#docs #deprecated pub #ident: #ty,)
        });
        let fields: Vec<TokenStream> = fields.collect();
        let extra = object.extra.as_ref().map(|slot| {
            let docs = doc("Additional properties.");
            let ident = &names.extra;
            let value = self.slot(slot, scope);
            quote!(#docs pub #ident: std::collections::BTreeMap<String, #value>,)
        });
        quote! {
            #docs
            #allow
            #[derive(Debug #value #eq #default)]
            #added
            #[non_exhaustive]
            pub struct #ty { #(#fields)* #extra }
        }
    }

    /// Whether a value of the type without any members is what `Default` gives.
    fn derives_default(&self, id: TypeId, members: &[Member<'_>]) -> bool {
        self.facts.has_default(id) && !members.iter().any(|member| member.constant.is_some())
    }

    /// `Default`, where deriving it would leave out what is filled in.
    fn default(&self, id: TypeId, object: &Struct, members: &[Member<'_>], scope: &mut Scope) -> Option<TokenStream> {
        if !self.facts.has_default(id) || self.derives_default(id, members) {
            return None;
        }
        let names = self.names.of_type(id);
        let ty = &names.ty;
        let allow = allow_deprecated(members);
        let values = self.initial_values(id, object, members, scope);
        Some(quote! {
            #allow
            impl Default for #ty {
                #[inline]
                fn default() -> Self {
                    Self { #(#values),* }
                }
            }
        })
    }

    fn methods(&self, id: TypeId, object: &Struct, members: &[Member<'_>], scope: &mut Scope) -> Option<TokenStream> {
        let names = self.names.of_type(id);
        let new = (!self.facts.has_default(id)).then(|| self.constructor(id, object, members, scope));
        let setters: Vec<TokenStream> = if self.facts.has_setters(id) {
            members.iter().filter_map(|member| self.setter(member, scope)).collect()
        } else {
            Vec::new()
        };
        if new.is_none() && setters.is_empty() {
            return None;
        }
        let ty = &names.ty;
        let allow = allow_deprecated(members);
        Some(quote! {
            #allow
            impl #ty {
                #new
                #(#setters)*
            }
        })
    }

    /// A setter for a field that can be left out or `null`.
    fn setter(&self, member: &Member<'_>, scope: &mut Scope) -> Option<TokenStream> {
        let (ident, setter) = (member.ident, member.setter);
        let ty = &member.field.slot.ty;
        let Argument { generics, ty, value } = match member.presence {
            Presence::Required => return None,
            Presence::RequiredNullable if is_any(member) => self.argument(ty, member.boxed, ident, scope),
            Presence::OptionalNullable if !is_any(member) => {
                self.optional_argument(ty, Absence::Nullable, member.boxed, ident, scope)
            }
            _ => self.optional_argument(ty, Absence::Option, member.boxed, ident, scope),
        };
        let lint = confusable(setter);
        // a link must not lead to a method that is called like the field
        let links = ident.as_str() == ident.plain() && ident == setter;
        let docs = doc(&match links {
            true => format!("Sets [`{0}`](Self::{0}).", ident.plain()),
            false => format!("Sets `{}`.", ident.plain()),
        });
        let deprecated = deprecated(&member.field.docs);
        Some(quote! {
            #docs
            #deprecated
            #lint
            #[must_use]
            #[inline]
            pub fn #setter #generics(mut self, #ident: #ty) -> Self {
                self.#ident = #value;
                self
            }
        })
    }
}
