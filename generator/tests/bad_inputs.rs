//! Documents that cannot be used: one clear message with its place, exit code 1, and nothing is touched.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

/// Much longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(5);

const HEAD: &str = "openapi: 3.0.3\ninfo: { title: T, version: '1' }\npaths: {}\n";

/// Every file below a folder, with its bytes and when it was written.
fn files(folder: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let modified = path.metadata().and_then(|meta| meta.modified()).expect("a time");
            found.insert(path.clone(), (std::fs::read(&path).expect("a file"), modified));
        }
    }
    found
}

fn envoi(folder: &Path, document: &str) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_envoi"));
    command.current_dir(folder);
    command.args([
        "generate",
        document,
        "-o",
        "out",
        "--name",
        "kept",
        "--message-format",
        "short",
    ]);
    let output = command.output().expect("the program starts");
    (
        output.status.code(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

/// Runs over an earlier output, which stays as it is; every message begins with `place` and has `words`.
fn check_at(folder: &Path, document: &str, messages: usize, place: &str, words: &[&str]) {
    std::fs::write(folder.join("good.yaml"), HEAD).expect("it can be written");
    let (code, said) = envoi(folder, "good.yaml");
    assert_eq!(code, Some(0), "{said}");
    let before = files(&folder.join("out"));

    let began = Instant::now();
    let (code, said) = envoi(folder, document);
    assert!(began.elapsed() < PATIENCE, "{document}: {:?}", began.elapsed());
    assert_eq!(code, Some(1), "{document}: {said}");
    let errors: Vec<&str> = said.lines().filter(|line| line.contains("error[E")).collect();
    assert_eq!(errors.len(), messages, "{document}: {said}");
    assert!(
        errors[0].starts_with(&format!("{document}{place}: error[E")),
        "{document}{place}: {said}"
    );
    for word in words {
        assert!(errors[0].contains(word), "{document}: `{word}` is not in {said}");
    }
    assert!(!said.contains("panicked"), "{document}: {said}");
    assert_eq!(
        files(&folder.join("out")),
        before,
        "{document}: the earlier output is as it was"
    );
}

fn check(document: &str, bytes: impl AsRef<[u8]>, place: &str, words: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join(document), bytes).expect("it can be written");
    check_at(folder.path(), document, 1, place, words);
}

#[test]
fn no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    check_at(
        folder.path(),
        "none.yaml",
        1,
        "",
        &["E001", "no such file", "help: check the path"],
    );
    std::fs::create_dir(folder.path().join("folder.yaml")).expect("a folder");
    check_at(
        folder.path(),
        "folder.yaml",
        1,
        "",
        &["E001", "it is a folder, not a file"],
    );
}

#[test]
fn no_document() {
    for (name, bytes) in [
        ("empty.yaml", &b""[..]),
        ("bom.yaml", b"\xEF\xBB\xBF"),
        ("blank.json", b"\n \n"),
    ] {
        check(name, bytes, "", &["E004", "the document is empty"]);
    }
    check("list.yaml", "- a\n- b\n", "", &["E004", "the document is an array"]);
    check(
        "page.json",
        "<!doctype html>",
        "",
        &["E004", "the document is a string"],
    );
}

#[test]
fn no_text() {
    check(
        "prose.yaml",
        "Dear reader: this is: no YAML\n",
        ":1:21",
        &["E002", "not valid YAML"],
    );
    check(
        "cut.json",
        "{\"openapi\": \"3.0.3\",\n \"info\": {",
        ":2:10",
        &["E002", "not valid JSON"],
    );
    check(
        "latin.yaml",
        [HEAD.as_bytes(), b"x-note: caf\xE9\n"].concat(),
        ":4:12",
        &["E002", "not UTF-8"],
    );
    check(
        "wide.yaml",
        b"\xFF\xFEo\0p\0",
        ":1:1",
        &["E002", "UTF-16", "save the document as UTF-8"],
    );
    check("nul.yaml", format!("{HEAD}x-note: \"\0\"\n"), ":4:10", &["E002", "NUL"]);
}

#[test]
fn no_version() {
    check(
        "none.yaml",
        "info: {}\npaths: {}\n",
        "",
        &["E004", "no `openapi` or `swagger` version"],
    );
    check(
        "both.yaml",
        format!("{HEAD}swagger: '2.0'\n"),
        ":4:1",
        &["E004", "both `openapi` and `swagger`"],
    );
    check(
        "four.yaml",
        "openapi: 4.0.0\npaths: {}\n",
        ":1:1",
        &["E004", "`openapi: 4.0.0`", "`3.1.x`"],
    );
    check(
        "old.json",
        "{\n \"swagger\": \"1.2\"\n}",
        ":2:2",
        &["E004", "`swagger: 1.2`"],
    );
}

#[test]
fn references_that_lead_nowhere() {
    let schemas = |text: &str| format!("{HEAD}components:\n  schemas:\n    Kettle: {{ type: string }}\n{text}");
    let nowhere = schemas("    A:\n      $ref: '#/components/schemas/Kettl'\n");
    check(
        "typo.yaml",
        nowhere,
        ":8:7",
        &["E005", "Kettl`", "did you mean `#/components/schemas/Kettle`?"],
    );
    let outside = schemas("    A: { $ref: 'other.yaml#/A' }\n");
    check(
        "outside.yaml",
        outside,
        ":7:10",
        &["E005", "`other.yaml#/A`", "there is no file"],
    );
    let remote = schemas("    A: { $ref: 'https://example.com/a.yaml' }\n");
    check("remote.yaml", remote, ":7:10", &["E008", "example.com"]);

    let folder = tempfile::tempdir().expect("a folder");
    let cycle = schemas("    A: { $ref: '#/components/schemas/B' }\n    B: { $ref: '#/components/schemas/A' }\n");
    std::fs::write(folder.path().join("cycle.yaml"), cycle).expect("it can be written");
    check_at(
        folder.path(),
        "cycle.yaml",
        2,
        ":7:5",
        &["E006", "leads back to itself"],
    );
}

#[test]
fn documents_that_would_take_forever() {
    let mut bomb = format!("{HEAD}x-a: &a [x, x, x, x, x, x, x, x, x, x]\n");
    for (from, to) in "abcdefgh".chars().zip("bcdefghi".chars()) {
        bomb.push_str(&format!(
            "x-{to}: &{to} [{}]\n",
            vec![format!("*{from}"); 10].join(", ")
        ));
    }
    check("bomb.yaml", bomb, "", &["E003", "aliases"]);
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    check(
        "deep.yaml",
        format!("{HEAD}x-deep: {nested}\n"),
        ":4:137",
        &["E003", "128 levels deep"],
    );
    check(
        "deep.json",
        format!("{{\"openapi\": \"3.0.3\", \"x-deep\": {nested}}}"),
        ":1:158",
        &["E003", "too deep"],
    );
    let indented: String = (0..500)
        .map(|depth| format!("{:width$}a:\n", "", width = depth * 2))
        .collect();
    check("stairs.yaml", indented, ":129:257", &["E003", "too deep"]);
}

#[test]
fn members_written_twice() {
    let twice = format!("{HEAD}components:\n  schemas:\n    A: {{ type: string }}\n    A: {{ type: integer }}\n");
    check("twice.yaml", twice, ":7:5", &["E007", "`A`", "remove or rename one"]);
    check(
        "twice.json",
        "{\"openapi\": \"3.0.3\",\n \"openapi\": \"3.0.3\"}",
        ":2:10",
        &["E007", "`openapi`"],
    );
}
