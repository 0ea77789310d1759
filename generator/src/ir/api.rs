//! An API: everything that is generated into one client.

use std::collections::HashSet;

use super::example::Example;
use super::hint::Hint;
use super::ids::OperationId;
use super::operation::{Group, Operation, Scheme, Webhook};
use super::server::Server;
use super::types::Types;
use crate::pointer::Pointer;

/// A whole client.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: String,
    /// Where the API lives, in the order of the document.
    pub servers: Vec<Server>,
    /// How callers identify themselves.
    pub schemes: Vec<Scheme>,
    /// Every schema that became a type.
    pub types: Types,
    /// Operations with a tag, by tag, in order of first use.
    pub groups: Vec<Group>,
    /// Every operation, in the order of the document.
    pub operations: Vec<Operation>,
    /// What the API calls by itself: callbacks, then webhooks.
    pub webhooks: Vec<Webhook>,
    /// Every place that holds any JSON value, with the schemas it was made from.
    pub untyped: Vec<(Hint, Vec<Pointer>)>,
    /// Every example of the document whose place has a type.
    pub examples: Vec<Example>,
}

impl Api {
    /// The operations without a tag, in the order of the document.
    #[must_use]
    pub fn untagged(&self) -> Vec<OperationId> {
        let tagged: HashSet<OperationId> = self
            .groups
            .iter()
            .flat_map(|group| &group.operations)
            .copied()
            .collect();
        let ids = (0..self.operations.len()).map(OperationId);
        ids.filter(|id| !tagged.contains(id)).collect()
    }
}
