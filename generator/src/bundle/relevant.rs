//! Reduces a scope to the anchors that change the schema.
//!
//! A scope has only what makes a difference to the schema that is read in it, so that a schema has as many readings as
//! there are types to make of it.

use std::collections::{BTreeMap, HashSet};

use super::anchors::{Declaration, Link, Node};
use super::context::Bundle;
use super::grammar::{Kind, Shape};
use super::scope::Scope;
use super::target::Target;
use crate::pointer::Pointer;

/// How many steps may be taken along references to find out what they mean in a scope.
const MOST_STEPS: usize = 1_000_000;

impl Bundle<'_> {
    /// What dynamic references mean at a place below `entry`, where evaluation comes with the scope of `from`: what is
    /// known there, and what the schemas on the way declare.
    pub(super) fn scope_at(&mut self, from: &Target, entry: &Pointer, at: &Pointer) -> Scope {
        let start = self.files[from.file].schema_of(entry);
        let mut scope = from.scope.clone();
        for place in at.around().filter(|place| place.strip_prefix(&start).is_some()) {
            let here = (from.file, place);
            let declared = &self.dynamic.declared[from.file];
            let named = self.dynamic.regions.get(&here).into_iter().flat_map(BTreeMap::values);
            let mut cost = 1;
            for candidates in named {
                cost += candidates.len();
                let nearest = candidates
                    .iter()
                    .rev()
                    .max_by_key(|one| shared(&declared[**one].at, at));
                let Some(one) = nearest.map(|one| &declared[*one]) else {
                    continue;
                };
                let noted = match one.declare(&mut scope) {
                    Declaration::Plain => continue,
                    Declaration::Replaces => &mut self.dynamic.kept,
                    Declaration::Endless => &mut self.dynamic.endless,
                };
                noted.insert((from.file, one.at.clone()));
            }
            for one in self.dynamic.places.get(&here).into_iter().flatten() {
                if declared[*one].counts_in(&scope) {
                    scope = scope.inside(&declared[*one].name);
                }
            }
            self.dynamic.steps += cost;
        }
        // Scopes are copied and compared as often as they are made.
        self.dynamic.steps += 4 * scope.len();
        if self.dynamic.steps > MOST_STEPS {
            self.give_up_scopes();
        }
        scope
    }

    /// The part of a target's scope that makes it another schema than it is by itself.
    pub(super) fn relevant(&mut self, target: &Target, shape: Shape) -> Scope {
        let lively = |bundle: &Self, target: &Target| bundle.dynamic.lively.contains(&node(target, shape));
        if target.scope.is_empty() || !lively(self, target) {
            return Scope::default();
        }
        let key = (target.clone(), shape);
        if let Some(known) = self.dynamic.relevant.get(&key) {
            return known.clone();
        }
        let used = self.used(target, shape);
        let mut scope = target.scope.only(|name| used.contains(name));
        if !scope.is_empty() && !self.differs(target, shape, &scope) {
            scope = Scope::default();
        }
        self.dynamic.relevant.insert(key, scope.clone());
        scope
    }

    /// The names of its scope that dynamic references ask for on the way from a target.
    fn used(&mut self, start: &Target, shape: Shape) -> HashSet<String> {
        let mut used = HashSet::new();
        let mut seen = HashSet::new();
        let mut waiting = vec![(start.clone(), shape)];
        while let Some((from, shape)) = waiting.pop() {
            if !seen.insert((from.clone(), shape)) {
                continue;
            }
            for link in self.links(&node(&from, shape)).iter() {
                let scope = self.scope_at(&from, &from.at, &link.at);
                let same = |name: &str| {
                    start
                        .scope
                        .get(name)
                        .is_some_and(|own| scope.get(name).is_some_and(|one| one.to == own.to))
                };
                if let Some(name) = link.name.as_ref().filter(|name| same(name)) {
                    used.insert(name.clone());
                }
                if start.scope.iter().any(|(name, _)| same(name))
                    && let Some(next) = self.next(link, &scope)
                {
                    waiting.push(next);
                }
            }
        }
        used
    }

    /// Whether a reference that is reached from a target leads elsewhere than it does without the scope.
    fn differs(&mut self, target: &Target, shape: Shape, scope: &Scope) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![(target.clone().with(scope.clone()), Scope::default(), shape)];
        while let Some(state) = waiting.pop() {
            if !seen.insert(state.clone()) {
                continue;
            }
            let (with, without, shape) = state;
            let without = with.clone().with(without);
            for link in self.links(&node(&with, shape)).iter() {
                let one = self.scope_at(&with, &with.at, &link.at);
                let other = self.scope_at(&without, &without.at, &link.at);
                if one == other {
                    continue;
                }
                if leads_to(link, &one) != leads_to(link, &other) {
                    return true;
                }
                if let (Some((one, shape)), Some((other, _))) = (self.next(link, &one), self.next(link, &other)) {
                    waiting.push((one, other.scope, shape));
                }
            }
        }
        false
    }

    /// Whether a target is part of itself.
    pub(super) fn contains_itself(&mut self, target: &Target, shape: Shape) -> bool {
        let mut seen = HashSet::new();
        let mut waiting = vec![(target.clone(), shape)];
        while let Some((from, shape)) = waiting.pop() {
            for link in self.links(&node(&from, shape)).iter() {
                let scope = self.scope_at(&from, &from.at, &link.at);
                let Some((next, shape)) = self.next(link, &scope) else {
                    continue;
                };
                let scope = self.relevant(&next, shape);
                let next = next.with(scope);
                if next == *target {
                    return true;
                }
                if !next.scope.is_empty() && seen.insert((next.clone(), shape)) {
                    waiting.push((next, shape));
                }
            }
        }
        false
    }

    /// What a reference leads to in a scope, if dynamic references are reached from there.
    fn next(&self, link: &Link, scope: &Scope) -> Option<(Target, Shape)> {
        let (file, at, shape) = leads_to(link, scope).filter(|to| self.dynamic.lively.contains(to))?;
        let scope = match &link.name {
            Some(name) => scope.inside(name),
            None => scope.clone(),
        };
        Some((Target::new(file, at).with(scope), shape))
    }
}

/// Where a reference leads in a scope.
fn leads_to(link: &Link, scope: &Scope) -> Option<Node> {
    let known = link.name.as_ref().and_then(|name| scope.get(name));
    match known {
        Some(binding) => Some((binding.to.0, binding.to.1.clone(), Shape::One(Kind::Schema))),
        None => link.to.clone(),
    }
}

/// The place of a target.
fn node(target: &Target, shape: Shape) -> Node {
    (target.file, target.at.clone(), shape)
}

/// How many steps two places share.
fn shared(one: &Pointer, other: &Pointer) -> usize {
    let pairs = one.as_str().split('/').zip(other.as_str().split('/'));
    pairs.take_while(|(one, other)| one == other).count()
}
