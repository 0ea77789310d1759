//! The same bytes in give the same bytes out, and what is added changes nothing that was there.

use std::collections::BTreeMap;
use std::path::PathBuf;

use envoi::load::{Limits, load};
use envoi::package::{Package, standalone};
use envoi::{Config, Source, dump, generate};

/// Every document there is to try, with its text.
fn documents() -> Vec<(PathBuf, String)> {
    let folders = ["specs", "tests/fixtures"].map(|folder| std::fs::read_dir(folder).expect("the folder is there"));
    let paths = folders
        .into_iter()
        .flatten()
        .map(|entry| entry.expect("an entry").path());
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).expect("it can be read");
        (path, text)
    };
    paths
        .filter(|path| path.extension().is_none_or(|extension| extension != "toml"))
        .map(read)
        .collect()
}

/// The files of a client by path, without the comment that has the hash of the document.
fn files(name: &str, text: &str) -> BTreeMap<String, String> {
    let outcome = generate(&Source::new(name, text), &Config::default());
    assert!(!outcome.diagnostics.has_errors(), "{name}: {:?}", outcome.diagnostics);
    let body = |text: &str| {
        text.split_once('\n')
            .map_or_else(String::new, |(_, body)| body.to_owned())
    };
    outcome
        .files
        .into_iter()
        .map(|file| (file.path, body(&file.text)))
        .collect()
}

#[test]
fn twice_is_as_once() {
    for (path, text) in documents() {
        let config = Config::default();
        let name = path.file_name().expect("a file").to_string_lossy();
        let [first, second] = [format!("here/{name}"), format!("/somewhere/else/{name}")]
            .map(|name| generate(&Source::new(name, text.as_str()), &config));
        assert_eq!(first.files, second.files, "{name}");
        assert_eq!(first.diagnostics, second.diagnostics, "{name}");
    }
}

#[test]
fn a_crate_twice_is_as_once() {
    let mut pages = 0;
    for (path, text) in documents() {
        let name = path.file_name().expect("a file").to_string_lossy();
        let [first, second] = [format!("here/{name}"), format!("/somewhere/else/{name}")].map(|name| {
            let source = Source::new(name, text.as_str());
            standalone(&source, &Config::default(), &Package::new("same")).files
        });
        pages += first.iter().filter(|file| file.path.ends_with(".md")).count();
        assert_eq!(first, second, "{name}");
    }
    assert!(pages > 100, "{pages} pages");
}

/// JSON and YAML are two notations of one document.
#[test]
fn notations_make_no_difference() {
    for (path, text) in documents() {
        let name = path.file_name().expect("a file").to_string_lossy();
        let document = load(&Source::new(name.as_ref(), text.as_str()), &Limits::default()).expect("it can be read");
        let json = serde_json::to_string_pretty(&document.root).expect("JSON");
        assert_eq!(files(&name, &text), files("same.json", &json), "{name}");
    }
}

/// Documents use what later versions know and what earlier ones knew, whatever they declare. Only what the element of a
/// bare reference is called depends on the version (docs/decisions/0014-xml.md).
#[test]
fn minor_versions_make_no_difference() {
    for (path, text) in documents() {
        let name = path.file_name().expect("a file").to_string_lossy();
        let Some((declared, rest)) = text
            .split_once('\n')
            .filter(|(line, _)| line.starts_with("openapi: 3."))
        else {
            continue;
        };
        let files = |text: &str| {
            let mut files = files(&name, text);
            files.remove("src/xml.rs");
            files
        };
        let expected = files(&text);
        for version in ["3.0.4", "3.2.0"] {
            let other = format!("openapi: {version}\n{rest}");
            assert_eq!(files(&other), expected, "{name}: {declared}, {version}");
        }
    }
}

/// The document with two more schemas at the end, one of them called almost like `twin`; if it ends with its schemas.
/// Nothing else in it is defined like what is inline in them, or they would share a definition.
fn extended(text: &str, twin: &str) -> Option<String> {
    let schema = r#"{ "type": "object", "properties": { "a": { "enum": ["hoof"] }, "c": { "type": "object", "properties": { "mane": {} } } } }"#;
    if let Ok(mut root) = serde_json::from_str::<serde_json::Value>(text) {
        let schema: serde_json::Value = serde_json::from_str(schema).expect("JSON");
        let definitions = root.get_mut("definitions")?.as_object_mut()?;
        definitions.insert("Zebra".to_owned(), schema.clone());
        definitions.insert(twin.to_owned(), schema);
        return Some(root.to_string());
    }
    let section = |line: &&str| line.starts_with("  ") && !line.starts_with("   ");
    let last = text.lines().rfind(section)?;
    (last == "  schemas:").then(|| format!("{text}\n    Zebra: {schema}\n    {twin}: {schema}\n"))
}

#[test]
fn what_is_added_at_the_end_renames_nothing() {
    let mut tried = 0;
    for (path, text) in documents() {
        let name = path.display().to_string();
        let before = files(&name, &text);
        let first = dump(&Source::new(name.as_str(), text.as_str())).expect("the document can be read");
        let first = first
            .lines()
            .find_map(|line| line.strip_prefix("type #0 ")?.rsplit('/').next());
        let word = first.unwrap_or("none").split(' ').next().unwrap_or_default();
        let mut twin: String = word
            .to_ascii_uppercase()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        if text.contains(&format!("    {twin}:")) {
            twin.push('_');
        }
        let Some(more) = extended(&text, &twin) else { continue };
        tried += 1;
        let after = files(&name, &more);
        assert!(after.len() > before.len() + 1, "{name}: two schemas make two files");
        for (path, text) in &before {
            let now = after.get(path).unwrap_or_else(|| panic!("{name}: {path} is gone"));
            if path == "src/models/mod.rs" {
                let gone: Vec<&str> = text.lines().filter(|line| !now.contains(line)).collect();
                assert!(gone.is_empty(), "{name}: {gone:?}");
            } else {
                assert_eq!(now, text, "{name}: {path}");
            }
        }
    }
    assert!(tried > 15, "only {tried} documents end with their schemas");
}
