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

/// Permits names of variants that repeat each other or that of their enum: the document has made them.
pub(crate) fn repetitive<'n>(ty: &str, variants: impl Iterator<Item = &'n Ident>) -> Option<TokenStream> {
    let variants: Vec<&str> = variants.map(Ident::plain).collect();
    let names_it = |variant: &&str| variant.starts_with(ty) || variant.ends_with(ty);
    let shared = |end: fn(&str) -> &str| {
        let first = variants.first().map(|variant| end(variant));
        variants.iter().all(|variant| Some(end(variant)) == first)
    };
    let repeats = variants.iter().any(names_it) || variants.len() > 2 && (shared(first_word) || shared(last_word));
    let reason = "the document has made these names";
    repeats.then(|| quote!(#[allow(clippy::enum_variant_names, reason = #reason)]))
}

/// The first word of a name in camel case.
fn first_word(name: &str) -> &str {
    let mut letters = name.char_indices().skip(1);
    let end = letters.find(|(_, letter)| letter.is_ascii_uppercase());
    &name[..end.map_or(name.len(), |(at, _)| at)]
}

/// The last word of a name in camel case.
fn last_word(name: &str) -> &str {
    &name[name.rfind(|letter: char| letter.is_ascii_uppercase()).unwrap_or(0)..]
}
