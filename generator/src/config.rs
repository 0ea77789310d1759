//! What can be set: once per run, resolved before it begins, and nothing of it read from elsewhere.

mod features;
mod pagination;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::Source;

pub use features::TagFeatures;
pub(crate) use pagination::is_pattern;
pub use pagination::{Pages, Pagination};

/// Names that the configuration gives in place of those Envoi would make.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Renames {
    /// By name of the component schema: the name of the type.
    pub types: BTreeMap<String, String>,
    /// By `operationId`: the name of the method, from which the other names of the operation follow.
    pub operations: BTreeMap<String, String>,
}

/// How the formats of strings are held.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Formats {
    /// `date-time` and `date`.
    pub dates: Dates,
    /// `uuid`.
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

/// How dates and times are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dates {
    /// Types of the crate `chrono`.
    Chrono,
    /// Text, as it came.
    String,
}

/// How UUIDs are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uuids {
    /// `uuid::Uuid`.
    Uuid,
    /// Text, as it came.
    String,
}

/// Which part of a document becomes the client.
///
/// An operation is in when it fits `include` and nothing in `exclude` fits it. So is a webhook, with its name in place
/// of a path; a callback comes with its operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Select {
    /// What is in: an operation that fits every list that is not empty; without any list, all operations.
    pub include: Criteria,
    /// What is out, whatever `include` says: an operation that fits any list.
    pub exclude: Criteria,
    /// Whether types that no operation reaches are left out, and credentials that none uses; when not given, they are
    /// if there is something to include or exclude.
    pub prune: Option<bool>,
}

/// What operations are chosen by. An operation fits a list when it fits one of its entries.
///
/// In all but `methods`, `*` stands for any text and `?` for one character; everything else stands for itself, the
/// braces of path templates too.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Criteria {
    /// `operationId`s.
    pub operations: Vec<String>,
    /// Tags; an operation has any number of them.
    pub tags: Vec<String>,
    /// Path templates. `*` and `?` stay within a segment, and `**` stands for any number of segments, none too: so
    /// `/pets/**` is `/pets` with everything below it.
    pub paths: Vec<String>,
    /// Methods, in any case.
    pub methods: Vec<String>,
}

/// Which way models are written and read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Serde {
    /// As the operations need: what only requests reach is written, what only responses reach is read.
    #[default]
    Reached,
    /// Both ways, whatever the operations need.
    Both,
}

/// What is written for readers beside the code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Documentation {
    /// Whether there are pages of Markdown.
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
    /// Each in its documentation; in `examples/` all of a small client, and one of each group of a large one.
    #[default]
    Some,
    /// Each, in both places.
    All,
    /// None.
    None,
}

/// The settings of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// What the client is called, which its environment variables begin with; by the title of the document when empty.
    pub name: String,
    /// Names given in place of made ones.
    pub rename: Renames,
    /// How formats are held.
    pub formats: Formats,
    /// Patches of the document, applied in this order before anything else looks at it.
    pub overlays: Vec<Source>,
    /// Which part of the document becomes the client.
    pub select: Select,
    /// Which operations give their result in pages, and how.
    pub pagination: Pagination,
    /// Which way models are written and read.
    pub serde: Serde,
    /// Whether replies are taken only if they are what the document and the specifications say; otherwise what many
    /// servers send is read as well.
    pub strict: bool,
    /// Which cargo features a crate has for the tags of the document.
    pub tag_features: TagFeatures,
    /// Where the code will stand.
    pub layout: Layout,
    /// Where the runtime is found.
    pub runtime: Runtime,
    /// Whether a module of a build script has `send_blocking`; a crate has it with its feature `blocking`.
    pub blocking: bool,
    /// The name of the crate that the code is for, which examples begin with; without it there are none.
    pub krate: Option<String>,
    /// What is written for readers.
    pub documentation: Documentation,
    /// Whether references that lead nowhere cost what needs them, and not the whole run.
    pub keep_going: bool,
}

/// Where the code of a client stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Layout {
    /// It is a crate of its own, of this name.
    #[default]
    Crate,
    /// It is a module of a crate with several clients.
    Member(String),
    /// It is one file that the user's crate includes.
    Module,
}

/// Where a client finds the runtime it stands on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Runtime {
    /// In the module `runtime` beside it: nothing but well-known dependencies.
    #[default]
    Embedded,
    /// In the crate `envoi-runtime`.
    Crate,
}
