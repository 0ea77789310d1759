//! State shared by the files of bundling.

use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

use serde_json::Value;

use super::anchors::Dynamic;
use super::file::File;
use super::grammar::{Kind, Shape};
use super::target::Target;
use crate::diagnostic::Diagnostics;
use crate::document::{Inlined, Missing, Version};
use crate::pointer::Pointer;

/// What will be inlined under the components.
pub(super) struct Job {
    pub(super) target: Target,
    pub(super) shape: Shape,
    pub(super) to: Pointer,
    /// What the name of it, and of what is made for it, begins with.
    pub(super) owner: Option<String>,
}

/// Where a chain ends; also the last place on the way that has a name.
pub(super) type End = (Target, Option<Pointer>);

pub(super) struct Bundle<'r> {
    pub(super) version: Version,
    /// The document, then its parts that can be read.
    pub(super) files: Vec<File>,
    /// By address: the text there, and the schema in it that has the address.
    pub(super) addresses: HashMap<String, (usize, usize)>,
    /// Why other addresses cannot be resolved.
    pub(super) absent: HashMap<String, Missing>,
    /// By link of a chain of references and what it should lead to: where the chain ends.
    pub(super) chains: HashMap<(Target, Shape), End>,
    /// Where nodes of the parts stand in the document.
    pub(super) placed: HashMap<Target, Pointer>,
    /// Names of components by section, in lower case.
    pub(super) taken: HashMap<&'static str, HashSet<String>>,
    pub(super) jobs: VecDeque<Job>,
    /// Places of the document that only references know.
    pub(super) unknown: VecDeque<(Pointer, Shape)>,
    /// Those of them that were looked through.
    pub(super) looked: HashSet<Pointer>,
    /// The references that were changed in them.
    pub(super) edited: HashSet<(Pointer, String)>,
    pub(super) inlined: Vec<Inlined>,
    pub(super) missing: BTreeMap<String, Missing>,
    /// Nodes of the document that became components, and those.
    pub(super) moved_out: Vec<(Pointer, Pointer)>,
    /// How many more values may be inlined.
    pub(super) nodes_left: usize,
    /// What dynamic references mean.
    pub(super) dynamic: Dynamic,
    /// What is inlined is made for it.
    pub(super) owner: Option<String>,
    /// How many schemas were made of others for a scope.
    pub(super) instances: usize,
    pub(super) diagnostics: &'r mut Diagnostics,
}

/// Where path items go that cannot be put in place.
pub(super) const PATH_ITEMS: &str = "/components/pathItems";

impl<'r> Bundle<'r> {
    pub(super) fn new(version: Version, root: File, nodes: usize, diagnostics: &'r mut Diagnostics) -> Self {
        Self {
            version,
            files: vec![root],
            addresses: HashMap::new(),
            absent: HashMap::new(),
            chains: HashMap::new(),
            placed: HashMap::new(),
            taken: HashMap::new(),
            jobs: VecDeque::new(),
            unknown: VecDeque::new(),
            looked: HashSet::new(),
            edited: HashSet::new(),
            inlined: Vec::new(),
            missing: BTreeMap::new(),
            moved_out: Vec::new(),
            nodes_left: nodes,
            dynamic: Dynamic::default(),
            owner: None,
            instances: 0,
            diagnostics,
        }
    }
}

/// How many values a tree holds.
pub(super) fn count(value: &Value) -> usize {
    match value {
        Value::Array(elements) => 1 + elements.iter().map(count).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 1,
    }
}

/// A value whose references are rewritten.
pub(super) struct Site {
    /// The text it comes from, and where it stands there.
    pub(super) from: Target,
    /// Where it will stand.
    pub(super) to: Pointer,
    pub(super) shape: Shape,
}

impl Site {
    /// The document itself.
    pub(super) fn root() -> Self {
        Self {
            from: Target::root(),
            to: Pointer::root(),
            shape: Shape::One(Kind::Document),
        }
    }
}
