//! Documents are not trusted: whatever their names and texts are, in generated files they are string literals and words.

use std::path::{Path, PathBuf};

use envoi::package::{Package, PackageOutcome, standalone};
use envoi::{Config, MessageFormat, Renderer, Runtime, Source};
use envoi_names::{MARK, deceives, faults, poisoned};
use serde_json::Value;

/// How often each document is tried, with other payloads at other widths.
const ROUNDS: usize = 2;

/// Those that are JSON values: YAML can hold numbers that none can be.
fn documents() -> Vec<(PathBuf, Value)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folders = ["specs", "tests/fixtures"].into_iter();
    let entries = folders.flat_map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder"));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "yaml" || end == "json"));
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a text");
        let document = serde_yaml::from_str(&text).ok()?;
        Some((path, document))
    };
    paths.into_iter().filter_map(read).collect()
}

fn client(name: &str, document: &Value) -> (Source, PackageOutcome) {
    let source = Source::new(name, document.to_string());
    let package = Package {
        runtime: Runtime::Crate,
        ..Package::new("payloads")
    };
    let outcome = standalone(&source, &Config::default(), &package);
    (source, outcome)
}

#[test]
fn names_and_texts_of_documents_are_words_in_every_file() {
    let mut held = 0;
    for (path, document) in documents() {
        for seed in 0..ROUNDS {
            let (_, outcome) = client("payloads.json", &poisoned(&document, seed, 1));
            held += outcome.files.iter().filter(|file| file.text.contains(MARK)).count();
            let faults = outcome.files.iter().flat_map(|file| faults(&file.path, &file.text));
            let faults: Vec<String> = faults.take(5).collect();
            assert!(
                faults.is_empty(),
                "{}, round {seed}:\n{}",
                path.display(),
                faults.join("\n")
            );
        }
    }
    assert!(held > 50 * ROUNDS, "payloads are in {held} files only");
}

#[test]
fn messages_about_documents_have_no_characters_that_act() {
    for (path, document) in documents() {
        let (source, outcome) = client("\u{1b}[31mpayloads\u{202e}.json", &poisoned(&document, 1, 1));
        for client in &outcome.clients {
            for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json] {
                let renderer = Renderer::new(format, &source, client.document.as_ref());
                for diagnostic in client.diagnostics.iter() {
                    let text = renderer.render(diagnostic);
                    assert!(!text.contains(deceives), "{}: {text:?}", path.display());
                }
            }
        }
    }
}
