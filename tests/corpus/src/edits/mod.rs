//! The command `edits`: documents are edited as their authors edit them, and clients generated before and after. Counted
//! are files that change although nothing they show changed, and names that do not stay.

mod files;
mod kinds;
mod names;
mod places;

use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use envoi::package::{Package, standalone};
use envoi::{Config, Named, Runtime, Source};
use serde_json::{Value, json};

use self::files::Files;
use self::kinds::{Edit, KINDS, Kind};
use crate::Result;
use crate::documents::{Document, Selected};
use crate::generate::ratchet;
use crate::random::Random;

/// The sample whose figures are committed.
const SAMPLE: usize = 100;

#[derive(Args)]
pub struct Options {
    /// How many documents; the figures of 100 of seed 1 are compared with the committed ones, of others those that are 0.
    #[arg(long, default_value_t = SAMPLE)]
    sample: usize,
    /// What decides which documents are in the sample, and where they are edited.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents whose name contains this text.
    #[arg(long)]
    only: Option<String>,
    /// Only kinds of edits whose name contains this text.
    #[arg(long)]
    kind: Option<String>,
    /// Only names, which takes a fraction of the time.
    #[arg(long)]
    names_only: bool,
    /// Prints what is wrong with each document.
    #[arg(long)]
    show: bool,
    /// Writes the figures instead of comparing with them.
    #[arg(long)]
    bless: bool,
}

impl Options {
    const fn is_committed_sample(&self) -> bool {
        self.sample == SAMPLE && self.seed == 1 && self.only.is_none() && self.kind.is_none() && !self.names_only
    }
}

/// What edits of one kind led to.
#[derive(Default)]
struct Figures {
    tried: usize,
    /// Files before the edit.
    files: usize,
    changed: usize,
    had_to: usize,
    beyond: usize,
    names: usize,
    renamed: usize,
    shared_renamed: usize,
    /// What is wrong, a line each.
    faults: Vec<String>,
}

impl Figures {
    fn add(&mut self, other: Self) {
        self.tried += other.tried;
        self.files += other.files;
        self.changed += other.changed;
        self.had_to += other.had_to;
        self.beyond += other.beyond;
        self.names += other.names;
        self.renamed += other.renamed;
        self.shared_renamed += other.shared_renamed;
        self.faults.extend(other.faults);
    }

    fn json(&self) -> Value {
        json!({
            "tried": self.tried,
            "files": self.files,
            "changed": self.changed,
            "had to change": self.had_to,
            "changed beyond that": self.beyond,
            "names": self.names,
            "renamed": self.renamed,
            "shared definitions renamed": self.shared_renamed,
        })
    }
}

type All = BTreeMap<&'static str, Figures>;

/// Whether no figure is worse than before.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let mut documents = Selected::sample(options.sample, options.seed, options.only.clone()).documents(cache)?;
    let count = documents.len();
    // the largest first, so that no core is left with one of them at the end
    documents.sort_by_key(|document| std::cmp::Reverse(document.bytes));
    let all = measured(&documents, options);
    let kinds: BTreeMap<&str, Value> = all.iter().map(|(kind, figures)| (*kind, figures.json())).collect();
    let figures = json!({ "documents": { "tried": count }, "edits": kinds });
    println!("{}", serde_json::to_string_pretty(&figures)?);
    let faults: Vec<&str> = all
        .values()
        .flat_map(|figures| &figures.faults)
        .map(String::as_str)
        .collect();
    let path = cache.join("edits.txt");
    fs::write(&path, faults.join("\n"))?;
    if options.show {
        println!("{}", faults.join("\n"));
    }
    println!("each file and name: {}", path.display());
    let committed = crate::project().join("tests/corpus/edits.json");
    if options.bless && options.is_committed_sample() {
        fs::write(committed, serde_json::to_string_pretty(&figures)? + "\n")?;
        return Ok(true);
    }
    let before: Value = serde_json::from_slice(&fs::read(committed)?)?;
    Ok(match options.is_committed_sample() {
        true => ratchet::holds(&before, &figures),
        false => zeros_hold(&before, &figures),
    })
}

