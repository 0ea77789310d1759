//! Dynamic anchors of all files, and where they apply.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::file::File;
use super::grammar::{DEFINITIONS, Shape};
use super::ids::DynamicAnchor;
use super::scope::{Binding, Scope};
use super::target::Target;
use crate::pointer::Pointer;

/// A dynamic anchor, and where it counts.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) at: Pointer,
    /// The schema that it stands for: its own place, or where it only refers to.
    pub(super) to: (usize, Pointer),
    /// The schema in which it counts; whatever is evaluated from there finds it.
    pub(super) region: Pointer,
    /// Whether that schema is only a part of the one whose anchors it shares.
    inner: bool,
    /// Whether it describes other values than the schema in which it counts.
    argument: bool,
    /// Whether it only keeps the place of an argument.
    pub(super) placeholder: bool,
    /// Whether it is a default of the schema in which it counts, which refers to it itself.
    default: bool,
    /// Whether it is made of itself.
    endless: bool,
}

/// What becomes of an anchor that another one of the name stands around.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declaration {
    /// The outer one counts, or there is none.
    Plain,
    /// It takes the place of the outer one.
    Replaces,
    /// It would take its place, if it were not made of itself.
    Endless,
}

impl Declared {
    /// Takes up an anchor on the way from the outside to the inside.
    pub(super) fn declare(&self, scope: &mut Scope) -> Declaration {
        let known = scope.get(&self.name);
        let instead = known.is_some_and(|known| {
            self.argument && !self.placeholder && !self.default && (known.within || self.inner) && known.to != self.to
        });
        let again = known.is_some_and(|known| known.within && known.to == self.to);
        let endless = instead && self.inner && self.endless;
        if known.is_none() || again || (instead && !endless) {
            let binding = Binding {
                to: self.to.clone(),
                argument: self.argument,
                within: false,
            };
            scope.set(&self.name, binding);
        }
        match instead {
            true if endless => Declaration::Endless,
            true => Declaration::Replaces,
            false => Declaration::Plain,
        }
    }

    /// Whether a scope has this one under its name.
    pub(super) fn counts_in(&self, scope: &Scope) -> bool {
        scope.get(&self.name).is_some_and(|binding| binding.to == self.to)
    }
}

impl File {
    /// What its dynamic anchors are, each with what it alone refers to.
    pub(super) fn declared(&self, index: usize, follow: impl Fn(&Target) -> Target) -> Vec<Declared> {
        let one = |anchor: &DynamicAnchor| self.declare(index, anchor, &follow);
        self.ids.dynamic.iter().map(one).collect()
    }

    fn declare(&self, index: usize, anchor: &DynamicAnchor, follow: impl Fn(&Target) -> Target) -> Declared {
        let schema = self.schema_of(&anchor.at);
        let (region, argument) = region(&anchor.at, &schema);
        let own = Target::new(index, anchor.at.clone());
        let to = if argument { follow(&own) } else { own };
        let references = self.ids.dynamic_references.get(&anchor.name);
        let refers = |from: &Pointer, but: Option<&Pointer>| {
            let mut places = references.into_iter().flatten();
            places.any(|place| {
                place.strip_prefix(from).is_some() && but.is_none_or(|but| place.strip_prefix(but).is_none())
            })
        };
        Declared {
            name: anchor.name.clone(),
            to: (to.file, to.at),
            inner: region != schema,
            argument,
            placeholder: argument && self.tree.pointer(anchor.at.as_str()).is_some_and(is_placeholder),
            default: refers(&region, Some(&anchor.at)),
            endless: refers(&anchor.at, None),
            at: anchor.at.clone(),
            region,
        }
    }
}

/// The part of a schema in which an anchor counts: what describes the same value as the schema in whose definitions it
/// stands. One that is no definition counts in the whole schema. Also whether it describes other values.
fn region(anchor: &Pointer, schema: &Pointer) -> (Pointer, bool) {
    let mut place = anchor.clone();
    let mut defined = false;
    while place != *schema
        && let Some(above) = place.parent()
        && let Some(step) = above.parent()
        && above.strip_prefix(schema).is_some_and(|below| !below.is_empty())
    {
        let keyword = above.last();
        if DEFINITIONS.contains(&keyword.as_str()) {
            defined = true;
        } else if keyword != "allOf" {
            break;
        }
        place = step;
    }
    if defined || place == *schema {
        (place, defined)
    } else {
        (schema.clone(), true)
    }
}

/// Whether a schema only keeps the place of an argument: it says nothing, or that nothing fits.
fn is_placeholder(schema: &Value) -> bool {
    const SAYS_NOTHING: [&str; 6] = ["$dynamicAnchor", "$anchor", "$comment", "title", "description", "not"];
    let Some(members) = schema.as_object() else {
        return true;
    };
    let anything = |not: &Value| not == &Value::Bool(true) || not.as_object().is_some_and(serde_json::Map::is_empty);
    members.keys().all(|key| SAYS_NOTHING.contains(&key.as_str())) && members.get("not").is_none_or(anything)
}

/// A place with what stands there.
pub(super) type Node = (usize, Pointer, Shape);

/// What is known of the dynamic anchors of all texts.
#[derive(Default)]
pub(super) struct Dynamic {
    /// By text.
    pub(super) declared: Vec<Vec<Declared>>,
    /// By the schema in which they count, and by name.
    pub(super) regions: HashMap<(usize, Pointer), BTreeMap<String, Vec<usize>>>,
    /// By where they stand.
    pub(super) places: HashMap<(usize, Pointer), Vec<usize>>,
    /// By name: the texts and the places in them.
    pub(super) names: HashMap<String, Vec<(usize, Pointer)>>,
    /// By text and name: what keeps the place of what others declare.
    pub(super) placeholders: HashMap<(usize, String), Pointer>,
    /// What the references of a node lead to by themselves.
    pub(super) links: HashMap<Node, Rc<Vec<Link>>>,
    /// Nodes from which a dynamic reference is reached.
    pub(super) lively: HashSet<Node>,
    /// What is left of scopes.
    pub(super) relevant: HashMap<(Target, Shape), Scope>,
    /// Anchors that count although another one of the name is further outside.
    pub(super) kept: BTreeSet<(usize, Pointer)>,
    /// Anchors that do not count because they are made of themselves.
    pub(super) endless: BTreeSet<(usize, Pointer)>,
    /// How much was done to find out what references mean in a scope.
    pub(super) steps: usize,
}

/// A reference.
pub(super) struct Link {
    pub(super) at: Pointer,
    /// What it leads to by itself.
    pub(super) to: Option<Node>,
    /// The name that the scope may know.
    pub(super) name: Option<String>,
}

impl Dynamic {
    /// Whether there is an anchor; most documents have none, and none of this is asked.
    pub(super) fn any(&self) -> bool {
        !self.names.is_empty()
    }

    pub(super) fn declares(&self, target: &Target, name: &str) -> bool {
        let places = self.names.get(name).into_iter().flatten();
        let mut places = places.into_iter();
        places.any(|(file, at)| *file == target.file && *at == target.at)
    }

    /// Whether a schema is the one in which anchors count.
    pub(super) fn is_region(&self, file: usize, at: &Pointer) -> bool {
        self.regions.contains_key(&(file, at.clone()))
    }
}
