//! How a struct is read and written: by a table of its members.

use proc_macro2::TokenStream;
use quote::quote;

use super::member::{Member, is_any};
use crate::analyze::Presence;
use crate::emit::tokens::ident::free_name;
use crate::ir::Struct;
use crate::names::{Ident, TypeNames};

/// Reads the members from `source`: into their places, where all of them may be missing and the struct `derives` what
/// it is then, or each into a local variable of its own.
pub(super) fn read_object(names: &TypeNames, object: &Struct, members: &[Member<'_>], derives: bool) -> TokenStream {
    if derives && members.iter().all(is_option) {
        return read_in_place(names, object, members);
    }
    let expecting = names.ty.plain();
    let extra = object.extra.as_ref().map(|_| &names.extra);
    let taken: Vec<&Ident> = members.iter().map(|member| member.ident).chain(extra).collect();
    // a member called `source` hides the argument before it is used
    let source = free_name(&["source", "from", "input"], &taken);
    let renamed = (source != "source").then(|| quote!(let #source = source;));
    let slots = members.iter().map(|member| {
        let ident = member.ident;
        quote!(let mut #ident = None;)
    });
    let table = members.iter().map(|member| {
        let ident = member.ident;
        place(member, &quote!(#ident))
    });
    let table = quote!(&mut [#(#table),*]);
    let read = match extra {
        Some(extra) => quote! {
            let mut #extra = std::collections::BTreeMap::new();
            object::read_with(#source, #expecting, #table, &mut #extra)?;
        },
        None if object.closed => quote!(object::read_closed(#source, #expecting, #table)?;),
        None => quote!(object::read(#source, #expecting, #table)?;),
    };
    let values = members.iter().map(|member| {
        let ident = member.ident;
        match member.presence {
            Presence::Required => quote!(#ident: object::present(#ident),),
            _ if is_option(member) => quote!(#ident,),
            _ => quote!(#ident: #ident.unwrap_or_default(),),
        }
    });
    let extra = extra.map(|ident| quote!(#ident,));
    quote! {
        #renamed
        #(#slots)*
        #read
        Ok(Self { #(#values)* #extra })
    }
}

/// Reads the members into a value without any.
fn read_in_place(names: &TypeNames, object: &Struct, members: &[Member<'_>]) -> TokenStream {
    let expecting = names.ty.plain();
    let table = members.iter().map(|member| {
        let ident = member.ident;
        place(member, &quote!(value.#ident))
    });
    let table = quote!(&mut [#(#table),*]);
    let read = match &object.extra {
        Some(_) => {
            let extra = &names.extra;
            quote!(object::read_with(source, #expecting, #table, &mut value.#extra)?;)
        }
        None if object.closed => quote!(object::read_closed(source, #expecting, #table)?;),
        None => quote!(object::read(source, #expecting, #table)?;),
    };
    quote! {
        let mut value = Self::default();
        #read
        Ok(value)
    }
}

/// Writes the members to `sink`.
pub(super) fn write_object(names: &TypeNames, object: &Struct, members: &[Member<'_>]) -> TokenStream {
    let table = members.iter().map(|member| {
        let (wire, ident) = (&member.field.wire, member.ident);
        let read_only = member.withheld.then(|| quote!(.read_only()));
        match member.presence {
            Presence::Required | Presence::RequiredNullable => quote!(object::always(#wire, &self.#ident) #read_only),
            Presence::Optional | Presence::OptionalNullable => {
                quote!(object::unless_absent(#wire, &self.#ident) #read_only)
            }
        }
    });
    let table = quote!(&[#(#table),*]);
    match &object.extra {
        Some(_) => {
            let extra = &names.extra;
            quote!(object::write_with(sink, #table, &self.#extra))
        }
        None => quote!(object::write(sink, #table)),
    }
}

/// The entry of a member in the table of those that are read, into an `Option` at `slot`.
fn place(member: &Member<'_>, slot: &TokenStream) -> TokenStream {
    let wire = &member.field.wire;
    match member.presence {
        Presence::Required => quote!(object::required(#wire, &mut #slot)),
        Presence::RequiredNullable if is_option(member) => quote!(object::expected(#wire, &mut #slot)),
        _ if is_option(member) && !keeps_null(member) => quote!(object::optional(#wire, &mut #slot)),
        _ => quote!(object::nullable(#wire, &mut #slot)),
    }
}

/// Whether the field is an `Option`, which is `None` if the member is missing.
fn is_option(member: &Member<'_>) -> bool {
    match member.presence {
        Presence::Required => false,
        Presence::RequiredNullable => !is_any(member),
        Presence::Optional => true,
        Presence::OptionalNullable => is_any(member),
    }
}

/// Whether `null` is read as a value: as plain JSON it is one, and is not the same as no member.
fn keeps_null(member: &Member<'_>) -> bool {
    member.any && matches!(member.presence, Presence::Optional | Presence::OptionalNullable)
}
