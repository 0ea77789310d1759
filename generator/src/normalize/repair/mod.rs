//! Repairs violations of the specification that have a single possible meaning.
//!
//! Every repair is reported with its place. What has no meaning, or several, is left as it is: `parse` and `lower` leave
//! such a part out, and nothing around it. The frame of a document is repaired before its version is looked at, so
//! places are those of the text; schemas are repaired afterwards, when each stands where 3.0 has it.

mod content;
mod context;
mod kind;
mod operation;
mod parameter;
mod path;
mod response;
mod schema;
mod security;
mod server;
mod types;

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::pointer::Pointer;

pub(super) use self::schema::schemas;

use self::context::{Object, Repair};
use self::kind::Kind;

/// Members of the document itself.
const OF_ROOT: [(&str, Kind); 12] = [
    ("info", Kind::Object),
    ("paths", Kind::Object),
    ("components", Kind::Object),
    ("definitions", Kind::Object),
    ("parameters", Kind::Object),
    ("responses", Kind::Object),
    ("securityDefinitions", Kind::Object),
    ("webhooks", Kind::Object),
    ("tags", Kind::Objects),
    ("consumes", Kind::Texts),
    ("produces", Kind::Texts),
    ("schemes", Kind::Texts),
];

/// Repairs everything but schemas.
pub(super) fn frame(document: &mut Document, diagnostics: &mut Diagnostics) {
    let Value::Object(root) = &mut document.root else {
        return;
    };
    let mut repair = Repair {
        version: document.version,
        shared: HashMap::new(),
        moved: &mut document.moved,
        diagnostics,
    };
    repair.root(root);
}

impl Repair<'_> {
    fn root(&mut self, root: &mut Object) {
        let top = Pointer::root();
        self.kinds(root, &top, &OF_ROOT);
        self.components(root);
        if let Some(Value::Object(info)) = root.get_mut("info") {
            let texts = [
                ("title", Kind::Text),
                ("version", Kind::Text),
                ("description", Kind::Text),
            ];
            self.kinds(info, &top.child("info"), &texts);
        }
        self.servers(root, &top);
        self.requirements(root, &top);
        self.tags(root);
        if self.is_swagger2() {
            self.host(root);
            self.parts(root, &top);
            self.each(root, &top, "securityDefinitions", Self::scheme);
        } else if let Some(Value::Object(components)) = root.get_mut("components") {
            let at = top.child("components");
            self.parts(components, &at);
            self.each(components, &at, "requestBodies", |repair, value, at| {
                repair.request_body(value, at, &[]);
            });
            self.each(components, &at, "headers", Self::header);
            self.each(components, &at, "securitySchemes", Self::scheme);
            self.each(components, &at, "pathItems", |repair, item, at| {
                repair.path_item("", item, at)
            });
        }
        for paths in ["paths", "webhooks", "x-webhooks"] {
            self.paths(root, paths);
        }
    }

    /// Each kind of component is an object by name.
    fn components(&mut self, root: &mut Object) {
        if let Some(Value::Object(components)) = root.get_mut("components") {
            let at = Pointer::root().child("components");
            let kinds: Vec<String> = components
                .keys()
                .filter(|key| !key.starts_with("x-"))
                .cloned()
                .collect();
            for kind in kinds {
                self.kinds(components, &at, &[(kind.as_str(), Kind::Object)]);
            }
        }
    }

    /// Parameters and responses that operations refer to.
    fn parts(&mut self, owner: &mut Object, at: &Pointer) {
        self.each(owner, at, "parameters", |repair, value, at| {
            repair.parameter(value, at, None);
            repair.shared.insert(at.clone(), value.clone());
        });
        self.each(owner, at, "responses", |repair, value, at| {
            repair.response(value, at, &[])
        });
    }

    /// Calls a repair for every member of an object below `owner`.
    fn each(
        &mut self,
        owner: &mut Object,
        at: &Pointer,
        key: &str,
        mut repair: impl FnMut(&mut Self, &mut Value, &Pointer),
    ) {
        let at = at.child(key);
        for (name, value) in owner.get_mut(key).and_then(Value::as_object_mut).into_iter().flatten() {
            repair(self, value, &at.child(name));
        }
    }

    /// Tags are objects with a name; a name alone is one too.
    fn tags(&mut self, root: &mut Object) {
        let tags = root.get_mut("tags").and_then(Value::as_array_mut);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let at = Pointer::root().child("tags").child(index);
            if let Value::String(name) = tag {
                let message = format!("`{name}` is read as the name of a tag");
                *tag = serde_json::json!({ "name": name });
                self.report(&at, message);
            }
            if let Value::Object(tag) = tag {
                self.kinds(tag, &at, &[("name", Kind::Text), ("description", Kind::Text)]);
            }
        }
    }
}

#[cfg(test)]
mod tests;
