//! Which objects of a document may be references, and to what.

use serde_json::Value;

use crate::document::Version;
use crate::pointer::Pointer;

pub(super) use crate::grammar::{Kind, Shape};

use Kind::{
    Callback, Discriminator, Document, Example, Header, Link, MediaType, Parameter, PathItem, RequestBody, Response,
    Schema, SecurityScheme,
};
use Shape::{List, Map, One};

impl Shape {
    /// What the place `at` of a whole document is, if OpenAPI says so.
    pub(super) fn within(document: &Value, at: &Pointer) -> Option<Self> {
        let mut shape = One(Document);
        let mut value = document;
        for token in at.tokens() {
            shape = shape.below(value, &token)?;
            value = child(value, &token)?;
        }
        Some(shape)
    }

    /// Whether schemas stand here.
    pub(super) fn is_schema(self) -> bool {
        matches!(self, One(Schema) | List(Schema) | Map(Schema))
    }

    /// Where documents of a version keep such an object under a name, if a reference to there is understood everywhere.
    pub(super) fn section(self, version: Version) -> Option<&'static str> {
        let One(kind) = self else {
            return None;
        };
        Some(match (version, kind) {
            (Version::Swagger2, Schema) => "/definitions",
            (Version::Swagger2, Parameter) => "/parameters",
            (Version::Swagger2, Response) => "/responses",
            (Version::Swagger2, SecurityScheme) => "/securityDefinitions",
            (Version::Swagger2, _) => return None,
            (_, Schema) => "/components/schemas",
            (_, Parameter) => "/components/parameters",
            (_, Response) => "/components/responses",
            (_, RequestBody) => "/components/requestBodies",
            (_, Header) => "/components/headers",
            (_, Example) => "/components/examples",
            (_, Link) => "/components/links",
            (_, Callback) => "/components/callbacks",
            (_, MediaType) => "/components/mediaTypes",
            (_, SecurityScheme) => "/components/securitySchemes",
            _ => return None,
        })
    }

    /// Whether a reference at such a place may stay one when it is local.
    pub(super) fn may_refer(self, version: Version) -> bool {
        self == One(PathItem) || self.section(version).is_some()
    }
}

/// A reference that was found.
#[derive(Debug, Clone)]
pub(super) struct Found<'v> {
    /// The object that holds it.
    pub(super) at: Pointer,
    /// The member that it is.
    pub(super) key: &'v str,
    /// As it is written.
    pub(super) text: &'v str,
    /// What it should lead to.
    pub(super) shape: Shape,
    /// Whether the object has other members.
    pub(super) alone: bool,
    /// Whether it is no `$ref` but what a discriminator maps a value to.
    pub(super) mapped: bool,
}

impl<'v> Found<'v> {
    /// A `$ref` with nothing beside it.
    pub(super) fn alone(at: &Pointer, text: &'v str, shape: Shape) -> Self {
        Self {
            at: at.clone(),
            key: "$ref",
            text,
            shape,
            alone: true,
            mapped: false,
        }
    }
}

/// The member or the element of a value that a token of a pointer names.
pub(super) fn child<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(token),
        Value::Array(elements) => elements.get(token.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Whether a text is a whole document.
pub(super) fn is_document(tree: &Value) -> bool {
    tree.get("openapi").is_some() || tree.get("swagger").is_some()
}

/// Members of a schema that say nothing of values: what stands in them counts where something refers to it.
pub(super) const DEFINITIONS: [&str; 2] = ["$defs", "definitions"];

/// Calls `visit` for every reference below a value of this shape.
pub(super) fn references<'v>(value: &'v Value, shape: Shape, visit: &mut dyn FnMut(&Trail<'_, 'v>, Mark<'v>)) {
    walk(value, shape, true, &Trail::Root, visit);
}

/// Calls `visit` for every reference that counts for the values of a schema: not for those in its definitions.
pub(super) fn applied<'v>(value: &'v Value, shape: Shape, visit: &mut dyn FnMut(&Trail<'_, 'v>, Mark<'v>)) {
    walk(value, shape, false, &Trail::Root, visit);
}

/// What is known of a reference before anyone asked for its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark<'v> {
    pub(super) key: &'v str,
    pub(super) text: &'v str,
    pub(super) shape: Shape,
    pub(super) alone: bool,
    pub(super) mapped: bool,
}

impl<'v> Mark<'v> {
    pub(super) fn at(self, trail: &Trail<'_, 'v>) -> Found<'v> {
        Found {
            at: trail.pointer(),
            key: self.key,
            text: self.text,
            shape: self.shape,
            alone: self.alone,
            mapped: self.mapped,
        }
    }
}

/// The way to a value; most values never need it as a pointer.
pub(super) enum Trail<'t, 'v> {
    Root,
    Member(&'t Trail<'t, 'v>, &'v str),
    Element(&'t Trail<'t, 'v>, usize),
}

impl Trail<'_, '_> {
    fn pointer(&self) -> Pointer {
        match self {
            Self::Root => Pointer::root(),
            Self::Member(above, key) => above.pointer().child(key),
            Self::Element(above, index) => above.pointer().child(index),
        }
    }
}

/// What is visited.
type Visit<'a, 'v> = &'a mut dyn FnMut(&Trail<'_, 'v>, Mark<'v>);

fn walk<'v>(value: &'v Value, shape: Shape, definitions: bool, trail: &Trail<'_, 'v>, visit: Visit<'_, 'v>) {
    match value {
        Value::Object(_) if shape == One(Discriminator) => mapped(value, trail, visit),
        Value::Object(members) => {
            for (key, text) in members {
                let reference = match key.as_str() {
                    "$ref" => true,
                    "$dynamicRef" | "$recursiveRef" => shape == One(Schema),
                    _ => false,
                };
                if let (true, Value::String(text)) = (reference, text) {
                    let alone = members.len() == 1;
                    let mark = Mark {
                        key,
                        text,
                        shape,
                        alone,
                        mapped: false,
                    };
                    visit(trail, mark);
                }
            }
            for (key, below) in members {
                let skipped = !definitions && shape == One(Schema) && DEFINITIONS.contains(&key.as_str());
                if let Some(shape) = shape.below(value, key).filter(|_| !skipped) {
                    walk(below, shape, definitions, &Trail::Member(trail, key), visit);
                }
            }
        }
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                if let Some(shape) = shape.below(value, "") {
                    walk(element, shape, definitions, &Trail::Element(trail, index), visit);
                }
            }
        }
        _ => {}
    }
}

/// The schemas that a discriminator maps to.
fn mapped<'v>(value: &'v Value, trail: &Trail<'_, 'v>, visit: Visit<'_, 'v>) {
    let mapping = value.get("mapping").and_then(Value::as_object);
    let inside = Trail::Member(trail, "mapping");
    for (key, text) in mapping.into_iter().flatten() {
        if let Some(text) = text.as_str() {
            let mark = Mark {
                key,
                text,
                shape: One(Schema),
                alone: false,
                mapped: true,
            };
            visit(&inside, mark);
        }
    }
}
