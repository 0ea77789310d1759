//! Attributes that allow names of a document what lints ask of names.

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::Ident;

/// Allows a method to have the name of a method of a trait of the standard library.
pub(crate) fn confusable(method: &Ident) -> Option<TokenStream> {
    const OF_TRAITS: [&str; 30] = [
        "add",
        "as_mut",
        "as_ref",
        "bitand",
        "bitor",
        "bitxor",
        "borrow",
        "borrow_mut",
        "clone",
        "cmp",
        "default",
        "deref",
        "deref_mut",
        "div",
        "drop",
        "eq",
        "from_iter",
        "from_str",
        "hash",
        "index",
        "index_mut",
        "into_iter",
        "mul",
        "neg",
        "next",
        "not",
        "rem",
        "shl",
        "shr",
        "sub",
    ];
    OF_TRAITS
        .contains(&method.plain())
        .then(|| quote!(#[allow(clippy::should_implement_trait, reason = "the name is that of the document")]))
}

/// Allows a constructor to have the name of its type.
pub(crate) fn self_named(constructor: &str, ty: &str) -> Option<TokenStream> {
    constructor
        .eq_ignore_ascii_case(ty)
        .then(|| quote!(#[allow(clippy::self_named_constructors, reason = "the name is that of the document")]))
}
