//! What became of the examples of one document.

use std::collections::HashMap;

use envoi::{Config, Models, Pointer, Refused, Site};
use serde_json::{Value, json};

use super::find::{Found, Of, examples};
use super::untyped;
use crate::Result;
use crate::documents::Document;
use crate::round_trip::compare::difference;
use crate::round_trip::schemas::Schemas;
use crate::round_trip::validator;

/// The examples of a document.
#[derive(Debug, Default)]
pub struct Report {
    pub name: String,
    /// Why none of them were tried.
    pub failure: Option<String>,
    /// What each is of, whether it is valid or not.
    pub found: Vec<Of>,
    /// Those that the schema beside them admits.
    pub valid: Vec<Tried>,
}

/// A valid example.
#[derive(Debug)]
pub struct Tried {
    pub of: Of,
    pub at: Pointer,
    pub outcome: Outcome,
    /// Its text, if it did not come back.
    pub example: String,
}

/// What became of a valid example.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// No type was made for its place, for this reason.
    Untyped(&'static str),
    Refused(Refused),
    /// It was read, and came back with this difference.
    Lossy(String),
    Equal,
}

pub fn report(document: &Document) -> Report {
    let mut report = Report {
        name: document.name.clone(),
        ..Report::default()
    };
    if let Err(error) = look(document, &mut report) {
        report.failure = Some(error.to_string());
    }
    report
}

fn look(document: &Document, report: &mut Report) -> Result<()> {
    let source = document.source()?;
    let root: Value = serde_json::from_slice(&source.bytes)?;
    let found = examples(&root);
    report.found = found.iter().map(|one| one.of).collect();
    let places: Vec<&Pointer> = found.iter().map(|one| &one.schema).collect();
    let (schemas, keys) = Schemas::of_places(&root, &places);
    let validator = validator(&schemas)?;
    let valid = found.iter().zip(keys).filter_map(|(one, key)| {
        let key = key?;
        validator.is_valid(&json!({ &key: one.value })).then_some((one, key))
    });
    let valid: Vec<(&Found<'_>, String)> = valid.collect();
    let models = Models::of(&source, &Config::default()).ok_or("the document has errors")?;
    let sites: HashMap<Pointer, Site> = models.examples().map(|one| (one.at, one.site)).collect();
    let site = |one: &Found<'_>| {
        let twins = || untyped::twins(&root, &one.at);
        sites
            .get(&one.at)
            .or_else(|| twins().iter().find_map(|twin| sites.get(twin)))
    };
    let typed: Vec<Option<&Site>> = valid.iter().map(|(one, _)| site(one)).collect();
    let pairs = typed.iter().zip(&valid);
    let pairs: Vec<(&Site, &Value)> = pairs
        .filter_map(|(site, (one, _))| Some(((*site)?, one.value)))
        .collect();
    let mut answers = models.there_and_back(&pairs).into_iter();
    for ((one, key), site) in valid.iter().zip(typed) {
        let outcome = match site.and_then(|_| answers.next()) {
            None => Outcome::Untyped(untyped::reason(&root, &one.at, one.of)),
            Some(Err(reason)) => Outcome::Refused(reason),
            Some(Ok(after)) => {
                let schema: Vec<&Value> = schemas.definitions.get(key).into_iter().collect();
                difference(&schemas, &schema, one.value, &after).map_or(Outcome::Equal, Outcome::Lossy)
            }
        };
        report.valid.push(Tried {
            of: one.of,
            at: one.at.clone(),
            example: match outcome {
                Outcome::Equal => String::new(),
                _ => one.value.to_string(),
            },
            outcome,
        });
    }
    Ok(())
}
