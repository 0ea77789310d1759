//! State shared by the files of lowering.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::branches::Lists;
use super::chain::Chains;
use super::effort::Effort;
use super::group_tags::Tags;
use super::hierarchy::Hierarchy;
use super::mapping::Mapping;
use super::multipart::Multipart;
use crate::diagnostic::Diagnostics;
use crate::document::{Missing, Version};
use crate::ir::{Api, Example, Hint, Root, SchemeId, Slot, TypeId, TypeRef};
use crate::parse::Node;
use crate::pointer::Pointer;
use crate::select::Selection;

/// What lowering carries from node to node.
pub(super) struct Lower<'d, 'r> {
    pub(super) root: &'d Value,
    pub(super) version: Version,
    pub(super) selection: &'r mut Selection,
    /// Why references outside the document cannot be resolved.
    pub(super) missing: &'d BTreeMap<String, Missing>,
    pub(super) diagnostics: &'r mut Diagnostics,
    pub(super) api: Api,
    /// Schemas that have a type of their own because something may refer to them; who does takes the id through
    /// [`Lower::want`], or the body might never be lowered.
    pub(super) definitions: HashMap<Pointer, Definition>,
    /// Definitions whose body is not lowered yet, first come first served.
    pub(super) pending: Vec<(TypeId, Node<'d>)>,
    /// Types made of the schemas at these places together, so that one combination is one type.
    pub(super) combined: HashMap<Vec<Pointer>, TypeId>,
    /// Lists, maps and tuples that are being lowered, by the places they are made from.
    pub(super) open: HashMap<Vec<Pointer>, Open>,
    pub(super) lists: Lists<'d>,
    /// By place of a discriminator: its mapping.
    pub(super) mappings: HashMap<Pointer, Rc<Mapping<'d>>>,
    /// Where chains of references end.
    pub(super) chains: Chains<'d>,
    pub(super) schemes: HashMap<String, SchemeId>,
    /// The types of the headers at these places.
    pub(super) header_slots: HashMap<Pointer, Slot>,
    /// The places of what was reported once by `report_slips`: schemas are looked at from several places.
    pub(super) slips: HashSet<Pointer>,
    /// How many choices are being merged into each other right now.
    pub(super) merging: usize,
    /// By place: the examples, each with how many schemas its type was made from.
    pub(super) examples: IndexMap<Pointer, Known>,
    pub(super) hierarchy: Hierarchy,
    /// Objects whose members are parts, by the place of their schema.
    pub(super) parts: HashMap<Pointer, TypeId>,
    pub(super) multipart: Multipart<'d>,
    pub(super) tags: Tags<'d>,
    pub(super) effort: Effort,
}

/// A list, a map or a tuple that is being lowered.
pub(super) struct Open {
    pub(super) hint: Hint,
    /// The type it is, once it turned out to contain itself.
    pub(super) id: Option<TypeId>,
}

#[derive(Clone, Copy)]
pub(super) struct Definition {
    pub(super) id: TypeId,
    /// Whether its body is lowered, or will be.
    pub(super) wanted: bool,
    pub(super) started: bool,
}

impl<'d> Lower<'d, '_> {
    pub(super) fn root_node(&self) -> Node<'d> {
        Node {
            at: Pointer::root(),
            value: self.root,
        }
    }

    /// The node at the end of a path of member names.
    pub(super) fn node(&self, path: &[&str]) -> Option<Node<'d>> {
        path.iter().try_fold(self.root_node(), |node, key| node.get(key))
    }

    pub(super) fn reserve_components(&mut self) {
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

    pub(super) fn reserve(&mut self, node: &Node<'d>, name: &str) -> TypeId {
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
    pub(super) fn want(&mut self, at: &Pointer) -> Option<TypeId> {
        let definition = self.definitions.get_mut(at)?;
        if !std::mem::replace(&mut definition.wanted, true)
            && let Some(value) = self.root.pointer(at.as_str())
        {
            let at = at.clone();
            self.pending.push((definition.id, Node { at, value }));
        }
        Some(definition.id)
    }

    pub(super) fn define_pending(&mut self) {
        let mut next = 0;
        while let Some((id, node)) = self.pending.get(next).cloned() {
            self.ensure_defined(id, &node);
            next += 1;
        }
        self.pending.clear();
    }

    /// Lowers the body of a definition unless that is done, or under way further up.
    pub(super) fn ensure_defined(&mut self, id: TypeId, node: &Node<'d>) {
        if let Some(definition) = self.definitions.get_mut(&node.at)
            && !definition.started
        {
            definition.started = true;
            self.define(id, node);
        }
    }

    pub(super) fn any() -> Slot {
        Slot::new(TypeRef::Any)
    }
}

/// An example with how many schemas its type was made from.
pub(super) type Known = (usize, Example);
