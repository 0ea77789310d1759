//! Headers of responses -> the constants by which they are read.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::documentation::deprecation::deprecated;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Header, OperationId, Style};

impl Cx<'_> {
    /// The constants of an operation whose responses have headers.
    pub(crate) fn headers(&self, id: OperationId) -> Option<TokenStream> {
        let headers = self.api.operations[id.0].headers();
        let names = self.names.of_operation(id);
        let marker = &names.marker;
        let constants: Vec<TokenStream> = headers
            .iter()
            .zip(&names.headers)
            .map(|(header, constant)| {
                let ty = self.header_type(header);
                let name = header.wire.to_ascii_lowercase();
                let docs = Doc::default()
                    .docs(&header.docs)
                    .or(&format!("The header `{}`.", printable(&header.wire)))
                    .outer();
                let deprecated = deprecated(&header.docs);
                let new = match header.style {
                    Style::Json => quote!(json),
                    _ => quote!(new),
                };
                quote! {
                    #docs
                    #deprecated
                    pub const #constant: Header<#ty> = Header::#new(#name);
                }
            })
            .collect();
        (!constants.is_empty()).then(|| {
            quote! {
                impl #marker { #(#constants)* }
            }
        })
    }

    /// What a header holds: perhaps nothing, where not every response has it.
    fn header_type(&self, header: &Header) -> TokenStream {
        let nullable = self.api.types.is_nullable(&header.slot);
        let ty = self.ty(&header.slot.ty, &mut Scope::Api);
        if header.required && !nullable {
            ty
        } else {
            quote!(Option<#ty>)
        }
    }

    /// Where the headers of an operation are found.
    pub(super) fn header_docs(&self, id: OperationId, doc: Doc) -> Doc {
        let names = self.names.of_operation(id);
        let marker = names.marker.plain();
        let links = names
            .headers
            .iter()
            .map(|constant| format!("[`{0}`]({marker}::{0})", constant.plain()));
        let links: Vec<String> = links.collect();
        if links.is_empty() {
            return doc;
        }
        doc.own(&format!("Response headers: {}.", links.join(", ")))
    }
}
