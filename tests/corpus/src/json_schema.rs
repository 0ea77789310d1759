//! The command `json-schema`: the valid instances of the JSON Schema test suite, each schema as a component.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use envoi::{Config, Source, generate};
use serde_json::{Map, Value, json};

use crate::Result;
use crate::clients::Workspace;
use crate::documents::list;
use crate::generate::ratchet;
use crate::round_trip::{Instance, Subject, Tally, attempt, prepare_with};

#[derive(Args)]
pub struct Options {
    /// A clone of the JSON-Schema-Test-Suite.
    #[arg(long, env = "JSON_SCHEMA_TEST_SUITE")]
    from: PathBuf,
    /// Writes the figures instead of comparing with them.
    #[arg(long)]
    bless: bool,
}

/// One file of the suite.
struct File {
    keyword: String,
    subject: Option<Subject>,
    tally: Tally,
    /// How many of its schemas are refused with an error.
    refused: usize,
}

/// Whether no keyword fares worse than before.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let folder = options.from.join("tests/draft2020-12");
    let mut workspace = Workspace::new(cache, "json-schema")?;
    let mut files = Vec::new();
    let mut refused = Vec::new();
    for document in list(&folder, &[".json"])? {
        if document.name.contains('/') {
            continue;
        }
        let groups: Vec<Value> = serde_json::from_slice(&fs::read(&document.path)?)?;
        let mut wrapped = Wrapped::of(&document.name, &groups);
        let mut tally = Tally::default();
        let instances = wrapped.instances;
        let subject = prepare_with(&wrapped.source, &mut workspace, &mut tally, |_, _| Ok(instances))?;
        let keyword = document.name.trim_end_matches(".json").to_owned();
        let refused_here = wrapped.refused.len();
        refused.append(&mut wrapped.refused);
        files.push(File {
            keyword,
            subject,
            tally,
            refused: refused_here,
        });
    }
    let summary = try_all(cache, &workspace, files, &refused)?;
    let committed = crate::project().join("tests/corpus/json-schema.json");
    if options.bless {
        fs::write(committed, serde_json::to_string_pretty(&summary)? + "\n")?;
        return Ok(true);
    }
    Ok(ratchet::holds(
        &serde_json::from_slice(&fs::read(committed)?)?,
        &summary,
    ))
}

fn try_all(cache: &Path, workspace: &Workspace, files: Vec<File>, refused: &[String]) -> Result<Value> {
    let verdicts = workspace.cargo("build", &[], None)?;
    let mut figures = Map::new();
    let mut all = Tally::default();
    let mut broken = 0;
    for mut file in files {
        if let Some(subject) = &file.subject {
            match verdicts.get(subject.krate()).filter(|verdict| verdict.errors > 0) {
                Some(verdict) => {
                    broken += 1;
                    println!("{} does not compile: {}", file.keyword, verdict.first);
                }
                None => attempt(subject, workspace.target(), &mut file.tally)?,
            }
        }
        let failed = file.tally.instances - file.tally.equal;
        let figure = json!({ "valid": file.tally.instances, "failed": failed, "refused": file.refused });
        figures.insert(file.keyword, figure);
        all.instances += file.tally.instances;
        all.equal += file.tally.equal;
        all.failures.append(&mut file.tally.failures);
    }
    refused.iter().for_each(|one| println!("refused: {one}"));
    crate::round_trip::run::report(&all, &cache.join("json-schema-failures.json"))?;
    Ok(json!({
        "files that do not compile": broken,
        "schemas that are refused": refused.len(),
        "instances": { "valid": all.instances, "failed": all.instances - all.equal },
        "by file": figures,
    }))
}

/// The schemas of a file as components of one document.
struct Wrapped {
    source: Source,
    /// Their valid instances.
    instances: Vec<Instance>,
    /// Schemas that are refused with an error, each with the error.
    refused: Vec<String>,
}

impl Wrapped {
    fn of(name: &str, groups: &[Value]) -> Self {
        let mut schemas: Map<String, Value> = Map::new();
        let mut instances = Vec::new();
        let mut refused = Vec::new();
        for (number, group) in groups.iter().enumerate() {
            let component = format!("Schema{number:03}");
            let schema = own_references(&group["schema"], number);
            let alone = document(name, &Map::from_iter([(component.clone(), schema.clone())]));
            let outcome = generate(&alone, &Config::default());
            let mut errors = outcome
                .diagnostics
                .iter()
                .filter(|each| each.code.id().starts_with('E'));
            if let Some(error) = errors.next() {
                refused.push(format!(
                    "{name}: {}: {}: {}",
                    group["description"], error.code, error.message
                ));
                continue;
            }
            let tests = group["tests"].as_array().into_iter().flatten();
            let valid = tests.filter(|test| test["valid"] == true && !test["data"].is_null());
            instances.extend(valid.map(|test| Instance {
                component: schemas.len(),
                value: test["data"].clone(),
                valid: true,
            }));
            schemas.insert(component, schema);
        }
        Self {
            source: document(name, &schemas),
            instances,
            refused,
        }
    }
}

fn document(name: &str, schemas: &Map<String, Value>) -> Source {
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": name, "version": "1" },
        "paths": {},
        "components": { "schemas": schemas },
    });
    Source::new(name, document.to_string())
}

/// A schema whose references to itself lead to where it stands now.
fn own_references(schema: &Value, number: usize) -> Value {
    match schema {
        Value::Object(members) => {
            let moved = members.iter().map(|(key, value)| {
                let value = match value.as_str().and_then(|text| text.strip_prefix('#')) {
                    Some(rest) if key == "$ref" && (rest.is_empty() || rest.starts_with('/')) => {
                        json!(format!("#/components/schemas/Schema{number:03}{rest}"))
                    }
                    _ => own_references(value, number),
                };
                (key.clone(), value)
            });
            Value::Object(moved.collect())
        }
        Value::Array(elements) => elements.iter().map(|element| own_references(element, number)).collect(),
        other => other.clone(),
    }
}
