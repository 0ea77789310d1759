//! Security schemes that a document lacks.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// Security schemes to add, as if the document declared them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Security {
    /// Security Scheme Objects of OpenAPI 3, by name, for documents of any version. One replaces that of the document of
    /// the same name.
    pub schemes: IndexMap<String, Value>,
    /// Security requirements of all operations that declare none: alternatives, each a list of names of schemes; an empty
    /// list permits requests without credentials. Replaces that of the document. Default: that of the document, or each
    /// of `schemes` alone.
    pub default: Option<Vec<Vec<String>>>,
}
