//! The section `[package]` of the configuration file.

use serde::Deserialize;

use crate::config::Runtime;
use crate::package::Metadata;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct PackageSection {
    /// The name of the crate.
    pub(super) name: String,
    /// The version of the crate. Default: that of the document, if there is one client and its document has a semantic
    /// version, or else `"0.1.0"`. A version that you edit in `Cargo.toml` stays until this one changes.
    pub(super) version: Option<String>,
    /// The description of the crate.
    #[serde(default)]
    pub(super) description: String,
    #[serde(default)]
    pub(super) runtime: Runtime,
    /// Path of `envoi-runtime`, relative to the crate, if `runtime` is `"crate"`. Default: from crates.io.
    pub(super) runtime_path: Option<String>,
    /// Whether the crate may be published. `false` writes `publish = false` to its manifest.
    #[serde(default = "published")]
    pub(super) publish: bool,
    /// The license of the crate, as an SPDX expression. Default: `info.license` of the documents, if it is one and all have
    /// the same.
    license: Option<String>,
    /// The file with the text of the license, relative to the crate.
    license_file: Option<String>,
    /// The authors of the crate.
    #[serde(default)]
    authors: Vec<String>,
    /// The URL of the sources.
    repository: Option<String>,
    /// The URL of the home page.
    homepage: Option<String>,
    /// The URL of the documentation.
    documentation: Option<String>,
    /// Words by which a registry finds the crate.
    #[serde(default)]
    keywords: Vec<String>,
    /// The categories of the registry that the crate belongs to.
    #[serde(default)]
    categories: Vec<String>,
    /// The README, relative to the crate. Default: the generated `README.md`.
    readme: Option<String>,
    /// The oldest Rust that the crate is meant for. Default: the oldest that compiles it.
    rust_version: Option<String>,
}

impl PackageSection {
    /// What the manifest says for registries.
    pub(super) fn registry(&self) -> Metadata {
        Metadata {
            license: self.license.clone(),
            license_file: self.license_file.clone(),
            authors: self.authors.clone(),
            repository: self.repository.clone(),
            homepage: self.homepage.clone(),
            documentation: self.documentation.clone(),
            keywords: self.keywords.clone(),
            categories: self.categories.clone(),
            readme: self.readme.clone(),
            rust_version: self.rust_version.clone(),
        }
    }
}

fn published() -> bool {
    true
}
