//! A member of an object, with everything that emission asks of it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{Constant, Presence};
use crate::emit::documentation::markdown::printable;
use crate::ir::{Field, TypeRef};
use crate::names::Ident;

/// A field with everything that emission asks of it.
pub(super) struct Member<'a> {
    pub(super) field: &'a Field,
    pub(super) ident: &'a Ident,
    pub(super) setter: &'a Ident,
    pub(super) presence: Presence,
    pub(super) boxed: bool,
    /// Whether it is plain JSON, be it by another name.
    pub(super) any: bool,
    pub(super) constant: Option<&'a Constant>,
    /// Whether it is left out of requests.
    pub(super) withheld: bool,
}

pub(super) fn is_any(member: &Member<'_>) -> bool {
    matches!(member.field.slot.ty, TypeRef::Any)
}

/// What is said of a member that the document says nothing about.
pub(super) fn member_text(member: &Member<'_>) -> String {
    let wire = printable(&member.field.wire);
    if wire == member.ident.plain() {
        format!("The member `{wire}`.")
    } else {
        format!("The member that is `{wire}` on the wire.")
    }
}

/// Implementations have to mention deprecated fields.
pub(super) fn allow_deprecated(members: &[Member<'_>]) -> Option<TokenStream> {
    let any = members.iter().any(|member| member.field.docs.deprecated);
    any.then(|| quote!(#[allow(deprecated, reason = "deprecated fields are read and written like others")]))
}
