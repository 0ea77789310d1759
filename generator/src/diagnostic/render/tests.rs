//! What diagnostics look like.

use super::*;
use crate::diagnostic::Code;
use crate::document::Version;
use crate::load::{Limits, load};
use crate::text::is_hidden;

const TEXT: &str = "openapi: 3.0.0\npaths:\n  /a:\n    get:\n      $ref: '#/nowhere' # odd\ncomponents:\n  schemas:\n    Pet: {type: object}\n";

fn dangling() -> Diagnostic {
    let place = Pointer::root().child("paths").child("/a").child("get").child("$ref");
    let pet = Pointer::root().child("components").child("schemas").child("Pet");
    Diagnostic::new(
        Code::DanglingReference,
        Place::Node(place),
        "`#/nowhere` does not exist",
    )
    .related(pet, "did you mean this one")
    .help("correct the reference")
}

#[track_caller]
fn check(format: MessageFormat, text: &str, diagnostic: &Diagnostic, expected: &str) {
    let source = Source::new("specs/x.yaml", text);
    let document = load(&source, &Limits::default()).ok();
    let shown = Renderer::new(format, &source, document.as_ref()).render(diagnostic);
    assert_eq!(shown, expected, "{shown}");
}

#[track_caller]
fn check_line(line: &str, column: usize, expected: &str) {
    let place = Place::Position { line: 1, column };
    let diagnostic = Diagnostic::new(Code::Syntax, place, "m");
    let source = Source::new("x", line);
    let shown = Renderer::new(MessageFormat::Human, &source, None).render(&diagnostic);
    let snippet: Vec<&str> = shown.lines().skip(3).take(2).collect();
    assert_eq!(snippet.join("\n"), expected, "{shown}");
}

#[test]
fn people_see_the_line() {
    let expected = "\
error[E005]: `#/nowhere` does not exist
 --> specs/x.yaml:5:7
  |
5 |       $ref: '#/nowhere' # odd
  |       ^^^^
  |
  = at: #/paths/~1a/get/$ref
  = help: correct the reference
note: did you mean this one
 --> specs/x.yaml:8:5
  |
8 |     Pet: {type: object}
  |     ^^^
  |
  = at: #/components/schemas/Pet";
    check(MessageFormat::Human, TEXT, &dangling(), expected);
}

#[test]
fn a_broken_line_is_shown_with_the_one_before() {
    let text = format!("{}a: \"b\nc: d\n", "\n".repeat(98));
    let place = Place::Position { line: 100, column: 2 };
    let diagnostic = Diagnostic::new(Code::Syntax, place, "this is not valid YAML");
    let expected = "\
error[E002]: this is not valid YAML
   --> specs/x.yaml:100:2
    |
 99 | a: \"b
100 | c: d
    |  ^
    |";
    check(MessageFormat::Human, &text, &diagnostic, expected);
}

#[test]
fn a_document_without_a_place_has_no_snippet() {
    let diagnostic = Diagnostic::new(Code::Version, Place::Document, "no version").help("add one");
    let human = "error[E004]: no version\n --> specs/x.yaml\n  = help: add one";
    check(MessageFormat::Human, "info: {}", &diagnostic, human);
    let short = "specs/x.yaml: error[E004]: no version (help: add one)";
    check(MessageFormat::Short, "info: {}", &diagnostic, short);
    let past_the_end = Place::Position { line: 9, column: 1 };
    let diagnostic = Diagnostic::new(Code::Syntax, past_the_end, "m");
    check(
        MessageFormat::Human,
        "a",
        &diagnostic,
        "error[E002]: m\n --> specs/x.yaml:9:1",
    );
}

#[test]
fn logs_get_one_line() {
    let expected = "specs/x.yaml:5:7: error[E005]: `#/nowhere` does not exist (help: correct the reference)";
    check(MessageFormat::Short, TEXT, &dangling(), expected);
}

