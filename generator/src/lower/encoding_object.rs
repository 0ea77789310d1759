//! The `encoding` of a media type, as written in the document.

use serde_json::Value;

use crate::parse::Node;

/// The `encoding` of a media type; empty where there is none.
#[derive(Debug, Clone, Default)]
pub(super) struct Encodings<'d>(pub(super) Vec<(&'d str, Node<'d>)>);

impl<'d> Encodings<'d> {
    /// Those of a Media Type Object.
    pub(super) fn of(content: &Node<'d>) -> Self {
        let encodings = content.get("encoding");
        Self(encodings.iter().flat_map(Node::members).collect())
    }

    pub(super) fn get(&self, name: &str) -> Option<&Node<'d>> {
        self.0.iter().find(|(other, _)| *other == name).map(|(_, node)| node)
    }

    /// `contentType` of a property.
    pub(super) fn content_type(&self, name: &str) -> Option<&'d str> {
        let text = self.get(name)?.value.get("contentType")?.as_str()?.trim();
        Some(text).filter(|text| !text.is_empty())
    }

    /// The names of the headers of a part whose values are the caller's.
    pub(super) fn open_headers(&self, name: &str) -> Vec<&'d str> {
        let Some(encoding) = self.get(name) else {
            return Vec::new();
        };
        let headers = encoding.get("headers");
        let open = headers.iter().flat_map(Node::members);
        open.filter(|(name, header)| !is_content_type(name) && only_value(header.value).is_none())
            .map(|(name, _)| name)
            .collect()
    }
}

pub(super) fn is_content_type(header: &str) -> bool {
    header.eq_ignore_ascii_case("content-type")
}

/// The one value that a header admits.
pub(super) fn only_value(header: &Value) -> Option<String> {
    let schema = header.get("schema")?;
    let value = schema
        .get("const")
        .or_else(|| match schema.get("enum")?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        })?;
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}
