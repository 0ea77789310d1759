//! What the documentation of a method says.

use super::body::choice_docs;
use super::error::errors;
use super::parameter::text_of;
use super::reply::Role;
use crate::emit::context::Cx;
use crate::emit::documentation::comments::Doc;
use crate::emit::documentation::markdown::printable;
use crate::emit::tokens::ty::Scope;
use crate::ir::{Item, Location, OperationId, TypeRef};

impl Cx<'_> {
    pub(super) fn method_docs(&self, id: OperationId) -> Doc {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let mut doc = Doc::default().docs_of_call(&operation.docs, &self.call_docs(id));
        if let Some(flag) = &operation.flag {
            let how = if flag.value { "as a stream" } else { "as a whole" };
            let (name, value) = (flag.pointer.trim_start_matches('/'), flag.value);
            doc = doc.own(&format!(
                "The response arrives {how}: the property `{name}` of the request body is set to `{value}`."
            ));
        }
        let mut required = Vec::new();
        let mut optional = Vec::new();
        let mut fixed = Vec::new();
        for (parameter, ident) in operation.parameters.iter().zip(&names.parameters) {
            if let Some(value) = parameter.constant() {
                let sign = if parameter.location == Location::Header {
                    ": "
                } else {
                    "="
                };
                fixed.push(format!(
                    "`{}`",
                    printable(&format!("{}{sign}{}", parameter.wire, text_of(value)))
                ));
            } else if parameter.is_argument() {
                let about = parameter.docs.description.lines().next().unwrap_or_default().trim();
                if !about.is_empty() {
                    required.push(format!("* `{}`: {about}", ident.plain()));
                }
            } else {
                let marker = names.marker.plain();
                optional.push(format!("[`{0}`](Request::<{marker}>::{0})", ident.plain()));
            }
        }
        if !required.is_empty() {
            doc = doc.text(&required.join("\n"));
        }
        if operation.body.as_ref().is_some_and(|body| !body.required) {
            optional.push(format!("[`body`](Request::<{}>::body)", names.marker.plain()));
        }
        if !fixed.is_empty() {
            doc = doc.own(&format!("Always sends {}.", fixed.join(", ")));
        }
        if !optional.is_empty() {
            doc = doc.own(&format!("Optional: {}.", optional.join(", ")));
        }
        if let Some(choice) = choice_docs(operation) {
            doc = doc.own(&choice);
        }
        let sent = operation.body.iter().flat_map(|body| &body.contents);
        for item in sent.filter_map(|content| content.item.as_ref()) {
            doc = doc.own(&self.item_docs(item));
        }
        let doc = doc.own(&self.page_docs(id));
        let doc = self.error_docs(operation, self.header_docs(id, doc));
        match self.shows_examples().then(|| self.example(id)).flatten() {
            Some(example) => doc.heading("Examples").code(example.doctest()),
            None => doc,
        }
    }

    /// What the elements of a sequence are.
    fn item_docs(&self, item: &Item) -> String {
        let media_type = printable(&item.media_type);
        match &item.slot.ty {
            TypeRef::Named(id) => {
                let ty = &self.names.of_type(*id).ty;
                format!("The elements of `{media_type}` are [`{ty}`](super::super::models::{ty}).")
            }
            ty => {
                let ty = self.ty(ty, &mut Scope::Api).to_string().replace(' ', "");
                format!("The elements of `{media_type}` are `{ty}`.")
            }
        }
    }

    /// Method and path, what the call returns, and which errors are declared.
    fn call_docs(&self, id: OperationId) -> String {
        let operation = &self.api.operations[id.0];
        let names = self.names.of_operation(id);
        let (method, path) = (operation.method.as_str(), &operation.path);
        let mut text = format!("`{} {}`", printable(method), printable(path));
        if let Some(returned) = self.returned(id) {
            text.push_str(&format!(" returns {returned}"));
        }
        match errors(operation).is_empty() {
            true => text + ".",
            false => format!("{text}. Declared errors: [`{}`].", names.error),
        }
    }

    /// What a call returns, with a link where that is a type of the client.
    fn returned(&self, id: OperationId) -> Option<String> {
        let successes = self.api.operations[id.0].successes();
        let types = successes
            .iter()
            .flat_map(|(_, response)| self.types(response, Role::Success))
            .map(|ty| ty.to_string().replace(' ', ""));
        let types: Vec<String> = types.collect();
        let ty = types.first().filter(|ty| *ty != "()")?;
        if types.iter().any(|other| other != ty) {
            return Some(format!("[`{}`]", self.names.of_operation(id).output));
        }
        let link = |ty: &str| {
            let name = ty.strip_prefix("models::")?;
            let is_name = name.chars().all(|c| c.is_alphanumeric() || c == '_');
            is_name.then(|| format!("[`{name}`](models::{name})"))
        };
        let list = ty.strip_prefix("Vec<").and_then(|item| link(item.strip_suffix('>')?));
        Some(match (link(ty), list) {
            (Some(link), _) => link,
            (None, Some(link)) => format!("a list of {link}"),
            (None, None) => format!("`{}`", ty.replace("models::", "").replace(',', ", ")),
        })
    }
}
