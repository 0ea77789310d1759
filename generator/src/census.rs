//! Counts what was generated of a document, to be compared with the document.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostics, Place, Severity};
use crate::document::Document;
use crate::ir::{
    Api, Content, ContentKind, Hint, Operation, Part, Root, Shape, Slot, Step, TypeId, TypeRef, media_subtype,
};
use crate::pointer::Pointer;

/// Maximum depth to which a schema is searched for keywords that give it a type.
const DEEPEST: usize = 8;

/// What was generated of a document.
#[derive(Debug, Clone, Default)]
pub struct Census {
    /// All generated operations, in the order of the document.
    pub calls: Vec<Call>,
    /// Number of struct fields.
    pub fields: usize,
    /// Number of places that hold a value: properties, items, map values, branches, parameters, and bodies.
    pub values: usize,
    /// How many of these are `serde_json::Value` because the document does not describe them.
    pub untyped: usize,
    /// Those that are `serde_json::Value` although the document describes them.
    pub fallen: Vec<Fallen>,
}

/// A generated operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Location of the operation object.
    pub at: Pointer,
    /// The method, such as `GET`.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The parameters: `in`, such as `query`, and name.
    pub parameters: Vec<(&'static str, String)>,
    /// The pagination style, such as `cursor`, if it is paginated.
    pub pages: Option<&'static str>,
}

/// A place generated as `serde_json::Value` although its schema says more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallen {
    /// The schema.
    pub at: Pointer,
    /// The reason: the diagnostic reported for the schema, or else its keywords.
    pub reason: String,
}

impl Census {
    pub(crate) fn take(api: &Api, document: &Document, diagnostics: &Diagnostics) -> Self {
        let mut counting = Counting {
            api,
            root: &document.root,
            schemas: HashMap::new(),
            reported: BTreeMap::new(),
            census: Self::default(),
        };
        for (hint, places) in &api.untyped {
            counting.schemas.insert(hint, places);
        }
        for diagnostic in diagnostics.iter().filter(|each| each.code.severity() != Severity::Note) {
            if let Place::Node(at) = &diagnostic.at {
                let known = counting.reported.entry(at.as_str());
                known.or_insert((diagnostic.code, &diagnostic.message));
            }
        }
        for (id, definition) in api.types.kept() {
            counting.shape(id, &definition.shape);
        }
        for (index, operation) in api.operations.iter().enumerate() {
            counting.operation(crate::ir::OperationId(index), operation);
        }
        counting.census
    }
}

struct Counting<'a> {
    api: &'a Api,
    root: &'a Value,
    /// The schemas of the places where any value is taken.
    schemas: HashMap<&'a Hint, &'a [Pointer]>,
    /// The first warning or error for each node.
    reported: BTreeMap<&'a str, (Code, &'a str)>,
    census: Census,
}

impl<'a> Counting<'a> {
    fn shape(&mut self, id: TypeId, shape: &Shape) {
        let root = Root::Type(id);
        match shape {
            Shape::Struct(object) => {
                self.census.fields += object.fields.len();
                for field in &object.fields {
                    self.slot(&field.slot, &root, &mut vec![Step::Field(field.wire.clone())]);
                }
                if let Some(extra) = &object.extra {
                    self.slot(extra, &root, &mut vec![Step::Value]);
                }
            }
            Shape::Union(union) => {
                for variant in &union.variants {
                    if let Some(slot) = &variant.slot {
                        self.slot(slot, &root, &mut vec![Step::Variant(variant.hint.clone())]);
                    }
                }
            }
            // An alias is counted where it is used; what it holds, here.
            Shape::Alias(slot) => self.inner(slot, &root, &mut Vec::new()),
            Shape::Enum(_) | Shape::Any => {}
        }
    }

    fn operation(&mut self, id: crate::ir::OperationId, operation: &Operation) {
        for parameter in &operation.parameters {
            let root = Root::Operation(id, Part::Parameter(parameter.wire.clone()));
            self.slot(&parameter.slot, &root, &mut Vec::new());
        }
        for (index, content) in operation.body.iter().flat_map(|body| body.contents.iter().enumerate()) {
            if let Some(slot) = content.kind.slot() {
                let part = match index {
                    0 => Part::Request,
                    _ => Part::RequestAs(content.hint.clone()),
                };
                self.slot(slot, &Root::Operation(id, part), &mut Vec::new());
            }
        }
        let success = operation
            .responses
            .iter()
            .filter(|response| response.status.is_success());
        let only = success.count() == 1;
        for response in &operation.responses {
            let part = if only && response.status.is_success() {
                Part::Response
            } else {
                Part::StatusResponse(response.status)
            };
            self.contents(&response.contents, &Root::Operation(id, part));
            for header in &response.headers {
                let root = Root::Operation(id, Part::Header(header.wire.clone()));
                self.slot(&header.slot, &root, &mut Vec::new());
            }
        }
        let parameters = operation.parameters.iter();
        self.census.calls.push(Call {
            at: operation.origin.clone(),
            method: operation.method.as_str().to_owned(),
            path: operation.path.clone(),
            parameters: parameters
                .map(|one| (one.location.as_str(), one.wire.clone()))
                .collect(),
            pages: operation.pagination.as_ref().map(|pages| pages.step.style()),
        });
    }

