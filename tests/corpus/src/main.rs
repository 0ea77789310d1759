//! Tries Envoi on documents that others wrote: what it says about itself, anyone can repeat. CONTRIBUTING.md has the
//! commands.

mod check;
mod clients;
mod doc_examples;
mod documents;
mod edits;
mod examples;
mod examples_decode;
mod features;
mod fresh;
mod fuzz;
mod generate;
mod json_schema;
mod operations;
mod pages;
mod payloads;
#[path = "../../guide/pieces.rs"]
mod pieces;
mod programs;
mod random;
mod round_trip;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Parser)]
#[command(about, version)]
struct Arguments {
    /// Where packages are kept and clients are built; the folder `corpus` of cargo's target folder if not given.
    #[arg(long, global = true, env = "ENVOI_CORPUS")]
    cache: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the tests, clippy and rustdoc of clients that were just generated, with all, default and no features.
    Fresh(fresh::Options),
    /// Gives input that nobody would write to everything that reads what others wrote.
    Fuzz(fuzz::Options),
    /// Generates every document and holds the figures against the committed ones.
    Generate(generate::Options),
    /// Compiles the clients of a sample, or of the largest documents.
    Check(check::Options),
    /// Edits documents, and counts the files that change and the names that do not stay.
    Edits(edits::Options),
    /// Compiles every example of large documents: the call of each operation, and the value of each model.
    DocExamples(doc_examples::Options),
    /// Generates small documents that are awkward on purpose, in JSON and in YAML, and compiles a sample.
    Examples(examples::Options),
    /// Reads and writes every example of every document by the type that is made for its place.
    ExamplesDecode(examples_decode::Options),
    /// Compiles clients with each of their features for tags alone, with none and with all.
    Features(features::Options),
    /// Decodes and encodes the valid instances of the JSON Schema test suite.
    JsonSchema(json_schema::Options),
    /// Counts the operations that look as if their result came in pages, and those that have pages in the client.
    Pages(pages::Options),
    /// Generates every document with payloads for its names and texts, which must stay words.
    Payloads(payloads::Options),
    /// Compiles the programs of docs/comparison.md on clients of real documents.
    Programs(programs::Options),
    /// Decodes and encodes instances of component schemas.
    RoundTrip(round_trip::run::Options),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let cache = arguments.cache.unwrap_or_else(|| envoi_packages::cache(project()));
    let done = match arguments.command {
        Command::Fresh(options) => fresh::run(&cache, &options),
        Command::Fuzz(options) => fuzz::run(&cache, &options),
        Command::Generate(options) => generate::run(&cache, &options),
        Command::Check(options) => check::run(&cache, &options),
        Command::Edits(options) => edits::run(&cache, &options),
        Command::DocExamples(options) => doc_examples::run(&cache, &options),
        Command::Examples(options) => examples::run(&cache, &options),
        Command::ExamplesDecode(options) => examples_decode::run(&cache, &options),
        Command::Features(options) => features::run(&cache, &options),
        Command::JsonSchema(options) => json_schema::run(&cache, &options),
        Command::Pages(options) => pages::run(&cache, &options),
        Command::Payloads(options) => payloads::run(&cache, &options),
        Command::Programs(options) => programs::run(&cache, &options),
        Command::RoundTrip(options) => round_trip::run::run(&cache, &options),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// The root of the project.
fn project() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// A bar on the terminal; nothing where there is none.
fn progress(length: usize, what: &str) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}");
    let bar = ProgressBar::new(length as u64).with_message(what.to_owned());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
