//! Reads the lists of `oneOf` and `anyOf`.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value};

use super::cycles::drop_itself;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::parse::Node;
use crate::pointer::Pointer;

/// How many references are followed to see whether there is anything but `null` behind them.
const MOST_HOPS: usize = 32;

/// How long a list is that is read once: every schema that includes it has it before it, which is n² for a schema whose n
/// subtypes include it.
const LONG: usize = 16;

/// The lists of a document.
#[derive(Debug)]
pub(super) struct Lists<'d> {
    root: &'d Value,
    /// By place: those that were read.
    known: RefCell<HashMap<Pointer, Rc<Listed<'d>>>>,
}

/// A list that was read.
#[derive(Debug, Clone)]
pub(super) struct Listed<'d> {
    /// The branches that are left, without those that only say `null`.
    pub(super) branches: Vec<Node<'d>>,
    /// Whether there were such.
    pub(super) admits_null: bool,
    /// What there is to say about others.
    pub(super) said: Vec<Diagnostic>,
    /// What the branches refer to.
    targets: HashSet<Pointer>,
}

impl<'d> Lists<'d> {
    pub(super) fn of(root: &'d Value) -> Self {
        Self {
            root,
            known: RefCell::default(),
        }
    }

    /// The branches of a list.
    pub(super) fn read(&self, list: &Node<'d>) -> Rc<Listed<'d>> {
        if let Some(known) = self.known.borrow().get(&list.at) {
            return Rc::clone(known);
        }
        let listed = Rc::new(Listed::read(self.root, list));
        if listed.branches.len() >= LONG {
            self.known.borrow_mut().insert(list.at.clone(), Rc::clone(&listed));
        }
        listed
    }
}

impl<'d> Listed<'d> {
    fn read(root: &'d Value, list: &Node<'d>) -> Self {
        let possible = list.elements().filter(|branch| branch.value != &Value::Bool(false));
        let (nulls, mut branches): (Vec<_>, Vec<_>) =
            possible.partition(|branch| is_null(branch.value) || leads_to_null(root, branch));
        let mut known = HashSet::new();
        branches.retain(|branch| known.insert(Branch::of(branch)));
        let mut said = Diagnostics::default();
        drop_itself(root, list, &mut branches, &mut said);
        Self {
            admits_null: !nulls.is_empty(),
            said: said.into_iter().collect(),
            targets: branches.iter().filter_map(Node::target).collect(),
            branches,
        }
    }

    /// Whether a branch refers to one of some places.
    pub(super) fn names(&self, places: &[Pointer], others: &HashSet<Pointer>) -> bool {
        places.iter().any(|at| self.targets.contains(at)) || !self.targets.is_disjoint(others)
    }
}

/// What makes two branches of choices one: a reference however it is described, or a schema said twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Branch<'d> {
    Reference(&'d str),
    Schema(&'d Value),
}

impl<'d> Branch<'d> {
    pub(super) fn of(node: &Node<'d>) -> Self {
        const DESCRIBES: [&str; 5] = ["$ref", "title", "description", "summary", "deprecated"];
        let describes = |key: &String| DESCRIBES.contains(&key.as_str()) || key.starts_with("x-");
        let object = node.value.as_object();
        match node.reference() {
            Some(reference) if object.is_some_and(|object| object.keys().all(describes)) => {
                Self::Reference(reference.trim())
            }
            _ => Self::Schema(node.value),
        }
    }

    /// What it refers to, when it is a reference and nothing else.
    pub(super) fn reference(self) -> Option<&'d str> {
        match self {
            Self::Reference(reference) => Some(reference),
            Self::Schema(_) => None,
        }
    }
}

/// Whether a reference ends in a schema that says that it admits `null` alone.
fn leads_to_null(root: &Value, branch: &Node<'_>) -> bool {
    let mut value = branch.value;
    for _ in 0..MOST_HOPS {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return value.as_object().is_some_and(says_null);
        };
        let target = Pointer::parse(reference.trim()).and_then(|at| root.pointer(at.as_str()));
        match target {
            Some(target) => value = target,
            None => return false,
        }
    }
    false
}

/// Whether a schema admits `null` and nothing else.
fn is_null(schema: &Value) -> bool {
    let Some(object) = schema.as_object() else {
        return false;
    };
    let bare_nullable = object.get("nullable") == Some(&Value::Bool(true))
        && object
            .keys()
            .all(|key| matches!(key.as_str(), "nullable" | "description" | "title"));
    says_null(object) || bare_nullable
}

fn says_null(object: &Map<String, Value>) -> bool {
    let null_type = object.get("type").is_some_and(|ty| ty == "null") || object.get("const") == Some(&Value::Null);
    let null_enum = object
        .get("enum")
        .and_then(Value::as_array)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
    null_type || null_enum
}
