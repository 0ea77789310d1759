//! Interprets the types of a client on JSON values.

use std::fmt;

use serde_json::Value;

use super::read::{Reader, Types};
use crate::analyze::Facts;
use crate::config::Formats;
use crate::document::Document;
use crate::ir::{Api, Root, Slot, TypeId, TypeRef};
use crate::parallel::on_large_stack;
use crate::pointer::Pointer;

/// How many values are looked at for one, when that is needed to find out which branches of unions it takes.
const MOST_VALUES: usize = 5_000_000;

/// Interpreter of the types of a client: decodes and encodes JSON values as the compiled client would.
///
/// ```
/// use envoi::{Config, Models, Source};
/// use serde_json::json;
///
/// let source = Source::new("pets.yaml", "
/// openapi: 3.0.3
/// info: { title: Pets, version: '1' }
/// paths: {}
/// components:
///   schemas:
///     Pet:
///       type: object
///       required: [name]
///       properties: { name: { type: string } }
/// ");
/// let models = Models::of(&source, &Config::default()).expect("a document without errors");
/// let pet = models.component("Pet").expect("a schema of the document");
/// let read = models.there_and_back(&[
///     (&pet, &json!({ "name": "Rex", "age": 3 })),
///     (&pet, &json!({ "age": 3 })),
/// ]);
/// assert_eq!(read[0], Ok(json!({ "name": "Rex" })));
/// let refused = read[1].as_ref().expect_err("it has no name");
/// assert_eq!(refused.reason, "the required property `name` is missing");
/// ```
#[derive(Debug, Clone)]
pub struct Models {
    api: Api,
    facts: Facts,
    document: Document,
    formats: Formats,
}

/// A location in a document that has a generated type.
#[derive(Debug, Clone, PartialEq)]
pub struct Site(Slot);

/// An example in a document whose location has a generated type.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// Its original location: `example`, or an entry of `examples`.
    pub at: Pointer,
    /// Its type.
    pub site: Site,
}

/// Why a value cannot be decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Path of the invalid value, such as `data[3].status`; empty for the value itself.
    pub path: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.is_empty() {
            true => f.write_str(&self.reason),
            false => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

impl std::error::Error for Refused {}

impl Models {
    pub(crate) fn new(api: Api, facts: Facts, document: Document, formats: Formats) -> Self {
        Self {
            api,
            facts,
            document,
            formats,
        }
    }

    /// Returns the type of a component schema.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<Site> {
        let at = Pointer::root().child("components").child("schemas").child(name);
        let is_called = |(id, definition): (TypeId, &crate::ir::TypeDef)| {
            let named = matches!(&definition.hint.root, Root::Component(own) if own == name);
            (named && definition.origin == at).then_some(id)
        };
        let id = self.api.types.iter().find_map(is_called)?;
        Some(Site(Slot::new(TypeRef::Named(id))))
    }

    /// Returns all examples of the document that have a generated type.
    pub fn examples(&self) -> impl Iterator<Item = Example> {
        self.api.examples.iter().map(|example| Example {
            at: self.document.original(&example.at).at,
            site: Site(example.slot.clone()),
        })
    }

    /// Reads each value by the type of its place, and writes it again.
    #[must_use]
    pub fn there_and_back(&self, values: &[(&Site, &Value)]) -> Vec<Result<Value, Refused>> {
        let types = Types {
            api: &self.api,
            facts: &self.facts,
            formats: &self.formats,
        };
        let one = |(place, value): &(&Site, &Value)| {
            let (read, _) = Reader::new(types, true, MOST_VALUES).read(&place.0, value);
            match read {
                Ok(reading) => Ok(reading.written.into_owned()),
                Err(refusal) => Err(Refused {
                    path: refusal.at.to_string(),
                    reason: refusal.reason.to_string(),
                }),
            }
        };
        on_large_stack(|| values.iter().map(one).collect())
    }
}
