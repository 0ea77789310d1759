//! Webhooks and callbacks -> the types of what their receivers get.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Trigger, Webhook};

/// `webhooks`: a name for the type of each payload, and word of those that have none.
pub(crate) fn webhooks(cx: &Cx<'_>) -> TokenStream {
    let mut docs = Doc::default()
        .own("Payloads of webhooks and callbacks, which the API sends.")
        .own("Deserialize a payload with `serde_json::from_slice`.");
    for webhook in cx.api.webhooks.iter().filter(|webhook| webhook.payload.is_none()) {
        docs = docs
            .own(&format!("{}, has no declared payload.", cx.call(webhook)))
            .docs(&webhook.docs);
    }
    let docs = docs.inner();
    let types: Vec<TokenStream> = (0..cx.api.webhooks.len())
        .filter_map(|index| cx.payload(index))
        .collect();
    let named = types.iter().any(|ty| ty.to_string().contains("models ::"));
    let root = cx.paths.root(1);
    let models = named.then(|| quote!(use #root::models;));
    quote! {
        #docs
        #models
        #(#types)*
    }
}

impl Cx<'_> {
    fn payload(&self, index: usize) -> Option<TokenStream> {
        let webhook = &self.api.webhooks[index];
        let target = self.slot(webhook.payload.as_ref()?, &mut Scope::Api);
        let ident = &self.names.of_webhook(index).payload;
        let mut docs = Doc::default()
            .own(&format!("{}.", self.call(webhook)))
            .docs(&webhook.docs);
        if webhook.docs.deprecated {
            docs = docs.own("Deprecated.");
        }
        let docs = docs.outer();
        Some(quote!(#docs pub type #ident = #target;))
    }

    /// Who is called, and how.
    fn call(&self, webhook: &Webhook) -> String {
        let (name, method) = (printable(&webhook.name), printable(webhook.method.as_str()));
        match &webhook.trigger {
            Trigger::Webhook => format!("Webhook `{name}`, sent with `{method}`"),
            Trigger::Callback { operation, expression } => {
                let operation = &self.names.of_operation(*operation).called;
                let to = printable(expression);
                format!("Callback `{name}` of `{operation}`, sent with `{method}` to `{to}`")
            }
        }
    }
}
