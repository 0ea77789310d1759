//! Operations: their fields, and bodies in the style of another version.

use serde_json::Value;

use super::context::{Object, Repair, excerpt};
use super::kind::Kind;
use crate::document::Version;
use crate::normalize::swagger2;
use crate::pointer::Pointer;
use crate::template::Template;

const KINDS: [(&str, Kind); 9] = [
    ("operationId", Kind::Text),
    ("summary", Kind::Text),
    ("description", Kind::Text),
    ("deprecated", Kind::Flag),
    ("tags", Kind::Texts),
    ("consumes", Kind::Texts),
    ("produces", Kind::Texts),
    ("schemes", Kind::Texts),
    ("callbacks", Kind::Object),
];

impl Repair<'_> {
    /// One operation; `shared_body` are parameters of its path that belong into the body.
    pub(super) fn operation(
        &mut self,
        operation: &mut Object,
        at: &Pointer,
        template: &Template<'_>,
        shared_body: &[(Value, Pointer)],
    ) {
        self.kinds(operation, at, &KINDS);
        self.servers(operation, at);
        self.requirements(operation, at);
        self.parameters(operation, at, Some(template));
        let consumes = texts(operation.get("consumes"));
        if !self.is_swagger2() {
            self.body_parameters(operation, at, shared_body, &consumes);
        }
        if let Some(body) = operation.get_mut("requestBody") {
            self.request_body(body, &at.child("requestBody"), &consumes);
        }
        self.responses(operation, at);
        self.callbacks(operation, at);
    }

    /// `in: body` and `in: formData` of Swagger 2.0, in a document of a later version.
    fn body_parameters(
        &mut self,
        operation: &mut Object,
        at: &Pointer,
        shared: &[(Value, Pointer)],
        consumes: &[String],
    ) {
        let mut body = self.take_body(operation, at);
        if body.is_empty() {
            body = shared.to_vec();
        }
        let Some((_, from)) = body.first().cloned() else {
            return;
        };
        let at = at.child("requestBody");
        if operation.contains_key("requestBody") {
            self.report(
                &from,
                "the operation also has a `requestBody`, which is used; this parameter is ignored",
            );
            return;
        }
        if let Some(body) = swagger2::request_body(body, consumes, &at, self.moved, self.diagnostics) {
            operation.insert("requestBody".to_owned(), body);
        }
    }

    /// A request body; `consumes` are the media types for one that names none.
    pub(super) fn request_body(&mut self, value: &mut Value, at: &Pointer, consumes: &[String]) {
        let Value::Object(body) = value else {
            return;
        };
        if body.contains_key("$ref") {
            return;
        }
        self.kinds(body, at, &[("description", Kind::Text), ("required", Kind::Flag)]);
        self.content(body, at, consumes);
    }

    fn responses(&mut self, operation: &mut Object, at: &Pointer) {
        let produces = texts(operation.get("produces"));
        let at_responses = at.child("responses");
        match operation.get_mut("responses") {
            Some(Value::Object(responses)) => {
                self.statuses(responses, &at_responses);
                for (status, response) in responses {
                    if !status.starts_with("x-") {
                        self.response(response, &at_responses.child(status), &produces);
                    }
                }
            }
            Some(list @ Value::Array(_)) => {
                *list = Value::Object(self.listed_responses(list, &at_responses, &produces));
            }
            None if self.version >= Version::OpenApi31 => {}
            None => self.report(
                at,
                "this operation has no `responses`; any 2xx is a success without a body",
            ),
            Some(other) => {
                let message = format!("`responses: {}` is empty; ignored", excerpt(other));
                operation.shift_remove("responses");
                self.report(&at_responses, message);
            }
        }
    }

    fn callbacks(&mut self, operation: &mut Object, at: &Pointer) {
        self.each(operation, at, "callbacks", |repair, callback, at| {
            for (expression, item) in callback.as_object_mut().into_iter().flatten() {
                if expression != "$ref" {
                    repair.path_item("", item, &at.child(expression));
                }
            }
        });
    }
}

/// The texts of a list.
pub(super) fn texts(value: Option<&Value>) -> Vec<String> {
    let elements = value.and_then(Value::as_array).into_iter().flatten();
    elements.filter_map(Value::as_str).map(str::to_owned).collect()
}
