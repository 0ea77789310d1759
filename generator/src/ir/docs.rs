//! Documentation of a node.

use serde_json::Value;

/// What the document says about a node, for readers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Docs {
    /// `title` or `summary`.
    pub summary: String,
    /// `description`.
    pub description: String,
    /// Facts a reader wants beside the description, such as "Default: `20`.".
    pub facts: Vec<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `example`, if it is small enough to be read.
    pub example: Option<Box<Value>>,
}
