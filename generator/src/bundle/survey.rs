//! Finds the files of a document, by following its references.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::file::File;
use super::grammar::{Found, Kind, Shape, references};
use super::uri;
use crate::document::Source;
use crate::pointer::Pointer;

/// The texts that are known, and what references to others will lead to in them.
#[derive(Default)]
pub(crate) struct Survey {
    texts: Vec<File>,
    /// By address: the text there, and the schema in it that has the address.
    addresses: HashMap<String, (usize, usize)>,
    /// By the address of a text that is not known: fragments, and what should stand there.
    awaited: HashMap<String, Vec<(String, Shape)>>,
    /// What was looked through.
    seen: HashSet<(usize, Pointer, Shape)>,
    /// The addresses that were found last: as schemas that name themselves would have it, and as files lie.
    found: Vec<(String, String)>,
}

impl Survey {
    /// Takes up a text, the document first, and finds the addresses of further ones.
    ///
    /// A text is looked through where references lead, as what they refer to: only that says what stands there, in
    /// a file of its own kind or in a section that OpenAPI does not know.
    pub(crate) fn add(&mut self, address: &str, tree: Value) -> Vec<(String, String)> {
        let text = self.texts.len();
        let file = File::new(address.to_owned(), None, tree, true);
        let mut awaited = Vec::new();
        for (resource, (_, name)) in file.ids.resources.iter().enumerate() {
            self.addresses.entry(name.clone()).or_insert((text, resource));
            let all = self.awaited.remove(name).unwrap_or_default();
            awaited.extend(all.into_iter().map(|(fragment, shape)| (resource, fragment, shape)));
        }
        self.addresses.entry(address.to_owned()).or_insert((text, 0));
        let all = self.awaited.remove(address).unwrap_or_default();
        awaited.extend(all.into_iter().map(|(fragment, shape)| (0, fragment, shape)));
        self.texts.push(file);
        let mut waiting = Vec::new();
        if text == 0 {
            waiting.push((text, Pointer::root(), Shape::One(Kind::Document)));
        }
        for (resource, fragment, shape) in awaited {
            self.enter(text, resource, &fragment, shape, &mut waiting);
        }
        while let Some(node) = waiting.pop() {
            self.look_through(node, &mut waiting);
        }
        std::mem::take(&mut self.found)
    }

    /// Whether a text, or a schema in one, names itself so.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.texts.iter().any(|text| text.ids.has(name))
    }

    fn look_through(&mut self, node: (usize, Pointer, Shape), waiting: &mut Vec<(usize, Pointer, Shape)>) {
        if !self.seen.insert(node.clone()) {
            return;
        }
        let (text, at, shape) = node;
        let tree = std::rc::Rc::clone(&self.texts[text].tree);
        let Some(value) = tree.pointer(at.as_str()) else {
            return;
        };
        references(value, shape, &mut |trail, mark| {
            let found = mark.at(trail);
            let at = at.join(found.at.as_str());
            self.follow(text, &Found { at, ..found }, waiting);
        });
    }

    fn follow(&mut self, text: usize, found: &Found<'_>, waiting: &mut Vec<(usize, Pointer, Shape)>) {
        let reference = found.text.trim();
        if found.mapped && !reference.contains(['/', '#', '.', ':']) {
            return;
        }
        let (address, fragment) = uri::split(reference);
        let fragment = fragment.unwrap_or_default();
        let own = &self.texts[text];
        if address.is_empty() {
            // The document is looked through as a whole, but for sections that OpenAPI does not know.
            let known =
                text == 0 && Pointer::parse(reference).is_some_and(|at| Shape::within(&own.tree, &at).is_some());
            if !known && !fragment.is_empty() {
                let resource = own.ids.resource_of(&found.at);
                self.enter(text, resource, fragment, found.shape, waiting);
            }
            return;
        }
        let name = uri::resolve(own.ids.base(&found.at), address);
        let place = uri::resolve(&own.address, address);
        let known = [&name, &place]
            .into_iter()
            .find_map(|address| self.addresses.get(address));
        if let Some((text, resource)) = known {
            self.enter(*text, *resource, fragment, found.shape, waiting);
            return;
        }
        let awaited = (fragment.to_owned(), found.shape);
        for address in [&name, &place] {
            let all = self.awaited.entry(address.clone()).or_default();
            if !all.contains(&awaited) {
                all.push(awaited.clone());
            }
        }
        self.found.push((name, place));
    }

    /// Goes on where a fragment leads, or everywhere when that is not to be seen.
    fn enter(
        &mut self,
        text: usize,
        resource: usize,
        fragment: &str,
        shape: Shape,
        waiting: &mut Vec<(usize, Pointer, Shape)>,
    ) {
        match self.texts[text].inside(resource, fragment) {
            Some(at) => waiting.push((text, at, shape)),
            None if text > 0 => self.look_everywhere(text),
            // It is in a section that is another text, which is found by itself.
            None => {}
        }
    }

    /// Finds every `$ref` of a text. That may be more than there is: what only looks like a reference is read for
    /// nothing, but never fetched.
    fn look_everywhere(&mut self, text: usize) {
        let all = Shape::Map(Kind::Document);
        if !self.seen.insert((text, Pointer::root(), all)) {
            return;
        }
        let own = &self.texts[text];
        let found = &mut self.found;
        everywhere(&own.tree, &Pointer::root(), false, &mut |at, reference| {
            let (reference, _) = uri::split(reference.trim());
            if !reference.is_empty() {
                let name = uri::resolve(own.ids.base(at), reference);
                found.push((name, uri::resolve(&own.address, reference)));
            }
        });
    }
}

fn everywhere(value: &Value, at: &Pointer, sample: bool, note: &mut dyn FnMut(&Pointer, &str)) {
    match value {
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                everywhere(element, &at.child(index), sample, note);
            }
        }
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref" | "$dynamicRef", Value::String(text)) if !sample || !text.contains("://") => note(at, text),
                    (key, Value::Array(_) | Value::Object(_)) => {
                        let sample = sample || matches!(key, "example" | "default" | "enum" | "const");
                        everywhere(member, &at.child(key), sample, note);
                    }
                    _ => {}
                }
            }
        }
        _ => {}
    }
}

/// The address of the document among its parts: the name of the file, or its URL.
pub(crate) fn own_address(source: &Source) -> String {
    if uri::is_remote(&source.name) {
        return source.name.clone();
    }
    source.name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}
