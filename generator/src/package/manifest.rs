//! The manifest of a generated crate.

use std::collections::BTreeSet;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use super::crates::{KNOWN, Known, OF_EXAMPLES};
use super::metadata::Metadata;
use crate::features::{DEFAULT_FEATURES, Feature, MODEL_TRAITS, RUNTIME_FEATURES};
use crate::output::{MANIFEST_HEADER, Target};

/// What stands in the manifest of a crate.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The name of the package.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// The oldest Rust that compiles it.
    pub rust_version: String,
    /// What is said for registries.
    pub metadata: Metadata,
    /// What the package is, in one line.
    pub description: String,
    /// The features it has beside those of the runtime.
    pub features: Vec<Feature>,
    /// Those that are on by default.
    pub default_features: Vec<String>,
    /// Whether a feature adds serde's traits to models that operations use without them.
    pub serde_feature: bool,
    /// The programs in `examples/` that need features.
    pub examples: Vec<Target>,
    /// What the package depends on.
    pub dependencies: Dependencies,
    /// Whether it is never published.
    pub private: bool,
}

/// What a generated crate depends on.
#[derive(Debug, Clone, Default)]
pub struct Dependencies {
    /// Names of crates of [`KNOWN`].
    pub known: BTreeSet<&'static str>,
    /// Where `envoi-runtime` is, when the runtime is not embedded: a path, or its version.
    pub runtime: Option<RuntimeCrate>,
}

/// Where the crate `envoi-runtime` is.
#[derive(Debug, Clone)]
pub struct RuntimeCrate {
    /// Relative to the generated crate.
    pub path: Option<String>,
    /// The features of it that the client needs.
    pub features: Vec<&'static str>,
}

impl Known {
    fn requirement(&self) -> Value {
        if self.default_features && self.features.is_empty() && !self.optional {
            return self.version.into();
        }
        let mut table = InlineTable::new();
        table.insert("version", self.version.into());
        if !self.default_features {
            table.insert("default-features", false.into());
        }
        if !self.features.is_empty() {
            table.insert(
                "features",
                Value::Array(self.features.iter().copied().collect::<Array>()),
            );
        }
        if self.optional {
            table.insert("optional", true.into());
        }
        table.into()
    }
}

impl Manifest {
    /// The text of `Cargo.toml`, below a comment that says who made it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut document = DocumentMut::new();
        document.insert("package", Item::Table(self.package()));
        document.insert("features", Item::Table(self.features()));
        document.insert("dependencies", Item::Table(self.dependencies()));
        document.insert("dev-dependencies", Item::Table(table(OF_EXAMPLES.iter())));
        if !self.examples.is_empty() {
            document.insert("example", Item::ArrayOfTables(self.examples()));
        }
        document.insert("lints", Item::Table(lints()));
        format!("{MANIFEST_HEADER}\n{document}")
    }

    fn package(&self) -> Table {
        let mut package = Table::new();
        package.insert("name", text(&self.name));
        package.insert("version", text(&self.version));
        package.insert("description", text(&self.description));
        package.insert("edition", text("2024"));
        package.insert("rust-version", text(&self.rust_version));
        self.metadata.insert_into(&mut package);
        // records of runs, which are of no use to those who depend on the crate
        package.insert("exclude", Item::Value(listed(["/.envoi-*"].into_iter())));
        if self.private {
            package.insert("publish", Item::Value(false.into()));
        }
        package
    }

    fn features(&self) -> Table {
        let mut features = Table::new();
        let [(first, ..), ..] = RUNTIME_FEATURES;
        let default = self.default_features.iter().map(String::as_str).chain(DEFAULT_FEATURES);
        features.insert("default", Item::Value(listed(default)));
        for feature in &self.features {
            features.insert(
                &feature.name,
                Item::Value(listed(feature.enables.iter().map(String::as_str))),
            );
            if let (false, Some(mut key)) = (feature.about.is_empty(), features.key_mut(&feature.name)) {
                key.leaf_decor_mut().set_prefix(format!("# {}\n", feature.about));
            }
        }
        for (name, embedded, of_crate) in RUNTIME_FEATURES {
            let on: Array = match &self.dependencies.runtime {
                Some(_) => of_crate.iter().copied().collect(),
                None => embedded.iter().copied().collect(),
            };
            features.insert(name, Item::Value(on.into()));
        }
        if let (false, Some(mut key)) = (self.features.is_empty(), features.key_mut(first)) {
            key.leaf_decor_mut().set_prefix(
                "# HTTP client, TLS, compression, and other parts of the runtime; `reqwest` alone has no TLS.\n",
            );
        }
        if self.serde_feature {
            features.insert(MODEL_TRAITS, Item::Value(Array::new().into()));
            if let Some(mut key) = features.key_mut(MODEL_TRAITS) {
                key.leaf_decor_mut()
                    .set_prefix("# `Serialize`, `Deserialize`, `Eq` and `Hash` for all models that can have them.\n");
            }
        }
        features
    }

    fn examples(&self) -> ArrayOfTables {
        let table = |target: &Target| {
            let mut table = Table::new();
            table.insert("name", text(&target.name));
            let features = target.features.iter().map(String::as_str);
            table.insert("required-features", Item::Value(listed(features)));
            table
        };
        self.examples.iter().map(table).collect()
    }

    fn dependencies(&self) -> Table {
        let mut table = table(
            KNOWN
                .iter()
                .filter(|known| self.dependencies.known.contains(known.name)),
        );
        if let Some(runtime) = &self.dependencies.runtime {
            let mut requirement = InlineTable::new();
            requirement.insert("version", env!("CARGO_PKG_VERSION").into());
            if let Some(path) = &runtime.path {
                requirement.insert("path", path.as_str().into());
            }
            requirement.insert("default-features", false.into());
            if !runtime.features.is_empty() {
                requirement.insert(
                    "features",
                    Value::Array(Array::from_iter(runtime.features.iter().copied())),
                );
            }
            table.insert("envoi-runtime", Item::Value(requirement.into()));
            table.sort_values();
        }
        table
    }
}

/// A list of features, each on a line of its own when there are many.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> Value {
    const MOST_ON_A_LINE: usize = 8;
    let mut list: Array = names.collect();
    if list.len() > MOST_ON_A_LINE {
        list.iter_mut().for_each(|name| name.decor_mut().set_prefix("\n    "));
        list.set_trailing_comma(true);
        list.set_trailing("\n");
    }
    list.into()
}

fn table<'a>(crates: impl Iterator<Item = &'a Known>) -> Table {
    let mut table = Table::new();
    for known in crates {
        table.insert(known.name, Item::Value(known.requirement()));
    }
    table
}

fn lints() -> Table {
    let mut rust = Table::new();
    rust.insert("unsafe_code", text("forbid"));
    rust.insert("missing_docs", text("warn"));
    let mut lints = Table::new();
    lints.set_implicit(true);
    lints.insert("rust", Item::Table(rust));
    lints
}

fn text(value: &str) -> Item {
    Item::Value(value.into())
}
