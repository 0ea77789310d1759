//! The manifest of a generated crate.

use std::collections::BTreeSet;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

/// A crate in the making.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The name of the package.
    pub name: String,
    /// The version of the package.
    pub version: String,
    /// What the package is, in one line.
    pub description: String,
    /// Features, each on by default.
    pub features: Vec<String>,
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
}

/// A crate that generated code may depend on.
pub struct Known {
    /// Its name.
    pub name: &'static str,
    version: &'static str,
    default_features: bool,
    features: &'static [&'static str],
}

/// Every crate that generated code or the runtime in it may depend on.
pub const KNOWN: &[Known] = &[
    Known::new("base64", "0.23", false, &["alloc"]),
    Known::new("bytes", "1", true, &[]),
    Known::new("chrono", "0.4", false, &["serde", "std"]),
    Known::new("http", "1", true, &[]),
    Known::new("httpdate", "1", true, &[]),
    Known::new("reqwest", "0.13", false, &["http2", "rustls", "system-proxy"]),
    Known::new("serde", "1", false, &["std"]),
    Known::new("serde_json", "1", true, &[]),
    Known::new("tokio", "1", false, &["time"]),
    Known::new("uuid", "1", true, &["serde"]),
];

/// What the embedded runtime depends on.
pub const OF_RUNTIME: [&str; 8] = [
    "base64",
    "bytes",
    "http",
    "httpdate",
    "reqwest",
    "serde",
    "serde_json",
    "tokio",
];

/// What examples and tests of a generated crate need beyond that.
const OF_EXAMPLES: &[Known] = &[Known::new("tokio", "1", false, &["macros", "rt"])];

impl Known {
    const fn new(
        name: &'static str,
        version: &'static str,
        default_features: bool,
        features: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            version,
            default_features,
            features,
        }
    }

    fn requirement(&self) -> Value {
        if self.default_features && self.features.is_empty() {
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
        table.into()
    }
}

impl Manifest {
    /// The text of `Cargo.toml`, below a comment that says who made it.
    #[must_use]
    pub fn text(&self, header: &str) -> String {
        let mut document = DocumentMut::new();
        document.insert("package", Item::Table(self.package()));
        if !self.features.is_empty() {
            document.insert("features", Item::Table(self.features()));
        }
        document.insert("dependencies", Item::Table(self.dependencies()));
        document.insert("dev-dependencies", Item::Table(table(OF_EXAMPLES.iter())));
        document.insert("lints", Item::Table(lints()));
        format!("{header}\n{document}")
    }

    fn package(&self) -> Table {
        let mut package = Table::new();
        package.insert("name", text(&self.name));
        package.insert("version", text(&self.version));
        package.insert("description", text(&self.description));
        package.insert("edition", text("2024"));
        package.insert("rust-version", text(env!("CARGO_PKG_RUST_VERSION")));
        if self.private {
            package.insert("publish", Item::Value(false.into()));
        }
        package
    }

    fn features(&self) -> Table {
        let mut features = Table::new();
        let all: Array = self.features.iter().map(String::as_str).collect();
        features.insert("default", Item::Value(all.into()));
        for feature in &self.features {
            features.insert(feature, Item::Value(Array::new().into()));
        }
        features
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
            table.insert("envoi-runtime", Item::Value(requirement.into()));
            table.sort_values();
        }
        table
    }
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
