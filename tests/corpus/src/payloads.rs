//! The command `payloads`: every document with payloads for its names and texts, which must be literals and words in all
//! that is generated, and nothing that acts in what is said about it.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, MessageFormat, Renderer, Runtime, Source};
use envoi_names::{MARK, deceives, faults, poisoned};
use serde_json::Value;

use crate::Result;
use crate::documents::{Document, Selected};

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    selected: Selected,
    /// How often each document is tried, each time with other payloads at other widths.
    #[arg(long, default_value_t = 1)]
    rounds: usize,
    /// The number of the first round.
    #[arg(long, default_value_t = 0)]
    round: usize,
}

/// In documents of more bytes than this only one of [`SPARSE`] strings is a payload: output is many times their size.
const LARGE: u64 = 1 << 20;

const SPARSE: usize = 8;

/// What takes longer for each megabyte of a document, and for a small one, is a failure of its own. On a busy machine one takes 3.
const PATIENCE: Duration = Duration::from_secs(20);

/// What became of a document: how many files have payloads, and what is wrong.
#[derive(Default)]
struct Tried {
    held: usize,
    files: usize,
    faults: Vec<String>,
}

/// Whether every payload stayed a word.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let mut documents = options.selected.documents(cache)?;
    // the largest first, so that no core is left with one of them at the end
    documents.sort_by_key(|document| std::cmp::Reverse(document.bytes));
    let rounds = options.round..options.round + options.rounds;
    let next = AtomicUsize::new(0);
    let total = Mutex::new(Tried::default());
    let progress = crate::progress(documents.len(), "payloads");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for round in rounds.clone() {
                        let tried = tried(document, round);
                        if let Ok(mut total) = total.lock() {
                            total.held += tried.held;
                            total.files += tried.files;
                            total.faults.extend(tried.faults);
                        }
                    }
                    progress.inc(1);
                }
            });
        }
    });
    progress.finish_and_clear();
    let total = total.into_inner().unwrap_or_default();
    let path = cache.join("payloads.txt");
    fs::write(&path, total.faults.join("\n"))?;
    println!(
        "{} documents, {} rounds: payloads in {} of {} files, {} faults, in {}",
        documents.len(),
        options.rounds,
        total.held,
        total.files,
        total.faults.len(),
        path.display()
    );
    Ok(total.faults.is_empty() && total.held > 0)
}

fn tried(document: &Document, round: usize) -> Tried {
    let attempt = || {
        let begin = Instant::now();
        let mut tried = payloads(document, round).unwrap_or_else(|error| Tried {
            faults: vec![error.to_string()],
            ..Tried::default()
        });
        let megabytes = u32::try_from(document.bytes / 1_000_000).unwrap_or(u32::MAX);
        if begin.elapsed() > PATIENCE.saturating_mul(megabytes + 1) {
            tried.faults.push(format!("it took {:?}", begin.elapsed()));
        }
        tried
    };
    let mut tried = catch_unwind(AssertUnwindSafe(attempt)).unwrap_or_else(|_| Tried {
        faults: vec!["it panicked".to_owned()],
        ..Tried::default()
    });
    for fault in &mut tried.faults {
        *fault = format!("{}, round {round}: {fault}", document.name);
    }
    tried
}

fn payloads(document: &Document, round: usize) -> Result<Tried> {
    let root: Value = serde_json::from_slice(&fs::read(&document.path)?)?;
    let every = if document.bytes > LARGE { SPARSE } else { 1 };
    let source = Source::new("payloads.json", poisoned(&root, round, every).to_string());
    drop(root);
    let package = Package {
        runtime: Runtime::Crate,
        ..Package::new("payloads")
    };
    let outcome = standalone(&source, &Config::default(), &package);
    let mut tried = Tried {
        files: outcome.files.len(),
        ..Tried::default()
    };
    for file in &outcome.files {
        tried.held += usize::from(file.text.contains(MARK));
        tried.faults.extend(faults(&file.path, &file.text));
    }
    for client in &outcome.clients {
        let renderer = Renderer::new(MessageFormat::Human, &source, client.document.as_ref());
        // the same kinds of messages come again and again
        let rendered = client
            .diagnostics
            .iter()
            .take(200)
            .map(|diagnostic| renderer.render(diagnostic));
        tried.faults.extend(
            rendered
                .filter(|text| text.contains(deceives))
                .map(|text| format!("a message: {text:?}")),
        );
    }
    Ok(tried)
}
