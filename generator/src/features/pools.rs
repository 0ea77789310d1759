//! Shared models: the features for models that many other features need.

use std::collections::{BTreeMap, BTreeSet};

/// As many features are named where a model stands; one that more of them need is in a pool, which they turn on.
pub(super) const MOST_NAMED: usize = 4;

/// As many pools there are at most.
const MOST_POOLS: usize = 4;

/// A pool of its own must spare this part of what every feature would bring otherwise: one in so many.
const WORTHWHILE: usize = 200;

/// Files of models by the positions of the slices that need them, with how much is in them.
pub(super) type Needs<'a> = BTreeMap<&'a [usize], usize>;

/// Which pool a file is in, and which slices need it beside those that turn the pool on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) pool: usize,
    pub(super) others: Vec<usize>,
}

/// Pools of models: each is there as a whole or not at all.
#[derive(Debug, Clone, Default)]
pub(super) struct Pools {
    /// By pool: the slices that turn it on.
    slices: Vec<BTreeSet<usize>>,
    /// By pool: those whose models its own mention.
    leads_to: Vec<BTreeSet<usize>>,
    /// By the slices that need a file: where it is.
    places: BTreeMap<Vec<usize>, Place>,
}

impl Pools {
    /// Makes pools of what hardly any others need than the slices of one file, as long as that spares others much, and of
    /// what is left one more, the first. `all` is how much there is in all files together.
    pub(super) fn gather(mut needs: Needs<'_>, all: usize) -> Self {
        let mut pools = Self::default();
        let mut cores: Vec<&[usize]> = Vec::new();
        let mut found = Vec::new();
        while cores.len() + 1 < MOST_POOLS {
            let Some(core) = best_core(&needs, all) else {
                break;
            };
            // what mentions a file is needed by no slice that does not need the file: it is near where that is
            needs.retain(|needed, _| {
                let is_near = others(core, needed) <= MOST_NAMED;
                if is_near {
                    found.push((*needed, cores.len()));
                }
                !is_near
            });
            cores.push(core);
        }
        if !needs.is_empty() {
            let rest = union(needs.keys());
            needs.keys().for_each(|needed| pools.put(needed, 0, &rest));
            pools.slices.push(rest);
        }
        let first = pools.slices.len();
        pools
            .slices
            .extend(cores.iter().map(|core| core.iter().copied().collect()));
        for (needed, core) in found {
            let slices = pools.slices[first + core].clone();
            pools.put(needed, first + core, &slices);
        }
        pools.leads_to = vec![BTreeSet::new(); pools.slices.len()];
        pools
    }

    fn put(&mut self, needed: &[usize], pool: usize, slices: &BTreeSet<usize>) {
        let others = needed.iter().copied().filter(|slice| !slices.contains(slice)).collect();
        self.places.insert(needed.to_vec(), Place { pool, others });
    }

    /// Notes that a file mentions another; both by the slices that need them. A pool then brings the other one along:
    /// it may be there for slices that need nothing but something else in it.
    pub(super) fn connect(&mut self, from: &[usize], to: &[usize]) {
        if let (Some(from), Some(to)) = (self.places.get(from), self.places.get(to))
            && from.pool != to.pool
        {
            self.leads_to[from.pool].insert(to.pool);
        }
    }

    /// The pools that a pool turns on.
    pub(super) fn behind(&self, pool: usize) -> impl Iterator<Item = usize> {
        self.leads_to[pool].iter().copied()
    }

    /// Where a file is that these slices need.
    pub(super) fn place(&self, needed: &[usize]) -> Option<&Place> {
        self.places.get(needed)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.slices.len()
    }

    /// The pools that a slice turns on.
    pub(super) fn of_slice(&self, slice: usize) -> impl Iterator<Item = usize> {
        let pools = self.slices.iter().enumerate();
        pools
            .filter(move |(_, slices)| slices.contains(&slice))
            .map(|(pool, _)| pool)
    }
}

/// The slices for which a pool would spare the others most, if that is much.
fn best_core<'a>(needs: &Needs<'a>, all: usize) -> Option<&'a [usize]> {
    let most = union(needs.keys()).len();
    let spared = |core: &[usize]| -> usize {
        let near = needs.iter().map(|(needed, weight)| (others(core, needed), weight));
        let near = near.filter(|(others, _)| *others <= MOST_NAMED);
        near.map(|(others, weight)| weight * (most - core.len() - others)).sum()
    };
    let (spared, core) = needs.keys().map(|core| (spared(core), *core)).max()?;
    (spared > all * most / WORTHWHILE).then_some(core)
}

fn union<'a>(needs: impl Iterator<Item = &'a &'a [usize]>) -> BTreeSet<usize> {
    needs.flat_map(|needed| needed.iter().copied()).collect()
}

/// How many of those that need a file are not in the core, which is sorted; too many are not counted to the end.
fn others(core: &[usize], needed: &[usize]) -> usize {
    let others = needed.iter().filter(|slice| core.binary_search(slice).is_err());
    others.take(MOST_NAMED + 1).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(pool: usize, others: &[usize]) -> Option<Place> {
        let others = others.to_vec();
        Some(Place { pool, others })
    }

    #[test]
    fn what_nearly_the_same_slices_need_is_a_pool_with_the_others_named() {
        let large: Vec<usize> = (0..10).collect();
        let around: Vec<usize> = (0..12).collect();
        let wide: Vec<usize> = (0..40).collect();
        let needs = Needs::from([(&large[..], 900), (&around[..], 50), (&wide[..], 50)]);
        let mut pools = Pools::gather(needs, 2000);
        assert_eq!(pools.len(), 2);
        assert_eq!(pools.place(&wide), place(0, &[]).as_ref());
        assert_eq!(pools.place(&large), place(1, &[]).as_ref());
        assert_eq!(pools.place(&around), place(1, &[10, 11]).as_ref());
        assert_eq!(pools.of_slice(3).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(pools.of_slice(11).collect::<Vec<_>>(), [0]);
        pools.connect(&large, &around);
        pools.connect(&large, &wide);
        assert!(pools.behind(0).next().is_none());
        assert_eq!(pools.behind(1).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn what_some_slices_of_a_pool_need_is_in_it() {
        let (large, some): (Vec<usize>, Vec<usize>) = ((0..10).collect(), (2..8).collect());
        let wide: Vec<usize> = (5..45).collect();
        let needs = Needs::from([(&large[..], 900), (&some[..], 50), (&wide[..], 50)]);
        let pools = Pools::gather(needs, 2000);
        assert_eq!(pools.place(&some), place(1, &[]).as_ref());
        assert_eq!(pools.place(&wide), place(0, &[]).as_ref());
    }

    #[test]
    fn what_spares_little_is_in_the_first_pool() {
        let (small, wide): (Vec<usize>, Vec<usize>) = ((0..6).collect(), (0..8).collect());
        let needs = Needs::from([(&small[..], 1), (&wide[..], 10)]);
        let pools = Pools::gather(needs, 2000);
        assert_eq!(pools.len(), 1);
        assert_eq!(pools.place(&small), place(0, &[]).as_ref());
        assert_eq!(pools.of_slice(7).collect::<Vec<_>>(), [0]);
    }

    #[test]
    fn no_models_need_no_pool() {
        assert_eq!(Pools::gather(Needs::new(), 10).len(), 0);
    }
}
