//! Cargo features that items need now, and did not need before.

use std::collections::BTreeSet;

use super::change::{Change, Group, Kind, Verb};
use super::manifest::Manifest;
use super::wording::code;

/// What cargo features turn on, before and after.
pub(super) struct Gates {
    /// Each feature, with all that it turns on before and after.
    features: Vec<(String, BTreeSet<String>, BTreeSet<String>)>,
    /// Items that are there with fewer features than before, with what to say about each.
    narrowed: Vec<(String, String)>,
}

/// Items beyond this many are counted.
const MOST_NAMED: usize = 5;

impl Gates {
    pub(super) fn new(old: &Manifest, new: &Manifest) -> Self {
        let features = old
            .names()
            .filter_map(|name| Some((name.to_owned(), old.on(name)?, new.on(name)?)));
        Self {
            features: features.collect(),
            narrowed: Vec::new(),
        }
    }

    /// Compares the features of which one has to be on for an item.
    pub(super) fn compare(&mut self, item: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
        if new.is_empty() || old == new {
            return;
        }
        if old.is_empty() {
            // with a feature of before on, which every operation that has the item needs, it is there
            if self.features.iter().any(|(name, ..)| new.contains(name)) {
                return;
            }
            let needed: Vec<String> = new.iter().map(|name| code(name)).collect();
            self.narrowed.push((item.to_owned(), needed.join(" or ")));
            return;
        }
        let lost = self
            .features
            .iter()
            .filter(|(_, before, now)| !before.is_disjoint(old) && now.is_disjoint(new));
        let lost: Vec<String> = lost.map(|(name, ..)| code(name)).collect();
        if !lost.is_empty() {
            self.narrowed
                .push((item.to_owned(), format!("more than {}", lost.join(" or "))));
        }
    }

    /// The change that sums them up.
    pub(super) fn change(self) -> Option<Change> {
        let (_, needed) = self.narrowed.first()?;
        let named: Vec<String> = self
            .narrowed
            .iter()
            .take(MOST_NAMED)
            .map(|(item, _)| code(item))
            .collect();
        let more = match self.narrowed.len().saturating_sub(MOST_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let alike = self.narrowed.iter().all(|(_, other)| other == needed);
        let needed = if alike { format!(": {needed}") } else { String::new() };
        Some(Change {
            group: Group::Breaking,
            kind: Kind::Manifest,
            verb: Verb::Changed,
            item: "Cargo.toml".to_owned(),
            text: format!(
                "without the default features, {}{more} need other cargo features{needed}",
                named.join(", ")
            ),
            old: None,
            new: None,
        })
    }
}
