//! Inlines nodes of other files into the tree, and rewrites the references in them.

use std::rc::Rc;

use serde_json::Value;

use super::concrete::make_concrete;
use super::context::{Bundle, Job, PATH_ITEMS, Site, count};
use super::edit::{Change, Edit, apply};
use super::grammar::{self, Found, Kind, Mark, Shape};
use super::name;
use super::resolve::Resolution;
use super::target::Target;
use crate::diagnostic::Code;
use crate::document::{Inlined, Missing, Version};
use crate::pointer::Pointer;

/// How many replacements may stand inside each other: each may be as deep as a document.
const MOST_NESTED: usize = 16;

impl Bundle<'_> {
    /// What must change in `value` so that its references lead to where things are in the document.
    pub(super) fn edits(&mut self, value: &Value, site: &Site, inside: &mut Vec<Target>) -> Vec<Edit> {
        let mut all = Vec::new();
        let walk = if site.from.scope.is_empty() {
            grammar::references
        } else {
            grammar::applied
        };
        let mut unknown = Vec::new();
        walk(
            value,
            site.shape,
            &mut |trail, mark| match self.stays(site.from.file, mark) {
                Some(at) if self.is_known(&at) => {}
                Some(at) => unknown.push((at, mark.shape)),
                None => all.push(mark.at(trail)),
            },
        );
        self.unknown.extend(unknown);
        if self.dynamic.any() && site.from == Target::root() {
            // What is made for a component is called after it, wherever else it is needed.
            let section = Shape::One(Kind::Schema).section(self.version).unwrap_or_default();
            all.sort_by_key(|found| !found.at.as_str().starts_with(section));
        }
        let mut edits = Vec::with_capacity(all.len());
        for found in all {
            if let Some(change) = self.change(value, &found, site, inside) {
                edits.push(Edit {
                    at: found.at,
                    key: found.key.to_owned(),
                    change,
                    mapped: found.mapped,
                });
            }
        }
        edits
    }

    /// What must change in a part of the document that OpenAPI does not know, and to which a reference leads.
    pub(super) fn edits_at(&mut self, tree: &Value, at: Pointer, shape: Shape) -> Vec<Edit> {
        let Some(value) = tree.pointer(at.as_str()).filter(|_| self.looked.insert(at.clone())) else {
            return Vec::new();
        };
        let site = Site {
            from: Target::new(0, at.clone()),
            to: at.clone(),
            shape,
        };
        let mut edits = self.edits(value, &site, &mut Vec::new());
        for edit in &mut edits {
            edit.at = at.join(edit.at.as_str());
        }
        // Such parts may lie in each other.
        edits.retain(|edit| self.edited.insert((edit.at.clone(), edit.key.clone())));
        edits
    }

    /// Where a reference of the document leads, if it is what it should be; most are.
    fn stays(&self, file: usize, mark: Mark<'_>) -> Option<Pointer> {
        let own = &self.files[file];
        let local = file == 0
            && mark.key == "$ref"
            && own.ids.is_plain()
            && !self.dynamic.any()
            && mark.text.starts_with("#/")
            && mark.shape.may_refer(self.version);
        let at = local.then(|| Pointer::parse(mark.text)).flatten()?;
        (self.keeps_its_place(&at) && own.has(&at)).then_some(at)
    }

    /// Whether OpenAPI knows what stands at a place of the document, so that it is looked through without a reference.
    fn is_known(&self, at: &Pointer) -> bool {
        let schemas = ["/components/schemas/", "/definitions/"];
        let mut names = schemas.iter().filter_map(|section| at.as_str().strip_prefix(section));
        names.any(|name| !name.contains('/')) || Shape::within(&self.files[0].tree, at).is_some()
    }

    /// Whether a node of the document is found at the same place after normalisation, or where references are led to.
    fn keeps_its_place(&self, at: &Pointer) -> bool {
        self.version != Version::Swagger2 || at.as_str().starts_with("/definitions/") || at.tokens().count() == 2
    }

    fn change(&mut self, value: &Value, found: &Found<'_>, site: &Site, inside: &mut Vec<Target>) -> Option<Change> {
        let here = site.to.join(found.at.as_str());
        let written = Found {
            at: site.from.at.join(found.at.as_str()),
            ..found.clone()
        };
        let resolution = self.resolve_within(&site.from, site.shape, &written);
        let found = &Found {
            shape: self.shape_of(&resolution, found.shape),
            ..found.clone()
        };
        let target = match resolution {
            Resolution::Name => return None,
            Resolution::Open => return Some(self.leave_open(found, &here)),
            Resolution::Missing(text, missing) => return Some(self.leave_missing(found, &here, text, missing)),
            Resolution::Found(target) => target,
            Resolution::Repaired(target) => {
                let meant = target.at.fragment();
                let reason = match found.text.trim() {
                    "#" => "points to the whole document, which is not a schema",
                    _ => "points to nothing",
                };
                let message = format!("`{}` {reason}; it is read as `{meant}`", found.text);
                self.diagnostics.report(Code::Invalid, &here.child(found.key), message);
                target
            }
        };
        if !target.scope.is_empty() && found.shape == Shape::One(Kind::Schema) {
            return Some(self.instance(value, found, site, target, inside));
        }
        // A path item of another file takes the place of the reference, unless lowering has to join two of them.
        let joined = !found.alone && self.version != Version::Swagger2;
        let stays_reference = found.shape.section(self.version).is_some()
            || (found.shape == Shape::One(Kind::PathItem) && (target.file == 0 || joined));
        if !stays_reference {
            return Some(self.replacement(value, found, site, target, inside));
        }
        let (to, target) = self.place(target, found.shape);
        if to == here && target.file > 0 {
            return Some(self.replacement(value, found, site, target, inside));
        }
        if target.file == 0 && to == target.at && !self.is_known(&to) {
            self.unknown.push_back((to.clone(), found.shape));
        }
        Some(Change::Refer(to.fragment()))
    }

    /// What becomes of a reference that cannot be resolved: lowering says so, where it can stay.
    fn leave_missing(&mut self, found: &Found<'_>, here: &Pointer, text: String, missing: Missing) -> Change {
        if found.shape.may_refer(self.version) {
            if !text.starts_with('#') {
                self.missing.insert(text.clone(), missing);
            }
            return Change::Refer(text);
        }
        let message = format!("`{text}` {}", missing.reason);
        let at = here.child(found.key);
        self.diagnostics.report(missing.code, &at, message).help = missing.help;
        Change::Remove
    }

    /// What becomes of a dynamic reference that several schemas may be meant by.
    fn leave_open(&mut self, found: &Found<'_>, here: &Pointer) -> Change {
        let message = format!(
            "`{}` is declared by several schemas, none of which encloses this one; generated as `serde_json::Value`",
            found.text
        );
        let at = here.child(found.key);
        self.diagnostics.report(Code::UntypedSchema, &at, message);
        Change::Remove
    }

    /// The shape of what is referred to: in place of a list there may be one element, which is repaired later.
    pub(super) fn shape_of(&self, resolution: &Resolution, shape: Shape) -> Shape {
        let Shape::List(kind) = shape else {
            return shape;
        };
        match resolution {
            Resolution::Found(Target { file, at, .. }) | Resolution::Repaired(Target { file, at, .. }) => {
                let list = self.files[*file].tree.pointer(at.as_str()).is_some_and(Value::is_array);
                if list { shape } else { Shape::One(kind) }
            }
            _ => Shape::One(kind),
        }
    }

    /// The value that takes the place of a reference.
    fn replacement(
        &mut self,
        value: &Value,
        found: &Found<'_>,
        site: &Site,
        target: Target,
        inside: &mut Vec<Target>,
    ) -> Change {
        let here = site.to.join(found.at.as_str());
        if inside.len() >= MOST_NESTED {
            self.give_up(&here, "references that must be inlined are nested too deeply");
            return Change::Remove;
        }
        if inside.contains(&target) {
            // A path item may be a reference to itself through its callbacks; a list of paths may not.
            if let Some(place) = self.placed.get(&target)
                && found.shape.may_refer(self.version)
            {
                return Change::Refer(place.fragment());
            }
            let message = "this reference leads back to itself, directly or through other references";
            self.diagnostics
                .report(Code::ReferenceCycle, &here.child(found.key), message);
            return Change::Remove;
        }
        if target.file > 0 {
            self.placed.entry(target.clone()).or_insert_with(|| here.clone());
        }
        inside.push(target.clone());
        let replacement = self.copy(&target, found.shape, &here, inside);
        inside.pop();
        let part = self.files[site.from.file].part;
        let object = value.pointer(found.at.as_str()).and_then(Value::as_object);
        let beside = object.into_iter().flatten().filter(|(key, _)| *key != found.key);
        self.inlined.extend(beside.map(|(key, _)| Inlined {
            now: here.child(key),
            part,
            before: site.from.at.join(found.at.as_str()).child(key),
        }));
        Change::Replace(replacement)
    }

    /// A copy of a node, with its references as they must be at `to`.
    pub(super) fn copy(&mut self, target: &Target, shape: Shape, to: &Pointer, inside: &mut Vec<Target>) -> Value {
        let file = &self.files[target.file];
        let tree = Rc::clone(&file.tree);
        let Some(node) = tree.pointer(target.at.as_str()) else {
            return Value::Null;
        };
        let Some(left) = self.nodes_left.checked_sub(count(node)) else {
            self.give_up(to, "resolving references would copy too much of the documents");
            return Value::Null;
        };
        self.nodes_left = left;
        self.inlined.push(Inlined {
            now: to.clone(),
            part: file.part,
            before: target.at.clone(),
        });
        let mut value = node.clone();
        if !target.scope.is_empty() {
            make_concrete(&mut value, shape);
        }
        let site = Site {
            from: target.clone(),
            to: to.clone(),
            shape,
        };
        let edits = self.edits(&value, &site, inside);
        apply(&mut value, edits);
        value
    }

    /// Says once that the documents are too much; nothing more is inlined after it.
    fn give_up(&mut self, at: &Pointer, message: &str) {
        if self.nodes_left > 0 {
            self.nodes_left = 0;
            self.diagnostics.report(Code::Limit, at, message);
        }
    }

    /// Where a node stands in the document, or will stand; and which node that is, at the end of a chain of references.
    pub(super) fn place(&mut self, target: Target, shape: Shape) -> (Pointer, Target) {
        let (target, named) = match target.file {
            0 => (target, None),
            _ => self.end_of_chain(target, shape),
        };
        if target.file == 0 && self.keeps_its_place(&target.at) {
            return (target.at.clone(), target);
        }
        if let Some(place) = self.placed_at(&target) {
            return (place, target);
        }
        let section = shape.section(self.version).unwrap_or(PATH_ITEMS);
        let taken = self.taken.entry(section).or_default();
        let by_name = named
            .filter(|_| target.at == Pointer::root())
            .unwrap_or_else(|| target.at.clone());
        let name = name::free(&self.files[target.file].address, &by_name, taken);
        taken.insert(name.to_lowercase());
        let to = Pointer::root().join(section).child(name);
        self.placed.insert(target.clone(), to.clone());
        if target.file == 0 {
            self.moved_out.push((target.at.clone(), to.clone()));
        }
        self.jobs.push_back(Job {
            target: target.clone(),
            shape,
            to: to.clone(),
            owner: None,
        });
        (to, target)
    }

    /// The place of a node that was inlined, by itself or with what is around it.
    pub(super) fn placed_at(&self, target: &Target) -> Option<Pointer> {
        let at = target.at.as_str();
        let ends = std::iter::once(at.len()).chain(at.rmatch_indices('/').map(|(end, _)| end));
        for end in ends {
            let around = Target::new(target.file, Pointer::root().join(&at[..end]));
            if let Some(place) = self.placed.get(&around) {
                return Some(place.join(&at[end..]));
            }
        }
        None
    }
}
