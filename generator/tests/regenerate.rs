//! What happens to a client that lives on: edits, additions, the user's own files, and versions.

#[path = "support/shelf.rs"]
mod shelf;

use std::process::Command;

use shelf::{DOCUMENT, Shelf, check, envoi, files};

const GENERATE: &[&str] = &["generate", "jars.yaml", "-o", "out", "--name", "jars"];
const CHECK: &[&str] = &["check", "jars.yaml", "-o", "out", "--name", "jars"];

/// A folder in which a client was generated.
fn generated() -> Shelf {
    let shelf = Shelf::new();
    check(&shelf.envoi(GENERATE), 0, &["0 unchanged"]);
    shelf
}

/// Replaces a text in a file.
#[track_caller]
fn edit(shelf: &Shelf, name: &str, from: &str, to: &str) {
    let text = shelf.read(name);
    assert!(text.contains(from), "{from} in {text}");
    shelf.put(name, &text.replacen(from, to, 1));
}

/// Generated files with their texts, without what is hidden.
fn texts(shelf: &Shelf) -> Vec<(String, Vec<u8>)> {
    let found = files(&shelf.path("out")).into_iter();
    let named = found.map(|(path, (text, _))| (path.display().to_string(), text));
    named.filter(|(path, _)| !path.contains("/.envoi")).collect()
}

#[test]
fn what_does_not_show_changes_no_file() {
    let shelf = generated();
    let list = shelf.read("out/.envoi-files");
    let before = texts(&shelf);
    shelf.put("jars.yaml", &format!("# A comment.\n{DOCUMENT}"));
    check(&shelf.envoi(CHECK), 0, &["up to date"]);
    check(&shelf.envoi(GENERATE), 0, &["0 files written"]);

    shelf.put("renamed.yaml", DOCUMENT);
    let renamed = ["generate", "renamed.yaml", "-o", "out", "--name", "jars"];
    check(&shelf.envoi(&renamed), 0, &["0 files written"]);

    let reordered = DOCUMENT.replace(
        "{ type: object, required: [lid], properties: { lid: { type: string } } }",
        "{ properties: { lid: { type: string } }, required: [lid], type: object }",
    );
    assert_ne!(reordered, DOCUMENT);
    shelf.put("jars.yaml", &reordered);
    check(&shelf.envoi(GENERATE), 0, &["0 files written"]);
    assert_eq!(texts(&shelf), before);
    assert_eq!(shelf.read("out/.envoi-files"), list);

    // An addition changes the files that show it.
    shelf.put(
        "jars.yaml",
        &DOCUMENT.replace(
            "{ lid: { type: string } }",
            "{ lid: { type: string }, cap: { type: string } }",
        ),
    );
    check(&shelf.envoi(GENERATE), 0, &["3 files written"]);
    let with_cap = texts(&shelf);
    let changed = with_cap.iter().zip(&before).filter(|(new, old)| new != old);
    let changed: Vec<&str> = changed
        .map(|((path, _), _)| path.rsplit('/').next().unwrap_or_default())
        .collect();
    assert_eq!(changed, ["Jar.md", "jar.rs", "model_traits.rs"]);
}

#[test]
fn edits_are_kept_unless_forced() {
    let shelf = generated();
    edit(&shelf, "out/src/client.rs", "pub", "/* mine */ pub");
    let edited = shelf.read("out/src/client.rs");
    // The same document, and another one.
    for document in [DOCUMENT.to_owned(), DOCUMENT.replace("Jar", "Pot")] {
        shelf.put("jars.yaml", &document);
        let said = ["src/client.rs", "no files were written", ".envoiignore", "--force"];
        check(&shelf.envoi(GENERATE), 2, &said);
        assert_eq!(shelf.read("out/src/client.rs"), edited);
        assert!(shelf.path("out/src/models/jar.rs").exists() && !shelf.path("out/src/models/pot.rs").exists());
    }
    check(&shelf.envoi(&[GENERATE, &["--force"]].concat()), 0, &["removed"]);
    assert_ne!(shelf.read("out/src/client.rs"), edited);
    check(&shelf.envoi(CHECK), 0, &["up to date"]);
}

#[test]
fn stale_files_that_were_edited_are_kept() {
    let shelf = generated();
    edit(&shelf, "out/src/models/jar.rs", "pub lid", "pub(crate) lid");
    shelf.put("jars.yaml", &DOCUMENT.replace("Jar", "Pot"));
    check(
        &shelf.envoi(GENERATE),
        2,
        &["overwritten or deleted: src/models/jar.rs;"],
    );
    assert!(shelf.path("out/src/models/jar.rs").exists());
}

