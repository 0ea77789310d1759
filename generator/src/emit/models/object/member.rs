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
    /// Whether it is plain JSON, even through an alias.
    pub(super) any: bool,
    pub(super) constant: Option<&'a Constant>,
    /// Whether it is not sent in requests (`readOnly`).
    pub(super) withheld: bool,
}

pub(super) fn is_any(member: &Member<'_>) -> bool {
    matches!(member.field.slot.ty, TypeRef::Any)
}

/// The documentation of a property without a description: what it is called, unless the field says it.
pub(super) fn member_text(member: &Member<'_>) -> String {
    match member.field.wire == member.ident.plain() {
        true => String::new(),
        false => format!("Property `{}`.", printable(&member.field.wire)),
    }
}

/// The documentation of `new`.
pub(super) fn constructor_docs(ty: &str, members: &[Member<'_>]) -> String {
    let is_required = |member: &&Member<'_>| member.presence == Presence::Required && member.constant.is_none();
    let has = |presence: Presence| members.iter().any(|member| member.presence == presence);
    let has_optional = has(Presence::Optional) || has(Presence::OptionalNullable);
    let created = match (members.iter().any(|member| is_required(&member)), has_optional) {
        (_, false) => format!("Creates a new `{ty}`."),
        (false, true) => format!("Creates a new `{ty}` with all optional fields unset."),
        (true, true) => format!("Creates a new `{ty}` with its required fields; optional fields are unset."),
    };
    match has(Presence::RequiredNullable) {
        true => created + " Required fields that can be `null` are `null`.",
        false => created,
    }
}

/// Implementations have to mention deprecated fields.
pub(super) fn allow_deprecated(members: &[Member<'_>]) -> Option<TokenStream> {
    let any = members.iter().any(|member| member.field.docs.deprecated);
    any.then(|| quote!(#[allow(deprecated, reason = "deprecated fields are read and written like others")]))
}
