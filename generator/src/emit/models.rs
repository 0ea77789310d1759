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
    let mut modules: BTreeMap<&Ident, (TypeId, BTreeSet<&Ident>)> = BTreeMap::new();
    for (id, _) in cx.api.types.kept() {
        let names = cx.names.of_type(id);
        let (_, types) = modules
            .entry(&names.module)
            .or_insert_with(|| (names.home, BTreeSet::new()));
        types.insert(&names.ty);
    }
    let docs = Doc::default().own("What requests and responses carry.").inner();
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
    let mut uses = Uses {
        strict: cx.strict,
        ..Uses::default()
    };
    let mut items = TokenStream::new();
    for id in cx.homes.get(&home).into_iter().flatten().copied() {
        let definition = &cx.api.types[id];
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
    /// Whether values are read strictly.
    strict: bool,
    reads: bool,
    writes: bool,
    pub(super) objects: bool,
    pub(super) unions: bool,
    pub(super) nullable: bool,
}

impl Uses {
    /// How a type is read: from a `source`.
    pub(super) fn read(&mut self, ty: &Ident, read: &TokenStream, allow: Option<&TokenStream>) -> TokenStream {
        self.reads = true;
        let deserialize = match self.strict {
            true => quote!(deserialize_strictly),
            false => quote!(deserialize),
        };
        quote! {
            #allow
            impl read::Read for #ty {
                #[inline]
                fn read(source: &mut dyn read::Source<'_>) -> Result<Self, read::Refusal> {
                    #read
                }
            }

            impl<'de> Deserialize<'de> for #ty {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    read::#deserialize(deserializer)
                }
            }
        }
    }

    /// How a type is written: to a `sink`.
    pub(super) fn write(&mut self, ty: &Ident, write: &TokenStream, allow: Option<&TokenStream>) -> TokenStream {
        self.writes = true;
        quote! {
            #allow
            impl write::Write for #ty {
                #[inline]
                fn write(&self, sink: &mut dyn write::Sink) -> Result<(), write::Refusal> {
                    #write
                }
            }

            impl Serialize for #ty {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    write::serialize(self, serializer)
                }
            }
        }
    }

    fn imports(&self, cx: &Cx<'_>) -> TokenStream {
        let serde = cx.paths.krate("serde");
        let mut names = Vec::new();
        if self.reads {
            names.extend([quote!(Deserialize), quote!(Deserializer)]);
        }
        if self.writes {
            names.extend([quote!(Serialize), quote!(Serializer)]);
        }
        let traits = (!names.is_empty()).then(|| quote!(use #serde::{#(#names),*};));
        let runtime = cx.paths.runtime();
        let uses = [
            (self.nullable, quote!(Nullable)),
            (self.objects, quote!(object)),
            (self.reads, quote!(read)),
            (self.unions, quote!(union)),
            (self.writes, quote!(write)),
        ];
        let used: Vec<TokenStream> = uses
            .into_iter()
            .filter(|(used, _)| *used)
            .map(|(_, name)| name)
            .collect();
        let runtime = match used.as_slice() {
            [] => None,
            [single] => Some(quote!(use #runtime::#single;)),
            several => Some(quote!(use #runtime::{#(#several),*};)),
        };
        quote!(#traits #runtime)
    }
}
