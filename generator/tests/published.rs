//! What the manifest of a generated crate says for registries.

#[path = "support/shelf.rs"]
mod shelf;

use shelf::{DOCUMENT, Shelf, check, envoi, files};

const GENERATE: &[&str] = &["generate", "jars.yaml", "-o", "out", "--name", "jars"];

const CONFIGURATION: &str = "\
output = 'out'
[package]
name = 'jars'
license = 'MIT OR Apache-2.0'
authors = ['Jane Doe <jane@example.com>']
repository = 'https://example.com/jars'
homepage = 'https://jars.example.com'
documentation = 'https://docs.example.com/jars'
keywords = ['jars', 'api']
categories = ['api-bindings']
readme = 'ABOUT.md'
rust-version = '1.90'
[clients.jars]
document = 'jars.yaml'
";

/// The manifest says all of `lines`, and nothing of `not`.
#[track_caller]
fn says(shelf: &Shelf, lines: &[&str], not: &[&str]) {
    let manifest = shelf.read("out/Cargo.toml");
    for line in lines {
        assert!(manifest.lines().any(|found| found == *line), "{line} in\n{manifest}");
    }
    for key in not {
        assert!(!manifest.contains(key), "{key} in\n{manifest}");
    }
}

#[test]
fn what_is_configured_is_in_the_manifest() {
    let shelf = Shelf::new();
    shelf.put("envoi.toml", CONFIGURATION);
    check(&shelf.envoi(&[]), 0, &[]);
    let lines = [
        "license = \"MIT OR Apache-2.0\"",
        "authors = [\"Jane Doe <jane@example.com>\"]",
        "repository = \"https://example.com/jars\"",
        "homepage = \"https://jars.example.com\"",
        "documentation = \"https://docs.example.com/jars\"",
        "keywords = [\"jars\", \"api\"]",
        "categories = [\"api-bindings\"]",
        "readme = \"ABOUT.md\"",
        "rust-version = \"1.90\"",
        "exclude = [\"/.envoi-*\"]",
    ];
    says(&shelf, &lines, &["license-file"]);

    // What the user changes in the manifest stays, and what the configuration gains comes.
    let edited = shelf
        .read("out/Cargo.toml")
        .replace("'jars', 'api'", "")
        .replace("example.com/jars\"", "example.org/jars\"");
    shelf.put("out/Cargo.toml", &edited);
    shelf.put(
        "envoi.toml",
        &CONFIGURATION.replace("'jars', 'api'", "'jars', 'api', 'glass'"),
    );
    check(&shelf.envoi(&[]), 0, &[]);
    says(
        &shelf,
        &[
            "repository = \"https://example.org/jars\"",
            "keywords = [\"jars\", \"api\", \"glass\"]",
        ],
        &[],
    );

    shelf.put("envoi.toml", &CONFIGURATION.replace("MIT OR Apache-2.0", "mine"));
    check(
        &shelf.envoi(&[]),
        2,
        &["envoi.toml: `mine` is not an SPDX license expression"],
    );
}

#[test]
fn the_license_of_the_document_is_that_of_the_crate_unless_the_user_says_another() {
    let shelf = Shelf::new();
    check(&shelf.envoi(GENERATE), 0, &[]);
    says(&shelf, &["rust-version = \"1.85\""], &["license"]);

    let licensed = DOCUMENT.replace("version: '1'", "version: '1', license: { name: Apache 2.0 }");
    shelf.put("jars.yaml", &licensed);
    check(&shelf.envoi(GENERATE), 0, &[]);
    says(&shelf, &["license = \"Apache-2.0\""], &[]);

    // Cargo takes a license or a file with one.
    let own = shelf
        .read("out/Cargo.toml")
        .replace("license = \"Apache-2.0\"", "license-file = \"TERMS\"");
    shelf.put("out/Cargo.toml", &own);
    check(&shelf.envoi(GENERATE), 0, &[]);
    says(&shelf, &["license-file = \"TERMS\""], &["license = "]);
    shelf.put("jars.yaml", DOCUMENT);
    check(&shelf.envoi(GENERATE), 0, &[]);
    shelf.put("jars.yaml", &licensed);
    check(&shelf.envoi(GENERATE), 0, &[]);
    says(&shelf, &["license-file = \"TERMS\""], &["license = "]);
}

#[test]
fn the_embedded_runtime_has_its_license_and_other_code_has_none() {
    let shelf = Shelf::new();
    check(&envoi(&shelf.path(""), GENERATE), 0, &[]);
    let of_runtime = shelf.path("out/src/runtime");
    let mut licenses = Vec::new();
    for (path, (bytes, _)) in files(&shelf.path("out")) {
        let text = String::from_utf8(bytes).expect("a text");
        let is_code = path.extension().is_some_and(|ending| ending == "rs");
        let is_licensed = text.lines().nth(1) == Some("// SPDX-License-Identifier: MIT OR Apache-2.0");
        assert_eq!(
            is_code && path.starts_with(&of_runtime),
            is_licensed,
            "{}",
            path.display()
        );
        if path.starts_with(&of_runtime) && !is_code {
            licenses.push(path.file_name().expect("a name").to_string_lossy().into_owned());
            assert!(text.len() > 1000, "{text}");
        }
    }
    assert_eq!(licenses, ["LICENSE-APACHE", "LICENSE-MIT"]);
}
