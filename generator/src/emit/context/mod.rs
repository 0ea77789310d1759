//! What emission reads: the representation, its names and facts, the settings, and the paths to all that generated code
//! names.
//!
//! Knows nothing else of `emit`.

pub(super) mod example;
mod paths;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use self::example::Example;
use self::paths::Paths;
use crate::analyze::Facts;
use crate::config::{Config, Documentation, Examples, Formats, Layout};
use crate::features::Features;
use crate::ir::{Api, OperationId, Root, SchemeKind, TypeId};
use crate::names::{Names, UNTAGGED};

/// What emission reads.
pub struct Cx<'a> {
    pub(super) api: &'a Api,
    pub(super) facts: &'a Facts,
    pub(super) names: &'a Names,
    pub(super) formats: &'a Formats,
    pub(super) features: Option<&'a Features>,
    pub(super) paths: Paths,
    /// The types that are emitted, by the type in whose file they stand.
    pub(super) homes: BTreeMap<TypeId, Vec<TypeId>>,
    /// By operation: the position of its group.
    pub(super) groups: Vec<Option<usize>>,
    pub(super) blocking: bool,
    /// Whether responses are read as the document says and not otherwise.
    pub(super) strict: bool,
    /// The crate that the code is for, where examples can name it.
    pub(super) krate: Option<String>,
    pub(super) documentation: Documentation,
    /// By operation: how it is called, once somebody asked.
    pub(super) examples: Vec<OnceLock<Option<Example>>>,
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
    pub(super) fn group_of(&self, id: OperationId) -> Option<usize> {
        self.groups.get(id.0).copied().flatten()
    }

    /// Whether an alias is the name that a place has for a definition which other places share. An alias of a component
    /// is none.
    pub(super) fn is_place_of(&self, alias: TypeId, definition: TypeId) -> bool {
        let inline = |id: TypeId| !matches!(self.api.types[id].hint.root, Root::Component(_));
        inline(alias) && inline(definition)
    }

    /// The module of `apis` that an operation stands in.
    pub(super) fn module_of(&self, id: OperationId) -> &str {
        match self.group_of(id) {
            Some(group) => self.names.of_group(group).accessor.as_str(),
            None => UNTAGGED,
        }
    }

    /// Whether the document does not say where the API is that a program could call.
    pub(super) fn needs_base_url(&self) -> bool {
        let url = self.api.servers.first().map_or("", |server| server.url.as_str());
        let (_, rest) = url.split_once("://").unwrap_or_default();
        rest.is_empty() || rest.starts_with("localhost") || rest.starts_with("127.") || rest.contains(['{', '}'])
    }

    /// Whether there are blocking calls, with or without a feature.
    pub(super) fn blocks(&self) -> bool {
        self.blocking || !self.paths.is_module()
    }

    /// Whether operations have examples in their documentation.
    pub(super) fn shows_examples(&self) -> bool {
        self.documentation.examples != Examples::None
    }

    /// Whether the builder takes credentials from the environment.
    pub(super) fn has_credentials(&self) -> bool {
        let mut schemes = self.api.schemes.iter();
        schemes.any(|scheme| !matches!(scheme.kind, SchemeKind::Signed(_)))
    }
}
