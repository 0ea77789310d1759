//! The command `generate`: every document of the corpus, what became of it, and whether that got worse.

mod figures;
mod one;
pub mod ratchet;

use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use self::figures::Figures;
use self::one::Report;
use crate::Result;
use crate::documents::{Document, Selected};

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    selected: Selected,
    /// Generates each document a second time, as if from another folder, and compares.
    #[arg(long)]
    twice: bool,
    /// Writes the summary instead of comparing with it.
    #[arg(long)]
    bless: bool,
    /// How many documents at once; as many as there are cores if not given.
    #[arg(long)]
    jobs: Option<usize>,
}

/// Whether everything is as good as it was.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let documents = options.selected.documents(cache)?;
    let begin = Instant::now();
    let reports = all(&documents, options);
    let figures = Figures::of(&reports);
    let summary = figures.summary(begin.elapsed().as_secs(), peak_memory());
    println!("{}", serde_json::to_string_pretty(&summary)?);
    let path = cache.join("generate.json");
    fs::write(&path, serde_json::to_string_pretty(&details(&reports))?)?;
    println!(
        "each document, and each place that fell to any value: {}",
        path.display()
    );
    let sound = figures.sound();
    let committed = crate::project().join("tests/corpus/summary.json");
    match (options.selected.is_all(), options.bless) {
        (false, _) => Ok(sound),
        (true, true) => {
            fs::write(committed, serde_json::to_string_pretty(&summary)? + "\n")?;
            Ok(sound)
        }
        (true, false) => {
            let before: Value = serde_json::from_slice(&fs::read(committed)?)?;
            Ok(ratchet::holds(&before, &summary) && sound)
        }
    }
}

fn all(documents: &[Document], options: &Options) -> Vec<Report> {
    // The largest first, so that no core is left with one of them at the end.
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(documents[*index].bytes));
    let next = AtomicUsize::new(0);
    let reports: Mutex<Vec<(usize, Report)>> = Mutex::new(Vec::new());
    let progress = crate::progress(documents.len(), "generate");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..options.jobs.unwrap_or(cores).max(1) {
            scope.spawn(|| {
                while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = one::report(&documents[*index], options.twice);
                    if let Ok(mut reports) = reports.lock() {
                        reports.push((*index, report));
                    }
                    progress.inc(1);
                }
            });
        }
    });
    progress.finish_and_clear();
    let mut reports = reports.into_inner().unwrap_or_default();
    reports.sort_by_key(|(index, _)| *index);
    reports.into_iter().map(|(_, report)| report).collect()
}

fn details(reports: &[Report]) -> Value {
    let of_one = |report: &Report| {
        json!({
            "document": report.name,
            "seconds": report.seconds,
            "failure": report.failure,
            "operations": report.operations.emitted,
            "left out": [report.operations.left_out, report.parameters.left_out],
            "dropped": [report.operations.dropped, report.parameters.dropped],
            "fallen": report.fallen.iter().map(|(at, reason)| format!("{at}: {reason}")).collect::<Vec<_>>(),
        })
    };
    reports.iter().map(of_one).collect()
}

/// The most memory that this process ever had, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kib / 1024)
}
