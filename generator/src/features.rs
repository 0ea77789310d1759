//! Cargo features of a client: one per tag, and the code behind each.

mod pools;
mod runtime;

use std::borrow::Cow;

pub(crate) use self::runtime::{DEFAULT_FEATURES, MODEL_TRAITS, RUNTIME_FEATURES, is_runtime_feature};

use self::pools::{MOST_NAMED, Needs, Place as Pooled, Pools};
use self::runtime::features_of_every_client;
use crate::analyze::{Closures, Slice};
use crate::config::{Config, Layout, TagFeatures};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::ir::{Api, TypeId};
use crate::names::{Names, OTHER_MODELS, feature_names};
use crate::select::fits_text;

/// The names of features begin with it that only other features name: which there are depends on the whole document.
pub(crate) const PRIVATE: char = '_';

/// A cargo feature in a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feature {
    /// The name.
    pub name: String,
    /// The features it enables.
    pub enables: Vec<String>,
    /// The comment above it, in one line; empty if the name is enough.
    pub about: String,
}

/// The features of a client.
#[derive(Debug, Clone)]
pub struct Features {
    closures: Closures,
    /// By slice: the feature.
    names: Vec<String>,
    /// By slice: whether it is on by default.
    default: Vec<bool>,
    /// What many slices need.
    pools: Pools,
    /// What the features of a client begin with that is one of several in a crate.
    prefix: String,
}

impl Features {
    /// Decides on the features; `None` when the client has none, because it is all there or because it is no crate.
    pub(crate) fn plan(api: &Api, names: &Names, config: &Config, diagnostics: &mut Diagnostics) -> Option<Self> {
        let prefix = match &config.layout {
            Layout::Crate => String::new(),
            Layout::Member(module) => format!("{module}-"),
            Layout::Module => return None,
        };
        let parts = api.groups.len() + usize::from(!api.untagged().is_empty());
        if config.tag_features == TagFeatures::Off || parts < 2 {
            return None;
        }
        let homes = api.types.iter().map(|(id, _)| names.of_type(id).home);
        let closures = Closures::gather(api, homes.collect());
        let plain = feature_names(names, closures.slices(), &features_of_every_client());
        let mut features = Self {
            names: plain.into_iter().map(|name| prefix.clone() + &name).collect(),
            default: chosen(api, &config.tag_features, closures.slices(), diagnostics),
            pools: Pools::default(),
            closures,
            prefix,
        };
        features.pools = features.pooled();
        Some(features)
    }

    /// The feature of a slice.
    pub(crate) fn of_slice(&self, slice: Slice) -> Option<&str> {
        let position = self.closures.slices().iter().position(|known| *known == slice)?;
        self.names.get(position).map(String::as_str)
    }

    /// The features any of which needs a file of models; none when it is always there.
    pub(crate) fn of_file(&self, home: TypeId) -> Vec<String> {
        let needed = self.closures.of_file(home);
        if self.is_always_needed(needed) {
            return Vec::new();
        }
        let (pool, named) = match self.pools.place(needed) {
            Some(Pooled { pool, others }) => (Some(*pool), others.as_slice()),
            None => (None, needed),
        };
        let pool = pool.map(|pool| self.pool(pool));
        let named = named.iter().map(|position| self.names[*position].clone());
        pool.into_iter().chain(named).collect()
    }

    /// The feature without which a client that is one of several is not there at all.
    pub(crate) fn of_client(&self) -> Option<String> {
        (!self.prefix.is_empty()).then(|| format!("{PRIVATE}{}client", self.prefix))
    }

    /// The features that are on by default.
    #[must_use]
    pub fn default(&self) -> Vec<String> {
        if self.default.iter().all(|on| *on) {
            return vec![self.full()];
        }
        let on = self.names.iter().zip(&self.default).filter(|(_, on)| **on);
        let on = on.map(|(name, _)| name.clone());
        self.of_client().into_iter().chain(on).collect()
    }