#[test]
fn programs_get_one_object() {
    let expected = concat!(
        r#"{"code":"E005","severity":"error","message":"`#/nowhere` does not exist","file":"specs/x.yaml","#,
        r##""line":5,"column":7,"pointer":"#/paths/~1a/get/$ref","help":"correct the reference","##,
        r##""related":[{"message":"did you mean this one","file":"specs/x.yaml","line":8,"column":5,"##,
        r##""pointer":"#/components/schemas/Pet"}]}"##,
    );
    check(MessageFormat::Json, TEXT, &dangling(), expected);
}

#[test]
fn moved_nodes_are_shown_where_they_stood() {
    let source = Source::new("x.yaml", "swagger: '2.0'\ndefinitions:\n  Pet:\n    type: object\n");
    let mut document = load(&source, &Limits::default()).expect("a document");
    assert_eq!(document.version, Version::Swagger2);
    let now = Pointer::root().child("components").child("schemas");
    document.moved.push((now.clone(), Pointer::root().child("definitions")));
    let place = Place::Node(now.child("Pet").child("type"));
    let diagnostic = Diagnostic::new(Code::Invalid, place, "odd");
    let shown = Renderer::new(MessageFormat::Human, &source, Some(&document)).render(&diagnostic);
    assert!(shown.contains("x.yaml:4:5"), "{shown}");
    assert!(shown.contains("= at: #/definitions/Pet/type"), "{shown}");
}

#[test]
fn nodes_of_what_did_not_load_are_located() {
    let place = Place::Node(Pointer::root().child("openapi"));
    for (text, expected) in [
        ("{\"info\": 1,\n \"openapi\": 4}", "specs/x.yaml:2:2: error[E004]: m"),
        ("info: 1\nopenapi: 4", "specs/x.yaml:2:1: error[E004]: m"),
    ] {
        let diagnostic = Diagnostic::new(Code::Version, place.clone(), "m");
        check(MessageFormat::Short, text, &diagnostic, expected);
    }
}

#[test]
fn texts_cannot_play_with_the_terminal() {
    let hostile = "a\u{1b}[2Jb\u{202e}c\r\nd\u{9b}e\u{2028}";
    let place = Place::Node(Pointer::root().child(hostile));
    let diagnostic = Diagnostic::new(Code::Invalid, place, hostile)
        .related(Pointer::root().child(hostile), hostile)
        .help(hostile);
    let source = Source::new(hostile, format!("openapi: 3.0.0\nx: \"{hostile}\"\n"));
    for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json] {
        let shown = Renderer::new(format, &source, None).render(&diagnostic);
        let hidden: Vec<char> = shown.chars().filter(|c| is_hidden(*c) && *c != '\n').collect();
        assert!(hidden.is_empty(), "{format:?}: {hidden:?}");
        if format == MessageFormat::Json {
            let object: Value = serde_json::from_str(&shown).expect("JSON");
            assert_eq!(object["message"], hostile);
        }
    }
}

#[test]
fn snippets_fit_and_point_at_the_column() {
    check_line("abc: def", 6, "1 | abc: def\n  |      ^^^");
    check_line("\t\"a b\": 1", 2, "1 |     \"a b\": 1\n  |     ^^^^^");
    check_line("a: [b, c]", 5, "1 | a: [b, c]\n  |     ^");
    check_line("é\u{202e}x", 3, "1 | é\\u{202e}x\n  |          ^");
    check_line("abc", 4, "1 | abc\n  |    ^");
    let long = format!("{}: {}", "k".repeat(300), "v".repeat(300));
    let shown = format!(
        "1 | ...{}: {}...\n  | {}{}",
        "k".repeat(58),
        "v".repeat(50),
        " ".repeat(63),
        "^".repeat(50)
    );
    check_line(&long, 303, &shown);
}

#[test]
fn formats_have_names() {
    assert_eq!("short".parse(), Ok(MessageFormat::Short));
    assert!("Short".parse::<MessageFormat>().is_err());
}
