//! Keys that no version of OpenAPI knows.
//!
//! Runs when what has one meaning is repaired. Each key is reported once per kind of object, with the first place. A
//! schema may have keywords of anyone (JSON Schema, section 4.3.1), so only those are reported that look like slips.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::known_keys::{called, known};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Document, Version};
use crate::grammar::{Kind, Shape};
use crate::nearest::nearest;
use crate::pointer::Pointer;

/// Shorter keywords of schemas are near to some other by chance.
const SHORTEST_SLIP: usize = 5;

pub(super) fn report(document: &Document, diagnostics: &mut Diagnostics) {
    let mut survey = Survey {
        version: document.version,
        known: HashMap::new(),
        place: Vec::new(),
        found: HashMap::new(),
        order: Vec::new(),
        referred: HashSet::new(),
    };
    survey.walk(&document.root, Shape::One(Kind::Document));
    let referred = survey.referred;
    // what references lead to is read wherever it stands
    let is_read = |unknown: &Unknown<'_>| {
        let inside = format!("{}/", unknown.at);
        referred.iter().any(|reference| reference.starts_with(&inside))
    };
    for unknown in survey.order.into_iter().filter(|unknown| !is_read(unknown)) {
        let more = match unknown.count {
            1 => String::new(),
            count => format!(" (in {count} places)"),
        };
        let message = format!(
            "{} has no key `{}`; it is ignored{more}",
            called(unknown.kind),
            unknown.key
        );
        diagnostics.report(Code::UnknownKey, &unknown.at, message).help = Some(unknown.help);
    }
}

/// A key, at the first place where it stands.
struct Unknown<'d> {
    kind: Kind,
    key: &'d str,
    at: Pointer,
    count: usize,
    help: String,
}

struct Survey<'d> {
    version: Version,
    known: HashMap<Kind, HashSet<&'static str>>,
    place: Vec<Cow<'d, str>>,
    /// Where in `order` a key of a kind of object is.
    found: HashMap<(Kind, &'d str), usize>,
    order: Vec<Unknown<'d>>,
    /// The references to places of this document.
    referred: HashSet<&'d str>,
}

