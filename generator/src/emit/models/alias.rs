//! Aliases -> type aliases, or types of their own where an alias would contain itself.

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::doc;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Slot, TypeId, TypeRef};

impl Cx<'_> {
    pub(super) fn alias(&self, id: TypeId, slot: &Slot, scope: &mut Scope, uses: &mut Uses) -> TokenStream {
        let ident = &self.names.of_type(id).ty;
        let docs = self.type_docs(id);
        let target = self.ty(&slot.ty, scope);
        if !self.facts.is_newtype(id) {
            return quote!(#docs pub type #ident = #target;);
        }
        let inner = doc("The value.");
        // The elements of a tuple lie in it, those of a list or a map do not.
        let target = if matches!(slot.ty, TypeRef::Tuple(_)) {
            quote!(Box<#target>)
        } else {
            target
        };
        let read = uses.read(self.facts.reads(id), ident, None, || {
            quote!(read::Read::read(source).map(Self))
        });
        let write = uses.write(self.facts.writes(id), ident, None, || {
            quote!(write::Write::write(&self.0, sink))
        });
        let (eq, added) = self.total_equality(id);
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq #eq)]
            #added
            pub struct #ident(#inner pub #target);
            #read
            #write
        }
    }

    pub(super) fn any_alias(&self, id: TypeId) -> TokenStream {
        let ident = &self.names.of_type(id).ty;
        let docs = self.type_docs(id);
        let serde_json = self.paths.krate("serde_json");
        quote!(#docs pub type #ident = #serde_json::Value;)
    }
}
