//! Items -> tokens. Total: nothing can fail from here on, and nothing is decided that the representation does not say.

mod alias;
mod body;
mod client;
mod docs;
mod enums;
mod feature;
mod header;
mod ident;
mod manifest;
mod markdown;
mod models;
mod object;
mod operation;
mod pagination;
mod parameter;
mod paths;
mod reply;
mod request;
mod response;
mod security;
mod servers;
mod ty;
mod union;
mod webhook;
mod xml;

pub use manifest::{Dependencies, KNOWN, Manifest, OF_RUNTIME, RuntimeCrate};
pub(crate) use manifest::{is_runtime_feature, runtime_features};

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::analyze::Facts;
use crate::config::{Config, Formats};
use crate::features::Features;
use crate::ir::{Api, TypeId};
use crate::names::Names;
use crate::plan::{Item, PlannedFile};
use paths::Paths;

/// What emission reads.
pub struct Cx<'a> {
    api: &'a Api,
    facts: &'a Facts,
    names: &'a Names,
    formats: &'a Formats,
    features: Option<&'a Features>,
    paths: Paths,
    /// The types that are emitted, by the type in whose file they stand.
    homes: BTreeMap<TypeId, Vec<TypeId>>,
    blocking: bool,
}

impl<'a> Cx<'a> {
    /// Puts together what emission reads.
    #[must_use]
    pub fn new(
        api: &'a Api,
        facts: &'a Facts,
        names: &'a Names,
        features: Option<&'a Features>,
        config: &'a Config,
    ) -> Self {
        let mut homes: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        for (id, _) in api.types.kept() {
            homes.entry(names.of_type(id).home).or_default().push(id);
        }
        Self {
            api,
            facts,
            names,
            formats: &config.formats,
            features,
            paths: Paths::new(config),
            homes,
            blocking: config.blocking,
        }
    }
}

/// Text of a document as lines of a doc comment.
#[must_use]
pub fn doc_lines(text: &str) -> Vec<String> {
    markdown::lines(text)
}

/// The tokens of one file.
#[must_use]
pub fn emit(cx: &Cx<'_>, file: &PlannedFile) -> TokenStream {
    match &file.item {
        Item::Root => client::root(cx),
        Item::Client => client::client(cx),
        Item::Request => request::request(cx),
        Item::Security => security::security(cx),
        Item::Servers => servers::servers(cx),
        Item::Apis => operation::apis(cx),
        Item::Group(group) => operation::group(cx, *group),
        Item::Untagged => operation::untagged(cx),
        Item::Webhooks => webhook::webhooks(cx),
        Item::Xml => xml::constants(cx),
        Item::Models => models::index(cx),
        Item::Model(home) => models::file(cx, *home),
    }
}
