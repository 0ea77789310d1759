//! What a file of models mentions of serde and the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::analyze::Given;
use crate::emit::context::Cx;
use crate::emit::tokens::feature::when_given;
use crate::ir::TypeId;
use crate::names::Ident;

/// What a file mentions of serde and the runtime, and when.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Whether values are read strictly.
    pub(crate) strict: bool,
    pub(crate) reads: Given,
    pub(crate) writes: Given,
    pub(crate) objects: Given,
    pub(super) unions: Given,
    pub(crate) nullable: bool,
}

impl Cx<'_> {
    /// The traits of a model that floats do not have, for `derive`.
    pub(super) fn total_equality(&self, id: TypeId) -> Option<TokenStream> {
        (!self.facts.holds_floats(id)).then(|| quote!(, Eq, Hash))
    }
}

impl Uses {
    /// How a type is read: from a `source`.
    pub(crate) fn read(
        &mut self,
        given: Given,
        ty: &Ident,
        allow: Option<&TokenStream>,
        read: impl FnOnce() -> TokenStream,
    ) -> Option<TokenStream> {
        self.reads = self.reads.max(given);
        let deserialize = match self.strict {
            true => quote!(deserialize_strictly),
            false => quote!(deserialize),
        };
        let when = when_given(given);
        (given != Given::Never).then(|| {
            let read = read();
            quote! {
                #when
                #allow
                impl read::Read for #ty {
                    #[inline]
                    fn read(source: &mut dyn read::Source<'_>) -> Result<Self, read::ValueError> {
                        #read
                    }
                }

                #when
                impl<'de> Deserialize<'de> for #ty {
                    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                        read::#deserialize(deserializer)
                    }
                }
            }
        })
    }

    /// How a type is written: to a `sink`.
    pub(crate) fn write(
        &mut self,
        given: Given,
        ty: &Ident,
        allow: Option<&TokenStream>,
        write: impl FnOnce() -> TokenStream,
    ) -> Option<TokenStream> {
        self.writes = self.writes.max(given);
        let when = when_given(given);
        (given != Given::Never).then(|| {
            let write = write();
            quote! {
                #when
                #allow
                impl write::Write for #ty {
                    #[inline]
                    fn write(&self, sink: &mut dyn write::Sink) -> Result<(), write::ValueError> {
                        #write
                    }
                }

                #when
                impl Serialize for #ty {
                    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                        write::serialize(self, serializer)
                    }
                }
            }
        })
    }

    pub(crate) fn imports(&self, cx: &Cx<'_>) -> TokenStream {
        let imports = [Given::Always, Given::WithFeature].map(|given| self.imports_of(given, cx));
        quote!(#(#imports)*)
    }

    /// What is imported always, or with the cargo feature.
    fn imports_of(&self, given: Given, cx: &Cx<'_>) -> TokenStream {
        let when = when_given(given);
        let serde = cx.paths.krate("serde");
        let mut names = Vec::new();
        if self.reads == given {
            names.extend([quote!(Deserialize), quote!(Deserializer)]);
        }
        if self.writes == given {
            names.extend([quote!(Serialize), quote!(Serializer)]);
        }
        let traits = (!names.is_empty()).then(|| quote!(#when use #serde::{#(#names),*};));
        let runtime = cx.paths.runtime();
        let nullable = match self.nullable {
            true => Given::Always,
            false => Given::Never,
        };
        let uses = [
            (nullable, quote!(Nullable)),
            (self.objects, quote!(object)),
            (self.reads, quote!(read)),
            (self.unions, quote!(union)),
            (self.writes, quote!(write)),
        ];
        let used: Vec<TokenStream> = uses
            .into_iter()
            .filter(|(used, _)| *used == given)
            .map(|(_, name)| name)
            .collect();
        let runtime = match used.as_slice() {
            [] => None,
            [single] => Some(quote!(#when use #runtime::#single;)),
            several => Some(quote!(#when use #runtime::{#(#several),*};)),
        };
        quote!(#traits #runtime)
    }
}
