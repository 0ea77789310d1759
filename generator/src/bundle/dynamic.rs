//! Resolves `$dynamicRef` and `$recursiveRef`, by themselves and within a scope.

use std::collections::HashMap;
use std::rc::Rc;

use super::anchors::{Link, Node};
use super::context::{Bundle, count};
use super::grammar::{Found, Kind, Shape, applied};
use super::ids::RECURSIVE;
use super::resolve::Resolution;
use super::target::Target;
use super::uri;
use crate::diagnostic::Code;
use crate::pointer::Pointer;

impl Bundle<'_> {
    /// Finds the dynamic anchors of all texts, and what leads to references to them.
    pub(super) fn survey_anchors(&mut self) {
        if self.files.iter().all(|file| file.ids.dynamic.is_empty()) {
            return;
        }
        for (index, file) in self.files.iter().enumerate() {
            for anchor in &file.ids.dynamic {
                let places = self.dynamic.names.entry(anchor.name.clone()).or_default();
                places.push((index, anchor.at.clone()));
            }
        }
        for index in 0..self.files.len() {
            let declared = self.files[index].declared(index, |target| self.only_refers_to(target));
            for (number, one) in declared.iter().enumerate() {
                let region = self.dynamic.regions.entry((index, one.region.clone())).or_default();
                region.entry(one.name.clone()).or_default().push(number);
                if one.placeholder {
                    let key = (index, one.name.clone());
                    self.dynamic.placeholders.entry(key).or_insert_with(|| one.at.clone());
                }
                let place = self.dynamic.places.entry((index, one.at.clone())).or_default();
                place.push(number);
            }
            self.dynamic.declared.push(declared);
        }
        self.discover();
    }

    /// What a schema stands for that only refers to another one.
    fn only_refers_to(&self, target: &Target) -> Target {
        const DESCRIBES: [&str; 7] = [
            "$ref",
            "$dynamicAnchor",
            "$anchor",
            "$comment",
            "title",
            "description",
            "deprecated",
        ];
        let node = self.files[target.file].tree.pointer(target.at.as_str());
        let object = node.and_then(serde_json::Value::as_object);
        let only = object.filter(|members| members.keys().all(|key| DESCRIBES.contains(&key.as_str())));
        let text = only.and_then(|members| members.get("$ref")?.as_str());
        let found = text.map(|text| Found::alone(&target.at, text, Shape::One(Kind::Schema)));
        match found.map(|found| self.resolve(target.file, &found)) {
            Some(Resolution::Found(next) | Resolution::Repaired(next)) => next,
            _ => target.clone(),
        }
    }

    /// Follows all references once, and finds the nodes from which dynamic ones are reached.
    fn discover(&mut self) {
        let schema = Shape::One(Kind::Schema);
        let mut waiting = vec![(0, Pointer::root(), Shape::One(Kind::Document))];
        let anchors = self.dynamic.names.values().flatten();
        waiting.extend(anchors.map(|(file, at)| (*file, at.clone(), schema)));
        let own = self
            .dynamic
            .declared
            .iter()
            .flatten()
            .map(|one| (one.to.0, one.to.1.clone(), schema));
        waiting.extend(own);
        let mut users: HashMap<Node, Vec<Node>> = HashMap::new();
        let mut lively = Vec::new();
        let mut walked = self.nodes_left.saturating_mul(4);
        while let Some(node) = waiting.pop() {
            if self.dynamic.links.contains_key(&node) {
                continue;
            }
            let value = self.files[node.0].tree.pointer(node.1.as_str());
            let Some(left) = walked.checked_sub(value.map_or(1, count)) else {
                self.give_up_scopes();
                return;
            };
            walked = left;
            let links = self.links(&node);
            if links.iter().any(|link| link.name.is_some()) {
                lively.push(node.clone());
            }
            for to in links.iter().filter_map(|link| link.to.clone()) {
                users.entry(to.clone()).or_default().push(node.clone());
                waiting.push(to);
            }
        }
        while let Some(node) = lively.pop() {
            let above = users.get(&node).cloned().unwrap_or_default();
            if self.dynamic.lively.insert(node) {
                lively.extend(above);
            }
        }
    }

    /// The references that count for what a node describes.
    pub(super) fn links(&mut self, node: &Node) -> Rc<Vec<Link>> {
        if let Some(links) = self.dynamic.links.get(node) {
            return Rc::clone(links);
        }
        let (file, place, shape) = node;
        let tree = Rc::clone(&self.files[*file].tree);
        let mut links = Vec::new();
        if let Some(value) = tree.pointer(place.as_str()) {
            applied(value, *shape, &mut |trail, mark| {
                let found = mark.at(trail);
                let at = place.join(found.at.as_str());
                let found = Found { at, ..found };
                let (resolution, name) = self.look_up(*file, &found);
                let shape = self.shape_of(&resolution, found.shape);
                let to = match resolution {
                    Resolution::Found(to) | Resolution::Repaired(to) => Some((to.file, to.at, shape)),
                    _ => None,
                };
                links.push(Link { at: found.at, to, name });
            });
        }
        let links = Rc::new(links);
        self.dynamic.links.insert(node.clone(), Rc::clone(&links));
        links
    }

    /// What a reference leads to by itself, and the name under which its scope may know another schema.
    fn look_up(&self, file: usize, found: &Found<'_>) -> (Resolution, Option<String>) {
        let own = |resolution: Resolution, name: &str| {
            let declared = matches!(&resolution, Resolution::Found(target) if self.dynamic.declares(target, name));
            (resolution, declared.then(|| name.to_owned()))
        };
        let text = found.text.trim();
        if found.mapped || !found.key.starts_with("$dynamic") {
            let resolution = self.resolve(file, found);
            return match (found.key, text) {
                ("$recursiveRef", "#") if !found.mapped => own(resolution, RECURSIVE),
                _ => (resolution, None),
            };
        }
        let (address, fragment) = uri::split(text);
        let name = fragment.unwrap_or_default();
        if fragment.is_none() && self.dynamic.names.contains_key(address) {
            // `$dynamicRef: node` is not how it is written, but what is meant.
            let text = format!("#{address}");
            let found = Found {
                text: &text,
                ..found.clone()
            };
            return match self.look_up(file, &found) {
                (Resolution::Found(to), name) => (Resolution::Repaired(to), name),
                other => other,
            };
        }
        if name.is_empty() || name.starts_with('/') {
            return (self.resolve(file, found), None);
        }
        if address.is_empty() && self.around(file, found, name).is_none() && self.dynamic.names.contains_key(name) {
            return (self.open(file, name), Some(name.to_owned()));
        }
        own(self.resolve(file, found), name)
    }

    /// What a name means that nothing in the schema itself declares: a parameter that only those know who use the schema.
    fn open(&self, file: usize, name: &str) -> Resolution {
        let key = (file, name.to_owned());
        let default = match self.dynamic.names.get(name).map(Vec::as_slice) {
            Some([(only, at)]) if *only == file => Some(at),
            _ => self.dynamic.placeholders.get(&key),
        };
        let target = default.map(|at| Target::new(file, at.clone()));
        target.map_or(Resolution::Open, Resolution::Found)
    }

    /// What a reference leads to that stands in what `from` leads to.
    pub(super) fn resolve_within(&mut self, from: &Target, shape: Shape, found: &Found<'_>) -> Resolution {
        let (resolution, name) = self.look_up(from.file, found);
        if !self.dynamic.any() || !found.shape.is_schema() {
            return resolution;
        }
        let entry = self.files[from.file].entry(&from.at, shape, &found.at);
        let scope = self.scope_at(from, &entry, &found.at);
        let shape = self.shape_of(&resolution, found.shape);
        let known = name.and_then(|name| Some((scope.get(&name)?.to.clone(), scope.inside(&name))));
        let within = |bundle: &mut Self, target: Target, scope| {
            let scope = bundle.relevant(&target.clone().with(scope), shape);
            target.with(scope)
        };
        match (resolution, known) {
            (Resolution::Repaired(_), Some(((file, at), scope))) => {
                Resolution::Repaired(within(self, Target::new(file, at), scope))
            }
            (_, Some(((file, at), scope))) => Resolution::Found(within(self, Target::new(file, at), scope)),
            (Resolution::Found(target), None) => Resolution::Found(within(self, target, scope)),
            (Resolution::Repaired(target), None) => Resolution::Repaired(within(self, target, scope)),
            (other, None) => other,
        }
    }

    /// Says once that the dynamic references of the documents are too many, and reads the others as plain ones.
    pub(super) fn give_up_scopes(&mut self) {
        if self.dynamic.any() {
            let message = "too many combinations of dynamic references here; the remaining ones are treated as plain \
             `$ref`s";
            self.diagnostics.report(Code::UntypedSchema, &Pointer::root(), message);
        }
        self.dynamic.lively.clear();
        self.dynamic.names.clear();
    }
}
