//! A loaded document: the tree, its source text, and the original locations of moved nodes.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Code;
use crate::pointer::Pointer;

/// Input of a run: a document and the files it refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Name used in messages, usually the path given by the user.
    pub name: String,
    /// Contents of the file.
    pub bytes: Vec<u8>,
    /// The files that `$ref`s of the document refer to. [`load::read`](crate::load::read) finds these.
    pub parts: Vec<Part>,
}

/// A file that a document refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its path relative to the folder of the document, such as `common/types.yaml`, or its URL.
    pub uri: String,
    /// Its contents, or why it could not be read.
    pub content: Result<Vec<u8>, Missing>,
}

impl Part {
    /// Creates a part from memory.
    #[must_use]
    pub fn new(uri: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            uri: uri.into(),
            content: Ok(bytes.into()),
        }
    }
}

/// Why a reference cannot be resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The diagnostic code.
    pub code: Code,
    /// What is wrong, as the end of a sentence that begins with the reference.
    pub reason: String,
    /// How to fix it.
    pub help: Option<String>,
}

impl Missing {
    /// Creates a reason without help text.
    #[must_use]
    pub fn new(code: Code, reason: impl Into<String>) -> Self {
        Self {
            code,
            reason: reason.into(),
            help: None,
        }
    }

    /// Sets the help text.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Source {
    /// Creates a source from memory.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
            parts: Vec::new(),
        }
    }

    /// Returns the name of a part used in messages: its path, or its URL.
    pub(crate) fn name_of<'s>(&'s self, part: &'s Part) -> Cow<'s, str> {
        match self.name.rfind(['/', '\\']) {
            Some(end) if !part.uri.contains("://") => Cow::Owned(format!("{}{}", &self.name[..=end], part.uri)),
            _ => Cow::Borrowed(&part.uri),
        }
    }
}

/// Format of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// JSON (RFC 8259).
    Json,
    /// YAML 1.2.
    Yaml,
}

/// Version of the specification a document declares.
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

/// A loaded document.
#[derive(Debug, Clone)]
pub struct Document {
    /// Name used in messages.
    pub name: String,
    /// The format of the file.
    pub notation: Notation,
    /// The version it declares.
    pub version: Version,
    /// The tree; keys keep the order of the document.
    pub root: Value,
    /// Nodes moved by normalisation: their current and their original location.
    pub moved: Vec<(Pointer, Pointer)>,
    /// Nodes that bundling inlined, with their location before normalisation.
    pub inlined: Vec<Inlined>,
    /// Unresolved references, by their text in the tree, which bundling made unambiguous.
    pub missing: BTreeMap<String, Missing>,
}

/// A node that bundling inlined from another place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inlined {
    /// Its current location.
    pub now: Pointer,
    /// Index of its file among the parts of the source; `None` for the document itself.
    pub part: Option<usize>,
    /// Its location in that file.
    pub before: Pointer,
}

/// A location in one of the files of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Index of the file among the parts of the source; `None` for the document itself.
    pub part: Option<usize>,
    /// The location in it.
    pub at: Pointer,
}

impl Document {
    /// Creates a document without moved nodes.
    #[must_use]
    pub fn new(name: impl Into<String>, notation: Notation, version: Version, root: Value) -> Self {
        Self {
            name: name.into(),
            notation,
            version,
            root,
            moved: Vec::new(),
            inlined: Vec::new(),
            missing: BTreeMap::new(),
        }
    }

    /// Returns the original location of a node of the normalised tree.
    #[must_use]
    pub fn original(&self, at: &Pointer) -> Origin {
        let bundled = self.bundled(at);
        self.inlined
            .iter()
            .filter_map(|inlined| Some((inlined, bundled.strip_prefix(&inlined.now)?)))
            .max_by_key(|(inlined, _)| inlined.now.as_str().len())
            .map(|(inlined, rest)| Origin {
                part: inlined.part,
                at: inlined.before.join(rest),
            })
            .unwrap_or(Origin {
                part: None,
                at: bundled,
            })
    }

    /// Returns the location before normalisation, in the tree that bundling made.
    pub(crate) fn bundled(&self, at: &Pointer) -> Pointer {
        original(&self.moved, at)
    }

    /// Returns the current location of a node that was at `at` before normalisation.
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