    /// What the media types of a response hold; those that hold the same count once.
    fn contents(&mut self, contents: &[Content], root: &Root) {
        for (index, content) in contents.iter().enumerate() {
            if contents[..index].iter().any(|other| other.kind == content.kind) {
                continue;
            }
            let mut steps = Vec::new();
            if index > 0 {
                steps.push(Step::Variant(media_subtype(&content.media_type).to_owned()));
            }
            match &content.kind {
                ContentKind::Json(slot) | ContentKind::Xml(slot) => self.slot(slot, root, &mut steps),
                ContentKind::Sequence(_, slot) => {
                    steps.push(Step::Item);
                    self.slot(slot, root, &mut steps);
                }
                ContentKind::Text | ContentKind::Bytes | ContentKind::Events => {}
            }
        }
    }

    fn slot(&mut self, slot: &Slot, root: &Root, steps: &mut Vec<Step>) {
        self.census.values += 1;
        match &slot.ty {
            TypeRef::Any => self.any(root, steps),
            TypeRef::Named(id) => self.through_aliases(*id),
            _ => self.inner(slot, root, steps),
        }
    }

    /// What a list, a tuple or a map holds.
    fn inner(&mut self, slot: &Slot, root: &Root, steps: &mut Vec<Step>) {
        let inner: Vec<(&Slot, Step)> = match &slot.ty {
            TypeRef::List(item) => vec![(&**item, Step::Item)],
            TypeRef::Map(value) => vec![(&**value, Step::Value)],
            TypeRef::Tuple(places) => {
                let places = places.iter().enumerate();
                places.map(|(index, place)| (place, Step::Place(index))).collect()
            }
            TypeRef::Primitive(_) | TypeRef::Named(_) | TypeRef::Any => return,
        };
        for (inner, step) in inner {
            steps.push(step);
            self.slot(inner, root, steps);
            steps.pop();
        }
    }

    /// A use of a type that is only another name for any value.
    fn through_aliases(&mut self, mut id: TypeId) {
        for _ in 0..self.api.types.len() {
            match &self.api.types[id].shape {
                Shape::Alias(Slot {
                    ty: TypeRef::Named(target),
                    ..
                }) => id = *target,
                Shape::Alias(Slot { ty: TypeRef::Any, .. }) | Shape::Any => return self.any(&Root::Type(id), &[]),
                _ => return,
            }
        }
    }

    fn any(&mut self, root: &Root, steps: &[Step]) {
        let hint = Hint {
            root: root.clone(),
            steps: steps.to_vec(),
        };
        let own = match (root, steps) {
            (Root::Type(id), []) => std::slice::from_ref(&self.api.types[*id].origin),
            _ => &[],
        };
        let places: &[Pointer] = self.schemas.get(&hint).copied().unwrap_or(own);
        let typed = places.iter().find(|at| {
            let schema = self.root.pointer(at.as_str());
            schema.is_some_and(|schema| says_type(self.root, schema, DEEPEST, &mut HashMap::new()))
        });
        match typed {
            None => self.census.untyped += 1,
            Some(at) => {
                let reason = self.reason(places, at);
                self.census.fallen.push(Fallen { at: at.clone(), reason });
            }
        }
    }

    fn reason(&self, places: &[Pointer], at: &Pointer) -> String {
        let reported = places.iter().find_map(|place| {
            let text = place.as_str();
            let begins = self.reported.range(text..).take_while(|(at, _)| at.starts_with(text));
            let mut below = begins.filter(|(at, _)| matches!(at.as_bytes().get(text.len()), None | Some(b'/')));
            below.next().map(|(_, found)| found)
        });
        match reported {
            Some((code, message)) => format!("{code}: {}", without_quotes(message)),
            None => {
                let schema = self.root.pointer(at.as_str()).and_then(Value::as_object);
                let typing = schema.into_iter().flatten().map(|(key, _)| key.as_str());
                let mut typing: Vec<&str> = typing.filter(|key| TYPING.contains(key)).collect();
                typing.sort_unstable();
                format!("no diagnostic; the schema has {}", typing.join(", "))
            }
        }
    }
}

/// Keywords that say what values look like.
const TYPING: [&str; 10] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "enum",
    "items",
    "oneOf",
    "properties",
    "type",
];

/// Whether a schema admits less than any value, as far as types can tell.
///
/// What is `known` of a schema and a depth is not found out again: schemas may refer to the same ones many times.
fn says_type(root: &Value, schema: &Value, depth: usize, known: &mut HashMap<(*const Value, usize), bool>) -> bool {
    let Some(object) = schema.as_object().filter(|_| depth > 0) else {
        return false;
    };
    let key = (std::ptr::from_ref(schema), depth);
    if let Some(says) = known.get(&key) {
        return *says;
    }
    let mut deeper = |schema: &Value| says_type(root, schema, depth - 1, known);
    let says = object.iter().any(|(key, value)| match key.as_str() {
        "$ref" => {
            let target = value.as_str().and_then(Pointer::parse);
            let target = target.and_then(|at| root.pointer(at.as_str()));
            target.is_none_or(&mut deeper)
        }
        "allOf" => value
            .as_array()
            .is_some_and(|branches| branches.iter().any(&mut deeper)),
        "oneOf" | "anyOf" => value
            .as_array()
            .is_some_and(|branches| !branches.is_empty() && branches.iter().all(&mut deeper)),
        "type" => match value {
            Value::Array(types) => types.len() < 6,
            Value::String(name) => name != "any" && name != "null",
            _ => false,
        },
        "enum" => value
            .as_array()
            .is_some_and(|values| values.iter().any(|value| !value.is_null())),
        "properties" => value.as_object().is_some_and(|members| !members.is_empty()),
        "additionalProperties" | "items" => value.is_object(),
        "const" => true,
        _ => false,
    });
    known.insert(key, says);
    says
}

/// A message without what it quotes, so that equal reasons are equal texts.
fn without_quotes(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`…`")
}
