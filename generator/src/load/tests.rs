//! Documents good and bad, and what becomes of them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::*;
use crate::diagnostic::{Code, Place};
use crate::document::{Notation, Version};

fn load_text(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Document, Diagnostic> {
    load(&Source::new(name, bytes), &Limits::default())
}

#[track_caller]
fn check_tree(text: &str, notation: Notation, expected: Value) {
    let text = match notation {
        Notation::Json => format!("{{\"openapi\": \"3.0.0\", \"x\": {text}}}"),
        Notation::Yaml => format!("openapi: 3.0.0\nx:\n{text}\n"),
    };
    let document = load_text("x", text.as_str()).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    assert_eq!(document.notation, notation, "{text}");
    // The text form also compares the order of members.
    assert_eq!(document.root["x"].to_string(), expected.to_string(), "{text}");
}

/// Checks the code, the message and the place (`line:column`, a pointer, or nothing) of the one diagnostic.
#[track_caller]
fn check_fault(bytes: impl Into<Vec<u8>>, code: Code, place: &str, message: &str) {
    let bytes = bytes.into();
    let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
    let began = Instant::now();
    let error = load_text("x.yaml", bytes).expect_err(&shown);
    assert!(
        began.elapsed() < Duration::from_secs(10),
        "{shown}: {:?}",
        began.elapsed()
    );
    let at = match &error.at {
        Place::Position { line, column } => format!("{line}:{column}"),
        Place::Node(pointer) => pointer.to_string(),
        _ => String::new(),
    };
    assert!(error.message.contains(message), "{shown}: {error:?}");
    assert_eq!((error.code, at.as_str()), (code, place), "{shown}: {error:?}");
}

#[test]
fn scalars_of_both_notations_become_json() {
    for (text, expected) in [
        ("1", json!(1)),
        ("-3", json!(-3)),
        ("1.5", json!(1.5)),
        ("18446744073709551615", json!(u64::MAX)),
        ("18446744073709551616", json!(18_446_744_073_709_551_616_f64)),
        ("true", json!(true)),
        ("null", json!(null)),
        ("\"a\\nb\"", json!("a\nb")),
        ("[1, [2, {}], \"x\"]", json!([1, [2, {}], "x"])),
        ("{\"b\": 1, \"a\": {\"c\": []}}", json!({"b": 1, "a": {"c": []}})),
        ("{\"<<\": 1}", json!({"<<": 1})),
    ] {
        check_tree(text, Notation::Json, expected);
    }
    for (text, expected) in [
        ("  no", json!("no")),
        ("  0o17", json!(15)),
        ("  010", json!("010")),
        ("  2001-12-14T21:59:43.10-05:00", json!("2001-12-14T21:59:43.10-05:00")),
        ("  2001-12-14", json!("2001-12-14")),
        ("  [.nan, .inf, -.inf, ~]", json!([".nan", ".inf", "-.inf", null])),
        ("  1e999", json!("1e999")),
        (
            "  340282366920938463463374607431768211456",
            json!(3.402_823_669_209_385e38),
        ),
        ("  !!python/object:os.system\n    a: 1", json!({"a": 1})),
        ("  !thing [1, !other x]", json!([1, "x"])),
        ("  !!str 5", json!("5")),
        ("  |\n    a\n    b\n", json!("a\nb\n")),
        ("  !<!x> \"a\"", json!("a")),
    ] {
        check_tree(text, Notation::Yaml, expected);
    }
}

#[test]
fn names_keep_their_text() {
    check_tree(
        "  200: a\n  on: b\n  1.0: c\n  0x10: d\n  true: e\n  \"null\": f\n  2001-01-01: g\n  '': h",
        Notation::Yaml,
        json!({"200": "a", "on": "b", "1.0": "c", "0x10": "d", "true": "e", "null": "f", "2001-01-01": "g", "": "h"}),
    );
}

#[test]
fn merge_keys_are_applied() {
    let base = "  - &a {p: 1, q: 2}\n  - &b {q: 3, r: 4}\n";
    for (text, expected) in [
        ("  - {<<: *a, q: 9, z: 0}", json!({"p": 1, "q": 9, "z": 0})),
        ("  - {z: 0, q: 9, <<: *a}", json!({"p": 1, "q": 9, "z": 0})),
        ("  - {<<: [*a, *b]}", json!({"p": 1, "q": 2, "r": 4})),
        ("  - {<<: {x: 1}, <: 2}", json!({"x": 1, "<": 2})),
    ] {
        let all = json!([{"p": 1, "q": 2}, {"q": 3, "r": 4}, expected]);
        check_tree(&format!("{base}{text}"), Notation::Yaml, all);
    }
}

#[test]
fn broken_syntax_is_one_diagnostic_with_a_place() {
    use Code::{DuplicateMember, Syntax};
    for (text, code, place, message) in [
        ("{\"a\": 1,,}", Syntax, "1:9", "not valid JSON"),
        ("{\"a\": {\n  \"b\" 1}}", Syntax, "2:7", "not valid JSON"),
        ("{\"a\": \"é\", \"b\": x\"]", Syntax, "1:17", "not valid JSON"),
        ("a: b: c", Syntax, "1:5", "not valid YAML: mapping values"),
        ("a:\n  - b\n c: d", Syntax, "3:2", "did not find expected"),
        ("a: *b", Syntax, "1:4", "unknown anchor"),
        ("a: \"b", Syntax, "1:6", "unexpected end of stream"),
        ("a: 1\n\u{7}b: 2", Syntax, "2:1", "U+0007"),
        (
            "a: 1\n? [b]\n: c",
            Syntax,
            "2:3",
            "invalid type: sequence, expected a key",
        ),
        ("a: 1\nnull: 2", Syntax, "2:7", "is null"),
        ("a: 1\n~:\n  b: 2", Syntax, "3:3", "is null"),
        ("a: 1\n? ~\n: 2", Syntax, "3:3", "is null"),
        ("<<: 1", Syntax, "1:5", "a list of mappings"),
        ("<<: [{a: 1}, [{}]]", Syntax, "1:14", "a list of mappings"),
        (
            "a: !!int x",
            Syntax,
            "1:4",
            "invalid value: string \"x\", expected an integer",
        ),
        ("a: 1\n---\nb: 1", Syntax, "2:1", "more than one YAML document"),
        (
            "%YAML 1.1\n---\na: 1\n---\nb: 1",
            Syntax,
            "4:1",
            "more than one YAML document",
        ),
        ("a: &x 1\nb: &x 2\nc: *x", Syntax, "2:4", "`&x` is defined twice"),
        ("a: 1\nb: {c: 1,\n c: 2}", DuplicateMember, "3:2", "`c` appears twice"),
        ("200: 1\n\"200\": 2", DuplicateMember, "2:1", "`200` appears twice"),
        (
            "a: &a {}\nb:\n  <<: *a\n  <<: *a",
            DuplicateMember,
            "4:3",
            "`<<` appears twice",
        ),
        ("{\"a\": 1,\r\n \"a\": 2}", DuplicateMember, "2:4", "`a` appears twice"),
        ("{\"a\": 1,\r \"a\": 2}", DuplicateMember, "2:4", "`a` appears twice"),
    ] {
        check_fault(text, code, place, message);
    }
}

#[test]
fn bytes_that_are_no_text_have_a_place() {
    check_fault(b"a: 1\nb: \xFF", Code::Syntax, "2:4", "byte 8 is not UTF-8");
    check_fault(b"\xEF\xBB\xBFa: \xC3", Code::Syntax, "1:4", "byte 3 is not UTF-8");
    check_fault(b"a: \0", Code::Syntax, "1:4", "byte 3 is NUL");
    check_fault(b"\xFF\xFEo\0p\0", Code::Syntax, "1:1", "UTF-16");
    check_fault(b"\xFE\xFF\0o\0p", Code::Syntax, "1:1", "UTF-16");
}

#[test]
fn a_document_needs_a_version() {
    for text in [
        "",
        "\u{FEFF}",
        "# nothing",
        "null",
        "[]",
        "\"x\"",
        "---\n",
        "{}",
        "info: {}",
        "\n\n",
    ] {
        check_fault(text, Code::Version, "", "no `openapi` or `swagger` version");
    }
    for (text, place) in [
        ("openapi: 4.0.0", "#/openapi"),
        ("openapi: 3", "#/openapi"),
        ("openapi: 3.10.0", "#/openapi"),
        ("openapi:", "#/openapi"),
        ("openapi: [3]", "#/openapi"),
        ("swagger: 1.2", "#/swagger"),
        ("swagger: \"2.0\"\nopenapi: 3.0.0", "#/swagger"),
    ] {
        check_fault(text, Code::Version, place, "the document declares");
    }
}

#[test]
fn versions_are_told_apart() {
    for (text, version) in [
        ("swagger: '2.0'", Version::Swagger2),
        ("swagger: 2.0", Version::Swagger2),
        ("openapi: 3.0", Version::OpenApi30),
        ("openapi: 3.0.3", Version::OpenApi30),
        ("openapi: 3.0.0-rc1", Version::OpenApi30),
        ("{\"openapi\": \"3.1.1\"}", Version::OpenApi31),
        ("{openapi: 3.1}", Version::OpenApi31),
        ("openapi: 3.2.0", Version::OpenApi32),
    ] {
        assert_eq!(
            load_text("x", text).map(|document| document.version),
            Ok(version),
            "{text}"
        );
    }
}

#[test]
fn the_notation_is_what_parses() {
    for (name, text, notation) in [
        ("x.yaml", "{\"openapi\": \"3.0.0\"}", Notation::Json),
        ("x.json", "openapi: 3.0.0", Notation::Yaml),
        ("x.json", "{\"openapi\": \"3.0.0\",}", Notation::Yaml),
        ("x.yaml", " \n{openapi: 3.0.0, x: {a: b}}", Notation::Yaml),
        ("x", "# {\n{openapi: 3.0.0}", Notation::Yaml),
    ] {
        assert_eq!(
            load_text(name, text).map(|document| document.notation),
            Ok(notation),
            "{text}"
        );
    }
    for (name, text, message) in [
        ("x.yaml", "{\"a\": [}", "JSON"),
        ("x.json", "a: [}", "JSON"),
        ("x.yaml", "[1, }", "YAML"),
    ] {
        let error = load_text(name, text).expect_err(text);
        assert!(error.message.contains(message), "{text}: {error:?}");
    }
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let plain = "openapi: 3.0.0\ninfo:\n  title: |\n    a\n    b\n  x: [1,\n    2]\n";
    let expected = load_text("x", plain).expect("a document").root;
    for twin in [
        format!("\u{FEFF}{plain}"),
        plain.replace('\n', "\r\n"),
        plain.replace('\n', "\r"),
    ] {
        assert_eq!(
            load_text("x", twin.as_str()).map(|document| document.root),
            Ok(expected.clone())
        );
    }
}

#[test]
fn bombs_are_refused_fast() {
    let laughs: String = (1..10).fold("a0: &a0 [x]\n".to_owned(), |text, level| {
        let aliases = vec![format!("*a{}", level - 1); 9].join(",");
        format!("{text}a{level}: &a{level} [{aliases}]\n")
    });
    let long = format!("a: &a \"{}\"\nb: [{}]", "x".repeat(1 << 20), "*a,".repeat(1000));
    let names: String = (0..1000).fold(String::new(), |text, i| format!("{text}k{i}: {i}, "));
    let merges = format!("a: &a {{{names}}}\nb:\n{}", "  - <<: *a\n".repeat(1000));
    for (text, place, message) in [
        (laughs.as_str(), None, "aliases"),
        (&long, Some("1:4"), "aliases"),
        (&merges, None, "aliases"),
        ("a: &a [*a]", None, "deep"),
        ("a: &a\n  <<: *a", None, "deep"),
        (&"[".repeat(100_000), None, "deep"),
        (&"{\"a\":".repeat(100_000), None, "deep"),
        (&format!("x: {}", "[".repeat(100_000)), Some("1:132"), "deep"),
        (&format!("x: {}", "{a: ".repeat(100_000)), Some("1:516"), "deep"),
        (&"- ".repeat(100_000), Some("1:257"), "deep"),
        (&"? ".repeat(100_000), None, ""),
        (
            &(0..300).map(|i| " ".repeat(i) + "a:\n").collect::<String>(),
            Some("129:129"),
            "deep",
        ),
        (
            &format!("{}---\na: 1", "%TAG !a! x\n".repeat(100)),
            Some("33:1"),
            "directives",
        ),
    ] {
        let began = Instant::now();
        let error = load_text("x", text).expect_err("a bomb");
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "{}: {:?}",
            &text[..10],
            began.elapsed()
        );
        assert!(error.message.contains(message), "{}: {error:?}", &text[..10]);
        if message.is_empty() {
            continue;
        }
        assert_eq!(error.code, Code::Limit, "{}: {error:?}", &text[..10]);
        if let (Some(place), Place::Position { line, column }) = (place, &error.at) {
            assert_eq!(format!("{line}:{column}"), place, "{}", &text[..10]);
        }
    }
}

