//! Keywords beside a `$ref` that add nothing to its target.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::branches::Branch;
use super::context::Lower;
use super::enums::listed;
use super::view::{Choice, View};
use crate::parse::{Keywords, Node, Type};

/// How many branches of choices are looked at for the types of their values.
const MOST_BRANCHES: usize = 200;

impl<'d> Lower<'d, '_> {
    /// The one reference a view amounts to, when everything beside it only describes, or repeats what the target says.
    pub(super) fn sole_reference<'v>(&self, view: &'v View<'d>) -> Option<&'v Node<'d>> {
        let first = view.references.first()?;
        let same = view
            .references
            .iter()
            .all(|other| other.reference() == first.reference());
        // Standing beside a choice that lists it, a schema has made the choice.
        let made = |choice: &Choice<'d>| {
            let mut branches = choice.branches.iter();
            branches.any(|branch| Branch::of(branch).reference() == first.reference().map(str::trim))
        };
        if !same || !view.choices.iter().all(made) {
            return None;
        }
        if view.constraints().any(|facet| !can_repeat(&facet.keywords)) || !self.conditional(view).is_empty() {
            return None;
        }
        if view.constraints().next().is_none() {
            return Some(first);
        }
        let target = self.glance(first);
        let repeats = |keywords: &Keywords<'d>| self.repeats(keywords, &target);
        (!target.broken && view.constraints().all(|facet| repeats(&facet.keywords))).then_some(first)
    }

    /// Whether keywords admit whatever another schema admits.
    fn repeats(&self, keywords: &Keywords<'d>, target: &View<'d>) -> bool {
        let others: Vec<&Keywords<'d>> = target.facets.iter().map(|facet| &facet.keywords).collect();
        let types = keywords.types.is_empty()
            || self.kinds(target).is_some_and(|kinds| {
                let admitted = |kind: &Type| {
                    keywords.types.contains(kind) || *kind == Type::Integer && keywords.types.contains(&Type::Number)
                };
                kinds.iter().all(admitted)
            });
        let values = keywords.enumeration.is_none_or(|own| {
            let values = listed(target);
            !values.is_empty() && values.iter().all(|value| own.contains(value))
        });
        let format = keywords
            .format
            .is_none_or(|own| others.iter().any(|other| other.format == Some(own)));
        let mut required = keywords.required.iter();
        types
            && values
            && format
            && required.all(|name| others.iter().any(|other| other.required.contains(name)))
            && repeated(&others, keywords, |keywords| keywords.items.as_ref())
            && repeated(&others, keywords, |keywords| keywords.additional_properties.as_ref())
            && repeated(&others, keywords, |keywords| keywords.unevaluated_properties.as_ref())
    }

    /// The types of the values that a schema admits; `None` when it says nothing of them.
    pub(super) fn kinds(&self, view: &View<'d>) -> Option<Vec<Type>> {
        let mut found = Vec::new();
        let mut passed = HashSet::new();
        let mut pending: Vec<Node<'d>> = Vec::new();
        let mut own = self.own_kinds(view, &mut pending)?;
        loop {
            for kind in own.drain(..) {
                if !found.contains(&kind) {
                    found.push(kind);
                }
            }
            let Some(branch) = pending.pop() else {
                return Some(found);
            };
            if passed.len() > MOST_BRANCHES {
                return None;
            }
            if passed.insert(branch.at.clone()) {
                own = self.own_kinds(&self.glance(&branch), &mut pending)?;
            }
        }
    }

    /// The types that a schema names or implies; where it is a choice, its branches are still to be asked.
    fn own_kinds(&self, view: &View<'d>, pending: &mut Vec<Node<'d>>) -> Option<Vec<Type>> {
        let types = self.types(view);
        let facets = || view.facets.iter().map(|facet| &facet.keywords);
        if !types.is_empty() {
            Some(types)
        } else if facets().any(Keywords::describes_object) {
            Some(vec![Type::Object])
        } else if facets().any(Keywords::describes_array) {
            Some(vec![Type::Array])
        } else if let Some(choice) = view.choices.first() {
            pending.extend(choice.branches.iter().rev().cloned());
            Some(Vec::new())
        } else {
            let values = listed(view);
            let types = values.into_iter().filter_map(Type::of).collect::<Vec<_>>();
            (!types.is_empty()).then_some(types)
        }
    }
}

/// Whether keywords can be those of another schema once more: those of a schema with members of its own cannot.
fn can_repeat(keywords: &Keywords<'_>) -> bool {
    let empty = |node: &Option<Node<'_>>| {
        let members = node.as_ref().and_then(|node| node.value.as_object());
        members.is_none_or(Map::is_empty)
    };
    empty(&keywords.properties) && empty(&keywords.pattern_properties) && keywords.prefix_items.is_none()
}

/// Whether a keyword that holds a schema says what one of the others says, or nothing.
///
/// What is closed has the members that are described: closing it leaves them, unless others are described somewhere.
fn repeated<'d>(
    others: &[&Keywords<'d>],
    keywords: &Keywords<'d>,
    read: for<'k> fn(&'k Keywords<'d>) -> Option<&'k Node<'d>>,
) -> bool {
    let Some(own) = read(keywords).map(|own| own.value).filter(|own| !admits_all(own)) else {
        return true;
    };
    let mut said = others.iter().filter_map(|other| read(other));
    match own {
        Value::Bool(_) => said.all(|other| other.value == own),
        own => said.any(|other| other.value == own),
    }
}

/// Whether a schema says nothing.
pub(super) fn admits_all(schema: &Value) -> bool {
    match schema {
        Value::Bool(admits) => *admits,
        Value::Object(keywords) => keywords.is_empty(),
        _ => false,
    }
}
