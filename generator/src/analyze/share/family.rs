//! Which inline types belong together, so that one of them can be called after another.

use std::collections::HashMap;

use crate::ir::{Api, Hint, OperationId, Part, Root, Step, TypeId};

/// Where the one definition of several types stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// It is that of the first.
    First,
    /// By itself: the types have nothing in common but what they are.
    Shared,
    /// In the definition that stands for this type, and for all others that the types are inline in, each in the same
    /// way.
    Inside(TypeId),
}

/// What types belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family<'a> {
    Component(TypeId),
    /// What an operation sends, or what it receives.
    Operation(OperationId, bool),
    /// A kind of reusable parts, and the key of one.
    Reusable(&'static str, &'a str),
    Webhook(usize),
    /// The definition of a group, by its position.
    Group(usize),
}

/// The home of each group of types that are defined alike.
pub(super) fn homes(api: &Api, groups: &[Vec<TypeId>]) -> Vec<Home> {
    let members = groups.iter().enumerate();
    let mut families = Families {
        api,
        groups,
        group_of: members
            .flat_map(|(position, group)| group.iter().map(move |id| (*id, position)))
            .collect(),
        first_of: firsts(api),
        known: vec![None; groups.len()],
    };
    (0..groups.len())
        .map(|position| match families.of_group(position) {
            Family::Group(own) if own == position => Home::Shared,
            Family::Group(_) => match api.types[groups[position][0]].hint.root {
                Root::Type(parent) => Home::Inside(parent),
                _ => Home::Shared,
            },
            _ => Home::First,
        })
        .collect()
}

/// What a type is called in what it belongs to: the way from the last property.
fn way(hint: &Hint) -> (Option<&str>, &[Step]) {
    let last = hint.steps.iter().rposition(|step| matches!(step, Step::Field(_)));
    let parameter = match &hint.root {
        Root::Operation(_, Part::Parameter(name) | Part::Header(name))
        | Root::Reusable(Part::Parameter(name) | Part::Header(name), _) => Some(name.as_str()),
        _ => None,
    };
    (parameter.filter(|_| last.is_none()), &hint.steps[last.unwrap_or(0)..])
}

/// By operation: the first of those that are one operation of the document.
fn firsts(api: &Api) -> Vec<OperationId> {
    let mut known = HashMap::new();
    let operations = api.operations.iter().enumerate();
    operations
        .map(|(index, operation)| {
            *known
                .entry((&operation.method, &operation.path))
                .or_insert(OperationId(index))
        })
        .collect()
}

struct Families<'a> {
    api: &'a Api,
    groups: &'a [Vec<TypeId>],
    group_of: HashMap<TypeId, usize>,
    first_of: Vec<OperationId>,
    /// By group, once it is known, or asked for.
    known: Vec<Option<Family<'a>>>,
}

impl<'a> Families<'a> {
    /// What all types of a group belong to; the group itself where that is not one thing.
    fn of_group(&mut self, position: usize) -> Family<'a> {
        if let Some(known) = self.known[position] {
            return known;
        }
        // a type that is made from one of its own group belongs to the group
        self.known[position] = Some(Family::Group(position));
        let (api, groups) = (self.api, self.groups);
        let members = &groups[position];
        let first = self.of_place(members[0]);
        let called = way(&api.types[members[0]].hint);
        let inside = self.parent_group(members[0]);
        let agree = members[1..].iter().all(|id| {
            let same = way(&api.types[*id].hint) == called && self.of_place(*id) == first;
            same && (!matches!(first, Family::Group(_)) || self.parent_group(*id) == inside)
        });
        let family = if agree { first } else { Family::Group(position) };
        self.known[position] = Some(family);
        family
    }

    /// The group of the type that another one is inline in.
    fn parent_group(&self, id: TypeId) -> Option<usize> {
        match &self.api.types[id].hint.root {
            Root::Type(parent) => self.group_of.get(parent).copied(),
            _ => None,
        }
    }

    fn of_type(&mut self, id: TypeId) -> Family<'a> {
        match self.group_of.get(&id) {
            Some(group) => self.of_group(*group),
            None => self.of_place(id),
        }
    }

    fn of_place(&mut self, id: TypeId) -> Family<'a> {
        match &self.api.types[id].hint.root {
            Root::Component(_) | Root::Shared => Family::Component(id),
            Root::Type(parent) => self.of_type(*parent),
            Root::Operation(operation, part) => {
                let received = matches!(part, Part::Response | Part::StatusResponse(_) | Part::Header(_));
                Family::Operation(self.first_of[operation.0], received)
            }
            Root::Reusable(part, key) => {
                let kind = match part {
                    Part::Request | Part::RequestAs(_) => "body",
                    Part::Response | Part::StatusResponse(_) => "response",
                    Part::Parameter(_) => "parameter",
                    Part::Header(_) => "header",
                };
                Family::Reusable(kind, key)
            }
            Root::Webhook(index) => Family::Webhook(*index),
        }
    }
}
