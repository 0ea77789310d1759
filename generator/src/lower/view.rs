//! Schemas that apply to a value at once: `allOf` and `$ref` resolved into facets and choices.

use std::collections::HashSet;
use std::ops::RangeBounds;
use std::rc::Rc;

use serde_json::Value;

use super::branches::{Branch, Lists};
use super::context::Lower;
use super::hierarchy::mapped;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::Primitive;
use crate::parse::{Keywords, Node};
use crate::pointer::Pointer;

/// How many references are followed for a look at a schema.
const MOST_GLANCES: usize = 32;

/// Schemas that all hold for one value, without `allOf`, and without `$ref` once [`Lower::expand`] was called.
#[derive(Debug, Clone, Default)]
pub(super) struct View<'d> {
    /// The places it was made from; together they identify it.
    pub(super) places: Vec<Pointer>,
    /// `$ref`s that are still to be resolved.
    pub(super) references: Vec<Node<'d>>,
    /// Schema objects.
    pub(super) facets: Vec<Facet<'d>>,
    /// `oneOf` and `anyOf`.
    pub(super) choices: Vec<Choice<'d>>,
    /// Whether the schemas themselves, not what they refer to, admit `null`.
    pub(super) nullable: bool,
    /// What is left of a choice between scalars, once the view is prepared.
    pub(super) scalars: Option<Primitive>,
    /// A schema that is not one.
    pub(super) broken: bool,
}

/// One schema object.
#[derive(Debug, Clone)]
pub(super) struct Facet<'d> {
    pub(super) at: Pointer,
    pub(super) keywords: Keywords<'d>,
    /// The branch that inlined it, when a choice was merged whose branches need not all hold.
    pub(super) alternative: Option<Pointer>,
}

/// A `oneOf` or an `anyOf`.
#[derive(Debug, Clone)]
pub(super) struct Choice<'d> {
    pub(super) at: Pointer,
    pub(super) branches: Vec<Node<'d>>,
    pub(super) discriminator: Option<Node<'d>>,
    /// `anyOf`: several branches may hold at once.
    pub(super) any: bool,
}

impl<'d> Choice<'d> {
    /// Whether its only branch is told from those that will come, by a mapping of values of the discriminator to it.
    pub(super) fn awaits_others(&self, only: &Node<'d>) -> bool {
        let mapping = self.discriminator.as_ref().and_then(|node| node.get("mapping"));
        let mapping: Vec<_> = mapping.iter().flat_map(Node::members).collect();
        let leads_there = |to: &Value| {
            only.target()
                .is_some_and(|target| to.as_str().map(mapped) == Some(target))
        };
        !mapping.is_empty() && mapping.iter().all(|(_, to)| leads_there(to.value))
    }
}

/// How a schema is added to a view.
#[derive(Clone, Copy)]
pub(super) struct Adding<'a, 'd> {
    /// Whether it is one that the view is made from, or a branch of its `allOf`.
    pub(super) own: bool,
    lists: &'a Lists<'d>,
    /// The schemas that are part of the view, besides those that it is made from; where they are known, choices that list
    /// one are left out.
    included: Option<&'a HashSet<Pointer>>,
}

impl<'a, 'd> Adding<'a, 'd> {
    pub(super) fn own(lists: &'a Lists<'d>) -> Self {
        let included = None;
        Self {
            own: true,
            lists,
            included,
        }
    }

    fn referenced(lists: &'a Lists<'d>, included: Option<&'a HashSet<Pointer>>) -> Self {
        Self {
            own: false,
            lists,
            included,
        }
    }
}

impl<'d> View<'d> {
    /// Facets that say more than how values are described.
    pub(super) fn constraints(&self) -> impl Iterator<Item = &Facet<'d>> {
        self.facets.iter().filter(|facet| facet.keywords.constrains())
    }

    /// Adds a schema that also holds.
    ///
    /// [Own](Adding::own) ones are the schemas a view is made from and the branches of their `allOf`, in contrast to what they refer to:
    /// wherever one of them says that `null` is admitted, documents mean that it is.
    pub(super) fn add(&mut self, node: Node<'d>, by: Adding<'_, 'd>, diagnostics: &mut Diagnostics) {
        let object = match node.value {
            Value::Object(object) => object,
            Value::Bool(true) => return,
            Value::Bool(false) => {
                let message = "`false` accepts no value; generated as `serde_json::Value`";
                diagnostics.report(Code::Contradiction, &node.at, message).help =
                    Some("remove this schema, or describe its values".to_owned());
                self.broken = true;
                return;
            }
            _ => {
                diagnostics.report(
                    Code::Invalid,
                    &node.at,
                    "expected a schema; generated as `serde_json::Value`",
                );
                self.broken = true;
                return;
            }
        };
        let mut keywords = Keywords::read(&node, object, diagnostics);
        let discriminator = keywords.discriminator.take();
        for (choice, any) in [(keywords.one_of.take(), false), (keywords.any_of.take(), true)] {
            if let Some(list) = choice {
                let choice = Choice {
                    at: list.at.clone(),
                    branches: Vec::new(),
                    discriminator: discriminator.clone(),
                    any,
                };
                self.add_choice(&list, choice, by, diagnostics);
            }
        }
        keywords.discriminator = discriminator;
        if by.own {
            self.nullable |= keywords.nullable;
        }
        if node.reference().is_some() {
            self.references.push(node.clone());
        }
        let all_of = keywords.all_of.take();
        self.facets.push(Facet {
            at: node.at.clone(),
            keywords,
            alternative: None,
        });
        for branch in all_of.iter().flat_map(Node::elements) {
            self.add(branch, by, diagnostics);
        }
    }

    /// Adds a choice, without the branches that only say `null`; what is left alone is no choice.
    fn add_choice(&mut self, list: &Node<'d>, choice: Choice<'d>, by: Adding<'_, 'd>, diagnostics: &mut Diagnostics) {
        let mut listed = by.lists.read(list);
        diagnostics.extend(listed.said.iter().cloned());
        self.nullable |= listed.admits_null;
        if let [only] = listed.branches.as_slice()
            && !choice.awaits_others(only)
        {
            self.add(only.clone(), by, diagnostics);
        } else if !listed.branches.is_empty() && !by.included.is_some_and(|passed| listed.names(&self.places, passed)) {
            let branches = std::mem::take(&mut Rc::make_mut(&mut listed).branches);
            self.choices.push(Choice { branches, ..choice });
        }
    }
}

