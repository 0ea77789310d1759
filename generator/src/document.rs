//! A document as it was read: the tree, the text it came from, and where moved nodes stood.

use serde_json::Value;

use crate::pointer::Pointer;

/// The input of a run: text under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What messages call the document, usually its path as the user gave it.
    pub name: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

impl Source {
    /// A source from memory.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

/// Which notation the text is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// Which specification a document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// Swagger 2.0.
    Swagger2,
    /// OpenAPI 3.0.x.
    OpenApi30,
    /// OpenAPI 3.1.x.
    OpenApi31,
    /// OpenAPI 3.2.x.
    OpenApi32,
}

/// A document that was read and has a version.
#[derive(Debug, Clone)]
pub struct Document {
    /// What messages call it.
    pub name: String,
    /// The notation of the text.
    pub notation: Notation,
    /// The version it declares.
    pub version: Version,
    /// The tree; members keep the order of the document.
    pub root: Value,
    /// Nodes that normalisation moved: where they stand now, and where they stood in the text.
    pub moved: Vec<(Pointer, Pointer)>,
}

impl Document {
    /// Where a node of the normalised tree stands in the text.
    #[must_use]
    pub fn original(&self, at: &Pointer) -> Pointer {
        self.moved
            .iter()
            .filter_map(|(now, before)| Some((now, before.join(at.strip_prefix(now)?))))
            .max_by_key(|(now, _)| now.as_str().len())
            .map_or_else(|| at.clone(), |(_, before)| before)
    }

    /// Where a node of the text stands in the normalised tree, so that [`original`](Self::original) leads back.
    pub(crate) fn current(&self, at: &Pointer) -> Pointer {
        let moved = self
            .moved
            .iter()
            .filter_map(|(now, before)| Some(now.join(at.strip_prefix(before)?)));
        let mut candidates = std::iter::once(at.clone()).chain(moved);
        let back = candidates.find(|now| self.original(now) == *at);
        back.unwrap_or_else(|| at.clone())
    }
}