impl<'d> Survey<'d> {
    fn walk(&mut self, value: &'d Value, shape: Shape) {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref")
                    && reference.starts_with("#/")
                {
                    self.referred.insert(reference);
                }
                if let Shape::One(kind) | Shape::List(kind) = shape {
                    self.look(kind, members);
                }
                for (key, below) in members {
                    // what an extension holds is its own
                    if !key.starts_with("x-")
                        && let Some(shape) = shape.member(value, key)
                    {
                        self.step(Cow::Borrowed(key), below, shape);
                    }
                }
            }
            Value::Array(elements) => {
                for (index, element) in elements.iter().enumerate() {
                    if let Some(shape) = shape.member(value, "") {
                        self.step(Cow::Owned(index.to_string()), element, shape);
                    }
                }
            }
            _ => {}
        }
    }

    fn step(&mut self, key: Cow<'d, str>, below: &'d Value, shape: Shape) {
        self.place.push(key);
        self.walk(below, shape);
        self.place.pop();
    }

    fn look(&mut self, kind: Kind, members: &'d Map<String, Value>) {
        let version = self.version;
        let known = &*self
            .known
            .entry(kind)
            .or_insert_with(|| known(kind, version).into_iter().collect());
        if known.is_empty() || (kind != Kind::PathItem && members.contains_key("$ref")) {
            return;
        }
        let unknown = members
            .keys()
            .filter(|key| !key.starts_with("x-") && !known.contains(key.as_str()));
        for key in unknown.collect::<Vec<_>>() {
            match self.found.get(&(kind, key.as_str())) {
                Some(index) => self.order[*index].count += 1,
                None => self.note(kind, members, key),
            }
        }
    }

    fn note(&mut self, kind: Kind, members: &Map<String, Value>, key: &'d str) {
        let free = known(kind, self.version)
            .into_iter()
            .filter(|known| !members.contains_key(*known));
        let meant = nearest(key, free);
        let help = match meant {
            Some(meant) => format!("did you mean `{meant}`?"),
            None if self.is_of_another_version(kind, key) => match self.version {
                Version::Swagger2 => "this is a key of OpenAPI 3".to_owned(),
                _ => "this is a key of Swagger 2.0".to_owned(),
            },
            None => "remove it, or begin it with `x-` if it is your own".to_owned(),
        };
        if kind == Kind::Schema && (meant.is_none() || key.len() < SHORTEST_SLIP) {
            return;
        }
        self.found.insert((kind, key), self.order.len());
        let parent = self.place.iter().fold(Pointer::root(), |at, step| at.child(step));
        self.order.push(Unknown {
            kind,
            key,
            at: parent.child(key),
            count: 1,
            help,
        });
    }

    fn is_of_another_version(&self, kind: Kind, key: &str) -> bool {
        let other = match self.version {
            Version::Swagger2 => Version::OpenApi30,
            _ => Version::Swagger2,
        };
        known(kind, other).contains(&key)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::report;
    use crate::diagnostic::{Diagnostics, Place};
    use crate::document::{Document, Notation, Version};

    #[track_caller]
    fn check(version: Version, root: Value, expected: &[&str]) {
        let document = Document::new("test", Notation::Json, version, root);
        let mut diagnostics = Diagnostics::default();
        report(&document, &mut diagnostics);
        let told = diagnostics.into_iter().map(|found| {
            let help = found.help.unwrap_or_default();
            let Place::Node(at) = found.at else {
                panic!("not about a place: {}", found.message);
            };
            format!("{at}: {}; {help}", found.message)
        });
        assert_eq!(told.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn slips_are_reported_with_what_was_meant() {
        let operation = json!({
            "sumary": "a", "responses": { "200": { "descripton": "b", "content": { "text/plain": { "shema": {} } } } },
        });
        let root = json!({
            "openapi": "3.1.0", "info": { "titel": "T" },
            "paths": { "/a": { "get2": {}, "get": operation, "put": operation } },
        });
        check(
            Version::OpenApi31,
            root,
            &[
                "#/info/titel: `info` has no key `titel`; it is ignored; did you mean `title`?",
                "#/paths/~1a/get2: a path item has no key `get2`; it is ignored; remove it, or begin it with `x-` if it is your own",
                "#/paths/~1a/get/sumary: an operation has no key `sumary`; it is ignored (in 2 places); did you mean `summary`?",
                "#/paths/~1a/get/responses/200/descripton: a response has no key `descripton`; it is ignored (in 2 places); did you mean `description`?",
                "#/paths/~1a/get/responses/200/content/text~1plain/shema: a media type has no key `shema`; it is ignored (in 2 places); did you mean `schema`?",
            ],
        );
    }

    #[test]
    fn keys_of_other_versions_are_named_as_such() {
        check(
            Version::OpenApi30,
            json!({ "openapi": "3.0.0", "host": "a", "paths": { "/a": { "get": { "consumes": [] } } } }),
            &[
                "#/host: the document has no key `host`; it is ignored; this is a key of Swagger 2.0",
                "#/paths/~1a/get/consumes: an operation has no key `consumes`; it is ignored; this is a key of Swagger 2.0",
            ],
        );
        check(
            Version::Swagger2,
            json!({ "swagger": "2.0", "servers": [], "paths": { "/a": { "get": { "consumes": [] } } } }),
            &["#/servers: the document has no key `servers`; it is ignored; this is a key of OpenAPI 3"],
        );
    }

    #[test]
    fn schemas_may_have_keywords_of_anyone() {
        let pet = json!({
            "requird": ["a"], "unit": "cm", "color": "red",
            "properties": { "requird": { "descriptio": "d" } }, "example": { "requird": 1 }, "x-a": { "requird": 1 },
        });
        check(
            Version::OpenApi31,
            json!({ "openapi": "3.1.0", "components": { "schemas": { "Pet": pet, "x-b": { "requird": [] } } } }),
            &[
                "#/components/schemas/Pet/requird: a schema has no key `requird`; it is ignored; did you mean `required`?",
                "#/components/schemas/Pet/properties/requird/descriptio: a schema has no key `descriptio`; it is ignored; did you mean `description`?",
            ],
        );
    }

    #[test]
    fn sections_that_references_lead_to_are_read() {
        let shared = json!({ "a": { "in": "query", "name": "a" } });
        let parameters = json!([{ "$ref": "#/components/filters/a" }]);
        check(
            Version::OpenApi31,
            json!({
                "openapi": "3.1.0", "components": { "filters": shared, "sorters": shared },
                "paths": { "/a": { "get": { "parameters": parameters } } },
            }),
            &[
                "#/components/sorters: `components` has no key `sorters`; it is ignored; remove it, or begin it with `x-` if it is your own",
            ],
        );
    }

    #[test]
    fn references_and_extensions_are_left_alone() {
        let parameters = json!([{ "$ref": "#/components/parameters/A", "own": 1 }, { "x-own": 1 }]);
        check(
            Version::OpenApi31,
            json!({ "openapi": "3.1.0", "x-own": 1, "paths": { "/a": { "get": { "parameters": parameters } } } }),
            &[],
        );
    }
}
