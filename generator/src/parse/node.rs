//! A node of the document with its location.

use serde_json::Value;

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

    /// The place that `$ref` names.
    pub fn target(&self) -> Option<Pointer> {
        Pointer::parse(self.reference()?.trim())
    }
}
