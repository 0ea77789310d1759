//! Servers.

/// A server of the document.
#[derive(Debug, Clone)]
pub struct Server {
    /// The URL with the defaults of its variables filled in.
    pub url: String,
    /// The URL with the variables of `variables` in braces.
    pub template: String,
    /// What the document calls it; OpenAPI 3.2 has a field for that.
    pub name: String,
    /// What the document says about it.
    pub description: String,
    /// What callers choose, in the order of the template.
    pub variables: Vec<ServerVariable>,
}

/// A part of the URL of a server that callers choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerVariable {
    /// The name in the template.
    pub name: String,
    /// The value when none is chosen; empty when the document has none.
    pub default: String,
    /// The values it can have; any when there are none.
    pub values: Vec<String>,
    /// What the document says about it.
    pub description: String,
}
