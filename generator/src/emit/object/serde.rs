//! The serde implementations of a struct: a loop over the members of an object, and member by member.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Member, allow_deprecated, free_name, is_any};
use crate::analyze::Presence;
use crate::emit::Cx;
use crate::ir::Struct;
use crate::names::{Ident, TypeNames};

impl Cx<'_> {
    pub(super) fn read_object(&self, names: &TypeNames, object: &Struct, members: &[Member<'_>]) -> TokenStream {
        let ty = &names.ty;
        let expecting = names.ty.plain();
        let extra = object.extra.as_ref().map(|_| &names.extra);
        let taken: Vec<&Ident> = members.iter().map(|member| member.ident).chain(extra).collect();
        let reader = free_name(&["members", "object", "reader"], &taken);
        let name = free_name(&["name", "key", "member"], &taken);
        let slots = members.iter().map(|member| {
            let ident = member.ident;
            quote!(let mut #ident = None;)
        });
        let extra_slot = extra.map(|ident| quote!(let mut #ident = std::collections::BTreeMap::new();));
        let arms = members.iter().map(|member| {
            let (wire, ident) = (&member.field.wire, member.ident);
            if reads_option(member) {
                quote!(#wire => #reader.value_into(&mut #ident)?,)
            } else {
                quote!(#wire => #reader.required_into(&mut #ident)?,)
            }
        });
        let rest = match extra {
            Some(ident) => quote!(_ => #reader.extra_into(#name, &mut #ident)?,),
            None => quote!(_ => #reader.skip()?,),
        };
        let values = members.iter().map(|member| {
            let (wire, ident) = (&member.field.wire, member.ident);
            match member.presence {
                Presence::Required => quote!(#ident: object::required(#ident, #wire)?,),
                Presence::RequiredNullable | Presence::OptionalNullable if !reads_option(member) => {
                    quote!(#ident: #ident.unwrap_or_default(),)
                }
                _ => quote!(#ident,),
            }
        });
        let extra_value = extra.map(|ident| quote!(#ident,));
        let allow = allow_deprecated(members);
        quote! {
            impl<'de> Deserialize<'de> for #ty {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    object::read(deserializer, #expecting)
                }
            }

            #allow
            impl<'de> object::Read<'de> for #ty {
                fn read<A: MapAccess<'de>>(
                    mut #reader: object::Members<'de, A>,
                ) -> Result<Self, A::Error> {
                    #(#slots)*
                    #extra_slot
                    while let Some(#name) = #reader.next_name()? {
                        match #name.as_ref() {
                            #(#arms)*
                            #rest
                        }
                    }
                    Ok(Self { #(#values)* #extra_value })
                }
            }
        }
    }

    pub(super) fn write_object(&self, names: &TypeNames, object: &Struct, members: &[Member<'_>]) -> TokenStream {
        let ty = &names.ty;
        let writes = members.iter().map(|member| {
            let (wire, ident) = (&member.field.wire, member.ident);
            let finite = self
                .holds_numbers(&member.field.slot.ty)
                .then(|| quote!(members.finite(#wire, &self.#ident)?;));
            let write = match member.presence {
                Presence::Required | Presence::RequiredNullable => quote!(members.required(#wire, &self.#ident)?;),
                Presence::OptionalNullable if !is_any(member) => quote!(members.nullable(#wire, &self.#ident)?;),
                Presence::Optional | Presence::OptionalNullable => quote!(members.optional(#wire, &self.#ident)?;),
            };
            quote!(#finite #write)
        });
        let extra = object.extra.as_ref().map(|_| {
            let ident = &names.extra;
            quote!(members.extra(&self.#ident)?;)
        });
        let mutable = (!members.is_empty() || extra.is_some()).then(|| quote!(mut));
        let allow = allow_deprecated(members);
        quote! {
            #allow
            impl Serialize for #ty {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let #mutable members = object::Writer::new(serializer)?;
                    #(#writes)*
                    #extra
                    members.end()
                }
            }
        }
    }
}

/// Whether the member is read as an `Option`, so that `null` is `None`.
fn reads_option(member: &Member<'_>) -> bool {
    match member.presence {
        Presence::Required => false,
        Presence::RequiredNullable => !is_any(member),
        Presence::Optional => true,
        Presence::OptionalNullable => is_any(member),
    }
}
