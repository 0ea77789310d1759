//! What stands beside a reference and adds nothing to what it leads to.

use serde_json::{Map, Value};

use super::Lower;
use super::enums::listed;
use super::view::View;
use crate::parse::{Keywords, Node, Type};

/// How deep choices are looked into for the types of their values.
const DEEPEST: usize = 4;

impl<'d> Lower<'d, '_> {
    /// The one reference a view amounts to, when everything beside it only describes, or repeats what the target says.
    pub(super) fn sole_reference<'v>(&self, view: &'v View<'d>) -> Option<&'v Node<'d>> {
        let first = view.references.first()?;
        let same = view
            .references
            .iter()
            .all(|other| other.reference() == first.reference());
        if !same || !view.choices.is_empty() {
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
            || self.kinds(target, 0).is_some_and(|kinds| {
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
    pub(super) fn kinds(&self, view: &View<'d>, depth: usize) -> Option<Vec<Type>> {
        let types = self.types(view);
        if !types.is_empty() {
            return Some(types);
        }
        let facets = || view.facets.iter().map(|facet| &facet.keywords);
        if facets().any(Keywords::describes_object) {
            return Some(vec![Type::Object]);
        }
        if facets().any(Keywords::describes_array) {
            return Some(vec![Type::Array]);
        }
        let values = listed(view);
        if !values.is_empty() {
            return Some(distinct(values.into_iter().filter_map(Type::of)));
        }
        let choice = view.choices.first().filter(|_| depth < DEEPEST)?;
        let branches = choice.branches.iter();
        let kinds: Option<Vec<Vec<Type>>> = branches
            .map(|branch| self.kinds(&self.glance(branch), depth + 1))
            .collect();
        Some(distinct(kinds?.into_iter().flatten()))
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

fn distinct(types: impl Iterator<Item = Type>) -> Vec<Type> {
    let mut found = Vec::new();
    for ty in types {
        if !found.contains(&ty) {
            found.push(ty);
        }
    }
    found
}
