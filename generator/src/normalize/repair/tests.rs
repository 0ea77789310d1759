use std::collections::HashMap;

use serde_json::{Value, json};

use super::context::Repair;
use super::{frame, schemas};
use crate::diagnostic::{Diagnostics, Place};
use crate::document::{Document, Notation, Version};
use crate::pointer::Pointer;

/// Lets a repair work on a value; returns what it says, each with its place.
pub(super) fn repaired(value: &mut Value, work: impl FnOnce(&mut Repair<'_>, &mut Value, &Pointer)) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    let mut repair = Repair {
        version: Version::OpenApi30,
        shared: HashMap::new(),
        moved: &mut Vec::new(),
        diagnostics: &mut diagnostics,
    };
    work(&mut repair, value, &Pointer::root());
    said(&diagnostics)
}

fn said(diagnostics: &Diagnostics) -> Vec<String> {
    let text = |diagnostic: &crate::diagnostic::Diagnostic| match &diagnostic.at {
        Place::Node(at) => format!("{at}: {}", diagnostic.message),
        _ => diagnostic.message.clone(),
    };
    diagnostics.iter().map(text).collect()
}

fn run(version: Version, root: Value, pass: fn(&mut Document, &mut Diagnostics)) -> (Value, Vec<String>) {
    let mut document = Document::new("test", Notation::Json, version, root);
    let mut diagnostics = Diagnostics::default();
    pass(&mut document, &mut diagnostics);
    (document.root, said(&diagnostics))
}

#[track_caller]
fn assert_said(said: &[String], messages: &[&str]) {
    let fits = said.len() == messages.len() && said.iter().zip(messages).all(|(said, part)| said.contains(part));
    assert!(fits, "{said:#?}");
}

/// A schema, what it is read as, and a part of every message.
#[track_caller]
fn schema_of(version: Version, before: Value, after: Value, messages: &[&str]) {
    let wrap = |schema: Value| json!({ "components": { "schemas": { "A": schema, "Pet": {} } } });
    let (root, said) = run(version, wrap(before), schemas);
    assert_eq!(root, wrap(after));
    assert_said(&said, messages);
}

#[track_caller]
fn schema(before: Value, after: Value, messages: &[&str]) {
    schema_of(Version::OpenApi30, before, after, messages);
}

/// A member of an operation at `/a/{id}`.
#[track_caller]
fn operation_of(version: Version, before: Value, after: Value, messages: &[&str]) {
    let wrap = |operation: Value| json!({ "paths": { "/a/{id}": { "get": operation } } });
    let with_responses = |mut operation: Value| {
        if operation.get("responses").is_none() {
            operation["responses"] = json!({});
        }
        wrap(operation)
    };
    let (root, said) = run(version, with_responses(before), frame);
    assert_eq!(root, with_responses(after));
    assert_said(&said, messages);
}

#[track_caller]
fn operation(before: Value, after: Value, messages: &[&str]) {
    operation_of(Version::OpenApi30, before, after, messages);
}

#[track_caller]
fn parameter(before: Value, after: Value, messages: &[&str]) {
    operation(
        json!({ "parameters": [before] }),
        json!({ "parameters": [after] }),
        messages,
    );
}

#[track_caller]
fn root_of(version: Version, before: Value, after: Value, messages: &[&str]) {
    let (root, said) = run(version, before, frame);
    assert_eq!(root, after);
    assert_said(&said, messages);
}

mod frames;
mod parameters;
mod schemas;
