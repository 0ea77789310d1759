//! The manifest of a crate: its version and its cargo features.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use super::change::{Change, Group, Kind, Verb};
use super::wording::code;
use crate::features::PRIVATE;
use crate::output::OutputFile;

/// The parts of a `Cargo.toml` that programs depend on.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Manifest {
    package: Package,
    features: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Package {
    name: Option<Value>,
    /// A text, or a table where it is inherited from a workspace.
    version: Option<Value>,
}

const DEFAULT: &str = "default";

impl Manifest {
    /// Reads a manifest; one that cannot be read has nothing.
    fn read(text: &str) -> Self {
        toml_edit::de::from_str(text).unwrap_or_default()
    }

    /// The manifest among the files of a crate.
    pub(super) fn of(files: &[OutputFile]) -> Self {
        let found = files.iter().find(|file| file.path == "Cargo.toml");
        found.map(|file| Self::read(&file.text)).unwrap_or_default()
    }

    /// The version of the crate.
    pub(super) fn version(&self) -> Option<&str> {
        self.package.version.as_ref()?.as_str()
    }

    /// The names of all features but `default`.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.features.keys().map(String::as_str).filter(|name| *name != DEFAULT)
    }

    /// What a feature turns on, itself included; `None` if there is no such feature.
    pub(super) fn on(&self, feature: &str) -> Option<BTreeSet<String>> {
        let mut on = BTreeSet::new();
        let mut pending = vec![self.features.get_key_value(feature)?.0.as_str()];
        while let Some(name) = pending.pop() {
            if let Some(enables) = self.features.get(name).filter(|_| on.insert(name.to_owned())) {
                pending.extend(enables.iter().map(String::as_str));
            }
        }
        Some(on)
    }
}

/// Returns the name of a crate on disk: its client reads environment variables that begin with it.
pub(crate) fn package_name(files: &[OutputFile]) -> Option<String> {
    Manifest::of(files).package.name?.as_str().map(str::to_owned)
}

fn is_public(name: &&str) -> bool {
    !name.starts_with(PRIVATE)
}

/// Cargo features that are removed, added, or on by default no longer.
pub(super) fn features(old: &Manifest, new: &Manifest) -> Vec<Change> {
    let default = |manifest: &Manifest| manifest.on(DEFAULT).unwrap_or_default();
    let (on, still) = (default(old), default(new));
    let change = |group, verb, name: &str, text: &str| Change {
        group,
        kind: Kind::Manifest,
        verb,
        item: "Cargo.toml".to_owned(),
        text: format!("the cargo feature {} {text}", code(name)),
        old: None,
        new: None,
    };
    let mut changes = Vec::new();
    for name in old.names().filter(is_public) {
        if !new.features.contains_key(name) {
            changes.push(change(Group::Breaking, Verb::Changed, name, "is removed"));
        } else if on.contains(name) && !still.contains(name) {
            changes.push(change(
                Group::Breaking,
                Verb::Changed,
                name,
                "is not on by default any more",
            ));
        }
    }
    for name in new
        .names()
        .filter(|name| is_public(name) && !old.features.contains_key(*name))
    {
        changes.push(change(Group::Additive, Verb::Changed, name, "is new"));
    }
    changes
}
