//! What a file of models mentions of serde and the runtime.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::ir::TypeId;
use crate::names::Ident;

/// What a file mentions of serde and the runtime.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Whether values are read strictly.
    pub(crate) strict: bool,
    pub(crate) reads: bool,
    pub(crate) writes: bool,
    pub(crate) objects: bool,
    pub(super) unions: bool,
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
    pub(crate) fn read(&mut self, ty: &Ident, read: &TokenStream, allow: Option<&TokenStream>) -> TokenStream {
        self.reads = true;
        let deserialize = match self.strict {
            true => quote!(deserialize_strictly),
            false => quote!(deserialize),
        };
        quote! {
            #allow
            impl read::Read for #ty {
                #[inline]
                fn read(source: &mut dyn read::Source<'_>) -> Result<Self, read::ValueError> {
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
    pub(crate) fn write(&mut self, ty: &Ident, write: &TokenStream, allow: Option<&TokenStream>) -> TokenStream {
        self.writes = true;
        quote! {
            #allow
            impl write::Write for #ty {
                #[inline]
                fn write(&self, sink: &mut dyn write::Sink) -> Result<(), write::ValueError> {
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

    pub(crate) fn imports(&self, cx: &Cx<'_>) -> TokenStream {
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
