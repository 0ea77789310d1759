//! Simplifies choices that need no union: one branch, one object, plain strings.

use std::collections::{HashMap, HashSet};

use super::branches::Branch;
use super::context::Lower;
use super::fit::{Fit, distinct, extras_agree, properties};
use super::view::{Choice, View};
use crate::parse::{Node, Type};
use crate::pointer::Pointer;

/// How many combinations of several choices are told apart before their values are taken as plain JSON.
const MOST_COMBINATIONS: usize = 32;

/// How deep choices are merged into each other; a choice between itself and something else never ends.
const MOST_MERGES: usize = 16;

/// How many pairs of properties are compared before objects count as different.
const MOST_COMPARED: usize = 2000;

impl<'d> Lower<'d, '_> {
    /// Replaces choices that amount to something simpler.
    pub(super) fn simplify_choices(&mut self, view: &mut View<'d>) {
        for choice in narrowed(std::mem::take(&mut view.choices)) {
            if let [branch] = choice.branches.as_slice()
                && !choice.awaits_others(branch)
            {
                self.merge(view, branch);
            } else if choice.any && choice.discriminator.is_none() && self.is_one_object(view, &choice) {
                for branch in &choice.branches {
                    let known = view.facets.len();
                    self.merge(view, branch);
                    for facet in &mut view.facets[known..] {
                        facet.alternative = Some(branch.at.clone());
                    }
                }
            } else if let Some(first) = self.plain_text(&choice) {
                self.merge(view, &first);
                for facet in &mut view.facets {
                    facet.keywords.format = None;
                }
            } else {
                view.choices.push(choice);
            }
        }
        let counts = view.choices.iter().map(|choice| choice.branches.len());
        let combinations = counts.fold(1_usize, usize::saturating_mul);
        if view.choices.len() > 1 && combinations > MOST_COMBINATIONS {
            self.report_combinations(view, combinations);
            view.broken = true;
        }
    }

    /// Whether what stands beside the choice of a view belongs to each of its branches.
    pub(super) fn distributes(&self, view: &View<'d>) -> bool {
        view.choices.len() > 1 || self.has_members(view)
    }

    /// Gives up a choice that is too deep in others, or for which there were too many before.
    pub(super) fn bound_choices(&mut self, view: &mut View<'d>) {
        if view.choices.is_empty() || view.broken || !self.distributes(view) {
            return;
        }
        let combined = view.choices[0].branches.len().saturating_mul(view.facets.len());
        if view.places.len() > MOST_MERGES || combined > self.effort.left {
            view.broken = true;
            self.report_effort(view);
        } else {
            self.effort.left -= combined;
        }
    }

    /// Lets a branch hold together with the rest of the view.
    pub(super) fn merge(&mut self, view: &mut View<'d>, branch: &Node<'d>) {
        if self.merging > MOST_MERGES {
            view.broken = true;
            self.report_endless_choice(branch);
            return;
        }
        self.merging += 1;
        let mut merged = self.view(std::slice::from_ref(branch));
        self.expand(&mut merged);
        self.simplify_choices(&mut merged);
        view.nullable |= merged.nullable;
        view.broken |= merged.broken;
        view.facets.append(&mut merged.facets);
        view.choices.append(&mut merged.choices);
        self.merging -= 1;
    }

    /// Whether every branch is an object that any object satisfies, and one object has the members of all.
    fn is_one_object(&mut self, view: &View<'d>, choice: &Choice<'d>) -> bool {
        let requires = |view: &View<'_>| view.facets.iter().any(|facet| !facet.keywords.required.is_empty());
        if requires(view) {
            return false;
        }
        let mut branches = Vec::with_capacity(choice.branches.len());
        for branch in &choice.branches {
            let branch = self.expanded(branch);
            let members = branch.facets.iter().any(|facet| facet.keywords.properties.is_some());
            let object = matches!(self.types(&branch)[..], [] | [Type::Object]) && !branch.broken;
            if !members || !object || !branch.choices.is_empty() || requires(&branch) {
                return false;
            }
            branches.push(branch);
        }
        self.go_together(&branches)
    }

    /// Whether no member of one object contradicts that of another, so that one type has the members of all.
    fn go_together(&self, objects: &[View<'d>]) -> bool {
        if !extras_agree(&objects.iter().collect::<Vec<_>>()) {
            return false;
        }
        let mut compared = 0;
        let mut known: HashMap<&str, Vec<Node<'d>>> = HashMap::new();
        for (name, node) in objects.iter().flat_map(properties) {
            let twins = known.entry(name).or_default();
            if twins.iter().any(|twin| twin.value == node.value) {
                continue;
            }
            compared += twins.len();
            if compared > MOST_COMPARED || twins.iter().any(|twin| self.fit(twin, &node) == Fit::Apart) {
                return false;
            }
            twins.push(node);
        }
        true
    }

    /// The schemas of one property that came from several branches, as one of their values may be any of them.
    ///
    /// Returns `None` when together they make what each of them makes alone.
    pub(super) fn joined(&mut self, nodes: &[(Node<'d>, Option<Pointer>)]) -> Option<View<'d>> {
        let alternatives = nodes.iter().filter(|(_, branch)| branch.is_some());
        let alternatives = distinct(alternatives.map(|(node, _)| node));
        let mut pairs = alternatives.iter().enumerate().flat_map(|(index, one)| {
            let others = alternatives[index + 1..].iter();
            others.map(move |other| (one, other))
        });
        if !pairs.any(|(one, other)| self.fit(one, other) == Fit::Joined) {
            return None;
        }
        let mut view = View::default();
        for (node, branch) in nodes {
            let mut own = self.expanded(node);
            for facet in &mut own.facets {
                facet.alternative.clone_from(branch);
            }
            view.places.append(&mut own.places);
            view.places.extend(branch.clone());
            view.facets.append(&mut own.facets);
            view.choices.append(&mut own.choices);
            view.nullable |= own.nullable;
            view.broken |= own.broken;
        }
        let formats: HashSet<Option<&str>> = view.facets.iter().map(|facet| facet.keywords.format).collect();
        if formats.len() > 1 {
            for facet in &mut view.facets {
                facet.keywords.format = None;
            }
        }
        Some(view)
    }

    /// The first branch, when all branches are strings without listed values.
    fn plain_text(&mut self, choice: &Choice<'d>) -> Option<Node<'d>> {
        let plain = choice.branches.iter().all(|branch| {
            let view = self.expanded(branch);
            view.choices.is_empty()
                && self.types(&view) == [Type::String]
                && view.facets.iter().all(|facet| facet.keywords.enumeration.is_none())
        });
        if plain { choice.branches.first().cloned() } else { None }
    }
}

/// Leaves out a choice between all that another one chooses from, and more: what makes the smaller choice has made it.
fn narrowed(choices: Vec<Choice<'_>>) -> Vec<Choice<'_>> {
    if choices.len() < 2 || choices.len() > MOST_COMBINATIONS {
        return choices;
    }
    let mut kept: Vec<(HashSet<Branch<'_>>, Choice<'_>)> = Vec::new();
    for mut choice in choices {
        let branches: HashSet<Branch<'_>> = choice.branches.iter().map(Branch::of).collect();
        if let Some((own, smaller)) = kept.iter_mut().find(|(own, _)| own.is_subset(&branches)) {
            smaller.any &= choice.any || own.len() < branches.len();
            smaller.discriminator = smaller.discriminator.take().or(choice.discriminator);
            continue;
        }
        kept.retain_mut(|(others, larger)| {
            let narrows = branches.is_subset(others);
            if narrows {
                choice.discriminator = choice.discriminator.take().or(larger.discriminator.take());
            }
            !narrows
        });
        kept.push((branches, choice));
    }
    kept.into_iter().map(|(_, choice)| choice).collect()
}
