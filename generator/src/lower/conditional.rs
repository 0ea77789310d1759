//! `then`, `else` and `dependentSchemas`: properties that are present in some cases.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::context::Lower;
use super::fit::{Fit, distinct, properties};
use super::object::Described;
use super::view::View;
use crate::parse::Node;

/// How many schemas are looked into that hold in some cases.
const MOST: usize = 500;

/// How many schemas of one property are compared before they count as different.
const MOST_ALIKE: usize = 50;

impl<'d> Lower<'d, '_> {
    /// Whether a view describes members by name.
    pub(super) fn has_members(&self, view: &View<'d>) -> bool {
        properties(view).next().is_some() || !self.conditional(view).is_empty()
    }

    /// The properties of what holds in some cases only: of `then` and `else`, and where another property is there.
    pub(super) fn conditional(&self, view: &View<'d>) -> IndexMap<&'d str, Vec<Described<'d>>> {
        let cases = |view: &View<'d>| -> Vec<Node<'d>> {
            let cases = view.facets.iter().flat_map(|facet| &facet.keywords.conditional);
            cases.cloned().collect()
        };
        let mut found: IndexMap<&'d str, Vec<Described<'d>>> = IndexMap::new();
        let mut pending = cases(view);
        pending.reverse();
        let mut passed = HashSet::new();
        while let Some(node) = pending.pop().filter(|_| passed.len() < MOST) {
            if !passed.insert(node.at.clone()) {
                continue;
            }
            let view = self.glance(&node);
            for (name, property) in properties(&view) {
                let described = (property, Some(node.at.clone()));
                found.entry(name).or_default().push(described);
            }
            let mut below = cases(&view);
            below.extend(view.choices.into_iter().flat_map(|choice| choice.branches));
            pending.extend(below.into_iter().rev());
        }
        found
    }

    /// Reports a property that is not of one type in all cases; whether it is.
    pub(super) fn is_one_type(&mut self, name: &str, described: &[Described<'d>]) -> bool {
        let nodes = distinct(described.iter().map(|(node, _)| node));
        for (index, one) in nodes.iter().enumerate() {
            for other in &nodes[index + 1..] {
                if nodes.len() > MOST_ALIKE || self.fit(one, other) == Fit::Apart {
                    self.report_cases(name, one, other);
                    return false;
                }
            }
        }
        true
    }
}
