//! The command `examples-decode`: every example of every document, read and written by the type made for its place.

mod find;
mod one;
mod untyped;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use clap::Args;
use envoi::Refused;
use serde_json::{Value, json};

use self::one::{Outcome, Report, Tried};
use crate::Result;
use crate::documents::{Document, Selected};
use crate::generate::ratchet;
use crate::round_trip::run::kind;

/// How many of a thousand valid examples that have a type may fail.
const MOST_FAILURES: usize = 10;

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    selected: Selected,
    /// Writes the figures instead of comparing with them.
    #[arg(long)]
    bless: bool,
}

/// Whether enough examples came back, and no fewer than before.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let documents = options.selected.documents(cache)?;
    let begin = Instant::now();
    let reports = all(&documents);
    let figures = Figures::of(&reports);
    let summary = figures.summary(&reports, begin.elapsed().as_secs());
    println!("{}", serde_json::to_string_pretty(&summary)?);
    let path = cache.join("examples-decode.json");
    fs::write(&path, serde_json::to_string_pretty(&details(&reports))?)?;
    println!("every example that did not come back: {}", path.display());
    let enough = figures.enough();
    let committed = crate::project().join("tests/corpus/examples.json");
    if !options.selected.is_all() {
        return Ok(enough);
    }
    if options.bless {
        fs::write(committed, serde_json::to_string_pretty(&summary)? + "\n")?;
        return Ok(enough);
    }
    let before: Value = serde_json::from_slice(&fs::read(committed)?)?;
    Ok(ratchet::holds(&before, &summary) && enough)
}

fn all(documents: &[Document]) -> Vec<Report> {
    // The largest first, so that no core is left with one of them at the end.
    let mut order: Vec<usize> = (0..documents.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(documents[*index].bytes));
    let next = AtomicUsize::new(0);
    let reports: Mutex<Vec<(usize, Report)>> = Mutex::new(Vec::new());
    let progress = crate::progress(documents.len(), "examples");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = one::report(&documents[*index]);
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

/// How many examples there are, and what became of them.
#[derive(Debug, Default, Clone, Copy)]
struct Counts {
    found: usize,
    valid: usize,
    untyped: usize,
    refused: usize,
    lossy: usize,
}

impl Counts {
    fn add(&mut self, one: &Tried) {
        self.valid += 1;
        match one.outcome {
            Outcome::Untyped(_) => self.untyped += 1,
            Outcome::Refused(_) => self.refused += 1,
            Outcome::Lossy(_) => self.lossy += 1,
            Outcome::Equal => {}
        }
    }

    fn typed(&self) -> usize {
        self.valid - self.untyped
    }

    fn summary(&self) -> Value {
        json!({
            "found": self.found,
            "valid": self.valid,
            "with a type": self.typed(),
            "read": self.typed() - self.refused,
            "without loss": self.typed() - self.refused - self.lossy,
        })
    }
}

/// The figures of a run.
#[derive(Debug, Default)]
struct Figures {
    all: Counts,
    /// By what the examples are of.
    of: BTreeMap<String, Counts>,
    /// Why valid examples have no type, and how many.
    untyped: BTreeMap<&'static str, usize>,
    /// Why others are refused or lose something, and how many.
    failed: BTreeMap<String, usize>,
}

impl Figures {
    fn of(reports: &[Report]) -> Self {
        let mut figures = Self::default();
        for report in reports {
            for of in &report.found {
                figures.all.found += 1;
                figures.of.entry(of.to_string()).or_default().found += 1;
            }
            for one in &report.valid {
                figures.all.add(one);
                figures.of.entry(one.of.to_string()).or_default().add(one);
                match &one.outcome {
                    Outcome::Untyped(reason) => *figures.untyped.entry(reason).or_default() += 1,
                    Outcome::Refused(Refused { reason, .. }) | Outcome::Lossy(reason) => {
                        *figures.failed.entry(kind(reason)).or_default() += 1;
                    }
                    Outcome::Equal => {}
                }
            }
        }
        figures
    }

    /// How many of 100,000 valid examples with a type come back without loss, rounded down.
    fn share(&self) -> usize {
        let kept = self.all.typed() - self.all.refused - self.all.lossy;
        (kept * 100_000).checked_div(self.all.typed()).unwrap_or_default()
    }

    fn enough(&self) -> bool {
        (self.all.refused + self.all.lossy) * 1000 <= self.all.typed() * MOST_FAILURES
    }

    fn summary(&self, reports: &[Report], seconds: u64) -> Value {
        let not_tried = reports
            .iter()
            .filter_map(|report| Some(format!("{}: {}", report.name, report.failure.as_ref()?)));
        let of: serde_json::Map<String, Value> = self
            .of
            .iter()
            .map(|(of, counts)| (of.clone(), counts.summary()))
            .collect();
        let mut examples = self.all.summary();
        examples["without loss, of 100,000 with a type"] = self.share().into();
        json!({
            "documents": { "all": reports.len() },
            "not tried": not_tried.collect::<Vec<String>>(),
            "examples": examples,
            "of": of,
            "valid and without a type": self.untyped,
            "reasons": self.failed,
            "measured, not compared": { "seconds": seconds },
        })
    }
}

fn details(reports: &[Report]) -> Value {
    let of_one = |report: &Report, one: &Tried| {
        let (outcome, reason) = match &one.outcome {
            Outcome::Equal => return None,
            Outcome::Untyped(reason) => ("without a type", (*reason).to_owned()),
            Outcome::Refused(refused) => ("refused", refused.to_string()),
            Outcome::Lossy(reason) => ("lossy", reason.clone()),
        };
        Some(json!({
            "document": report.name,
            "of": one.of.to_string(),
            "at": one.at.to_string(),
            "outcome": outcome,
            "reason": reason,
            "example": one.example,
        }))
    };
    let reports = reports.iter();
    reports
        .flat_map(|report| report.valid.iter().filter_map(move |one| of_one(report, one)))
        .collect()
}
