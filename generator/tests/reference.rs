//! The pages of `docs/reference/` say what the code says.
//!
//! `INSTA_UPDATE=always cargo test -p envoi --test reference` rewrites them.

#[path = "reference/command_line.rs"]
mod command_line;
#[path = "reference/excerpt.rs"]
mod excerpt;
#[path = "reference/settings.rs"]
mod settings;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use envoi::{Code, Severity};

const UPDATE: &str = "INSTA_UPDATE=always cargo test -p envoi --test reference";

/// A place in the repository.
fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(place(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails when the page is not what is made now, or writes it when that is asked for.
fn hold(path: &str, made: &str) {
    let found = std::fs::read_to_string(place(path)).unwrap_or_default();
    if found == made {
        return;
    }
    if std::env::var("INSTA_UPDATE").as_deref() == Ok("always") {
        std::fs::write(place(path), made).expect("the page can be written");
        return;
    }
    let differs = |(_, (a, b)): &(usize, (&str, &str))| a != b;
    let both = found.lines().zip(made.lines());
    let (line, expected) = match both.enumerate().find(differs) {
        Some((line, (_, expected))) => (line, expected),
        None => (found.lines().count().min(made.lines().count()), "(another length)"),
    };
    panic!(
        "{path}:{} is stale, which `{UPDATE}` mends. Expected there:\n{expected}",
        line + 1
    );
}

/// What a cell of a table can hold.
fn cell(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}

#[test]
fn options() {
    let mut page = format!(
        "# Options\n\nAll options of the command line, the configuration file and the library. This page is generated from the code by\n`{UPDATE}`, and a test fails when it is stale.\n\n\
         Contents: [command line](#command-line) · [exit codes](#exit-codes) · [`envoi.toml`](#envoitoml) · \
         [library and build script](#library-and-build-script) · [cargo features](#cargo-features)\n\n"
    );
    page += &command_line::section();
    page += EXIT_CODES;
    page += &settings::section();
    page += &settings::features();
    hold("docs/reference/options.md", &page);
}

const EXIT_CODES: &str = "## Exit codes\n\n| code | meaning |\n|---|---|\n| 0 | success |\n| 1 | a document has errors; no files were written |\n\
     | 2 | the arguments or the configuration are invalid, or a file cannot be read or written |\n| 3 | `check` found differences |\n\n";

#[test]
fn diagnostics() {
    let mut page = format!(
        "# Diagnostics\n\nAll diagnostics about documents, by code. Codes are stable across releases. This page is generated from the code by\n`{UPDATE}`.\n\n\
         Each diagnostic has a file, line and column, a JSON Pointer, a message, and help. `--message-format short` prints one line\n\
         per diagnostic, `--message-format json` one JSON object. Notes are shown only with `--verbose`.\n\n"
    );
    for (severity, title) in [
        (
            Severity::Error,
            "Errors: the document cannot be used; no files are written",
        ),
        (
            Severity::Warning,
            "Warnings: the client works, but part of the document is not generated or is untyped",
        ),
        (Severity::Note, "Notes: information; the client is complete"),
    ] {
        write!(page, "## {title}\n\n| code | meaning |\n|---|---|\n").expect("a string takes everything");
        for code in Code::ALL.iter().filter(|code| code.severity() == severity) {
            writeln!(page, "| {} | {} |", code.id(), cell(code.meaning())).expect("a string takes everything");
        }
        page.push('\n');
    }
    page += "With `--keep-going`, the errors E005, E006 and E008 are reported as the warning W110.\n";
    hold("docs/reference/diagnostics.md", &page);
}

/// Parts of documents and of what is made of them, which pages show side by side.
#[test]
fn excerpts() {
    let path = "docs/reference/mapping.md";
    hold(path, &excerpt::refreshed(&read(path)));
}

/// The program itself lists its keys when it meets one that it does not know; each has its row.
#[test]
fn every_key_of_the_configuration_is_listed() {
    let page = read("docs/reference/options.md");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("envoi.toml");
    for table in [
        "",
        "[package]",
        "[clients.a]",
        "[clients.a.include]",
        "[clients.a.rename]",
        "[clients.a.formats]",
    ] {
        std::fs::write(&path, format!("{table}\nbogus = 1\n")).expect("it can be written");
        let mut call = Command::new(env!("CARGO_BIN_EXE_envoi"));
        let done = call
            .arg("generate")
            .arg("--config")
            .arg(&path)
            .output()
            .expect("the program runs");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        let (_, expected) = said
            .split_once("expected ")
            .unwrap_or_else(|| panic!("{table}: {said}"));
        let keys: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
        assert!(keys.len() > 1, "{said}");
        let heading = match table {
            "" => "### Top level".to_owned(),
            table => format!("### `{}`", table.replace(".a", ".NAME")),
        };
        let (_, section) = page.split_once(&heading).unwrap_or_else(|| panic!("no {heading}"));
        let section = section.split("###").next().unwrap_or_default();
        for key in keys {
            assert!(
                section.contains(&format!("| `{key}` |")),
                "{table} {key} is not in docs/reference/options.md"
            );
        }
    }
}
