//! Items -> tokens. Total: nothing can fail from here on, and nothing is decided that the representation does not say.

mod alias;
mod body;
mod builder;
mod client;
mod docs;
mod enums;
mod error;
mod example;
mod feature;
mod header;
mod ident;
mod manifest;
mod markdown;
mod models;
mod object;
mod operation;
mod pages;
mod pagination;
mod parameter;
mod parameters;
mod paths;
mod reply;
mod request;
mod response;
mod security;
mod sentences;
mod servers;
mod ty;
mod union;
mod webhook;
mod xml;

pub use manifest::{Dependencies, KNOWN, Manifest, OF_RUNTIME, RuntimeCrate, Target};
pub(crate) use manifest::{is_runtime_feature, runtime_features};
pub use pages::{Guide, readme};

use std::collections::BTreeMap;
use std::sync::OnceLock;

use proc_macro2::TokenStream;

use crate::analyze::Facts;
use crate::config::{Config, Documentation, Examples, Formats, Layout};
use crate::features::Features;
use crate::ir::{Api, OperationId, SchemeKind, TypeId};
use crate::names::Names;
use crate::output::OutputFile;
use crate::plan::{self, Item, PlannedFile};
use example::Example;
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
    /// By operation: the position of its group.
    groups: Vec<Option<usize>>,
    blocking: bool,
    /// Whether replies are read as the document says and not otherwise.
    strict: bool,
    /// The crate that the code is for, where examples can name it.
    krate: Option<String>,
    documentation: Documentation,
    /// By operation: how it is called, once somebody asked.
    examples: Vec<OnceLock<Option<Example>>>,
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
        let mut groups = vec![None; api.operations.len()];
        for (index, group) in api.groups.iter().enumerate() {
            for id in &group.operations {
                groups[id.0] = Some(index);
            }
        }
        Self {
            groups,
            examples: api.operations.iter().map(|_| OnceLock::new()).collect(),
            api,
            facts,
            names,
            formats: &config.formats,
            features,
            paths: Paths::new(config),
            homes,
            blocking: config.blocking,
            strict: config.strict,
            documentation: config.documentation,
            krate: config.krate.clone().filter(|_| config.layout != Layout::Module),
        }
    }
}

impl Cx<'_> {
    /// The position of the group of an operation.
    fn group_of(&self, id: OperationId) -> Option<usize> {
        self.groups.get(id.0).copied().flatten()
    }

    /// The module of `apis` that an operation stands in.
    fn module_of(&self, id: OperationId) -> &str {
        match self.group_of(id) {
            Some(group) => self.names.of_group(group).accessor.as_str(),
            None => plan::UNTAGGED,
        }
    }

    /// Whether the document does not say where the API is that a program could call.
    fn needs_base_url(&self) -> bool {
        let url = self.api.servers.first().map_or("", |server| server.url.as_str());
        let (_, rest) = url.split_once("://").unwrap_or_default();
        rest.is_empty() || rest.starts_with("localhost") || rest.starts_with("127.") || rest.contains(['{', '}'])
    }

    /// Whether there are blocking calls, be it with a feature.
    fn blocks(&self) -> bool {
        self.blocking || !self.paths.is_module()
    }

    /// Whether operations have examples in their documentation.
    fn shows_examples(&self) -> bool {
        self.documentation.examples != Examples::None
    }

    /// Whether the builder takes credentials from the environment.
    fn has_credentials(&self) -> bool {
        let mut schemes = self.api.schemes.iter();
        schemes.any(|scheme| !matches!(scheme.kind, SchemeKind::Signed(_)))
    }
}

/// The pages of a client, each with `head` before it, and what the README of its crate says about the client.
#[must_use]
pub fn pages(cx: &Cx<'_>, head: &str) -> Option<(Vec<OutputFile>, Guide)> {
    (cx.documentation.pages && cx.krate.is_some()).then(|| pages::pages(cx, head))
}

/// Text of a document as lines of a doc comment.
#[must_use]
pub fn doc_lines(text: &str) -> Vec<String> {
    markdown::lines(text)
}

/// The program in `examples/` that calls the operations, where there are some to call.
#[must_use]
pub fn program(cx: &Cx<'_>) -> Option<OutputFile> {
    let all = cx.documentation.examples == Examples::All;
    let name = cx.paths.example_name(cx.krate.as_deref()?);
    let text = example::programs(cx, all).filter(|_| cx.shows_examples())?;
    Some(OutputFile::new(format!("examples/{name}.rs"), text))
}

/// The program in `examples/`, as the manifest has it, where it needs features.
#[must_use]
pub fn program_target(cx: &Cx<'_>) -> Option<Target> {
    let mut features = example::features(cx, cx.documentation.examples == Examples::All);
    if features.is_empty() {
        features.extend(cx.paths.member().map(str::to_owned));
    }
    let name = cx.paths.example_name(cx.krate.as_deref()?);
    (!features.is_empty()).then_some(Target { name, features })
}

/// The tokens of one file.
#[must_use]
pub fn emit(cx: &Cx<'_>, file: &PlannedFile) -> TokenStream {
    match &file.item {
        Item::Root => client::root(cx),
        Item::Client => client::client(cx),
        Item::Request => request::request(cx),
        Item::Parameters => parameters::parameters(cx),
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