#[test]
fn many_anchors_and_documents_are_no_burden() {
    let anchors: String = (0..30_000).fold("openapi: 3.0.0\nx:\n".to_owned(), |mut text, i| {
        text.push_str(&format!("- &a{i} [x]\n- *a{i}\n"));
        text
    });
    assert!(load_text("x", anchors).is_ok());
    check_fault(
        "--- a\n".repeat(100_000),
        Code::Syntax,
        "2:1",
        "more than one YAML document",
    );
}

#[test]
fn limits_hold_for_both_notations() {
    let limits = Limits {
        bytes: 200,
        depth: 4,
        nodes: 20,
        string_bytes: 30,
    };
    for (body, fits) in [
        ("[1, 2, 3]".to_owned(), true),
        ("[[[1]]]".to_owned(), true),
        ("[[[[1]]]]".to_owned(), false),
        (format!("[{}1]", "1, ".repeat(15)), true),
        (format!("[{}1]", "1, ".repeat(25)), false),
        (format!("\"{}\"", "x".repeat(30)), true),
        (format!("\"{}\"", "x".repeat(31)), false),
        (format!("{{\"{}\": 1}}", "x".repeat(31)), false),
        (format!("[\"x\"{}]", " ".repeat(200)), false),
    ] {
        for text in [
            format!("{{\"openapi\": \"3.0.0\", \"x\": {body}}}"),
            format!("openapi: 3.0.0\nx: {body}"),
        ] {
            let code = load(&Source::new("x", text.as_str()), &limits)
                .err()
                .map(|error| error.code);
            assert_eq!(code, (!fits).then_some(Code::Limit), "{text}");
        }
    }
}

#[test]
fn only_files_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("api.yaml");
    std::fs::write(&path, "openapi: 3.0.0").expect("a file");
    let limits = Limits::default();
    let small = Limits {
        bytes: 5,
        ..Limits::default()
    };
    assert_eq!(
        read(&path, &limits).map(|source| source.bytes),
        Ok(b"openapi: 3.0.0".to_vec())
    );
    for (path, limits, code, message) in [
        (
            folder.path().join("none.yaml"),
            &limits,
            Code::Unreadable,
            "no such file",
        ),
        (folder.path().to_owned(), &limits, Code::Unreadable, "is a folder"),
        (path.join("x"), &limits, Code::Unreadable, "cannot read"),
        (path, &small, Code::Limit, "larger than 5 bytes"),
    ] {
        let error = read(&path, limits).expect_err(message);
        assert_eq!((error.code, &error.at), (code, &Place::Document), "{error:?}");
        assert!(error.message.contains(message), "{error:?}");
    }
}
