//! Many files -> one tree: targets of references to other files move under its components.
//!
//! Afterwards every reference that leads somewhere is a JSON Pointer into the one tree: anchors, `$id`s, other files
//! and what is only written wrongly are gone. A reference to a place that cannot hold one, such as the list of paths,
//! is replaced by what it leads to.

mod anchors;
mod chain;
mod concrete;
mod context;
mod dynamic;
mod edit;
mod enclosing;
mod file;
mod grammar;
mod ids;
mod inline;
mod instance;
mod name;
mod relevant;
mod resolve;
mod scope;
mod survey;
mod target;
pub(crate) mod uri;

use self::context::{Bundle, PATH_ITEMS, Site, count};
use self::file::File;
pub(crate) use self::survey::{Survey, own_address};

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::{Map, Value, json};

use self::edit::{Edit, apply};
use self::grammar::{Kind, Shape};
use self::target::Target;
use crate::diagnostic::{Diagnostic, Diagnostics, Place};
use crate::document::{Document, Missing, Source};
use crate::load::{Limits, tree};
use crate::pointer::Pointer;

/// Brings what a document refers to into its tree.
pub(crate) fn bundle(document: &mut Document, source: &Source, limits: &Limits, diagnostics: &mut Diagnostics) {
    // Most documents are spared a walk over everything that is in them.
    let named = std::str::from_utf8(&source.bytes).is_ok_and(|text| {
        ["$id", "$anchor", "$dynamicAnchor", "$recursiveAnchor"]
            .iter()
            .any(|name| text.contains(name))
    });
    let root = std::mem::take(&mut document.root);
    let root = File::new(own_address(source), None, root, named);
    let mut cx = Bundle::new(document.version, root, limits.nodes, diagnostics);
    cx.read_parts(source, limits);
    cx.place_components();
    cx.survey_anchors();
    cx.place_generics();
    let tree = Rc::clone(&cx.files[0].tree);
    let (edits, added) = cx.rewrite_all(&tree);
    drop(tree);
    cx.report_kept();
    let Bundle {
        files,
        inlined,
        missing,
        moved_out,
        ..
    } = cx;
    if let Some(root) = files.into_iter().next() {
        document.root = Rc::unwrap_or_clone(root.tree);
    }
    apply(&mut document.root, edits);
    for (from, to) in moved_out {
        if let Some(place) = document.root.pointer_mut(from.as_str()) {
            *place = json!({ "$ref": to.fragment() });
        }
    }
    for (to, value) in added {
        insert(&mut document.root, &to, value);
    }
    document.inlined = inlined;
    document.missing = missing;
}

/// The sections of a document that a reference may move things to.
const SECTIONS: [Kind; 10] = [
    Kind::Schema,
    Kind::Response,
    Kind::Parameter,
    Kind::Example,
    Kind::RequestBody,
    Kind::Header,
    Kind::SecurityScheme,
    Kind::Link,
    Kind::Callback,
    Kind::MediaType,
];

