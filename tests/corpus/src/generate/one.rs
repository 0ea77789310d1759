//! What became of one document.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use envoi::{Config, Diagnostic, Outcome, Place, Pointer, Source, generate};
use serde_json::Value;

use crate::documents::Document;
use crate::operations::{Declared, declared};

/// What became of things that the document declares.
#[derive(Debug, Default)]
pub struct Kept {
    pub declared: usize,
    pub emitted: usize,
    /// Those that a diagnostic names.
    pub left_out: Vec<String>,
    /// Those that are gone without a word.
    pub dropped: Vec<String>,
}

#[derive(Debug, Default)]
pub struct Report {
    pub name: String,
    pub seconds: f64,
    pub failure: Option<Failure>,
    pub operations: Kept,
    pub parameters: Kept,
    pub types: usize,
    pub fields: usize,
    pub values: usize,
    pub untyped: usize,
    /// Places that hold any value although the document says more, each with the reason.
    pub fallen: Vec<(String, String)>,
    /// By code: how many.
    pub diagnostics: BTreeMap<&'static str, usize>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub enum Failure {
    Panicked(String),
    Errors(String),
    /// The same document gave other output the second time.
    Differs(String),
}

pub fn report(document: &Document, twice: bool) -> Report {
    let begin = Instant::now();
    let mut report = Report {
        name: document.name.clone(),
        ..Report::default()
    };
    let source = match document.source() {
        Ok(source) => source,
        Err(error) => {
            report.failure = Some(Failure::Errors(error.to_string()));
            return report;
        }
    };
    match catch_unwind(AssertUnwindSafe(|| generate(&source, &Config::default()))) {
        Ok(outcome) => {
            read(&mut report, &source, &outcome);
            if twice && report.failure.is_none() {
                report.failure = differs(&source, &outcome);
            }
        }
        Err(panic) => report.failure = Some(Failure::Panicked(message(&*panic))),
    }
    report.seconds = begin.elapsed().as_secs_f64();
    report
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_default()
}

/// Where the same bytes from another folder give other files.
fn differs(source: &Source, outcome: &Outcome) -> Option<Failure> {
    let elsewhere = Source::new(format!("/another/folder/{}", source.name), source.bytes.clone());
    let again = generate(&elsewhere, &Config::default());
    let pairs = outcome.files.iter().zip(&again.files);
    let mut differing = pairs
        .filter(|(one, other)| one != other)
        .map(|(one, _)| one.path.clone());
    let first = differing.next();
    let count = (outcome.files.len() != again.files.len()).then(|| "the number of files".to_owned());
    first.or(count).map(Failure::Differs)
}

fn read(report: &mut Report, source: &Source, outcome: &Outcome) {
    for diagnostic in outcome.diagnostics.iter() {
        *report.diagnostics.entry(diagnostic.code.id()).or_default() += 1;
    }
    let mut errors = outcome
        .diagnostics
        .iter()
        .filter(|each| each.code.id().starts_with('E'));
    if let Some(error) = errors.next() {
        let more = errors.count();
        report.failure = Some(Failure::Errors(format!(
            "{}: {} ({more} more)",
            error.code, error.message
        )));
    }
    report.types = outcome.types;
    report.fields = outcome.census.fields;
    report.values = outcome.census.values;
    report.untyped = outcome.census.untyped;
    let fallen = outcome.census.fallen.iter();
    report.fallen = fallen.map(|one| (one.at.to_string(), one.reason.clone())).collect();
    let root: Value = serde_json::from_slice(&source.bytes).unwrap_or_default();
    compare(report, &declared(&root), outcome);
}

/// Holds what the document declares against what the client has.
fn compare(report: &mut Report, declared: &[Declared], outcome: &Outcome) {
    let mut emitted: BTreeMap<(&Pointer, &str), Vec<&envoi::Call>> = BTreeMap::new();
    for call in &outcome.census.calls {
        emitted.entry((&call.at, call.method.as_str())).or_default().push(call);
    }
    let named = |places: &[&Pointer], name: &str| {
        outcome
            .diagnostics
            .iter()
            .any(|diagnostic| names(outcome, diagnostic, places, name))
    };
    report.operations.declared = declared.len();
    for operation in declared {
        let title = format!("{} {}", operation.method, operation.path);
        report.parameters.declared += operation.parameters.len();
        let calls = emitted.get_mut(&(&operation.at, operation.method.as_str()));
        let Some(call) = calls.filter(|calls| !calls.is_empty()).map(|calls| calls.remove(0)) else {
            let kept = &mut report.operations;
            let list = if named(&[&operation.at], &title) {
                &mut kept.left_out
            } else {
                &mut kept.dropped
            };
            list.push(title);
            continue;
        };
        report.operations.emitted += 1;
        for parameter in &operation.parameters {
            let same = |own: &(&str, String)| own.0 == parameter.location && own.1 == parameter.name;
            if call.parameters.iter().any(same) {
                report.parameters.emitted += 1;
                continue;
            }
            let text = format!("{title}: {} {}", parameter.location, parameter.name);
            let places: Vec<&Pointer> = parameter.places.iter().collect();
            let kept = &mut report.parameters;
            let list = if named(&places, &parameter.name) {
                &mut kept.left_out
            } else {
                &mut kept.dropped
            };
            list.push(text);
        }
    }
}

/// Whether a diagnostic is about one of these places, or quotes the name at a place above.
fn names(outcome: &Outcome, diagnostic: &Diagnostic, places: &[&Pointer], name: &str) -> bool {
    let Place::Node(at) = &diagnostic.at else {
        return false;
    };
    let original = outcome
        .document
        .as_ref()
        .map_or_else(|| at.clone(), |document| document.original(at).at);
    places.iter().any(|place| {
        original.strip_prefix(place).is_some()
            || (place.strip_prefix(&original).is_some() && diagnostic.message.contains(&format!("`{name}`")))
    })
}