/// Whether what no committed edit does, none of another sample does.
fn zeros_hold(before: &Value, after: &Value) -> bool {
    let mut holds = true;
    for (kind, figures) in after["edits"].as_object().into_iter().flatten() {
        for (name, figure) in figures.as_object().into_iter().flatten() {
            let judged = ["changed beyond that", "renamed", "shared definitions renamed"].contains(&name.as_str());
            if judged && before["edits"][kind][name] == 0 && *figure != 0 {
                println!("worse: {kind}: {name}: 0 -> {figure}");
                holds = false;
            }
        }
    }
    holds
}

fn measured(documents: &[Document], options: &Options) -> All {
    let next = AtomicUsize::new(0);
    let all: Mutex<All> = Mutex::new(All::new());
    let progress = crate::progress(documents.len(), "edits");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let own = catch_unwind(AssertUnwindSafe(|| edited(document, options)));
                    if let (Ok(mut all), Ok(Ok(own))) = (all.lock(), own) {
                        for (kind, figures) in own {
                            all.entry(kind).or_default().add(figures);
                        }
                    }
                    progress.inc(1);
                }
            });
        }
    });
    progress.finish_and_clear();
    let mut all = all.into_inner().unwrap_or_default();
    all.values_mut().for_each(|figures| figures.faults.sort());
    all
}

/// What each kind of edit of a document leads to.
fn edited(document: &Document, options: &Options) -> Result<All> {
    let source = document.source()?;
    let root: Value = serde_json::from_slice(&source.bytes)?;
    let Some(before) = Client::of(&source, options) else {
        return Ok(All::new());
    };
    let mut all = All::new();
    let wanted = |kind: &&Kind| {
        options
            .kind
            .as_ref()
            .is_none_or(|text| kind.name.contains(text.as_str()))
    };
    for kind in KINDS.iter().filter(wanted) {
        let mut random = Random::of(options.seed, &format!("{} {}", document.name, kind.name));
        let mut changed = root.clone();
        let Some(edit) = (kind.apply)(&mut changed, &mut random, &before.names) else {
            continue;
        };
        let text = match edit.spread {
            true => serde_json::to_vec_pretty(&changed)?,
            false => serde_json::to_vec(&changed)?,
        };
        let name = if edit.elsewhere {
            "elsewhere.json".to_owned()
        } else {
            document.name.clone()
        };
        if let Some(after) = Client::of(&Source::new(name, text), options) {
            let title = format!("{}: {}", document.name, kind.name);
            all.entry(kind.name)
                .or_default()
                .add(compared(&before, &after, &edit, &title));
        }
    }
    Ok(all)
}

/// A client: its files, and its names.
struct Client {
    files: Files,
    names: Vec<Named>,
}

impl Client {
    fn of(source: &Source, options: &Options) -> Option<Self> {
        let config = Config::default();
        let names = Named::of(source, &config)?;
        if options.names_only {
            let files = Files::default();
            return Some(Self { files, names });
        }
        let package = Package {
            runtime: Runtime::Crate,
            ..Package::new("edited")
        };
        let outcome = standalone(source, &config, &package);
        let files = Files::of(outcome.files);
        Some(Self { files, names })
    }
}

fn compared(before: &Client, after: &Client, edit: &Edit, title: &str) -> Figures {
    let files = files::compare(&before.files, &after.files, edit);
    let names = names::compare(&before.names, &after.names, edit);
    let faults = files.beyond.iter().map(|path| format!("{title}: file {path}"));
    let faults = faults.chain(names.renamed.iter().map(|line| format!("{title}: name {line}")));
    let shared = names.shared.iter().map(|line| format!("{title}: shared {line}"));
    Figures {
        tried: 1,
        files: before.files.len(),
        changed: files.changed,
        had_to: files.changed - files.beyond.len(),
        beyond: files.beyond.len(),
        names: before.names.len(),
        renamed: names.renamed.len(),
        shared_renamed: names.shared.len(),
        faults: faults.chain(shared).collect(),
    }
}