impl<'d> Lower<'d, '_> {
    /// Takes schemas apart that hold at once.
    pub(super) fn view(&mut self, nodes: &[Node<'d>]) -> View<'d> {
        let mut view = View::default();
        for node in nodes {
            if view.places.contains(&node.at) {
                continue;
            }
            view.places.push(node.at.clone());
            view.add(node.clone(), Adding::own(&self.lists), self.diagnostics);
        }
        view
    }

    /// A schema with all it refers to, for a look at what it says: nothing is reported, and no type gets its name.
    ///
    /// References stay, in the order in which they were followed.
    pub(super) fn glance(&self, node: &Node<'d>) -> View<'d> {
        let mut unread = Diagnostics::default();
        let mut view = View::default();
        view.places.push(node.at.clone());
        view.add(node.clone(), Adding::own(&self.lists), &mut unread);
        let mut passed = vec![node.at.clone()];
        let mut next = 0;
        while let Some(reference) = view.references.get(next).and_then(Node::reference) {
            next += 1;
            let target = Pointer::parse(reference.trim()).and_then(|at| {
                let value = self.root.pointer(at.as_str())?;
                Some(Node { at, value })
            });
            match target {
                Some(target) if passed.contains(&target.at) => {}
                Some(target) if passed.len() < MOST_GLANCES => {
                    passed.push(target.at.clone());
                    view.add(target, Adding::referenced(&self.lists, None), &mut unread);
                }
                _ => {
                    view.broken = true;
                    break;
                }
            }
        }
        view
    }

    /// Replaces every reference by what it refers to.
    pub(super) fn expand(&mut self, view: &mut View<'d>) {
        let mut passed: HashSet<Pointer> = HashSet::new();
        let own = view.choices.len();
        while !view.references.is_empty() {
            for reference in std::mem::take(&mut view.references) {
                let Some((id, target)) = self.referenced_type(&reference) else {
                    view.broken = true;
                    continue;
                };
                if passed.contains(&target.at) || view.places == [target.at.clone()] {
                    continue;
                }
                if !self.effort.may_lower_another() {
                    self.report_size(view);
                    view.broken = true;
                    return;
                }
                passed.insert(target.at.clone());
                // The inline schemas of the target get their names from it, not from whoever includes it first.
                self.ensure_defined(id, &target);
                let choices = view.choices.len();
                // Members keep the order in which the document brings them together.
                let own = view.facets.iter().position(|facet| facet.at == reference.at);
                let after = own.map_or_else(Vec::new, |index| view.facets.split_off(index + 1));
                view.add(target, Adding::referenced(&self.lists, Some(&passed)), self.diagnostics);
                view.facets.extend(after);
                let places = view.places.clone();
                drop_decided(view, choices.., |branch| {
                    leads_to(branch.reference(), |at| places.contains(at) || passed.contains(at))
                });
            }
        }
        drop_decided(view, ..own, |branch| {
            leads_to(Branch::of(branch).reference(), |at| passed.contains(at))
        });
    }
}

/// Drops the choices of a range that list a schema which is already part of the view: by including what lists it, or by
/// standing beside it, that schema has made the choice.
fn drop_decided<'d>(view: &mut View<'d>, range: impl RangeBounds<usize>, included: impl Fn(&Node<'d>) -> bool) {
    let mut index = 0;
    view.choices.retain(|choice| {
        index += 1;
        !(range.contains(&(index - 1)) && choice.branches.iter().any(&included))
    });
}

/// Whether a reference leads to one of some places.
fn leads_to(reference: Option<&str>, is_one: impl Fn(&Pointer) -> bool) -> bool {
    let target = reference.and_then(|text| Pointer::parse(text.trim()));
    target.is_some_and(|target| is_one(&target))
}
