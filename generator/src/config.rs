//! Settings of a run, resolved before it starts.

mod features;
mod pagination;
mod renames;
mod security;

use serde::Deserialize;

use crate::document::Source;

pub use features::TagFeatures;
pub(crate) use pagination::is_pattern;
pub use pagination::{Pages, Pagination};
pub use renames::Renames;
pub(crate) use renames::{Kind, is_pointer};
pub use security::Security;

/// Rust types of string formats.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Formats {
    /// The type of `date-time` and `date`.
    pub dates: Dates,
    /// The type of `uuid`.
    pub uuid: Uuids,
}

impl Default for Formats {
    fn default() -> Self {
        Self {
            dates: Dates::Chrono,
            uuid: Uuids::Uuid,
        }
    }
}

/// Rust types of dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// Types of the `chrono` crate.
    Chrono,
    /// `String`, undecoded.
    String,
}

/// Rust types of UUIDs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uuids {
    /// `uuid::Uuid`.
    Uuid,
    /// `String`, undecoded.
    String,
}

/// Selects the operations to generate.
///
/// An operation is generated when it matches `include` and nothing in `exclude`. Webhooks are selected the same way, by
/// their name instead of a path; a callback is generated with its operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Select {
    /// Operations to generate: those that match every list that is not empty. Default: all operations.
    pub include: Criteria,
    /// Operations not to generate, even if `include` matches them: those that match any list.
    pub exclude: Criteria,
    /// Whether to omit types and credentials that no generated operation uses. Default: `true` if `include` or
    /// `exclude` is set.
    pub prune: Option<bool>,
}

/// Criteria that select operations. An operation matches a list when it matches one of its entries.
///
/// In all lists but `methods`, `*` matches any text and `?` one character. Everything else matches literally, including
/// the braces of path templates.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Criteria {
    /// Values of `operationId`.
    pub operations: Vec<String>,
    /// Tags; an operation may have several.
    pub tags: Vec<String>,
    /// Path templates. `*` and `?` do not match `/`; `**` matches any number of segments, including none, so `/pets/**`
    /// matches `/pets` and everything below it.
    pub paths: Vec<String>,
    /// HTTP methods, case-insensitive.
    pub methods: Vec<String>,
}

/// Which of `Serialize` and `Deserialize` models implement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Serde {
    /// As operations need it: `Serialize` for models used in requests, `Deserialize` for models used in responses. The cargo
    /// feature `model-traits` of the crate adds the others, and `Eq` and `Hash`; clients included by a build script have no
    /// features.
    #[default]
    Feature,
    /// As operations need it, without the cargo feature.
    Reached,
    /// Both, for all models.
    Both,
}

/// Documentation generated beside the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documentation {
    /// Whether to generate Markdown pages.
    pub pages: bool,
    /// Which operations have examples in their documentation and in `examples/`.
    pub examples: Examples,
}

impl Default for Documentation {
    fn default() -> Self {
        Self {
            pages: true,
            examples: Examples::Some,
        }
    }
}

/// Which operations have examples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Examples {
    /// All in their documentation; in `examples/`, all of a small client, or one per group of a large one.
    #[default]
    Some,
    /// All, in both places.
    All,
    /// None.
    None,
}

/// Settings of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// The name of the client, which is the prefix of its environment variables. Default: the title of the document.
    pub name: String,
    /// Names of generated items.
    pub rename: Renames,
    /// Rust types of string formats.
    pub formats: Formats,
    /// OpenAPI Overlays, applied to the document in this order before anything else.
    pub overlays: Vec<Source>,
    /// Security schemes that the document lacks.
    pub security: Security,
    /// Which part of the document becomes the client.
    pub select: Select,
    /// Which operations are paginated, and how.
    pub pagination: Pagination,
    /// Which of `Serialize` and `Deserialize` models implement.
    pub serde: Serde,
    /// Whether to accept only responses that follow the document and the specifications exactly. Default: `false`,
    /// which also accepts common deviations.
    pub strict: bool,
    /// Cargo features for the tags of the document.
    pub tag_features: TagFeatures,
    /// Where the generated code is placed.
    pub layout: Layout,
    /// Where the client finds the runtime.
    pub runtime: Runtime,
    /// Whether a module generated by a build script has `send_blocking`. A crate has it with its feature `blocking`.
    pub blocking: bool,
    /// The name of the generated crate, used in examples. Without it, no examples are generated.
    pub krate: Option<String>,
    /// Documentation generated beside the code.
    pub documentation: Documentation,
    /// Whether to generate everything that does not depend on unresolved references, instead of failing.
    pub keep_going: bool,
}

impl Config {
    /// Which traits models implement where cargo features can decide, and where they cannot.
    pub(crate) fn serde(&self) -> Serde {
        match (self.serde, &self.layout) {
            (Serde::Feature, Layout::Module) => Serde::Reached,
            (serde, _) => serde,
        }
    }
}

/// Where the code of a client is placed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Layout {
    /// A crate with one client at its root.
    #[default]
    Crate,
    /// A module of this name in a crate with several clients.
    Member(String),
    /// A single file, for `include!`.
    Module,
}

/// Where a client finds the runtime.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// In its own module `runtime`, copied into the crate.
    #[default]
    Embedded,
    /// In the crate `envoi-runtime`, as a dependency.
    Crate,
}
