//! No generated file depends on more of a document than it shows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use envoi::package::{Package, standalone};
use envoi::{Config, Source};
use serde_json::{Map, Value, json};

/// The documents of this repository that are read as one file.
fn documents() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut found = Vec::new();
    for folder in ["specs", "tests/fixtures"] {
        let mut paths: Vec<PathBuf> = std::fs::read_dir(root.join(folder))
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").path())
            .collect();
        paths.sort();
        for path in paths {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            if let Ok(document) = serde_yaml::from_str::<Value>(&text)
                && document["info"].is_object()
            {
                found.push((path, document));
            }
        }
    }
    assert!(found.len() > 20, "{}", found.len());
    found
}

/// The files of the client of a document, by their paths.
fn files(name: &str, document: &Value) -> BTreeMap<String, String> {
    let source = Source::new(name, document.to_string());
    let made = standalone(&source, &Config::default(), &Package::new("quiet"));
    let runtime = |path: &str| path.starts_with("src/runtime/");
    let files = made.files.into_iter().filter(|file| !runtime(&file.path));
    files.map(|file| (file.path, file.text)).collect()
}

fn differing<'a>(one: &'a BTreeMap<String, String>, other: &'a BTreeMap<String, String>) -> Vec<&'a str> {
    let paths = one.keys().chain(other.keys().filter(|path| !one.contains_key(*path)));
    paths
        .filter(|path| one.get(*path) != other.get(*path))
        .map(String::as_str)
        .collect()
}

/// Objects whose keys are names: documentation and methods follow their order.
const NAMES: [&str; 23] = [
    "additionalOperations",
    "encoding",
    "pathItems",
    "properties",
    "patternProperties",
    "dependentSchemas",
    "$defs",
    "definitions",
    "paths",
    "webhooks",
    "x-ms-paths",
    "callbacks",
    "schemas",
    "responses",
    "parameters",
    "securitySchemes",
    "securityDefinitions",
    "content",
    "headers",
    "scopes",
    "variables",
    "examples",
    "mapping",
];

/// The value with all keys in reverse order but names, methods, and what is in examples.
fn reversed(value: &Value, within: &str) -> Value {
    match value {
        Value::Object(_) if matches!(within, "example" | "default" | "value" | "const" | "enum") => value.clone(),
        Value::Object(members) => {
            let methods = [
                "get", "put", "post", "delete", "patch", "query", "options", "head", "trace",
            ];
            let has_methods = methods.iter().any(|method| members.contains_key(*method));
            let members = members.iter().map(|(key, value)| {
                let inner = if NAMES.contains(&within) { "" } else { key };
                (key.clone(), reversed(value, inner))
            });
            match NAMES.contains(&within) || has_methods || within == "security" {
                true => Value::Object(members.collect()),
                false => Value::Object(members.rev().collect::<Map<_, _>>()),
            }
        }
        Value::Array(items) => items.iter().map(|item| reversed(item, within)).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_order_of_keywords_changes_no_file() {
    let mut wrong = Vec::new();
    for (path, document) in documents() {
        let before = files("a.json", &document);
        let after = files("b.json", &reversed(&document, ""));
        let changed = differing(&before, &after).into_iter().map(|file| {
            let (one, other) = (before.get(file), after.get(file));
            let lines = |text: Option<&String>| text.map(|text| text.lines().map(str::to_owned).collect::<Vec<_>>());
            let (one, other) = (lines(one).unwrap_or_default(), lines(other).unwrap_or_default());
            let first = one.iter().zip(&other).find(|(one, other)| one != other);
            format!("{}: {file}: {first:?}", path.display())
        });
        wrong.extend(changed);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_new_property_changes_the_files_that_show_it() {
    const NEW: &str = "zzz";
    for (path, document) in documents() {
        let before = files("a.json", &document);
        let schemas = match &document["components"]["schemas"] {
            Value::Object(schemas) => schemas,
            _ => continue,
        };
        let objects = schemas.iter().filter(|(_, schema)| schema["properties"].is_object());
        let objects: Vec<&String> = objects.map(|(name, _)| name).collect();
        // The first and the one in the middle: every client takes its time.
        for name in objects.iter().step_by((objects.len() / 2).max(1)).take(2) {
            let mut document = document.clone();
            document["components"]["schemas"][name.as_str()]["properties"][NEW] = json!({ "type": "string" });
            let after = files("a.json", &document);
            let mut changed = differing(&before, &after);
            changed.retain(|path| !after.get(*path).is_some_and(|text| text.contains(NEW)));
            assert_eq!(changed, [] as [&str; 0], "{name} of {}", path.display());
        }
    }
}
