//! Computes which model files each slice of an API needs.

use super::reach::{named, slots};
use crate::ir::{Api, OperationId, Slot, TypeId, Types};

/// A part of a client that can be had without the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slice {
    /// The operations of a group, by its position.
    Group(usize),
    /// The operations without a tag.
    Untagged,
    /// The payloads of webhooks and callbacks.
    Webhooks,
    /// The types that nothing reaches.
    OtherModels,
}

impl Slice {
    /// Whether it has operations.
    #[must_use]
    pub fn has_calls(self) -> bool {
        matches!(self, Self::Group(_) | Self::Untagged)
    }
}

/// The slices of an API, and what each needs.
#[derive(Debug, Clone)]
pub struct Closures {
    slices: Vec<Slice>,
    /// By type: the positions of the slices that need its file, where it is the home of one.
    needed: Vec<Vec<usize>>,
    files: Files,
}

impl Closures {
    /// Follows every slice through all types it mentions, and through all that stands in their files. `homes` has, by
    /// type, the one that its file is named after.
    #[must_use]
    pub fn gather(api: &Api, homes: Vec<TypeId>) -> Self {
        let files = Files::of(&api.types, homes);
        let mut closures = Self {
            slices: Vec::new(),
            needed: vec![Vec::new(); api.types.len()],
            files,
        };
        for index in 0..api.groups.len() {
            let ids = &api.groups[index].operations;
            closures.add(Slice::Group(index), of_operations(api, ids));
        }
        let untagged = api.untagged();
        if !untagged.is_empty() {
            closures.add(Slice::Untagged, of_operations(api, &untagged));
        }
        if !api.webhooks.is_empty() {
            let payloads = api.webhooks.iter().filter_map(|webhook| webhook.payload.as_ref());
            closures.add(Slice::Webhooks, mentioned(payloads));
        }
        let homes = api.types.kept().map(|(id, _)| closures.files.home(id));
        let others: Vec<TypeId> = homes.filter(|home| closures.of_file(*home).is_empty()).collect();
        if !others.is_empty() {
            closures.add(Slice::OtherModels, others);
        }
        closures
    }

    /// The slices there are.
    #[must_use]
    pub fn slices(&self) -> &[Slice] {
        &self.slices
    }

    /// The slices that need a file, by their positions; `home` is the type that the file is named after.
    #[must_use]
    pub fn of_file(&self, home: TypeId) -> &[usize] {
        &self.needed[home.index()]
    }

    /// The same for every type, with how much is in its file; nothing for those that have no file of their own.
    pub fn files(&self) -> impl Iterator<Item = (&[usize], usize)> {
        self.needed
            .iter()
            .map(Vec::as_slice)
            .zip(self.files.weights.iter().copied())
    }

    /// The files that mention another one: each by the positions of the slices that need it.
    pub fn mentions(&self) -> impl Iterator<Item = (&[usize], &[usize])> {
        let files = self.files.mentions.iter().zip(&self.needed);
        files.flat_map(|(targets, from)| targets.iter().map(|to| (from.as_slice(), self.of_file(*to))))
    }

    fn add(&mut self, slice: Slice, seeds: Vec<TypeId>) {
        let position = self.slices.len();
        self.slices.push(slice);
        let mut pending: Vec<TypeId> = seeds.into_iter().map(|id| self.files.home(id)).collect();
        while let Some(home) = pending.pop() {
            let needed = &mut self.needed[home.index()];
            if needed.last() != Some(&position) {
                needed.push(position);
                pending.extend(&self.files.mentions[home.index()]);
            }
        }
    }
}

/// Files of models.
#[derive(Debug, Clone)]
struct Files {
    /// By type: the type that its file is named after.
    homes: Vec<TypeId>,
    /// By home: the homes that its file mentions.
    mentions: Vec<Vec<TypeId>>,
    /// By home: how many types and slots are in its file.
    weights: Vec<usize>,
}

impl Files {
    fn of(types: &Types, homes: Vec<TypeId>) -> Self {
        let mut mentions: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
        let mut weights = vec![0; types.len()];
        for (id, definition) in types.kept() {
            let home = homes[id.index()];
            let slots = slots(&definition.shape);
            weights[home.index()] += 1 + slots.len();
            let targets = mentioned(slots.into_iter());
            let targets = targets.into_iter().map(|target| homes[target.index()]);
            mentions[home.index()].extend(targets.filter(|target| *target != home));
        }
        Self {
            homes,
            mentions,
            weights,
        }
    }

    fn home(&self, id: TypeId) -> TypeId {
        self.homes[id.index()]
    }
}

fn mentioned<'a>(slots: impl Iterator<Item = &'a Slot>) -> Vec<TypeId> {
    let mut found = Vec::new();
    slots.for_each(|slot| named(slot, &mut found));
    found
}

fn of_operations(api: &Api, ids: &[OperationId]) -> Vec<TypeId> {
    let operations = ids.iter().map(|id| &api.operations[id.0]);
    mentioned(operations.flat_map(|operation| operation.sent().chain(operation.received())))
}
