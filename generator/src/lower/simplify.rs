//! Choices that amount to something simpler than a union: one branch, one object, plain text.

use super::Lower;
use super::view::{Choice, View};
use crate::diagnostic::Code;
use crate::parse::{Node, Type};

/// How many combinations of several choices are told apart before their values are taken as plain JSON.
const MOST_COMBINATIONS: usize = 32;

/// How deep choices are merged into each other; a choice between itself and something else never ends.
pub(super) const MOST_MERGES: usize = 16;

impl<'d> Lower<'d, '_> {
    /// Replaces choices that amount to something simpler.
    pub(super) fn simplify_choices(&mut self, view: &mut View<'d>) {
        for choice in std::mem::take(&mut view.choices) {
            if let [branch] = choice.branches.as_slice() {
                self.merge(view, branch);
            } else if choice.any && choice.discriminator.is_none() && self.all_optional(view, &choice) {
                for branch in &choice.branches {
                    self.merge(view, branch);
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
        let combinations = view
            .choices
            .iter()
            .map(|choice| choice.branches.len())
            .product::<usize>();
        if view.choices.len() > 1 && combinations > MOST_COMBINATIONS {
            let message = "these choices have too many combinations; any value is taken here";
            self.diagnostics.report(Code::UntypedSchema, &view.places[0], message);
            view.broken = true;
        }
    }

    /// Lets a branch hold together with the rest of the view.
    pub(super) fn merge(&mut self, view: &mut View<'d>, branch: &Node<'d>) {
        if self.merging > MOST_MERGES {
            view.broken = true;
            let message = "this choice contains itself; any value is taken here";
            self.diagnostics.report(Code::UntypedSchema, &branch.at, message);
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

    /// Whether every branch is an object that any object satisfies.
    fn all_optional(&mut self, view: &View<'d>, choice: &Choice<'d>) -> bool {
        let required = |view: &View<'_>| view.facets.iter().any(|facet| !facet.keywords.required.is_empty());
        !required(view)
            && choice.branches.iter().all(|branch| {
                let branch = self.expanded(branch);
                branch.choices.is_empty()
                    && !required(&branch)
                    && branch.facets.iter().any(|facet| facet.keywords.properties.is_some())
            })
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
