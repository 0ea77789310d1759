//! Decides whether the objects of a choice can be merged into one type.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::context::Lower;
use super::enums::listed;
use super::repeats::admits_all;
use super::view::{Adding, View};
use crate::ir::Primitive;
use crate::parse::{Keywords, Node, Type};

/// How deep elements and members are compared before schemas count as different.
const DEEPEST: usize = 4;

/// How two schemas go together of which a value need satisfy only one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// What both of them make together holds the values of each.
    Same,
    /// They differ in what they list or how they are written: the values of both are one type.
    Joined,
    /// No one type has the values of both.
    Apart,
}

impl<'d> Lower<'d, '_> {
    /// How two schemas go together.
    pub(super) fn fit(&self, one: &Node<'d>, other: &Node<'d>) -> Fit {
        self.fit_within(one, other, 0)
    }

    fn fit_within(&self, one: &Node<'d>, other: &Node<'d>, depth: usize) -> Fit {
        if one.value == other.value {
            return Fit::Same;
        }
        if depth > DEEPEST {
            return Fit::Apart;
        }
        let (component, other_component) = (self.named(one), self.named(other));
        let (one, other) = (self.glance(one), self.glance(other));
        if one.broken || other.broken {
            return Fit::Apart;
        }
        if component.is_some() && component == other_component {
            return Fit::Same;
        }
        if !one.choices.is_empty() || !other.choices.is_empty() {
            return Fit::Apart;
        }
        match (self.kinds(&one).as_deref(), self.kinds(&other).as_deref()) {
            (None, None) if one.constraints().chain(other.constraints()).next().is_none() => Fit::Same,
            (Some([kind]), Some([other_kind])) if kind == other_kind => match kind {
                Type::String => self.texts(&one, &other),
                Type::Integer | Type::Number | Type::Boolean => self.scalars(&one, &other, *kind),
                Type::Array => self.lists(&one, &other, depth),
                // An author told components apart.
                Type::Object if component.or(other_component).is_some() => Fit::Apart,
                Type::Object => self.objects(&one, &other, depth),
            },
            _ => Fit::Apart,
        }
    }

    /// What a schema refers to when it says nothing else.
    fn named(&self, node: &Node<'d>) -> Option<&'d str> {
        let mut view = View::default();
        view.add(
            node.clone(),
            Adding::own(&self.lists),
            &mut crate::diagnostic::Diagnostics::default(),
        );
        self.sole_reference(&view).and_then(Node::reference)
    }

    /// Formats that are types of their own hold no other text.
    fn texts(&self, one: &View<'d>, other: &View<'d>) -> Fit {
        let formats = [one, other].map(|view| self.primitive(view, Type::String));
        match (values(one, other), formats[0] == formats[1]) {
            (Fit::Apart, _) => Fit::Apart,
            (values, true) => values,
            (_, false) if formats.contains(&Primitive::String) => Fit::Joined,
            _ => Fit::Apart,
        }
    }

    fn scalars(&self, one: &View<'d>, other: &View<'d>, kind: Type) -> Fit {
        if self.primitive(one, kind) != self.primitive(other, kind) {
            return Fit::Apart;
        }
        // Lists of integers are open, those of other values are not known to be.
        let lists = [one, other].map(|view| listed(view).is_empty());
        match values(one, other) {
            Fit::Same if kind != Type::Integer && lists[0] != lists[1] => Fit::Apart,
            Fit::Joined if kind != Type::Integer => Fit::Apart,
            fit => fit,
        }
    }

    fn lists(&self, one: &View<'d>, other: &View<'d>, depth: usize) -> Fit {
        let prefixed = |view: &View<'d>| view.facets.iter().any(|facet| facet.keywords.prefix_items.is_some());
        if prefixed(one) || prefixed(other) {
            return Fit::Apart;
        }
        let items = |view: &View<'d>| -> Vec<Node<'d>> {
            let items = view.facets.iter().filter_map(|facet| facet.keywords.items.clone());
            items.filter(|items| !admits_all(items.value)).collect()
        };
        match (items(one).as_slice(), items(other).as_slice()) {
            ([], []) => Fit::Same,
            ([one], [other]) => self.exactly(one, other, depth),
            _ => Fit::Apart,
        }
    }

    /// Objects are one when they require the same, and what they share is of the same type.
    fn objects(&self, one: &View<'d>, other: &View<'d>, depth: usize) -> Fit {
        if required(one) != required(other) || !extras_agree(&[one, other]) {
            return Fit::Apart;
        }
        let mut twins: HashMap<&str, Vec<Node<'d>>> = HashMap::new();
        for (name, node) in properties(other) {
            twins.entry(name).or_default().push(node);
        }
        let shared = properties(one).flat_map(|(name, node)| {
            let twins = twins.get(name).into_iter().flatten();
            twins.map(move |twin| (node.clone(), twin))
        });
        let mut apart = shared.filter(|(one, twin)| self.exactly(one, twin, depth) != Fit::Same);
        if apart.next().is_some() { Fit::Apart } else { Fit::Same }
    }

    /// Inside of lists and objects nothing is joined.
    fn exactly(&self, one: &Node<'d>, other: &Node<'d>, depth: usize) -> Fit {
        match self.fit_within(one, other, depth + 1) {
            Fit::Same => Fit::Same,
            Fit::Joined | Fit::Apart => Fit::Apart,
        }
    }
}

/// How the listed values of two schemas go together; one that lists none takes what the other lists.
fn values(one: &View<'_>, other: &View<'_>) -> Fit {
    let (one, other) = (listed(one), listed(other));
    let shared = one.iter().filter(|value| other.contains(value)).count();
    match shared {
        _ if one.is_empty() || other.is_empty() => Fit::Same,
        0 => Fit::Apart,
        shared if shared == one.len() && shared == other.len() => Fit::Same,
        _ => Fit::Joined,
    }
}

/// Schemas without those that say the same as one before them.
pub(super) fn distinct<'v, 'd: 'v>(nodes: impl Iterator<Item = &'v Node<'d>>) -> Vec<&'v Node<'d>> {
    let mut known = HashSet::new();
    nodes.filter(|node| known.insert(node.value)).collect()
}

/// The properties of all schemas of a view.
pub(super) fn properties<'v, 'd>(view: &'v View<'d>) -> impl Iterator<Item = (&'d str, Node<'d>)> + 'v {
    let properties = view
        .facets
        .iter()
        .filter_map(|facet| facet.keywords.properties.as_ref());
    properties.flat_map(Node::members)
}

fn required<'d>(view: &View<'d>) -> HashSet<&'d str> {
    let required = view.facets.iter().flat_map(|facet| &facet.keywords.required);
    required.copied().collect()
}

/// Whether one object has the further members of all these: those that are described, or that anything is.
pub(super) fn extras_agree(views: &[&View<'_>]) -> bool {
    let mut open = false;
    let mut closed = false;
    for keywords in views.iter().flat_map(|view| &view.facets).map(|facet| &facet.keywords) {
        if keywords.pattern_properties.is_some() {
            return false;
        }
        for extra in extras(keywords) {
            match extra {
                Value::Bool(false) => closed = true,
                extra if admits_all(extra) => open = true,
                _ => return false,
            }
        }
    }
    !(open && closed)
}

fn extras<'k>(keywords: &'k Keywords<'_>) -> impl Iterator<Item = &'k Value> {
    let extras = [&keywords.additional_properties, &keywords.unevaluated_properties];
    extras.into_iter().flatten().map(|node| node.value)
}
