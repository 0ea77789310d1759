//! Instances of component schemas, decoded into the types and encoded again: what comes out must be what went in.

mod compare;
mod driver;
mod flat;
mod instances;
pub mod run;
mod schemas;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use envoi::package::{Package, standalone};
use envoi::{Config, Runtime, Serde, Source, TagFeatures};
use serde_json::{Value, json};

use self::instances::Origin;
use self::schemas::Schemas;
use crate::Result;
use crate::clients::Workspace;
use crate::random::Random;

/// What became of the instances.
#[derive(Debug, Default)]
pub struct Tally {
    pub instances: usize,
    pub of_examples: usize,
    pub equal: usize,
    /// Values that were made but that the schema does not admit.
    pub discarded: usize,
    /// Examples of the document that its own schema does not admit.
    pub invalid_examples: usize,
    pub failures: Vec<Failure>,
}

#[derive(Debug)]
pub struct Failure {
    pub document: String,
    pub component: String,
    pub reason: String,
    pub instance: String,
}

/// A document whose models are compiled.
pub struct Subject {
    name: String,
    krate: String,
    root: Value,
    /// The number of the component, and the value.
    instances: Vec<(usize, Value)>,
}

impl Subject {
    /// The crate of its models.
    pub fn krate(&self) -> &str {
        &self.krate
    }
}

/// Generates the models of a document and writes them with a program that tries them.
pub fn prepare(source: &Source, workspace: &mut Workspace, seed: u64, tally: &mut Tally) -> Result<Option<Subject>> {
    prepare_with(source, workspace, tally, |schemas, tally| {
        collect(schemas, source, seed, tally)
    })
}

/// The same with instances from elsewhere: the number of the component, and the value.
pub fn prepare_with(
    source: &Source,
    workspace: &mut Workspace,
    tally: &mut Tally,
    instances: impl FnOnce(&Schemas<'_>, &mut Tally) -> Result<Vec<(usize, Value)>>,
) -> Result<Option<Subject>> {
    let root: Value = match serde_json::from_slice(&source.bytes) {
        Ok(root) => root,
        Err(_) => return Ok(None),
    };
    let name = workspace.name(&source.name);
    let config = Config {
        serde: Serde::Both,
        // the crate that holds it declares none
        tag_features: TagFeatures::Off,
        ..Config::default()
    };
    let mut package = Package::new(name.as_str());
    package.runtime = Runtime::Crate;
    let outcome = standalone(source, &config, &package);
    if outcome.has_errors() {
        tally.failures.push(Failure {
            document: source.name.clone(),
            component: String::new(),
            reason: "the document has errors".to_owned(),
            instance: String::new(),
        });
        return Ok(None);
    }
    let models: BTreeMap<&str, &str> = outcome
        .clients
        .iter()
        .flat_map(|client| &client.models)
        .map(|(name, path)| (name.as_str(), path.as_str()))
        .collect();
    let schemas = Schemas::of(&root);
    let types: Vec<&str> = schemas
        .components
        .iter()
        .map(|(name, _)| {
            models
                .get(name.as_str())
                .copied()
                .unwrap_or("models::TheComponentHasNoType")
        })
        .collect();
    if types.is_empty() {
        return Ok(None);
    }
    let instances = instances(&schemas, tally)?;
    tally.instances += instances.len();
    workspace.add(&name, &driver::files(&name, outcome.files, &types))?;
    drop(schemas);
    Ok(Some(Subject {
        name: source.name.clone(),
        krate: name,
        root,
        instances,
    }))
}

fn collect(schemas: &Schemas<'_>, source: &Source, seed: u64, tally: &mut Tally) -> Result<Vec<(usize, Value)>> {
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("byte", is_base64)
        .with_format("base64url", is_base64_for_urls)
        .build(&schemas.wrapper())
        .map_err(|error| format!("{}: no validator: {error}", source.name))?;
    let mut found = Vec::new();
    for (component, (name, key)) in schemas.components.iter().enumerate() {
        let Some(schema) = schemas.definitions.get(key) else {
            continue;
        };
        let mut random = Random::of(seed, &format!("{} {name}", source.name));
        let own = instances::examples(schema)
            .into_iter()
            .map(|value| (Origin::Example, value));
        let made = instances::made(schemas, schema, &mut random);
        for (origin, value) in own.chain(made.into_iter().map(|value| (Origin::Made, value))) {
            if value.is_null() {
                continue;
            }
            match (validator.is_valid(&json!({ key: value })), origin) {
                (true, origin) => {
                    tally.of_examples += usize::from(origin == Origin::Example);
                    found.push((component, value));
                }
                (false, Origin::Example) => tally.invalid_examples += 1,
                (false, Origin::Made) => tally.discarded += 1,
            }
        }
    }
    Ok(found)
}

fn is_base64(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    let alphabet = |c: char| c.is_ascii_alphanumeric() || c == '+' || c == '/';
    text.len().is_multiple_of(4) && text.len() - digits.len() <= 2 && digits.chars().all(alphabet)
}

fn is_base64_for_urls(text: &str) -> bool {
    let digits = text.trim_end_matches('=');
    digits.len() % 4 != 1
        && digits
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// Runs the program of a document over its instances.
pub fn attempt(subject: &Subject, target: &Path, tally: &mut Tally) -> Result<()> {
    let schemas = Schemas::of(&subject.root);
    let mut input = String::new();
    for (component, value) in &subject.instances {
        input.push_str(&format!("{component}\t{value}\n"));
    }
    let path = target.join("debug").join(&subject.krate);
    let file = path.with_extension("instances");
    fs::write(&file, input)?;
    let output = Command::new(path.with_extension(std::env::consts::EXE_EXTENSION))
        .stdin(fs::File::open(&file)?)
        .stderr(Stdio::piped())
        .output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let mut lines = text.lines();
    for (component, value) in &subject.instances {
        let (component, key) = &schemas.components[*component];
        let reason = match lines.next().and_then(|line| line.split_once('\t')) {
            Some(("ok", json)) => {
                let after: Value = serde_json::from_str(json)?;
                let schema: Vec<&Value> = schemas.definitions.get(key).into_iter().collect();
                compare::difference(&schemas, &schema, value, &after)
            }
            Some((_, error)) => Some(error.trim_matches('"').to_owned()),
            None => Some(format!("the program ended: {}", output.status)),
        };
        match reason {
            None => tally.equal += 1,
            Some(reason) => tally.failures.push(Failure {
                document: subject.name.clone(),
                component: component.clone(),
                reason,
                instance: value.to_string(),
            }),
        }
    }
    Ok(())
}
