//! Instances of component schemas, decoded into the types and encoded again: what comes out must be what went in.

pub mod compare;
mod driver;
mod flat;
mod instances;
pub mod run;
pub mod schemas;
mod text;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use envoi::package::{Package, standalone};
use envoi::{Config, Models, Refused, Runtime, Serde, Site, Source, TagFeatures};
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
    /// Values of which the interpreter says something else than the compiled types do.
    pub disagreements: Vec<Failure>,
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
    instances: Vec<Instance>,
    /// The types of the client, to be asked without compiling them.
    models: Option<Models>,
}

/// A value that is tried.
#[derive(Debug, Clone)]
pub struct Instance {
    /// The number of the component.
    pub component: usize,
    pub value: Value,
    /// Whether the schema admits it. Others are only held against the interpreter.
    pub valid: bool,
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

/// The same with instances from elsewhere.
pub fn prepare_with(
    source: &Source,
    workspace: &mut Workspace,
    tally: &mut Tally,
    instances: impl FnOnce(&Schemas<'_>, &mut Tally) -> Result<Vec<Instance>>,
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
    tally.instances += instances.iter().filter(|one| one.valid).count();
    workspace.add(&name, &driver::files(&name, outcome.files, &types))?;
    drop(schemas);
    Ok(Some(Subject {
        name: source.name.clone(),
        krate: name,
        root,
        instances,
        models: Models::of(source, &config),
    }))
}

fn collect(schemas: &Schemas<'_>, source: &Source, seed: u64, tally: &mut Tally) -> Result<Vec<Instance>> {
    let validator = validator(schemas).map_err(|error| format!("{}: {error}", source.name))?;
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
            let valid = validator.is_valid(&json!({ key: value }));
            match origin {
                Origin::Example if valid => tally.of_examples += 1,
                Origin::Example => tally.invalid_examples += 1,
                Origin::Made => tally.discarded += usize::from(!valid),
            }
            found.push(Instance {
                component,
                value,
                valid,
            });
        }
    }
    Ok(found)
}

/// What decides whether an object of the form `{ KEY: INSTANCE }` has an instance of the schema of that key.
pub fn validator(schemas: &Schemas<'_>) -> Result<jsonschema::Validator> {
    let validator = jsonschema::options()
        .with_draft(jsonschema::Draft::Draft202012)
        .should_validate_formats(true)
        .with_format("byte", is_base64)
        .with_format("base64url", is_base64_for_urls)
        .build(&schemas.wrapper());
    validator.map_err(|error| format!("no validator: {error}").into())
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
    let answers = compiled(subject, target)?;
    let interpreted = interpreted(subject, &schemas);
    for (index, instance) in subject.instances.iter().enumerate() {
        let (component, key) = &schemas.components[instance.component];
        let failure = |reason: String| Failure {
            document: subject.name.clone(),
            component: component.clone(),
            reason,
            instance: instance.value.to_string(),
        };
        let answer = &answers[index];
        if let Some(Some(said)) = interpreted.get(index)
            && let Some(reason) = disagreement(answer, said)
        {
            tally.disagreements.push(failure(reason));
        }
        if !instance.valid {
            continue;
        }
        let reason = match answer {
            Ok(after) => {
                let schema: Vec<&Value> = schemas.definitions.get(key).into_iter().collect();
                compare::difference(&schemas, &schema, &instance.value, after)
            }
            Err(reason) => Some(reason.clone()),
        };
        match reason {
            None => tally.equal += 1,
            Some(reason) => tally.failures.push(failure(reason)),
        }
    }
    Ok(())
}

/// What the program says of each instance.
fn compiled(subject: &Subject, target: &Path) -> Result<Vec<std::result::Result<Value, String>>> {
    let mut input = String::new();
    for Instance { component, value, .. } in &subject.instances {
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
    let of_one = |_| match lines.next().and_then(|line| line.split_once('\t')) {
        Some(("ok", json)) => Ok(Ok(serde_json::from_str(json)?)),
        Some((_, error)) => Ok(Err(error.trim_matches('"').to_owned())),
        None => Ok(Err(format!("the program ended: {}", output.status))),
    };
    subject.instances.iter().map(of_one).collect()
}

/// What is said of each instance without compiling; nothing of those whose component has no type.
fn interpreted(subject: &Subject, schemas: &Schemas<'_>) -> Vec<Option<std::result::Result<Value, Refused>>> {
    let Some(models) = &subject.models else {
        return Vec::new();
    };
    let sites: Vec<Option<Site>> = schemas
        .components
        .iter()
        .map(|(name, _)| models.component(name))
        .collect();
    let typed = subject
        .instances
        .iter()
        .filter_map(|one| Some((sites[one.component].as_ref()?, &one.value)));
    let typed: Vec<(&Site, &Value)> = typed.collect();
    let mut answers = models.there_and_back(&typed).into_iter();
    let instances = subject.instances.iter();
    instances
        .map(|one| sites[one.component].as_ref().and_then(|_| answers.next()))
        .collect()
}

/// How what the compiled types do differs from what was said of them.
fn disagreement(
    compiled: &std::result::Result<Value, String>,
    interpreted: &std::result::Result<Value, Refused>,
) -> Option<String> {
    match (compiled, interpreted) {
        (Ok(compiled), Ok(interpreted)) if compare::same(compiled, interpreted) => None,
        (Err(_), Err(_)) => None,
        (compiled, interpreted) => Some(format!("compiled: {compiled:?}, interpreted: {interpreted:?}")),
    }
}
