//! A document is untrusted: its text reaches the output as string literals and doc text, and as nothing else.

use std::str::FromStr;

use envoi::package::{Member, Package, several, standalone};
use envoi::{Config, OutputFile, Source};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Map, Value};

/// Ends a string, a comment, a doc comment, an attribute and a manifest entry, and then names something to find.
const NEEDLE: &str = "zq\"#]); evil!(); }\n*/ \\u{41} ``` ${x} {evil} \r\u{202e}[build-dependencies]\nevil = \"1\" --";

const DOCUMENTS: [&str; 3] = ["fastly.yaml", "octopus.json", "clerk.yaml"];

/// Members whose values are words of OpenAPI, or refer to something by name.
const WORDS: [&str; 12] = [
    "openapi",
    "swagger",
    "type",
    "format",
    "in",
    "$ref",
    "scheme",
    "style",
    "required",
    "security",
    "collectionFormat",
    "propertyName",
];

/// Members whose keys are names that the API chose.
const NAMED: [&str; 4] = ["properties", "schemas", "parameters", "definitions"];

fn poison(value: &mut Value, named: bool) {
    match value {
        Value::String(text) => text.insert_str(0, NEEDLE),
        Value::Array(elements) => elements.iter_mut().for_each(|element| poison(element, false)),
        Value::Object(members) => {
            let mut poisoned = Map::new();
            for (key, mut member) in std::mem::take(members) {
                let within = NAMED.contains(&key.as_str()) && !named;
                if named || !WORDS.contains(&key.as_str()) {
                    poison(&mut member, within);
                }
                let key = if named && key != "data" {
                    format!("{key} {NEEDLE}")
                } else {
                    key
                };
                poisoned.insert(key, member);
            }
            *members = poisoned;
        }
        _ => {}
    }
}

/// A `$ref` follows the component it names.
fn follow(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(follow),
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), &mut *member) {
                    ("$ref", Value::String(reference))
                        if reference.contains("/schemas/")
                            || reference.contains("/parameters/")
                            || reference.starts_with("#/definitions/") =>
                    {
                        let name = format!(" {NEEDLE}")
                            .replace('~', "~0")
                            .replace('/', "~1")
                            .replace('%', "%25");
                        reference.push_str(&name);
                    }
                    _ => follow(member),
                }
            }
        }
        _ => {}
    }
}

fn poisoned(name: &str) -> Vec<OutputFile> {
    let path = format!("{}/../specs/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a document");
    let mut document: Value = serde_yaml::from_str(&text).expect("a tree");
    let paths = document["paths"].take();
    poison(&mut document, false);
    let mut paths_poisoned = paths;
    for (_, item) in paths_poisoned.as_object_mut().expect("paths") {
        poison(item, false);
    }
    document["paths"] = paths_poisoned;
    follow(&mut document);
    for key in ["servers", "host", "schemes", "basePath"] {
        document.as_object_mut().expect("an object").remove(key);
    }
    let source = Source::new(format!("{NEEDLE}.json"), document.to_string());
    let outcome = standalone(&source, &Config::default(), &Package::new("poisoned"));
    let errors: Vec<_> = outcome.clients[0]
        .diagnostics
        .iter()
        .filter(|d| d.code.id().starts_with('E'))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    assert!(
        outcome.clients[0].operations > 2 && outcome.clients[0].types > 1,
        "{name} is still a client"
    );
    let member = Member {
        module: "one".to_owned(),
        source,
        config: Config::default(),
    };
    let several = several(&[member], &Package::new("poisoned"));
    outcome.files.into_iter().chain(several.files).collect()
}

fn names_evil(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "evil",
        TokenTree::Group(group) => names_evil(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[test]
fn text_of_the_document_never_becomes_code() {
    for name in DOCUMENTS {
        let files = poisoned(name);
        assert!(
            files.iter().any(|file| file.text.contains("evil!()")),
            "the needle reaches the output of {name}"
        );
        for file in files.iter().filter(|file| file.path.ends_with(".rs")) {
            let tokens = TokenStream::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
            assert!(!names_evil(tokens), "{name}: {}\n{}", file.path, file.text);
        }
    }
}

#[test]
fn text_of_the_document_never_becomes_a_path_or_a_dependency() {
    for name in DOCUMENTS {
        for file in poisoned(name) {
            let plain = file
                .path
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'));
            assert!(plain && !file.path.contains(".."), "{}", file.path);
            if file.path == "Cargo.toml" {
                let manifest: toml_edit::DocumentMut = file.text.parse().expect("a manifest");
                assert!(!manifest.contains_key("build-dependencies"), "{}", file.text);
                assert!(manifest["dependencies"].get("evil").is_none(), "{}", file.text);
            }
        }
    }
}

#[test]
fn nothing_that_deceives_reaches_a_file() {
    for name in DOCUMENTS {
        for file in poisoned(name) {
            let raw = file.text.chars().find(|c| matches!(c, '\r' | '\u{202e}'));
            assert_eq!(raw, None, "{name}: {}", file.path);
        }
    }
}
