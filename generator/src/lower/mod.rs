//! The document -> [`ir::Api`]. Total: what has no typed form yet is reported and becomes a plain JSON value or bytes.
//!
//! Pass 1 reserves a `TypeId` per component schema, pass 2 fills the bodies, so a `$ref` is a lookup.

mod alike;
mod body;
mod conditional;
mod containers;
mod content;
mod cycles;
mod docs;
mod effort;
mod encoding;
mod enums;
mod evidence;
mod files;
mod fit;
mod flagged;
mod header;
mod hierarchy;
mod listed;
mod object;
mod operation;
mod pagination;
mod parameter;
mod parts;
mod path;
mod path_item;
mod primitive;
mod reference;
mod repeats;
mod request;
mod response;
mod scalars;
mod schema;
mod secrets;
mod security;
mod serde_enum;
mod server;
mod simplify;
mod slips;
mod tags;
mod union;
mod untyped;
mod variants;
mod view;
mod webhook;
mod xml;

use std::collections::{BTreeMap, HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

pub use pagination::paginate;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Missing, Version};
use crate::ir::{Api, Hint, Root, SchemeId, Slot, Step, TypeId, TypeRef};
use crate::parse::Node;
use crate::pointer::Pointer;
use crate::select::Selection;
use hierarchy::Hierarchy;
use operation::Tags;
use parts::Multipart;

/// Turns a normalised document into the representation that everything after it works on.
///
/// Operations that are not selected are never looked at, and neither is what only they refer to when that is pruned: a
/// document can be used in part although another part of it is broken.
pub fn lower(document: &Document, selection: &mut Selection, diagnostics: &mut Diagnostics) -> Api {
    let mut cx = Lower {
        root: &document.root,
        version: document.version,
        selection,
        missing: &document.missing,
        diagnostics,
        api: Api::default(),
        definitions: HashMap::new(),
        pending: Vec::new(),
        combined: HashMap::new(),
        schemes: HashMap::new(),
        header_slots: HashMap::new(),
        slips: HashSet::new(),
        merging: 0,
        examples: IndexMap::new(),
        hierarchy: Hierarchy::default(),
        parts: HashMap::new(),
        multipart: Multipart::read(&document.root),
        tags: Tags::read(&document.root),
        effort: effort::Effort::for_document(&document.root),
    };
    cx.hierarchy = Hierarchy::read(cx.node(&["components", "schemas"]).as_ref());
    cx.lower_info();
    cx.lower_servers();
    cx.lower_schemes();
    cx.reserve_components();
    cx.define_pending();
    cx.lower_operations();
    cx.lower_webhooks();
    cx.define_pending();
    cycles::break_cycles(&mut cx.api, cx.diagnostics);
    flagged::split(&mut cx.api);
    scalars::exact_numbers(&mut cx.api.types);
    cx.report_alike();
    if cx.selection.prunes() {
        cx.drop_unused_schemes();
    }
    cx.api.examples = cx.examples.into_values().map(|(_, example)| example).collect();
    cx.api
}

/// What lowering carries from node to node.
struct Lower<'d, 'r> {
    root: &'d Value,
    version: Version,
    selection: &'r mut Selection,
    /// Why references out of the document lead nowhere.
    missing: &'d BTreeMap<String, Missing>,
    diagnostics: &'r mut Diagnostics,
    api: Api,
    /// Schemas that have a type of their own because something may refer to them; who does takes the id through
    /// [`Lower::want`], or the body might never be lowered.
    definitions: HashMap<Pointer, Definition>,
    /// Definitions whose body is not lowered yet, first come first served.
    pending: Vec<(TypeId, Node<'d>)>,
    /// Types made of the schemas at these places together, so that one combination is one type.
    combined: HashMap<Vec<Pointer>, TypeId>,
    schemes: HashMap<String, SchemeId>,
    /// The types of the headers at these places.
    header_slots: HashMap<Pointer, Slot>,
    /// The places of what was reported once by `report_slips`: schemas are looked at from several places.
    slips: HashSet<Pointer>,
    /// How many choices are being merged into each other right now.
    merging: usize,
    /// By place: the examples, each with how many schemas its type was made from.
    examples: IndexMap<Pointer, evidence::Known>,
    hierarchy: Hierarchy,
    /// Objects whose members are parts, by the place of their schema.
    parts: HashMap<Pointer, TypeId>,
    multipart: Multipart<'d>,
    tags: Tags<'d>,
    effort: effort::Effort,
}

#[derive(Clone, Copy)]
struct Definition {
    id: TypeId,
    /// Whether its body is lowered, or will be.
    wanted: bool,
    started: bool,
}

/// Where a schema stands, for the name of the type it may become.
#[derive(Debug, Clone)]
struct Site {
    hint: Hint,
}

impl Site {
    fn root(root: Root) -> Self {
        Self {
            hint: Hint {
                root,
                steps: Vec::new(),
            },
        }
    }

    fn step(&self, step: Step) -> Self {
        let mut hint = self.hint.clone();
        hint.steps.push(step);
        Self { hint }
    }
}

impl<'d> Lower<'d, '_> {
    fn root_node(&self) -> Node<'d> {
        Node {
            at: Pointer::root(),
            value: self.root,
        }
    }

    /// The node at the end of a path of member names.
    fn node(&self, path: &[&str]) -> Option<Node<'d>> {
        path.iter().try_fold(self.root_node(), |node, key| node.get(key))
    }

    fn lower_info(&mut self) {
        let text = |key| {
            let value = self.root.pointer("/info").and_then(|info| info.get(key));
            value.and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        self.api.title = text("title");
        self.api.version = text("version");
        let mut about = vec![text("summary"), text("description")];
        about.retain(|text| !text.trim().is_empty());
        self.api.description = about.join("\n\n");
    }

    fn reserve_components(&mut self) {
        let Some(schemas) = self.node(&["components", "schemas"]) else {
            return;
        };
        for (name, node) in schemas.members() {
            self.reserve(&node, name);
            if !self.selection.prunes() {
                self.want(&node.at);
            }
        }
    }

    fn reserve(&mut self, node: &Node<'d>, name: &str) -> TypeId {
        let hint = Hint {
            root: Root::Component(name.to_owned()),
            steps: Vec::new(),
        };
        let id = self.api.types.reserve(node.at.clone(), hint);
        let definition = Definition {
            id,
            wanted: false,
            started: false,
        };
        self.definitions.insert(node.at.clone(), definition);
        id
    }

    /// Sees to it that the body of a definition is lowered; its id, if there is one at this place.
    fn want(&mut self, at: &Pointer) -> Option<TypeId> {
        let definition = self.definitions.get_mut(at)?;
        if !std::mem::replace(&mut definition.wanted, true)
            && let Some(value) = self.root.pointer(at.as_str())
        {
            let at = at.clone();
            self.pending.push((definition.id, Node { at, value }));
        }
        Some(definition.id)
    }

    fn define_pending(&mut self) {
        let mut next = 0;
        while let Some((id, node)) = self.pending.get(next).cloned() {
            self.ensure_defined(id, &node);
            next += 1;
        }
        self.pending.clear();
    }

    /// Lowers the body of a definition unless that is done, or under way further up.
    fn ensure_defined(&mut self, id: TypeId, node: &Node<'d>) {
        if let Some(definition) = self.definitions.get_mut(&node.at)
            && !definition.started
        {
            definition.started = true;
            self.define(id, node);
        }
    }

    fn any() -> Slot {
        Slot::new(TypeRef::Any)
    }
}

/// An object without members, for parts that are missing.
fn empty_object() -> Value {
    Value::Object(Map::new())
}
