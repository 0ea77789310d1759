//! XML Objects (OpenAPI, "XML Object").

/// An XML Object, with what stands beside it as far as it matters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Xml {
    /// `name`.
    pub name: Option<String>,
    /// Whether the name stands beside `type: array`, where it is that of what the array is wrapped in.
    pub names_array: bool,
    /// `namespace`.
    pub namespace: Option<String>,
    /// `prefix`.
    pub prefix: Option<String>,
    /// `nodeType`, or `attribute`.
    pub node_type: Option<NodeType>,
    /// `wrapped`.
    pub wrapped: Option<bool>,
    /// The component that a `$ref` leads to, where its name is that of the element (OpenAPI 3.2, "XML Node Names").
    pub component: Option<String>,
}

/// `nodeType`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NodeType {
    Element,
    Attribute,
    Text,
    Cdata,
    None,
}

impl NodeType {
    /// The node type of a name in a document.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "element" => Self::Element,
            "attribute" => Self::Attribute,
            "text" => Self::Text,
            "cdata" => Self::Cdata,
            "none" => Self::None,
            _ => return None,
        })
    }
}
