//! Copies of schemas for a scope: a page of users is made of a page and of users.
//!
//! What a schema says of the same values as the one that it is made for comes into that one. What else is needed becomes
//! a component, which is called after the schema that it is made for.

use serde_json::Value;

use super::concrete::IDENTIFIES;
use super::context::{Bundle, Job, Site};
use super::edit::Change;
use super::grammar::{DEFINITIONS, Found, Kind, Shape};
use super::name;
use super::resolve::Resolution;
use super::scope::Scope;
use super::target::Target;
use crate::diagnostic::Code;
use crate::document::Inlined;
use crate::pointer::Pointer;

/// How many schemas are made of others.
const MOST_INSTANCES: usize = 4096;

/// How many schemas may come into each other.
const MOST_NESTED: usize = 16;

/// What a schema says, but not of values.
const DESCRIBES: [&str; 9] = [
    "$comment",
    "title",
    "description",
    "deprecated",
    "default",
    "example",
    "examples",
    "externalDocs",
    "$ref",
];

const SCHEMA: Shape = Shape::One(Kind::Schema);

impl Bundle<'_> {
    /// Components that are nothing but another schema in their scope are the places for that.
    pub(super) fn place_generics(&mut self) {
        if !self.dynamic.any() {
            return;
        }
        let Some(section) = SCHEMA.section(self.version) else {
            return;
        };
        for (name, target) in self.members(section) {
            let to = Pointer::root().join(section).child(&name);
            let (from, _) = self.end_of_chain(target, SCHEMA);
            if from.file > 0 && self.placed.get(&from) != Some(&to) {
                continue;
            }
            let tree = std::rc::Rc::clone(&self.files[from.file].tree);
            let node = tree.pointer(from.at.as_str());
            if let Some((at, text)) = node.and_then(|node| sole_reference(&from.at, node))
                && let found = Found::alone(&at, text, SCHEMA)
                && let Resolution::Found(made) = self.resolve_within(&from, SCHEMA, &found)
                && !made.scope.is_empty()
            {
                self.placed.entry(made).or_insert(to);
            }
        }
    }

    /// What becomes of a reference to a schema that is another one in its scope.
    pub(super) fn instance(
        &mut self,
        value: &Value,
        found: &Found<'_>,
        site: &Site,
        target: Target,
        inside: &mut Vec<Target>,
    ) -> Change {
        let here = site.to.join(found.at.as_str());
        let whole = without_all_of(&here);
        let own = match self.placed.get(&target) {
            Some(place) if *place != here && *place != whole => return Change::Refer(place.fragment()),
            place => place.is_some() || self.is_component(&whole),
        };
        let object = value.pointer(found.at.as_str()).and_then(Value::as_object);
        if let Some(object) = object.filter(|object| found.key == "$ref" || !object.contains_key("$ref"))
            && self.says_of_the_same(found, site)
            && (own || !only_describes(object) || !self.contains_itself(&target, SCHEMA))
            && !inside.contains(&target)
            && inside.len() < MOST_NESTED
        {
            return self.include(object, &here, &target, inside);
        }
        match self.place_instance(&target, &here, site) {
            Some(place) => Change::Refer(place.fragment()),
            None => Change::Refer(self.place(target.with(Scope::default()), SCHEMA).0.fragment()),
        }
    }

    /// Whether a reference is what a schema says of its own values, where that is a schema that others are made for.
    fn says_of_the_same(&self, found: &Found<'_>, site: &Site) -> bool {
        let at = without_all_of(&found.at);
        let whole = site.from.at.join(at.as_str());
        let outermost = match site.shape {
            SCHEMA => at == Pointer::root(),
            _ => self.files[site.from.file].outermost(&whole) == whole,
        };
        !found.mapped && (outermost || self.dynamic.is_region(site.from.file, &whole))
    }

    /// Brings a schema into the object that refers to it.
    fn include(
        &mut self,
        object: &serde_json::Map<String, Value>,
        here: &Pointer,
        target: &Target,
        inside: &mut Vec<Target>,
    ) -> Change {
        let sole = only_describes(object);
        let to = if sole {
            here.clone()
        } else {
            let all = object.get("allOf").map_or(0, |all| all.as_array().map_or(1, Vec::len));
            here.child("allOf").child(all)
        };
        if sole && self.is_component(here) {
            self.placed.entry(target.clone()).or_insert_with(|| here.clone());
        }
        let known = self.inlined.len();
        inside.push(target.clone());
        let included = self.copy(target, SCHEMA, &to, inside);
        inside.pop();
        if !sole {
            return Change::AllOf(included);
        }
        // The object stays what it is, only its new members come from elsewhere.
        if let Some(whole) = self.inlined.get(known).cloned() {
            let members = included.as_object().into_iter().flat_map(serde_json::Map::keys);
            let new = members.filter(|key| !object.contains_key(*key));
            let mut new = new.map(|key| Inlined {
                now: whole.now.child(key),
                before: whole.before.child(key),
                ..whole.clone()
            });
            self.inlined.splice(known..=known, &mut new);
        }
        Change::Include(included)
    }

    /// Makes a component of a schema in its scope, unless there are too many.
    fn place_instance(&mut self, target: &Target, here: &Pointer, site: &Site) -> Option<Pointer> {
        let section = SCHEMA.section(self.version)?;
        self.instances += 1;
        if self.instances > MOST_INSTANCES {
            if self.instances == MOST_INSTANCES + 1 {
                let message = format!(
                    "dynamic references produce more than {MOST_INSTANCES} types; the remaining ones are treated as \
                     plain `$ref`s"
                );
                self.diagnostics.report(Code::UntypedSchema, here, message);
            }
            return None;
        }
        let owner = self.owner.clone().unwrap_or_else(|| self.owner_of(here, site));
        let taken = self.taken.entry(section).or_default();
        let name = name::made_for(&owner, &self.files[target.file].address, &target.at, taken);
        taken.insert(name.to_lowercase());
        let to = Pointer::root().join(section).child(name);
        self.placed.insert(target.clone(), to.clone());
        self.jobs.push_back(Job {
            target: target.clone(),
            shape: SCHEMA,
            to: to.clone(),
            owner: Some(owner),
        });
        Some(to)
    }

    fn is_component(&self, at: &Pointer) -> bool {
        let section = SCHEMA.section(self.version).unwrap_or_default();
        at.parent().is_some_and(|above| above.as_str() == section)
    }

    /// What a schema is made for: the component around its place, else the operation.
    fn owner_of(&self, here: &Pointer, site: &Site) -> String {
        let section = Pointer::root().join(SCHEMA.section(self.version).unwrap_or_default());
        if let Some(below) = here.strip_prefix(&section) {
            return Pointer::root().join(below).tokens().next().unwrap_or_default();
        }
        let operation = here.around().nth(3).filter(|_| here.as_str().starts_with("/paths/"));
        let id = operation.and_then(|operation| {
            let written = site
                .from
                .at
                .join(operation.strip_prefix(&site.to)?)
                .child("operationId");
            self.files[site.from.file].tree.pointer(written.as_str())?.as_str()
        });
        id.map(str::to_owned).or_else(|| name::own(here)).unwrap_or_default()
    }

    /// Says where an anchor counts that JSON Schema would pass over, and where one cannot.
    pub(super) fn report_kept(&mut self) {
        for (file, at) in std::mem::take(&mut self.dynamic.endless) {
            let message = "this definition of a dynamic anchor refers to itself, so its type would be infinite; the \
             outer anchor of the same name is used";
            let at = self.standing_at(Target::new(file, at));
            self.diagnostics.report(Code::UntypedSchema, &at, message);
        }
        for (file, at) in std::mem::take(&mut self.dynamic.kept) {
            let name = self.files[file].tree.pointer(at.child("$dynamicAnchor").as_str());
            let name = name.and_then(Value::as_str).unwrap_or_default();
            let message = format!(
                "`{name}` is declared inside a schema that another `{name}` applies to; the inner one is used, where \
                 JSON Schema uses the outermost"
            );
            let help = "rename one of the two anchors, so that all tools agree";
            let at = self.standing_at(Target::new(file, at));
            self.diagnostics.report(Code::InnerAnchor, &at, message).help = Some(help.to_owned());
        }
    }

    /// Where a node stands in the bundled document, or the document if it was not inlined.
    fn standing_at(&self, target: Target) -> Pointer {
        if target.file == 0 {
            return target.at;
        }
        self.placed_at(&target).unwrap_or_default()
    }
}

