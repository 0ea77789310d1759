//! `Value` -> typed OpenAPI objects, piece by piece.
//!
//! A piece that cannot be understood costs that piece and a diagnostic, never the run. Schemas are read keyword by
//! keyword into [`Keywords`]; every other object goes through its `openapiv3` type with the pieces below it left out.

mod keywords;

pub use keywords::{Keywords, Type};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// A node of the document with its place.
#[derive(Debug, Clone)]
pub struct Node<'d> {
    /// The place.
    pub at: Pointer,
    /// The tree below it.
    pub value: &'d Value,
}

impl<'d> Node<'d> {
    /// The member `key`, when this node is an object that has it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Self> {
        Some(Self {
            value: self.value.get(key)?,
            at: self.at.child(key),
        })
    }

    /// The members of an object, in order; nothing for other values.
    pub fn members(&self) -> impl Iterator<Item = (&'d str, Self)> {
        self.value.as_object().into_iter().flatten().map(|(key, value)| {
            let at = self.at.child(key);
            (key.as_str(), Self { at, value })
        })
    }

    /// The elements of an array, in order; nothing for other values.
    pub fn elements(&self) -> impl Iterator<Item = Self> {
        self.value
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
            .map(|(index, value)| Self {
                at: self.at.child(index),
                value,
            })
    }

    /// The text of the member `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<String> {
        Some(self.value.get(key)?.as_str()?.to_owned())
    }

    /// The text that a `$ref` has beside it, which replaces that of its target.
    #[must_use]
    pub fn said(&self, key: &str) -> Option<String> {
        self.reference().and_then(|_| self.text(key))
    }

    /// The target of `$ref`, as written.
    #[must_use]
    pub fn reference(&self) -> Option<&'d str> {
        self.value.get("$ref")?.as_str()
    }
}

/// Members that hold pieces of their own, parsed on their own.
const PIECES: [&str; 10] = [
    "flows",
    "parameters",
    "requestBody",
    "responses",
    "callbacks",
    "schema",
    "content",
    "headers",
    "links",
    "examples",
];

/// Reads an object into its `openapiv3` type, without the pieces below it.
///
/// `needed` are members the type insists on although they are left out or often forgotten, with what stands for them.
pub fn piece<T: DeserializeOwned>(
    node: &Node<'_>,
    needed: &[(&str, Value)],
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let Some(object) = node.value.as_object() else {
        diagnostics.report(Code::Invalid, &node.at, "expected an object; this part is left out");
        return None;
    };
    let mut shallow: Map<String, Value> = object
        .iter()
        .filter(|(key, _)| !PIECES.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    for (key, value) in needed {
        if !shallow.contains_key(*key) {
            shallow.insert((*key).to_owned(), value.clone());
        }
    }
    match serde_json::from_value(Value::Object(shallow)) {
        Ok(parsed) => Some(parsed),
        Err(error) => {
            diagnostics.report(
                Code::Invalid,
                &node.at,
                format!("this part cannot be understood and is left out: {error}"),
            );
            None
        }
    }
}
