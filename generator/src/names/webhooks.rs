//! Names of the payloads of webhooks and callbacks.

use super::contest::{Wish, settle};
use super::operations::OperationNames;
use super::scope::Scope;
use super::{Ident, ident, words};
use crate::ir::{Api, Trigger, Webhook};

/// The names of a webhook.
#[derive(Debug, Clone)]
pub struct WebhookNames {
    /// The type of what is sent.
    pub payload: Ident,
}

pub(super) fn assign(api: &Api, operations: &[OperationNames]) -> Vec<WebhookNames> {
    let mut scope = Scope::new(&[], "Webhook");
    let name = |webhook: &Webhook| {
        let mut name = match &webhook.trigger {
            Trigger::Webhook => String::new(),
            Trigger::Callback { operation, .. } => operations[operation.0].marker.plain().to_owned(),
        };
        name.push_str(&words::camel(&webhook.name));
        if webhook.ambiguous {
            name.push_str(&words::camel(&webhook.method.as_str().to_ascii_lowercase()));
        }
        format!("{name}Payload")
    };
    let wishes: Vec<Wish> = api.webhooks.iter().map(|webhook| Wish::given(name(webhook))).collect();
    let key = |index: usize| format!("{:?}", api.webhooks[index].origin);
    let names = settle(&mut scope, &wishes, key, |_| Vec::new());
    let payload = |name: &String| WebhookNames {
        payload: ident::ty(name),
    };
    names.iter().map(payload).collect()
}
