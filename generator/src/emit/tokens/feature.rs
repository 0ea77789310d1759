//! Features of cargo -> the conditions under which parts of a client are there.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::{Given, Slice};
use crate::emit::context::Cx;
use crate::features::MODEL_TRAITS;
use crate::ir::TypeId;

impl Cx<'_> {
    /// The condition for a slice of the API.
    pub(crate) fn when(&self, slice: Slice) -> Option<TokenStream> {
        let feature = self.feature(slice)?;
        Some(quote!(#[cfg(feature = #feature)]))
    }

    /// The condition for a file of models.
    pub(crate) fn when_needed(&self, home: TypeId) -> Option<TokenStream> {
        let needed = self.features.map(|features| features.of_file(home)).unwrap_or_default();
        match needed.as_slice() {
            [] => None,
            [single] => Some(quote!(#[cfg(feature = #single)])),
            several => Some(quote!(#[cfg(any(#(feature = #several),*))])),
        }
    }

    /// The feature of a slice of the API.
    pub(crate) fn feature(&self, slice: Slice) -> Option<&str> {
        self.features?.of_slice(slice)
    }

    /// For what only operations use, all of which can be left out.
    pub(crate) fn seldom_used(&self) -> Option<TokenStream> {
        let gated = self.features.is_some();
        gated.then(|| quote!(#[allow(dead_code, reason = "which operations there are is up to features")]))
    }
}

/// The condition for what is there with a cargo feature.
pub(crate) fn when_given(given: Given) -> Option<TokenStream> {
    (given == Given::WithFeature).then(|| quote!(#[cfg(feature = #MODEL_TRAITS)]))
}

/// The condition for what is there without it.
pub(crate) fn unless_given(given: Given) -> Option<TokenStream> {
    (given == Given::WithFeature).then(|| quote!(#[cfg(not(feature = #MODEL_TRAITS))]))
}