#[test]
fn additions_to_the_manifest_stay() {
    let shelf = generated();
    let added = "\n[dependencies.rand]\nversion = \"0.9\" # for tests\n\n[profile.release]\nlto = true\n";
    let path = "out/Cargo.toml";
    shelf.put(path, &(shelf.read(path) + added));
    edit(&shelf, path, "[features]\n", "[features]\nextra = []\n");
    edit(&shelf, path, "http = \"1\"", "http = \"1.2\"");
    let before = shelf.read(path);
    check(&shelf.envoi(CHECK), 0, &["up to date"]);
    check(&shelf.envoi(GENERATE), 0, &["0 files written"]);
    assert_eq!(shelf.read(path), before);

    // A date needs another crate, and the title is the description.
    let dated = DOCUMENT.replace("lid: { type: string }", "lid: { type: string, format: date-time }");
    shelf.put("jars.yaml", &dated.replace("title: Jars", "title: Old jars"));
    check(&shelf.envoi(CHECK), 3, &["\n+chrono = "]);
    check(&shelf.envoi(GENERATE), 0, &["written"]);
    let manifest = shelf.read(path);
    for text in [
        "extra = []",
        "http = \"1.2\"",
        added,
        "chrono = {",
        "Client of Old jars.",
    ] {
        assert!(manifest.contains(text), "{text} in {manifest}");
    }
    check(&shelf.envoi(CHECK), 0, &["up to date"]);

    // What is not needed any more goes.
    shelf.put("jars.yaml", DOCUMENT);
    check(&shelf.envoi(GENERATE), 0, &["written"]);
    assert_eq!(shelf.read(path), before);
}

#[test]
fn files_of_the_user_are_left_alone() {
    let shelf = generated();
    shelf.put("out/.envoiignore", "/README.md\n/docs/\n/src/models/jar.rs\n");
    shelf.put("out/src/models/jar.rs", "// mine\n");
    std::fs::remove_file(shelf.path("out/README.md")).expect("it can be removed");
    shelf.put("jars.yaml", &DOCUMENT.replace("lid", "cap"));
    check(
        &shelf.envoi(GENERATE),
        0,
        &["files not generated, as .envoiignore says"],
    );
    assert_eq!(shelf.read("out/src/models/jar.rs"), "// mine\n");
    assert!(!shelf.path("out/README.md").exists() && shelf.path("out/docs/Jar.md").exists());
    check(&shelf.envoi(CHECK), 0, &["up to date"]);
    // The record of the last run knows the file.
    check(
        &shelf.envoi(GENERATE),
        0,
        &["nothing changed since the last run", "as .envoiignore says"],
    );
    shelf.put("out/.envoiignore", "/docs/\n/src/models/jar.rs\n");
    check(&shelf.envoi(GENERATE), 0, &["1 file written"]);
    assert!(shelf.path("out/README.md").exists());
    std::fs::remove_file(shelf.path("out/.envoiignore")).expect("it can be removed");
    check(&shelf.envoi(GENERATE), 2, &["src/models/jar.rs", "did not create"]);
}

#[track_caller]
fn check_version(shelf: &Shelf, expected: &str) {
    let manifest = shelf.read("out/Cargo.toml");
    assert!(
        manifest.contains(&format!("\nversion = \"{expected}\"\n")),
        "{expected} in {manifest}"
    );
}

#[test]
fn the_version_is_that_of_the_document_until_somebody_sets_one() {
    let shelf = generated();
    check_version(&shelf, "1.0.0");
    shelf.put("jars.yaml", &DOCUMENT.replace("version: '1'", "version: v1.2"));
    check(&shelf.envoi(GENERATE), 0, &[]);
    check_version(&shelf, "1.2.0");

    edit(&shelf, "out/Cargo.toml", "\"1.2.0\"", "\"1.2.1\"");
    check(&shelf.envoi(CHECK), 0, &["up to date"]);
    shelf.put("jars.yaml", &DOCUMENT.replace("version: '1'", "version: '2024-01-01'"));
    check(&shelf.envoi(GENERATE), 0, &[]);
    check_version(&shelf, "1.2.1");
    check(&shelf.envoi(&[GENERATE, &["--force"]].concat()), 0, &[]);
    check_version(&shelf, "1.2.1");

    // Not even without a record of what was written.
    std::fs::remove_file(shelf.path("out/.envoi-files")).expect("it can be removed");
    check(&shelf.envoi(GENERATE), 0, &[]);
    check_version(&shelf, "1.2.1");

    let set = [GENERATE, &["--crate-version", "2.0.0-rc.1"]].concat();
    check(&shelf.envoi(&set), 0, &[]);
    check_version(&shelf, "2.0.0-rc.1");
    check(
        &shelf.envoi(&[GENERATE, &["--crate-version", "2.0"]].concat()),
        2,
        &["`2.0` is not a semantic version"],
    );
}

