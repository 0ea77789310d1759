//! Arrays, tuples and maps.

use super::context::Lower;
use super::site::Site;
use super::view::{Choice, View};
use crate::diagnostic::Code;
use crate::ir::{Slot, Step, TypeRef};
use crate::parse::{Keywords, Node};

/// Tuples longer than this have no implementations of the usual traits.
const LONGEST_TUPLE: usize = 12;

impl<'d> Lower<'d, '_> {
    /// An array, or a tuple where every element has its place.
    pub(super) fn list(&mut self, view: &View<'d>, site: &Site) -> TypeRef {
        let items = collect(view, |keywords| keywords.items.clone());
        if let [prefix] = collect(view, |keywords| keywords.prefix_items.clone()).as_slice() {
            return self.prefixed(view, prefix, items, site);
        }
        if items.is_empty() {
            return TypeRef::List(Box::new(Self::any()));
        }
        let item = self.combined_slot(&items, &site.step(Step::Item));
        TypeRef::List(Box::new(item))
    }

    /// `prefixItems`: a tuple when neither fewer nor more elements can come, else a list of what may stand anywhere.
    fn prefixed(&mut self, view: &View<'d>, prefix: &Node<'d>, mut rest: Vec<Node<'d>>, site: &Site) -> TypeRef {
        let places: Vec<Node<'d>> = prefix.elements().collect();
        let count = places.len() as u64;
        let keywords = || view.facets.iter().map(|facet| &facet.keywords);
        let all_there = keywords()
            .filter_map(|keywords| keywords.min_items)
            .any(|least| least >= count);
        let closed = rest.iter().any(|items| items.value == &serde_json::Value::Bool(false));
        let no_more = closed
            || keywords()
                .filter_map(|keywords| keywords.max_items)
                .any(|most| most <= count);
        if all_there && no_more && (2..=LONGEST_TUPLE).contains(&places.len()) {
            let slots = places.into_iter().enumerate().map(|(index, place)| {
                let site = site.step(Step::Place(index));
                self.slot(place, &site)
            });
            return TypeRef::Tuple(slots.collect());
        }
        let mut branches = places;
        if no_more {
            rest.clear();
        } else if rest.is_empty() {
            let message = "the array may have items beyond `prefixItems`; generated as `Vec<serde_json::Value>`";
            self.diagnostics.report(Code::UntypedSchema, &prefix.at, message).help =
                Some("for a tuple, add `minItems` and `items: false`".to_owned());
            return TypeRef::List(Box::new(Self::any()));
        }
        branches.append(&mut rest);
        let item = self.either(prefix, branches, &site.step(Step::Item));
        TypeRef::List(Box::new(item))
    }

    /// A value of any of several schemas.
    fn either(&mut self, at: &Node<'d>, branches: Vec<Node<'d>>, site: &Site) -> Slot {
        if let [only] = branches.as_slice() {
            return self.slot(only.clone(), site);
        }
        let mut view = View {
            places: vec![at.at.clone()],
            ..View::default()
        };
        view.choices.push(Choice {
            at: at.at.clone(),
            branches,
            discriminator: None,
            any: true,
        });
        self.view_slot(view, site)
    }

    pub(super) fn map(&mut self, view: &View<'d>, site: &Site) -> TypeRef {
        let value = self.extra(view, site);
        TypeRef::Map(Box::new(value.unwrap_or_else(Self::any)))
    }

    /// What members beside the known ones hold, when the schemas say so.
    ///
    /// Patterns of names say what their members hold; names that match none are not described, so that the values are
    /// what the patterns say, unless `additionalProperties` says more.
    pub(super) fn extra(&mut self, view: &View<'d>, site: &Site) -> Option<Slot> {
        let patterns = collect(view, |keywords| keywords.pattern_properties.clone());
        let mut extras = collect(view, |keywords| keywords.additional_properties.clone());
        if extras.is_empty() {
            extras = collect(view, |keywords| keywords.unevaluated_properties.clone());
        }
        let closed = extras
            .iter()
            .any(|extra| extra.value == &serde_json::Value::Bool(false));
        let typed: Vec<Node<'d>> = extras.iter().filter(|extra| extra.value.is_object()).cloned().collect();
        let mut matched: Vec<Node<'d>> = patterns.iter().flat_map(Node::members).map(|(_, node)| node).collect();
        let site = site.step(Step::Value);
        let open = !closed && typed.len() < extras.len();
        if !matched.is_empty() && !open {
            if !closed {
                matched.extend(typed);
            }
            return Some(self.either(&patterns[0], matched, &site));
        }
        if extras.is_empty() || closed {
            return None;
        }
        if typed.is_empty() {
            return Some(Self::any());
        }
        Some(self.combined_slot(&typed, &site))
    }
}

/// What the schemas of a view have under one keyword.
fn collect<'d>(view: &View<'d>, read: fn(&Keywords<'d>) -> Option<Node<'d>>) -> Vec<Node<'d>> {
    view.facets.iter().filter_map(|facet| read(&facet.keywords)).collect()
}
