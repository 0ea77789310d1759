//! The command `examples`: small documents that are awkward on purpose, each in JSON and in YAML.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use clap::Args;
use envoi::{Config, OutputFile, generate};

use crate::Result;
use crate::check::Batch;
use crate::documents::{Document, list};
use crate::random::Random;
use envoi_packages::OAS_EXAMPLES;

/// Documents in JSON whose sibling in YAML says something else: responses in another order, another method, other text.
const NO_TWINS: [&str; 4] = [
    "2.0/json/petstore-expanded.json",
    "3.0/json/response-examples.json",
    "3.1/json/parameters-style.json",
    "3.1/json/train-travel.json",
];

#[derive(Args)]
pub struct Options {
    /// How many of the clients are compiled.
    #[arg(long, default_value_t = 20)]
    sample: usize,
    /// What decides which.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Whether all documents generate, twins give the same code, and the clients of a sample compile.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let folder = OAS_EXAMPLES.folder(cache)?;
    let mut documents = list(&folder, &[".json", ".yaml"])?;
    // The rest of the package is code around the documents.
    documents.retain(|document| document.name.starts_with(|first: char| first.is_ascii_digit()));
    let mut problems = Vec::new();
    let mut whole = Vec::new();
    let mut twins = 0;
    for document in &documents {
        let files = match code(document)? {
            Ok(files) => files,
            Err(problem) => {
                problems.push(format!("{}: {problem}", document.name));
                continue;
            }
        };
        let twin = document.name.replace("/json/", "/yaml/").replace(".json", ".yaml");
        let twin = documents
            .iter()
            .find(|other| other.name == twin && other.name != document.name);
        if let Some(twin) = twin.filter(|_| !NO_TWINS.contains(&document.name.as_str())) {
            twins += 1;
            if let Ok(other) = code(twin)?
                && let Some(path) = first_difference(&files, &other)
            {
                problems.push(format!("{} and its twin in YAML differ in {path}", document.name));
            }
        }
        whole.push(document.clone());
    }
    problems.iter().for_each(|problem| println!("{problem}"));
    println!(
        "documents: {}, generated: {}, twins: {twins}, problems: {}",
        documents.len(),
        whole.len(),
        problems.len()
    );
    let mut batch = Batch::new(cache)?;
    for document in Random::new(options.seed).sample(whole, options.sample) {
        batch.add(&document, None)?;
    }
    let compiled = batch.compile("check", &[], None)?;
    batch.report(&cache.join("examples.json"))?;
    Ok(compiled && problems.is_empty())
}

type Code = std::result::Result<Vec<OutputFile>, String>;

fn code(document: &Document) -> Result<Code> {
    let source = document.source()?;
    let Ok(outcome) = catch_unwind(AssertUnwindSafe(|| generate(&source, &Config::default()))) else {
        return Ok(Err("the generator panicked".to_owned()));
    };
    let mut errors = outcome
        .diagnostics
        .iter()
        .filter(|each| each.code.id().starts_with('E'));
    Ok(match errors.next() {
        Some(error) => Err(format!("{}: {} ({:?})", error.code, error.message, error.at)),
        None => Ok(outcome.files),
    })
}

/// The file that differs in more than its first line, which names the document.
fn first_difference(one: &[OutputFile], other: &[OutputFile]) -> Option<String> {
    let body = |file: &OutputFile| file.text.split_once('\n').map(|(_, body)| body.to_owned());
    let mut pairs = one.iter().zip(other);
    let differing = pairs.find(|(one, other)| one.path != other.path || body(one) != body(other));
    let count = (one.len() != other.len()).then(|| "the number of files".to_owned());
    differing.map(|(one, _)| one.path.clone()).or(count)
}
