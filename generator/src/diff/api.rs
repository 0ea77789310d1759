//! The public API of a generated client.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::item::{Definition, Member, Sort};
use super::operation::Info;
use super::signature::Signature;

/// The public API of a client or of a crate with several.
#[derive(Debug, Default)]
pub(crate) struct Surface {
    pub(super) types: Vec<Type>,
    /// Every path that programs may name, with the position of what it stands for.
    pub(super) public: BTreeMap<String, usize>,
    /// The functions that begin calls, by the position of the marker of the operation.
    pub(super) calls: HashMap<usize, Call>,
    /// How credentials are sent, by the module of the client and the name of the security scheme.
    pub(super) schemes: BTreeMap<(String, String), String>,
    /// The paths of the files, in the order given.
    pub(super) files: Vec<String>,
}

/// A type, with everything that stands elsewhere about it; or another item.
#[derive(Debug)]
pub(super) struct Type {
    pub(super) definition: Definition,
    /// The position of its file.
    pub(super) file: usize,
    /// Its functions and constants; of the marker of an operation, those of its request as well.
    pub(super) functions: Vec<Member>,
    /// Implemented traits, and whether a cargo feature has to be on.
    pub(super) traits: BTreeMap<String, bool>,
    /// Associated types, by `trait::name`.
    pub(super) associated: BTreeMap<String, Signature>,
    /// What fields and variants are called on the wire.
    pub(super) wire: BTreeMap<String, String>,
    pub(super) operation: Option<Info>,
    /// The paths that programs may name it by; the first is its own.
    pub(super) paths: Vec<String>,
    /// The cargo features of which one has to be on.
    pub(super) features: BTreeSet<String>,
}

/// A function that begins a call.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) function: Member,
    /// The function of the client that returns the group, if there is one.
    pub(super) accessor: Option<String>,
}

impl Type {
    /// The name that messages have for it: its path without what every model has in common.
    pub(super) fn name(&self) -> &str {
        self.paths.first().unwrap_or(&self.definition.path)
    }

    pub(super) fn sort(&self) -> Sort {
        self.definition.sort
    }
}