    /// Every feature, as the manifest has it.
    #[must_use]
    pub fn declared(&self) -> Vec<Feature> {
        // any change of the document may empty it, which must not break a program that names it
        let empty = self.of_slice(Slice::OtherModels).is_none();
        let empty = empty.then(|| format!("{}{}", self.prefix, OTHER_MODELS.replace('_', "-")));
        let mut declared = vec![Feature {
            name: self.full(),
            enables: self.names.iter().chain(&empty).cloned().collect(),
            about: "All operations.".to_owned(),
        }];
        for (position, (slice, name)) in self.closures.slices().iter().zip(&self.names).enumerate() {
            let pools = self.pools.of_slice(position).map(|pool| self.pool(pool));
            declared.push(Feature {
                name: name.clone(),
                enables: self.of_client().into_iter().chain(pools).collect(),
                about: about(*slice).to_owned(),
            });
        }
        declared.extend(empty.map(|name| Feature {
            name,
            enables: self.of_client().into_iter().collect(),
            about: about(Slice::OtherModels).to_owned(),
        }));
        declared.extend((0..self.pools.len()).map(|pool| Feature {
            name: self.pool(pool),
            enables: {
                let behind = self.pools.behind(pool).map(|behind| self.pool(behind));
                self.of_client().into_iter().chain(behind).collect()
            },
            about: match pool {
                0 => {
                    format!("Models that more than {MOST_NAMED} of the features above need; only for these to enable.")
                }
                _ => String::new(),
            },
        }));
        declared.extend(self.of_client().map(|name| Feature {
            name,
            enables: Vec::new(),
            about: "The client without operations; only for the features above to enable.".to_owned(),
        }));
        declared
    }

    /// Whether every operation needs a file.
    fn is_always_needed(&self, needed: &[usize]) -> bool {
        let slices = self.closures.slices();
        let calls = |positions: &mut dyn Iterator<Item = usize>| positions.filter(|at| slices[*at].has_calls()).count();
        calls(&mut needed.iter().copied()) == calls(&mut (0..slices.len()))
    }

    fn pooled(&self) -> Pools {
        let mut needs = Needs::new();
        let mut all = 0;
        for (needed, weight) in self.closures.files() {
            all += weight;
            if needed.len() > MOST_NAMED && !self.is_always_needed(needed) {
                *needs.entry(needed).or_default() += weight;
            }
        }
        let mut pools = Pools::gather(needs, all);
        for (from, to) in self.closures.mentions() {
            pools.connect(from, to);
        }
        pools
    }

    fn full(&self) -> String {
        format!("{}full", self.prefix)
    }

    fn pool(&self, pool: usize) -> String {
        let number = match pool {
            0 => Cow::Borrowed(""),
            pool => Cow::Owned(format!("-{}", pool + 1)),
        };
        format!("{PRIVATE}{}shared-models{number}", self.prefix)
    }
}

fn about(slice: Slice) -> &'static str {
    match slice {
        Slice::Group(0) => "Operations of the tag, with their models.",
        Slice::Group(_) => "",
        Slice::Untagged => "Operations without a tag.",
        Slice::Webhooks => "Payloads of webhooks and callbacks.",
        Slice::OtherModels => "Models that no feature above needs.",
    }
}

/// By slice: whether it is on by default. What a list of tags does not name is off.
fn chosen(api: &Api, choice: &TagFeatures, slices: &[Slice], diagnostics: &mut Diagnostics) -> Vec<bool> {
    let patterns = match choice {
        TagFeatures::All | TagFeatures::Off => return vec![true; slices.len()],
        TagFeatures::None => return vec![false; slices.len()],
        TagFeatures::These(patterns) => patterns,
    };
    let fits = |pattern: &String, slice: &Slice| match slice {
        Slice::Group(index) => fits_text(pattern, &api.groups[*index].tag),
        Slice::Untagged | Slice::Webhooks | Slice::OtherModels => false,
    };
    for pattern in patterns {
        if !slices.iter().any(|slice| fits(pattern, slice)) {
            let message = format!("`tag-features` lists the tag `{pattern}`, which no operation has");
            diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
        }
    }
    slices
        .iter()
        .map(|slice| patterns.iter().any(|pattern| fits(pattern, slice)))
        .collect()
}
