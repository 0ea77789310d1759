//! A document as it was read: the tree, the text it came from, and where moved nodes stood.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// The input of a run: text under a name, and the texts it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// What messages call the document, usually its path as the user gave it.
    pub name: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// What the `$ref`s of the document lead to outside of it. [`load::read`](crate::load::read) finds these.
    pub parts: Vec<Part>,
}

/// A further text that a document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its path relative to the folder of the document, such as `common/types.yaml`, or its URL.
    pub uri: String,
    /// Its bytes, or why there are none.
    pub content: Result<Vec<u8>, Missing>,
}

impl Part {
    /// A part from memory.
    #[must_use]
    pub fn new(uri: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            uri: uri.into(),
            content: Ok(bytes.into()),
        }
    }
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The code it is reported under.
    pub code: Code,
    /// What is wrong, as the end of a sentence that begins with the reference.
    pub reason: String,
    /// What the reader can do about it.
    pub help: Option<String>,
}

impl Missing {
    /// A reason without help.
    #[must_use]
    pub fn new(code: Code, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            help: None,
        }
    }

    /// Adds what the reader can do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Source {
    /// A source from memory.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            parts: Vec::new(),
        }
    }

    /// What messages call a part: its path beside that of the document, or its URL.
    pub(crate) fn name_of<'s>(&'s self, part: &'s Part) -> Cow<'s, str> {
        match self.name.rfind(['/', '\\']) {
            Some(end) if !part.uri.contains("://") => Cow::Owned(format!("{}{}", &self.name[..=end], part.uri)),
            _ => Cow::Borrowed(&part.uri),
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
    /// Nodes that bundling brought to where they stand, before normalisation moved any.
    pub brought: Vec<Brought>,
    /// References that lead nowhere, by their text in the tree, which bundling made unambiguous.
    pub missing: BTreeMap<String, Missing>,
}

/// A node that bundling brought from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// Where it stands now.
    pub now: Pointer,
    /// The index of its text among the parts of the source; `None` for the document itself.
    pub part: Option<usize>,
    /// Where it stands in that text.
    pub before: Pointer,
}

/// A place in one of the texts of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The index of the text among the parts of the source; `None` for the document itself.
    pub part: Option<usize>,
    /// The place in it.
    pub at: Pointer,
}

impl Document {
    /// A document of which nothing was moved yet.
    #[must_use]
    pub fn new(name: impl Into<String>, notation: Notation, version: Version, root: Value) -> Self {
        Self {
            name: name.into(),
            notation,
            version,
            root,
            moved: Vec::new(),
            brought: Vec::new(),
            missing: BTreeMap::new(),
        }
    }

    /// Where a node of the normalised tree stands in the texts it was made from.
    #[must_use]
    pub fn original(&self, at: &Pointer) -> Origin {
        let bundled = original(&self.moved, at);
        self.brought
            .iter()
            .filter_map(|brought| Some((brought, bundled.strip_prefix(&brought.now)?)))
            .max_by_key(|(brought, _)| brought.now.as_str().len())
            .map(|(brought, rest)| Origin {
                part: brought.part,
                at: brought.before.join(rest),
            })
            .unwrap_or(Origin {
                part: None,
                at: bundled,
            })
    }

    /// Where a node stands in the normalised tree that had this place before normalisation.
    pub(crate) fn current(&self, at: &Pointer) -> Pointer {
        let moved = self.moved.iter();
        let moved = moved.filter_map(|(now, before)| Some(now.join(at.strip_prefix(before)?)));
        let mut candidates = std::iter::once(at.clone()).chain(moved);
        let back = candidates.find(|now| original(&self.moved, now) == *at);
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
        let mut document = Document::new("test", Notation::Json, Version::Swagger2, Value::Null);
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
            assert_eq!(document.original(&at(now)).at, at(text), "{now}");
            assert_eq!(document.original(&document.current(&at(text))).at, at(text), "{text}");
        }
    }
}
