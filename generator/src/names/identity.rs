//! What inline types are, in words that do not depend on anything else in the document.

use crate::ir::{Api, Hint, Root, Trigger, TypeId};

/// The way from something that has a name of its own to a type: the same wherever in the document that is.
pub(super) fn identity(api: &Api, id: TypeId) -> String {
    let mut steps: Vec<String> = Vec::new();
    let mut hint: &Hint = &api.types[id].hint;
    loop {
        steps.extend(hint.steps.iter().rev().map(|step| format!("{step:?}")));
        match &hint.root {
            Root::Type(parent) => hint = &api.types[*parent].hint,
            root => {
                steps.push(root_of(api, root));
                steps.reverse();
                return steps.join(" ");
            }
        }
    }
}

fn root_of(api: &Api, root: &Root) -> String {
    let operation = |index: usize| {
        let operation = &api.operations[index];
        let flag = operation.flag.as_ref().map(|flag| (&flag.pointer, flag.value));
        format!("{} {} {flag:?}", operation.path, operation.method.as_str())
    };
    match root {
        Root::Component(name) => format!("component {name}"),
        Root::Operation(id, part) => format!("operation {} {part:?}", operation(id.0)),
        Root::Reusable(part, key) => format!("reusable {key} {part:?}"),
        Root::Webhook(index) => {
            let webhook = &api.webhooks[*index];
            let trigger = match &webhook.trigger {
                Trigger::Webhook => String::new(),
                Trigger::Callback {
                    operation: of,
                    expression,
                } => format!("{} {expression}", operation(of.0)),
            };
            format!("webhook {} {} {trigger}", webhook.name, webhook.method.as_str())
        }
        Root::Type(_) | Root::Shared => "shared".to_owned(),
    }
}