impl Bundle<'_> {
    /// What must change in the document, and what comes to it.
    fn rewrite_all(&mut self, tree: &Value) -> (Vec<Edit>, Vec<(Pointer, Value)>) {
        let mut edits = self.edits(tree, &Site::root(), &mut Vec::new());
        let mut added = Vec::new();
        loop {
            if let Some(job) = self.jobs.pop_front() {
                self.owner = job.owner;
                let value = self.copy(&job.target, job.shape, &job.to, &mut Vec::new());
                added.push((job.to, value));
            } else if let Some((at, shape)) = self.unknown.pop_front() {
                self.owner = None;
                edits.extend(self.edits_at(tree, at, shape));
            } else {
                return (edits, added);
            }
        }
    }

    fn read_parts(&mut self, source: &Source, limits: &Limits) {
        let mut limits = limits.clone();
        for (index, part) in source.parts.iter().enumerate() {
            let read = part.content.as_ref().map_err(Missing::clone).and_then(|bytes| {
                let name = source.name_of(part);
                tree(&name, bytes, &limits).map_err(|diagnostic| unreadable(&name, diagnostic))
            });
            match read {
                Ok((_, tree)) => {
                    limits.nodes = limits.nodes.saturating_sub(count(&tree));
                    self.files.push(File::new(part.uri.clone(), Some(index), tree, true));
                }
                Err(missing) => {
                    self.absent.insert(part.uri.clone(), missing);
                }
            }
        }
        // What texts call themselves comes before where they were found.
        for (index, file) in self.files.iter().enumerate() {
            for (resource, (_, address)) in file.ids.resources.iter().enumerate() {
                self.addresses.entry(address.clone()).or_insert((index, resource));
            }
        }
        for (index, file) in self.files.iter().enumerate() {
            self.addresses.entry(file.address.clone()).or_insert((index, 0));
        }
    }

    /// Components that are nothing but a reference to another file are the places for what it leads to.
    fn place_components(&mut self) {
        let items = self.members(PATH_ITEMS);
        self.taken
            .insert(PATH_ITEMS, items.iter().map(|(name, _)| name.to_lowercase()).collect());
        for kind in SECTIONS {
            let shape = Shape::One(kind);
            let Some(section) = shape.section(self.version) else {
                continue;
            };
            let members = self.members(section);
            self.taken
                .insert(section, members.iter().map(|(name, _)| name.to_lowercase()).collect());
            let mut outside = Vec::new();
            for (name, target) in members {
                let (target, _) = self.end_of_chain(target, shape);
                if target.file > 0 {
                    let own = name::free(&self.files[target.file].address, &target.at, &HashSet::new());
                    let at = Pointer::root().join(section).child(&name);
                    outside.push((!own.eq_ignore_ascii_case(&name), at, target));
                }
            }
            // Of several names for one thing, its own.
            outside.sort_by_key(|(differs, ..)| *differs);
            for (_, at, target) in outside {
                self.placed.entry(target).or_insert(at);
            }
        }
    }

    /// The members of a section, also when it, or what is around it, is a reference.
    fn members(&self, section: &str) -> Vec<(String, Target)> {
        let mut objects = vec![Target::root()];
        for token in Pointer::root().join(section).tokens() {
            objects = self
                .with_referenced(objects)
                .into_iter()
                .map(|object| Target::new(object.file, object.at.child(&token)))
                .filter(|target| self.files[target.file].has(&target.at))
                .collect();
        }
        let mut seen = HashSet::new();
        let mut members = Vec::new();
        for Target { file, at, .. } in self.with_referenced(objects) {
            let object = self.files[file].tree.pointer(at.as_str()).and_then(Value::as_object);
            for name in object.into_iter().flat_map(Map::keys).filter(|name| *name != "$ref") {
                if seen.insert(name.clone()) {
                    members.push((name.clone(), Target::new(file, at.child(name))));
                }
            }
        }
        members
    }
}

/// Why a part that is there cannot be used.
fn unreadable(name: &str, diagnostic: Diagnostic) -> Missing {
    let place = match diagnostic.at {
        Place::Position { line, column } => format!("{name}:{line}:{column}"),
        _ => name.to_owned(),
    };
    Missing {
        code: diagnostic.code,
        reason: format!("cannot be read: {} ({place})", diagnostic.message),
        help: diagnostic.help,
    }
}

/// Puts a value where nothing is yet, making the objects above it.
fn insert(root: &mut Value, to: &Pointer, value: Value) {
    let mut tokens: Vec<String> = to.tokens().collect();
    let Some(last) = tokens.pop() else {
        return;
    };
    let mut above = root;
    for token in tokens {
        let Value::Object(members) = above else {
            return;
        };
        above = members.entry(token).or_insert_with(|| Value::Object(Map::new()));
    }
    if let Value::Object(members) = above {
        members.insert(last, value);
    }
}

#[cfg(test)]
mod tests;
