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
        original(&self.moved, at)
    }

    /// Where a node of the text stands in the normalised tree, so that [`original`](Self::original) leads back.
    pub(crate) fn current(&self, at: &Pointer) -> Pointer {
        let moved = self.moved.iter();
        let moved = moved.filter_map(|(now, before)| Some(now.join(at.strip_prefix(before)?)));
        let mut candidates = std::iter::once(at.clone()).chain(moved);
        let back = candidates.find(|now| self.original(now) == *at);
        back.unwrap_or_else(|| at.clone())
    }

    /// Lets a pass move nodes: where a node stood before it is where it stands in the text.
    pub(crate) fn pass<R>(&mut self, pass: impl FnOnce(&mut Self) -> R) -> R {
        let earlier = std::mem::take(&mut self.moved);
        let result = pass(self);
        let later = std::mem::replace(&mut self.moved, earlier);
        let earlier = self.moved.len();
        for (now, before) in later {
            for index in 0..earlier {
                let (inner, text) = &self.moved[index];
                if let Some(rest) = inner.strip_prefix(&before).filter(|rest| !rest.is_empty()) {
                    let inner = (now.join(rest), text.clone());
                    self.moved.push(inner);
                }
            }
            let text = original(&self.moved[..earlier], &before);
            self.moved.push((now, text));
        }
        result
    }
}

/// Where a node stood before it was moved: what is known of the closest node around it, and last, counts.
pub(crate) fn original(moved: &[(Pointer, Pointer)], at: &Pointer) -> Pointer {
    moved
        .iter()
        .filter_map(|(now, before)| Some((now, before.join(at.strip_prefix(now)?))))
        .max_by_key(|(now, _)| now.as_str().len())
        .map_or_else(|| at.clone(), |(_, before)| before)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Document, Notation, Version};
    use crate::pointer::Pointer;

    #[test]
    fn places_are_followed_through_passes() {
        let at = |text: &str| Pointer::parse(text).expect("a pointer");
        let mut document = Document {
            name: "test".to_owned(),
            notation: Notation::Json,
            version: Version::Swagger2,
            root: Value::Null,
            moved: Vec::new(),
        };
        document.pass(|document| document.moved.push((at("#/get"), at("#/GET"))));
        document.pass(|document| {
            document.moved.push((at("#/get/list/0"), at("#/get/list/1")));
            document.moved.push((at("#/get/body"), at("#/get/list/0")));
        });
        document.pass(|document| document.moved.push((at("#/call"), at("#/get"))));
        let cases = [
            ("#/get/list/0/a", "#/GET/list/1/a"),
            ("#/get/body", "#/GET/list/0"),
            ("#/call/body/b", "#/GET/list/0/b"),
            ("#/call", "#/GET"),
            ("#/other", "#/other"),
        ];
        for (now, text) in cases {
            assert_eq!(document.original(&at(now)), at(text), "{now}");
            assert_eq!(document.original(&document.current(&at(text))), at(text), "{text}");
        }
    }
}
