//! The result of a comparison.

use super::change::{self, Group, Kind, Spot, Step, Verb};
use super::compare::compare as changes;
use super::manifest::features;
use super::side::Side;
use crate::parallel::{both, on_large_stack};

/// The changes from one API to another.
#[derive(Debug, Clone)]
pub struct Report {
    /// What the old side is called.
    pub old: String,
    /// What the new side is called.
    pub new: String,
    /// The version of the old crate, if it is on disk.
    pub version: Option<String>,
    /// The changes, the worst first, then in the order of the items.
    pub changes: Vec<Change>,
}

/// A change of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Who notices it.
    pub group: Group,
    /// The operation or type, as programs name it.
    pub item: String,
    /// What is different: the rest of a sentence about the item.
    pub text: String,
    /// The place on the old side; `None` for what is new.
    pub old: Option<Spot>,
    /// The place on the new side; `None` for what is removed.
    pub new: Option<Spot>,
    pub(super) kind: Kind,
    pub(super) verb: Verb,
}

/// Compares the API of a crate with another one, which is newer.
#[must_use]
pub fn compare(old: &Side<'_>, new: &Side<'_>) -> Report {
    let mut found = on_large_stack(|| changes((&old.surface, &old.manifest), (&new.surface, &new.manifest)));
    found.extend(features(&old.manifest, &new.manifest));
    found.sort_by_key(|change| (change.group, change.kind));
    let (before, now) = both(
        || -> Vec<_> {
            let spots = old.spots();
            found
                .iter()
                .map(|change| change.old.as_ref().and_then(|site| spots.find(site)))
                .collect()
        },
        || -> Vec<_> {
            let spots = new.spots();
            found
                .iter()
                .map(|change| change.new.as_ref().and_then(|site| spots.find(site)))
                .collect()
        },
    );
    let placed = |((change, old), new): ((change::Change, _), _)| Change {
        group: change.group,
        item: change.item,
        text: change.text,
        old,
        new,
        kind: change.kind,
        verb: change.verb,
    };
    Report {
        old: old.name.clone(),
        new: new.name.clone(),
        version: old.manifest.version().filter(|_| old.is_on_disk()).map(str::to_owned),
        changes: found.into_iter().zip(before).zip(now).map(placed).collect(),
    }
}

impl Report {
    /// Returns the group of the worst change; `None` if nothing is different.
    #[must_use]
    pub fn worst(&self) -> Option<Group> {
        self.changes.iter().map(|change| change.group).min()
    }

    /// Returns the number of changes of a group.
    #[must_use]
    pub fn count(&self, group: Group) -> usize {
        self.changes.iter().filter(|change| change.group == group).count()
    }

    /// Returns the part of the version that the changes ask for; of a crate that is not on disk, as before 1.0.
    #[must_use]
    pub fn step(&self) -> Step {
        let before_1_0 = self.version.as_ref().is_none_or(|version| version.starts_with("0."));
        Step::of(self.worst(), before_1_0)
    }

    /// Returns the next version of a crate that is on disk.
    #[must_use]
    pub fn next_version(&self) -> Option<String> {
        self.step().next(self.version.as_ref()?)
    }
}
