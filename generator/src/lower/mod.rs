//! The document -> [`ir::Api`]. Total: what has no typed form yet is reported and becomes a `serde_json::Value` or bytes.
//!
//! Pass 1 reserves a `TypeId` per component schema, pass 2 fills the bodies, so a `$ref` is a lookup.

mod alike;
mod base;
mod body;
mod branches;
mod chain;
mod conditional;
mod containers;
mod content;
mod context;
mod cycles;
mod docs;
mod effort;
mod encoding;
mod encoding_object;
mod enums;
mod evidence;
mod files;
mod fit;
mod flagged;
mod given;
mod group_tags;
mod header;
mod hierarchy;
mod listed;
mod mapping;
mod media_type;
mod multipart;
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
mod site;
mod slips;
mod tags;
mod union;
mod untyped;
mod variants;
mod view;
mod webhook;
mod xml;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

pub use pagination::paginate;

use self::branches::Lists;
use self::context::Lower;
use self::group_tags::Tags;
use self::multipart::Multipart;
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::Api;
use crate::select::Selection;
use hierarchy::Hierarchy;

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
        open: HashMap::new(),
        lists: Lists::of(&document.root),
        mappings: HashMap::new(),
        chains: HashMap::new(),
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
    chain::shorten_aliases(&mut cx.api.types);
    flagged::split(&mut cx.api);
    scalars::exact_numbers(&mut cx.api.types);
    cx.report_alike();
    cx.take_names();
    if cx.selection.prunes() {
        cx.drop_unused_schemes();
    }
    cx.api.examples = cx.examples.into_values().map(|(_, example)| example).collect();
    cx.api
}

impl Lower<'_, '_> {
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
}
