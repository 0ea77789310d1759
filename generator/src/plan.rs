//! Assigns items to files.

use std::collections::{BTreeMap, BTreeSet};

use crate::analyze::{Facts, Given};
use crate::ir::{Api, Shape, TypeId};
use crate::names::{Names, UNTAGGED};

/// One file of a client, before it has text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedFile {
    /// The modules that lead to it from the root of the client; empty for the root itself.
    pub module: Vec<String>,
    /// Whether modules lie below it, so that it is the `mod.rs` of a folder.
    pub folder: bool,
    /// What it holds.
    pub item: Item,
}

impl PlannedFile {
    /// Whether its module is for users, and not only what is in it.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.folder || matches!(self.item, Item::Parameters | Item::Servers | Item::Webhooks)
    }
}

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item {
    /// The modules of a client and what is reached without naming them.
    Root,
    /// `Client` and its builder.
    Client,
    /// `Request`.
    Request,
    /// The parameters that several operations have.
    Parameters,
    /// The security schemes.
    Security,
    /// The servers.
    Servers,
    /// The index of `apis`.
    Apis,
    /// The operations of a group, by its position.
    Group(usize),
    /// The operations without a tag.
    Untagged,
    /// The payloads of webhooks.
    Webhooks,
    /// How bodies are XML.
    Xml,
    /// The index of `models`.
    Models,
    /// The types whose file is that of this one.
    Model(TypeId),
    /// What a cargo feature adds to models.
    Traits,
}

/// Every file of a client, root first.
#[must_use]
pub fn plan(api: &Api, facts: &Facts, names: &Names) -> Vec<PlannedFile> {
    let file = |module: &[&str], folder: bool, item: Item| PlannedFile {
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        folder,
        item,
    };
    let mut files = vec![
        file(&[], true, Item::Root),
        file(&["client"], false, Item::Client),
        file(&["request"], false, Item::Request),
    ];
    if !names.shared_parameters().is_empty() {
        files.push(file(&["parameters"], false, Item::Parameters));
    }
    if !api.schemes.is_empty() {
        files.push(file(&["security"], false, Item::Security));
    }
    if has_servers(api) {
        files.push(file(&["servers"], false, Item::Servers));
    }
    files.push(file(&["apis"], true, Item::Apis));
    for index in 0..api.groups.len() {
        let accessor = names.of_group(index).accessor.plain();
        files.push(file(&["apis", accessor], false, Item::Group(index)));
    }
    if has_untagged(api) {
        files.push(file(&["apis", UNTAGGED], false, Item::Untagged));
    }
    files.push(file(&["models"], true, Item::Models));
    // An inline type can be needed without the one it is inline in; the file is there for either.
    let kept = api.types.kept().map(|(id, _)| names.of_type(id));
    let homes: BTreeMap<TypeId, &str> = kept.map(|names| (names.home, names.module.plain())).collect();
    for (home, module) in &homes {
        files.push(file(&["models", module], false, Item::Model(*home)));
    }
    if !homes_with_traits(api, facts, names).is_empty() {
        files.push(file(&["models", TRAITS], false, Item::Traits));
    }
    if api.has_xml() {
        files.push(file(&["xml"], false, Item::Xml));
    }
    if !api.webhooks.is_empty() {
        files.push(file(&["webhooks"], false, Item::Webhooks));
    }
    files
}

/// The module of what a cargo feature adds to models: a file that the compiler does not read without it.
pub const TRAITS: &str = "model_traits";

/// The files of models to which a cargo feature adds something.
#[must_use]
pub fn homes_with_traits(api: &Api, facts: &Facts, names: &Names) -> BTreeSet<TypeId> {
    let added = |id: TypeId| facts.reads(id) == Given::WithFeature || facts.writes(id) == Given::WithFeature;
    let defined = |id: TypeId, shape: &Shape| match shape {
        Shape::Struct(object) => !object.parts,
        Shape::Enum(_) | Shape::Union(_) => true,
        Shape::Alias(_) => facts.is_newtype(id),
        Shape::Any => false,
    };
    let kept = api.types.kept();
    let gated = kept.filter(|(id, definition)| added(*id) && defined(*id, &definition.shape));
    gated.map(|(id, _)| names.of_type(id).home).collect()
}

/// Whether some operation has no tag.
#[must_use]
pub fn has_untagged(api: &Api) -> bool {
    api.groups.iter().map(|group| group.operations.len()).sum::<usize>() < api.operations.len()
}

/// Whether there is something to choose about where calls go.
#[must_use]
pub fn has_servers(api: &Api) -> bool {
    api.servers.len() > 1 || api.servers.iter().any(|server| !server.variables.is_empty())
}