/// The schema that a place is part of, when it is an element of its `allOf`.
fn without_all_of(at: &Pointer) -> Pointer {
    let mut at = at.clone();
    while let Some(list) = at.parent().filter(|list| list.last() == "allOf")
        && let Some(above) = list.parent()
    {
        at = above;
    }
    at
}

/// The one reference that says all that a schema says of values, itself or in its `allOf`.
fn sole_reference<'v>(at: &Pointer, schema: &'v Value) -> Option<(Pointer, &'v str)> {
    let object = schema.as_object()?;
    if only_describes(object) {
        return Some((at.clone(), object.get("$ref")?.as_str()?));
    }
    let mut others = object.clone();
    let all = object.get("allOf")?.as_array()?;
    others.remove("allOf");
    let describe = all.iter().all(|one| one.as_object().is_some_and(only_describes));
    let mut references = all.iter().enumerate().filter(|(_, one)| one.get("$ref").is_some());
    let (index, one) = references.next()?;
    let alone = describe && only_describes(&others) && !others.contains_key("$ref") && references.next().is_none();
    alone.then_some((at.child("allOf").child(index), one.get("$ref")?.as_str()?))
}

/// Whether nothing in a schema but its `$ref` says something of values.
fn only_describes(object: &serde_json::Map<String, Value>) -> bool {
    object.keys().all(|key| {
        let key = key.as_str();
        IDENTIFIES.contains(&key) || DESCRIBES.contains(&key) || DEFINITIONS.contains(&key) || key.starts_with("x-")
    })
}