#[test]
fn the_version_may_be_configured() {
    let shelf = Shelf::new();
    let configuration =
        "output = 'out'\n[package]\nname = 'jars'\nversion = '3.1.0'\n[clients.jars]\ndocument = 'jars.yaml'\n";
    shelf.put("envoi.toml", configuration);
    check(&shelf.envoi(&[]), 0, &[]);
    check_version(&shelf, "3.1.0");
    edit(&shelf, "out/Cargo.toml", "\"3.1.0\"", "\"3.1.1\"");
    check(&shelf.envoi(&[]), 0, &[]);
    check_version(&shelf, "3.1.1");
    shelf.put("envoi.toml", &configuration.replace("3.1.0", "3.2.0"));
    check(&shelf.envoi(&[]), 0, &[]);
    check_version(&shelf, "3.2.0");
    shelf.put("envoi.toml", &configuration.replace("3.1.0", "3"));
    check(&shelf.envoi(&[]), 2, &["envoi.toml: `3` is not a semantic version"]);
}

#[test]
fn check_shows_the_first_changes() {
    let shelf = generated();
    let properties: String = (0..60)
        .map(|number| format!("p{number}: {{ type: string }}, "))
        .collect();
    shelf.put(
        "jars.yaml",
        &DOCUMENT.replace("properties: { ", &format!("properties: {{ {properties}")),
    );
    let output = shelf.envoi(CHECK);
    check(
        &output,
        3,
        &[
            "changed: src/models/jar.rs:",
            "\n@@ -",
            "\n+    pub p0: ",
            "more lines",
            "3 differences (- on disk",
        ],
    );
    let text = String::from_utf8(output.stdout).expect("text");
    assert!(!text.contains('\u{1b}'), "a pipe has no colors");
    // Changes that are far from each other.
    let client = shelf.read("out/src/client.rs");
    let spaced = client.lines().enumerate();
    let spaced = spaced.map(|(index, line)| match index % 12 {
        11 => format!("{line} \n"),
        _ => format!("{line}\n"),
    });
    shelf.put("out/src/client.rs", &spaced.collect::<String>());
    check(
        &shelf.envoi(CHECK),
        3,
        &["edited: src/client.rs:12\n@@ -9,7 +9,7 @@\n", " more hunks\n"],
    );
    shelf.put("out/src/client.rs", &client);
    let summary = shelf.envoi(&[CHECK, &["--summary"]].concat());
    check(&summary, 3, &["changed: src/models/jar.rs:", "out: 3 differences"]);
    let text = String::from_utf8(summary.stdout).expect("text");
    assert_eq!(text.lines().count(), 5, "{text}");
}

#[test]
fn colors_are_for_terminals_and_text_is_inert() {
    let shelf = generated();
    edit(
        &shelf,
        "out/src/models/jar.rs",
        "pub lid",
        "// \u{1b}[2J\u{202e}\n    pub lid",
    );
    let run = |variables: &[(&str, &str)]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
        command
            .current_dir(shelf.path(""))
            .args(CHECK)
            .env_remove("NO_COLOR")
            .envs(variables.iter().copied());
        String::from_utf8(command.output().expect("the program starts").stdout).expect("text")
    };
    let colored = run(&[("CLICOLOR_FORCE", "1")]);
    assert!(
        colored.contains("\u{1b}[31m-    // \\u{1b}[2J\\u{202e}\u{1b}[0m\n"),
        "{colored:?}"
    );
    assert!(
        !colored.contains("\u{1b}[2J") && !colored.contains('\u{202e}'),
        "{colored:?}"
    );
    for plain in [run(&[]), run(&[("NO_COLOR", "1")])] {
        assert!(plain.contains("\n-    // \\u{1b}[2J\\u{202e}\n"), "{plain:?}");
        assert!(!plain.contains('\u{1b}'), "{plain:?}");
    }
}

#[test]
fn many_changed_files_are_counted() {
    let shelf = Shelf::new();
    let schemas: String = (0..30)
        .map(|number| format!("    S{number}: {{ type: object, properties: {{ a: {{ type: string }} }} }}\n"))
        .collect();
    shelf.put("jars.yaml", &format!("{DOCUMENT}{schemas}"));
    check(&envoi(&shelf.path(""), GENERATE), 0, &[]);
    shelf.put("jars.yaml", &format!("{DOCUMENT}{}", schemas.replace("a: {", "b: {")));
    check(
        &shelf.envoi(CHECK),
        3,
        &["(changes are shown for 20 of 60 files)", "changed: src/models/s9.rs:"],
    );
}
