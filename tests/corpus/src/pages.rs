//! The command `pages`: how many of the operations whose parameters speak of pages have pages in the client.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use clap::Args;
use envoi::{Census, Config, Diagnostic, Place, Pointer};
use serde_json::{Value, json};

use crate::Result;
use crate::documents::{Document, Selected};
use crate::generate::ratchet;
use crate::operations::{Declared, declared};

#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    selected: Selected,
    /// Writes the figures instead of comparing with them.
    #[arg(long)]
    bless: bool,
}

/// Query parameters that count pages or items or take a token, in small letters and digits alone. It is wider than what
/// Envoi knows: it is held against this.
const PARAMETERS: [&str; 44] = [
    "page",
    "pagenumber",
    "pageno",
    "pagenum",
    "pageindex",
    "currentpage",
    "pageid",
    "pagenr",
    "offset",
    "skip",
    "pageoffset",
    "startindex",
    "startat",
    "firstresult",
    "startposition",
    "startrow",
    "startrecord",
    "cursor",
    "pagecursor",
    "nextcursor",
    "startcursor",
    "pagetoken",
    "nexttoken",
    "nextpagetoken",
    "nextpage",
    "continuationtoken",
    "continuation",
    "continue",
    "continuetoken",
    "after",
    "pageafter",
    "aftercursor",
    "afterid",
    "searchafter",
    "startingafter",
    "startafter",
    "startkey",
    "exclusivestartkey",
    "marker",
    "pagemarker",
    "nextmarker",
    "pageinfo",
    "scrollid",
    "skiptoken",
];

/// What became of an operation.
#[derive(Debug)]
struct Found {
    title: String,
    /// The parameters that speak of pages.
    parameters: Vec<String>,
    pages: Option<&'static str>,
    /// Why it has none.
    reason: Option<String>,
}

/// Whether as many operations are paged as before; a sample is not compared.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let documents = options.selected.documents(cache)?;
    let found = all(&documents);
    let figures = figures(&found);
    println!("{}", serde_json::to_string_pretty(&figures)?);
    let path = cache.join("pages.json");
    let line = |one: &Found| json!([one.title, one.parameters, one.pages, one.reason]);
    let operations: Vec<Value> = found.iter().map(line).collect();
    let details = json!({ "by parameter": by_parameter(&found), "operations": operations });
    fs::write(&path, serde_json::to_string_pretty(&details)?)?;
    println!("each parameter and operation: {}", path.display());
    if !options.selected.is_all() {
        return Ok(true);
    }
    let committed = crate::project().join("tests/corpus/pages.json");
    if options.bless {
        fs::write(committed, serde_json::to_string_pretty(&figures)? + "\n")?;
        return Ok(true);
    }
    let before: Value = serde_json::from_slice(&fs::read(committed)?)?;
    Ok(ratchet::holds(&before, &figures))
}

fn all(documents: &[Document]) -> Vec<Found> {
    let next = AtomicUsize::new(0);
    let found: Mutex<Vec<(usize, Vec<Found>)>> = Mutex::new(Vec::new());
    let progress = crate::progress(documents.len(), "pages");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(document) = documents.get(index) else { break };
                    let own = of(document);
                    if let Ok(mut found) = found.lock() {
                        found.push((index, own));
                    }
                    progress.inc(1);
                }
            });
        }
    });
    progress.finish_and_clear();
    let mut found = found.into_inner().unwrap_or_default();
    found.sort_by_key(|(index, _)| *index);
    found.into_iter().flat_map(|(_, own)| own).collect()
}

/// The operations of a document that have pages or a parameter that speaks of them.
fn of(document: &Document) -> Vec<Found> {
    let Some(source) = document.source().ok() else {
        return Vec::new();
    };
    let Some((census, diagnostics)) = Census::of(&source, &Config::default()) else {
        return Vec::new();
    };
    let mut pages: HashMap<(&Pointer, &str), Option<&'static str>> = HashMap::new();
    for call in &census.calls {
        pages.insert((&call.at, call.method.as_str()), call.pages);
    }
    let reason = |at: &Pointer| {
        let is_it = |one: &&Diagnostic| one.code.id() == "N216" && one.at == Place::Node(at.clone());
        diagnostics.iter().find(is_it).map(|one| one.message.clone())
    };
    let root: Value = serde_json::from_slice(&source.bytes).unwrap_or_default();
    let found = declared(&root).into_iter().map(|operation| Found {
        title: format!("{} {} {}", document.name, operation.method, operation.path),
        parameters: speaking(&operation),
        pages: pages
            .get(&(&operation.at, operation.method.as_str()))
            .copied()
            .flatten(),
        reason: reason(&operation.at),
    });
    found
        .filter(|one| one.pages.is_some() || one.reason.is_some() || !one.parameters.is_empty())
        .collect()
}

fn speaking(operation: &Declared) -> Vec<String> {
    let speaks = |name: &str| {
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        PARAMETERS.contains(&letters.collect::<String>().to_ascii_lowercase().as_str())
    };
    let queries = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == "query");
    queries
        .map(|parameter| parameter.name.clone())
        .filter(|name| speaks(name))
        .collect()
}

fn figures(found: &[Found]) -> Value {
    let mut styles: BTreeMap<&str, usize> = BTreeMap::new();
    for style in found.iter().filter_map(|one| one.pages) {
        *styles.entry(style).or_default() += 1;
    }
    let speaking = || found.iter().filter(|one| !one.parameters.is_empty());
    json!({
        "operations with a page, cursor or offset parameter": {
            "all": speaking().count(),
            "paged": speaking().filter(|one| one.pages.is_some()).count(),
            "not paged, with a note": speaking().filter(|one| one.reason.is_some()).count(),
        },
        "paged operations": found.iter().filter(|one| one.pages.is_some()).count(),
        "by style": styles,
    })
}

/// How many operations have each parameter, and how many of these are paged.
fn by_parameter(found: &[Found]) -> BTreeMap<String, [usize; 2]> {
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for one in found {
        for name in &one.parameters {
            let count = counts.entry(name.to_ascii_lowercase()).or_default();
            count[0] += 1;
            count[1] += usize::from(one.pages.is_some());
        }
    }
    counts
}
