//! What Envoi makes of documents, as text: the representation, the files, the messages.
//!
//! `INSTA_UPDATE=always cargo test --test snapshots` accepts what is there now.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use envoi::package::{Member, Package, several};
use envoi::{Config, MessageFormat, Outcome, OutputFile, Renderer, Serde, Source, dump, generate};

/// The documents in a folder, in the order of their names.
fn documents(folder: &str) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml" || extension == "json")
        })
        .collect();
    paths.sort();
    paths
}

/// The document under its file name alone.
fn source(path: &Path) -> Source {
    let name = path.file_name().expect("a file").to_string_lossy();
    Source::new(name, std::fs::read(path).expect("it can be read"))
}

fn stem(source: &Source) -> &str {
    source.name.split('.').next().unwrap_or_default()
}

/// Files under their paths, without the comment that has the hash of the document.
fn files<'a>(files: impl IntoIterator<Item = &'a OutputFile>) -> String {
    let mut text = String::new();
    for file in files {
        let body = file
            .text
            .split_once('\n')
            .map_or("", |(_, body)| body.trim_start_matches('\n'));
        writeln!(text, "==> {}\n{body}", file.path).expect("a string takes everything");
    }
    text
}

/// The messages about a document, one per line.
fn messages(outcome: &Outcome, source: &Source) -> String {
    let renderer = Renderer::new(MessageFormat::Short, source, outcome.document.as_ref());
    let lines = outcome
        .diagnostics
        .iter()
        .map(|diagnostic| renderer.render(diagnostic) + "\n");
    let lines: String = lines.collect();
    if lines.is_empty() {
        lines
    } else {
        format!("==> messages\n{lines}\n")
    }
}

fn check(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn representations() {
    for path in documents("specs").iter().chain(&documents("tests/fixtures")) {
        let source = source(path);
        let text = dump(&source).expect("the document can be read");
        check(&format!("{}.ir", stem(&source)), &text);
    }
}

#[test]
fn clients_of_the_specs() {
    let member = |path: &PathBuf| {
        let source = source(path);
        Member {
            module: stem(&source).to_owned(),
            source,
            config: Config::default(),
        }
    };
    let members: Vec<Member> = documents("specs").iter().map(member).collect();
    let package = Package {
        runtime: envoi::Runtime::Crate,
        ..Package::new("invitations")
    };
    let made = several(&members, &package);
    assert!(!made.has_errors());
    for (member, outcome) in members.iter().zip(&made.clients) {
        let folder = format!("src/{}/", member.module);
        let own = made.files.iter().filter(|file| file.path.starts_with(&folder));
        check(
            &format!("{}.client", member.module),
            &(messages(outcome, &member.source) + &files(own)),
        );
    }
    let shared = made.files.iter().filter(|file| {
        !["src/", "docs/", "examples/"]
            .iter()
            .any(|own| file.path.starts_with(own))
            || file.path == "src/lib.rs"
    });
    check("package", &files(shared));
}

#[test]
fn fixtures() {
    for path in documents("tests/fixtures") {
        let source = source(&path);
        // what the cargo feature adds would be half of each snapshot; those of `specs/` have it
        let config = Config {
            serde: Serde::Reached,
            ..Config::default()
        };
        let outcome = generate(&source, &config);
        let own = |file: &&OutputFile| {
            [
                "src/models/",
                "src/apis/",
                "src/servers.rs",
                "src/webhooks.rs",
                "src/xml.rs",
            ]
            .iter()
            .any(|own| file.path.starts_with(own))
        };
        let text = messages(&outcome, &source) + &files(outcome.files.iter().filter(own));
        check(&format!("{}.client", stem(&source)), &text);
    }
}
