//! The cargo features of a client: one per tag, and what stands behind each.

use crate::analyze::{Closures, Slice};
use crate::config::{Config, Layout, TagFeatures};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::emit::runtime_features;
use crate::ir::{Api, TypeId};
use crate::names::{Names, feature_names};
use crate::select::fits_text;

/// As many features are named where a model stands; a model that more of them need is behind one that they share.
const MOST_NAMED: usize = 4;

/// What a manifest says about a feature.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features it turns on.
    pub enables: Vec<String>,
    /// What it is for, in one line; nothing when its name says so.
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
    /// By slice: whether it needs models that many need.
    shares: Vec<bool>,
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
        let plain = feature_names(names, closures.slices(), &runtime_features());
        let mut features = Self {
            names: plain.into_iter().map(|name| prefix.clone() + &name).collect(),
            default: chosen(api, &config.tag_features, closures.slices(), diagnostics),
            shares: Vec::new(),
            closures,
            prefix,
        };
        features.shares = features.sharing();
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
        match self.gate(needed) {
            Gate::Always => Vec::new(),
            Gate::Shared => vec![self.shared()],
            Gate::Named => needed.iter().map(|position| self.names[*position].clone()).collect(),
        }
    }

    /// The feature without which a client that is one of several is not there at all.
    pub(crate) fn of_client(&self) -> Option<String> {
        (!self.prefix.is_empty()).then(|| format!("{}client", self.prefix))
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
        let mut declared = vec![Feature {
            name: self.full(),
            enables: self.names.clone(),
            about: "All of the API.".to_owned(),
        }];
        for ((slice, name), shares) in self.closures.slices().iter().zip(&self.names).zip(&self.shares) {
            let shared = shares.then(|| self.shared());
            declared.push(Feature {
                name: name.clone(),
                enables: self.of_client().into_iter().chain(shared).collect(),
                about: about(*slice).to_owned(),
            });
        }
        if self.shares.contains(&true) {
            declared.push(Feature {
                name: self.shared(),
                enables: self.of_client().into_iter().collect(),
                about: format!("Models that more than {MOST_NAMED} of the features above need, which turn it on."),
            });
        }
        declared.extend(self.of_client().map(|name| Feature {
            name,
            enables: Vec::new(),
            about: "The client without operations, which the features above turn on.".to_owned(),
        }));
        declared
    }

    /// What a file of models is behind, by the slices that need it.
    fn gate(&self, needed: &[usize]) -> Gate {
        let slices = self.closures.slices();
        let calls = |positions: &mut dyn Iterator<Item = usize>| positions.filter(|at| slices[*at].has_calls()).count();
        if calls(&mut needed.iter().copied()) == calls(&mut (0..slices.len())) {
            Gate::Always
        } else if needed.len() > MOST_NAMED {
            Gate::Shared
        } else {
            Gate::Named
        }
    }

    fn sharing(&self) -> Vec<bool> {
        let mut shares = vec![false; self.names.len()];
        let shared = self.closures.files().filter(|needed| self.gate(needed) == Gate::Shared);
        shared.flatten().for_each(|position| shares[*position] = true);
        shares
    }

    fn full(&self) -> String {
        format!("{}full", self.prefix)
    }

    fn shared(&self) -> String {
        format!("{}shared-models", self.prefix)
    }
}

/// What a file of models is behind.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gate {
    /// Nothing: every operation needs it.
    Always,
    /// The feature for what many need.
    Shared,
    /// The features that need it.
    Named,
}

fn about(slice: Slice) -> &'static str {
    match slice {
        Slice::Group(0) => "The operations of a tag, with the models they need.",
        Slice::Group(_) => "",
        Slice::Untagged => "Operations without a tag.",
        Slice::Webhooks => "The payloads of webhooks and callbacks.",
        Slice::OtherModels => "Models that nothing of the above needs.",
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
            let message =
                format!("the configuration turns the feature of the tag `{pattern}` on, which no operation has");
            diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
        }
    }
    slices
        .iter()
        .map(|slice| patterns.iter().any(|pattern| fits(pattern, slice)))
        .collect()
}
