//! Pointers, and the places they lead to.

use super::*;
use crate::load::Index;

#[track_caller]
fn check_place(text: &str, notation: Notation, pointer: &str, place: Option<(usize, usize)>) {
    let at = Pointer::parse(pointer).expect("a pointer");
    let source = Source::new("x", text);
    let found = locate(&source, notation, &at);
    assert_eq!(found.map(|at| (at.line, at.column)), place, "{pointer} in {text}");
    if let Some(indexed) = Index::new(&source.bytes, notation).find(&at) {
        assert_eq!(Some(indexed), found, "{pointer} in {text}");
    }
}

#[test]
fn nodes_are_located() {
    let yaml = "openapi: 3.0.0\npaths:\n  /a/{b}:\n    get:\n      - one\n      - {x: 1, 'y': [5,\n        6]}\n      -\n        é: 200\n  200: !t {z: 1}\n";
    for (pointer, place) in [
        ("#", (1, 1)),
        ("#/openapi", (1, 1)),
        ("#/paths", (2, 1)),
        ("#/paths/~1a~1{b}", (3, 3)),
        ("#/paths/~1a~1{b}/get", (4, 5)),
        ("#/paths/~1a~1{b}/get/0", (5, 9)),
        ("#/paths/~1a~1{b}/get/1", (6, 9)),
        ("#/paths/~1a~1{b}/get/1/x", (6, 10)),
        ("#/paths/~1a~1{b}/get/1/y", (6, 16)),
        ("#/paths/~1a~1{b}/get/1/y/1", (7, 9)),
        ("#/paths/~1a~1{b}/get/2", (9, 9)),
        ("#/paths/~1a~1{b}/get/2/é", (9, 9)),
        ("#/paths/200/z", (10, 12)),
        ("#/paths/missing/x", (2, 1)),
        ("#/paths/~1a~1{b}/get/9", (4, 5)),
        ("#/openapi/deeper", (1, 1)),
        ("#/nothing", (1, 1)),
    ] {
        check_place(yaml, Notation::Yaml, pointer, Some(place));
        check_place(&yaml.replace('\n', "\r\n"), Notation::Yaml, pointer, Some(place));
        check_place(&yaml.replace('\n', "\r"), Notation::Yaml, pointer, Some(place));
    }
    let json = "{\n  \"é\": {\"a\": [1, \"x\",\n    {\r\n\"b\\u0041\": 2}]},\"c\": null}";
    for (pointer, place) in [
        ("#", (1, 1)),
        ("#/é", (2, 3)),
        ("#/é/a", (2, 9)),
        ("#/é/a/1", (2, 18)),
        ("#/é/a/2", (3, 5)),
        ("#/é/a/3", (2, 9)),
        ("#/c", (4, 17)),
        ("#/c/d", (4, 17)),
    ] {
        check_place(json, Notation::Json, pointer, Some(place));
    }
    check_place("{", Notation::Json, "#/b", Some((1, 1)));
    check_place("\u{7}", Notation::Yaml, "#/b", None);
}
