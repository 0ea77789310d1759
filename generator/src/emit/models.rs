//! The modules of models: one file per component, with the types that are inline in it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;

use super::Cx;
use super::docs::Doc;
use super::ty::Scope;
use crate::ir::{Shape, TypeId};
use crate::names::Ident;

/// `models`: its modules, and every type by its name.
pub(super) fn index(cx: &Cx<'_>) -> TokenStream {
    let mut modules: BTreeMap<&Ident, BTreeSet<&Ident>> = BTreeMap::new();
    for (id, _) in cx.api.types.kept() {
        let names = cx.names.of_type(id);
        modules.entry(&names.module).or_default().insert(&names.ty);
    }
    let docs = Doc::default().own("What requests and responses carry.").inner();
    let declarations = modules.keys().map(|module| quote!(mod #module;));
    let uses = modules.iter().map(|(module, types)| {
        let types: Vec<_> = types.iter().collect();
        match types.as_slice() {
            [single] => quote!(pub use self::#module::#single;),
            several => quote!(pub use self::#module::{#(#several),*};),
        }
    });
    quote! {
        #docs
        #(#declarations)*
        #(#uses)*
    }
}

/// A file of models.
pub(super) fn file(cx: &Cx<'_>, home: TypeId) -> TokenStream {
    let mut scope = Scope::Model {
        home,
        imports: BTreeSet::new(),
        nullable: false,
    };
    let mut uses = Uses::default();
    let mut items = TokenStream::new();
    for (id, definition) in cx.api.types.kept() {
        if cx.names.of_type(id).home != home {
            continue;
        }
        items.extend(match &definition.shape {
            Shape::Struct(object) => cx.object(id, object, &mut scope, &mut uses),
            Shape::Enum(values) => cx.enumeration(id, values, &mut uses),
            Shape::Union(union) => cx.union(id, union, &mut scope, &mut uses),
            Shape::Alias(slot) => cx.alias(id, slot, &mut scope, &mut uses),
            Shape::Any => cx.any_alias(id),
        });
    }
    let (imports, nullable) = match scope {
        Scope::Model { imports, nullable, .. } => (imports, nullable),
        Scope::Api => (BTreeSet::new(), false),
    };
    uses.nullable = nullable;
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

/// What a file mentions of serde and the runtime.
#[derive(Debug, Default)]
pub(super) struct Uses {
    pub(super) reads: bool,
    pub(super) reads_objects: bool,
    pub(super) writes: bool,
    pub(super) objects: bool,
    pub(super) nullable: bool,
}

impl Uses {
    fn imports(&self, cx: &Cx<'_>) -> TokenStream {
        let serde = cx.paths.krate("serde");
        let mut names = Vec::new();
        if self.reads {
            names.extend([quote!(Deserialize), quote!(Deserializer)]);
        }
        if self.writes {
            names.extend([quote!(Serialize), quote!(Serializer)]);
        }
        let access = self.reads_objects.then(|| quote!(use #serde::de::MapAccess;));
        let traits = (!names.is_empty()).then(|| quote!(use #serde::{#(#names),*};));
        let runtime = cx.paths.runtime();
        let runtime = match (self.nullable, self.objects) {
            (true, true) => Some(quote!(use #runtime::{Nullable, object};)),
            (true, false) => Some(quote!(use #runtime::Nullable;)),
            (false, true) => Some(quote!(use #runtime::object;)),
            (false, false) => None,
        };
        quote!(#access #traits #runtime)
    }
}
