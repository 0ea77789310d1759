//! Identifiers and strings -> tokens.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};

use crate::names::Ident;

impl ToTokens for Ident {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(match self.as_str().strip_prefix("r#") {
            Some(raw) => proc_macro2::Ident::new_raw(raw, Span::call_site()),
            None => proc_macro2::Ident::new(self.as_str(), Span::call_site()),
        });
    }
}

/// A name for a local variable that none of `taken` has.
pub(crate) fn free_name(candidates: &[&str], taken: &[&Ident]) -> proc_macro2::Ident {
    let free = candidates
        .iter()
        .find(|candidate| !taken.iter().any(|name| name.as_str() == **candidate));
    let name = free.map_or_else(|| format!("{}_", candidates.concat()), |name| (*name).to_owned());
    proc_macro2::Ident::new(&name, proc_macro2::Span::call_site())
}
