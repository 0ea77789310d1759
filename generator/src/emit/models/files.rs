//! The modules of models: one file per component, with the types that are inline in it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::tokens::ty::Scope;
use crate::features::MODEL_TRAITS;
use crate::ir::{Root, Shape, TypeId};
use crate::names::Ident;
use crate::plan;

/// `models`: its modules, and every type by its name.
pub(crate) fn index(cx: &Cx<'_>) -> TokenStream {
    let mut modules: BTreeMap<&Ident, (TypeId, BTreeSet<&Ident>)> = BTreeMap::new();
    for (id, _) in cx.api.types.kept() {
        let names = cx.names.of_type(id);
        let (_, types) = modules
            .entry(&names.module)
            .or_insert_with(|| (names.home, BTreeSet::new()));
        types.insert(&names.ty);
        types.extend(cx.required_name(id));
    }
    let docs = Doc::default().own("Types of request and response bodies.").inner();
    let conditions: Vec<_> = modules.values().map(|(home, _)| cx.when_needed(*home)).collect();
    let declarations = modules
        .keys()
        .zip(&conditions)
        .map(|(module, when)| quote!(#when mod #module;));
    let uses = modules.iter().zip(&conditions).map(|((module, (_, types)), when)| {
        let types: Vec<_> = types.iter().collect();
        match types.as_slice() {
            [single] => quote!(#when pub use self::#module::#single;),
            several => quote!(#when pub use self::#module::{#(#several),*};),
        }
    });
    let undescribed = {
        let reason = "the API description does not document all of them";
        quote!(#![allow(missing_docs, reason = #reason)])
    };
    let traits = (!plan::homes_with_traits(cx.api, cx.facts, cx.names).is_empty()).then(|| {
        quote!(
            #[cfg(feature = #MODEL_TRAITS)]
            mod model_traits;
        )
    });
    quote! {
        #docs
        #undescribed
        #(#declarations)*
        #traits
        #(#uses)*
    }
}

/// A file of models.
pub(crate) fn file(cx: &Cx<'_>, home: TypeId) -> TokenStream {
    let mut uses = Uses {
        strict: cx.strict,
        ..Uses::default()
    };
    let (scope, items) = definitions(cx, home, &mut uses);
    let (imports, runtime) = match scope {
        Scope::Model { imports, runtime, .. } => (imports, runtime),
        Scope::Api => (BTreeSet::new(), BTreeSet::new()),
    };
    uses.runtime.extend(runtime);
    let names: Vec<&Ident> = imports.iter().collect();
    let siblings = match names.as_slice() {
        [] => None,
        [single] => Some(quote!(use super::#single;)),
        several => Some(quote!(use super::{#(#several),*};)),
    };
    let shared = uses.imports(cx);
    quote! {
        #shared
        #siblings
        #items
    }
}

/// What a cargo feature adds to models: one file, since files cost more than what is in them.
pub(crate) fn traits(cx: &Cx<'_>) -> TokenStream {
    let docs = Doc::default()
        .own("`Serialize` and `Deserialize` of models that operations use without them.")
        .inner();
    let mut uses = Uses {
        strict: cx.strict,
        only_gated: true,
        ..Uses::default()
    };
    let mut homes: Vec<TypeId> = plan::homes_with_traits(cx.api, cx.facts, cx.names)
        .into_iter()
        .collect();
    homes.sort_by_key(|home| cx.names.of_type(*home).module.plain());
    for home in homes {
        uses.when = cx.when_needed(home);
        definitions(cx, home, &mut uses);
    }
    let unused = cx.features.is_some().then(|| {
        let reason = "which models there are is up to features";
        quote!(#![allow(unused_imports, reason = #reason)])
    });
    let added = uses.gated(cx);
    quote!(#docs #unused #added)
}

/// The types of a file, with what they mention.
fn definitions(cx: &Cx<'_>, home: TypeId, uses: &mut Uses) -> (Scope, TokenStream) {
    let mut scope = Scope::Model {
        home,
        imports: BTreeSet::new(),
        runtime: BTreeSet::new(),
    };
    let mut items = TokenStream::new();
    for id in in_order(cx, home) {
        let definition = &cx.api.types[id];
        items.extend(match &definition.shape {
            Shape::Struct(object) => cx.object(id, object, &mut scope, uses),
            Shape::Enum(values) => cx.enumeration(id, values, uses),
            Shape::Union(union) => cx.union(id, union, &mut scope, uses),
            Shape::Alias(slot) => cx.alias(id, slot, &mut scope, uses),
            Shape::Any => cx.any_alias(id),
        });
    }
    (scope, items)
}

/// The types of a file as they stand there. What several places share stands before the names that they have for it.
fn in_order(cx: &Cx<'_>, home: TypeId) -> Vec<TypeId> {
    let mut ids = cx.homes.get(&home).cloned().unwrap_or_default();
    if cx.api.types[home].hint.root == Root::Shared {
        ids.sort_by_key(|id| (*id != home, matches!(cx.api.types[*id].shape, Shape::Alias(_))));
    }
    ids
}
