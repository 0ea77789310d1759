//! What can be set: once per run, resolved before it begins, and nothing of it read from elsewhere.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::Source;

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

/// The settings of one client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// Names given in place of made ones.
    pub rename: Renames,
    /// How formats are held.
    pub formats: Formats,
    /// Patches of the document, applied in this order before anything else looks at it.
    pub overlays: Vec<Source>,
    /// Where the code will stand.
    pub layout: Layout,
    /// Where the runtime is found.
    pub runtime: Runtime,
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
