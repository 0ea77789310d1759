use serde_json::Value;

use super::apply;
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::Source;
use crate::load::{Limits, tree};

fn read(text: &str) -> Value {
    match tree("a.yaml", text.as_bytes(), &Limits::default()) {
        Ok((_, tree)) => tree,
        Err(diagnostic) => panic!("{}: {text}", diagnostic.message),
    }
}

/// The document after the overlay, and what there is to say.
fn applied(document: &str, overlay: &str) -> (Value, Diagnostics) {
    let mut root = read(document);
    let mut diagnostics = Diagnostics::default();
    let overlays = [Source::new("a.overlay.yaml", overlay)];
    apply(&mut root, &overlays, &Limits::default(), &mut diagnostics);
    (root, diagnostics)
}

fn overlay(actions: &str) -> String {
    format!("overlay: 1.1.0\ninfo: {{ title: Patch, version: '1' }}\nactions:\n{actions}")
}

/// The actions make `after` of `before`, in this order of members, without a word.
#[track_caller]
fn check(before: &str, actions: &str, after: &str) {
    let (root, diagnostics) = applied(before, &overlay(actions));
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(root.to_string(), read(after).to_string());
}

/// The actions are refused, or do nothing, for this reason and at this place of the overlay.
#[track_caller]
fn check_said(before: &str, overlay: &str, code: Code, at: &str, message: &str) {
    let (_, diagnostics) = applied(before, overlay);
    let said: Vec<_> = diagnostics.iter().collect();
    let [only] = said.as_slice() else { panic!("{said:?}") };
    let place = match &only.at {
        Place::Node(pointer) => pointer.to_string(),
        other => format!("{other:?}"),
    };
    assert_eq!(
        (only.code, place.as_str(), only.overlay),
        (code, at, Some(0)),
        "{only:?}"
    );
    assert!(only.message.contains(message), "{}", only.message);
}

const JARS: &str = "
info: { title: Jars, version: '1' }
paths:
  /jars:
    get: { summary: Old, tags: [a, dummy, b], parameters: [{ name: filter, in: query }, { name: dummy, in: query }] }
    post: { summary: Put }
  /lids:
    get: { x-traits: [paged] }
";

#[test]
fn one_action_can_mirror_the_document() {
    // Sections that are left empty change nothing, which is worth a word but no error.
    let structured = overlay(
        "- target: '$'
  update:
    info: { x-applied: true }
    paths: { /jars: { get: { summary: New } }, /pots: { get: {} } }
    tags:",
    );
    let (root, diagnostics) = applied(
        "{ info: { title: A }, paths: { /jars: { get: { summary: Old, x: 1 } } }, tags: [] }",
        &structured,
    );
    let after = "{ info: { title: A, x-applied: true }, paths: { /jars: { get: { summary: New, x: 1 } }, /pots: { get: {} } }, tags: [] }";
    assert_eq!(root, read(after));
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::IdleAction]);
}

#[test]
fn actions_can_be_aimed() {
    check(
        "{ a: { get: { description: Old } }, b: { get: { description: Old } } }",
        "- { target: $.a.get.description, update: New }
- { target: $.b, update: { post: { description: Added, x-safe: false } } }",
        "{ a: { get: { description: New } }, b: { get: { description: Old }, post: { description: Added, x-safe: false } } }",
    );
}

#[test]
fn one_action_can_change_many_nodes() {
    check(
        "{ paths: { a: { get: {} }, b: { post: {} }, c: { get: { x: 1 } } } }",
        "- { target: $.paths.*.get, update: { safe: true } }",
        "{ paths: { a: { get: { safe: true } }, b: { post: {} }, c: { get: { x: 1, safe: true } } } }",
    );
    check(
        "{ p: [{ name: filter, in: query }, { name: filter, in: header }, { name: sort, in: query }] }",
        "- { target: \"$.p[?@.name=='filter' && @.in=='query']\", update: { schema: { $ref: '#/s' } } }",
        "{ p: [{ name: filter, in: query, schema: { $ref: '#/s' } }, { name: filter, in: header }, { name: sort, in: query }] }",
    );
}

#[test]
fn arrays_grow_at_their_end() {
    check(
        "{ a: [1] }",
        "- { target: $.a, update: { n: 2 } }",
        "{ a: [1, { n: 2 }] }",
    );
    check("{ a: [1] }", "- { target: $.a, update: two }", "{ a: [1, two] }");
    check("{ a: [1] }", "- { target: $.a, update: null }", "{ a: [1, null] }");
    check(
        "{ a: [1] }",
        "- { target: $.a, update: [2, [3]] }",
        "{ a: [1, 2, [3]] }",
    );
    check(
        "{ o: { a: [1], b: 1 } }",
        "- { target: $.o, update: { a: [2], b: x } }",
        "{ o: { a: [1, 2], b: x } }",
    );
    check("{ a: [1] }", "- { target: \"$['a','a']\", update: 2 }", "{ a: [1, 2] }");
}

#[test]
fn primitive_values_are_replaced() {
    check(
        "{ a: text, b: [1, 2] }",
        "- { target: $.a, update: null }\n- { target: '$.b[1]', update: true }",
        "{ a: null, b: [1, true] }",
    );
}

#[test]
fn nodes_are_removed_and_the_order_stays() {
    check(
        JARS,
        "- { target: \"$.paths.*.get.parameters[?@.name == 'dummy']\", remove: true }
- { target: \"$.paths.*.get.tags[?@ == 'dummy']\", remove: true }
- { target: \"$.paths['/jars'].get.summary\", remove: true, update: { ignored: true } }
- { target: $.info, remove: true }",
        "
paths:
  /jars:
    get: { tags: [a, b], parameters: [{ name: filter, in: query }] }
    post: { summary: Put }
  /lids:
    get: { x-traits: [paged] }
",
    );
    // Indexes are those before the action, and what lies in a removed node goes with it.
    check(
        "{ a: [0, 1, 2, 3, 4] }",
        "- { target: '$.a[0,1,3,-1]', remove: true }",
        "{ a: [2] }",
    );
    check(
        "{ a: { a: { a: 1 }, b: 2 }, b: [[1], [2]] }",
        "- { target: '$..*', remove: true }",
        "{}",
    );
    check(
        "{ a: [{ b: [1, 2] }, { b: [3, 4] }] }",
        "- { target: '$.a[0,1].b[0]', remove: true }",
        "{ a: [{ b: [2] }, { b: [4] }] }",
    );
}

#[test]
fn traits_are_applied_where_they_are_named() {
    check(
        "{ paths: { a: { get: { x-oai-traits: [paged] } }, b: { get: { x-oai-traits: [paged], parameters: [id] } }, c: { get: {} } } }",
        "- { target: \"$.paths[?(@.get['x-oai-traits'][?(@ == 'paged')])].get\", update: { parameters: [top, skip] } }",
        "{ paths: { a: { get: { x-oai-traits: [paged], parameters: [top, skip] } },
            b: { get: { x-oai-traits: [paged], parameters: [id, top, skip] } }, c: { get: {} } } }",
    );
}

#[test]
fn nodes_are_copied_and_moved() {
    let before = "{ paths: { /items: { get: 1 }, /some: { delete: 2 } } }";
    check(
        before,
        "- { target: '$.paths[\"/some\"]', copy: '$.paths[\"/items\"]' }",
        "{ paths: { /items: { get: 1 }, /some: { delete: 2, get: 1 } } }",
    );
    check(
        before,
        "- { target: $.paths, update: { /other: {} } }
- { target: '$.paths[\"/other\"]', copy: '$.paths[\"/items\"]' }",
        "{ paths: { /items: { get: 1 }, /some: { delete: 2 }, /other: { get: 1 } } }",
    );
    check(
        before,
        "- { target: $.paths, update: { /new: {} } }
- { target: '$.paths[\"/new\"]', copy: '$.paths[\"/items\"]' }
- { target: '$.paths[\"/items\"]', remove: true }",
        "{ paths: { /some: { delete: 2 }, /new: { get: 1 } } }",
    );
    check(
        "{ a: [1], b: [2], c: 3, d: 4 }",
        "- { target: $.a, copy: $.b }\n- { target: $.c, copy: $.d }",
        "{ a: [1, 2], b: [2], c: 4, d: 4 }",
    );
}

#[test]
fn what_changes_nothing_is_said() {
    for (action, at, message) in [
        (
            "{ target: $.absent.more, update: 1 }",
            "#/actions/0/target",
            "matches nothing",
        ),
        (
            "{ target: $.absent, remove: true }",
            "#/actions/0/target",
            "matches nothing",
        ),
        (
            "{ target: $.absent, copy: $.absent }",
            "#/actions/0/target",
            "matches nothing",
        ),
        ("{ target: $.info, upadte: 1 }", "#/actions/0", "has no effect"),
        ("{ target: $.info, remove: false }", "#/actions/0", "has no effect"),
        (
            "{ target: $, update: { info: null } }",
            "#/actions/0/update/info",
            "does not change `#/info`",
        ),
    ] {
        check_said(JARS, &overlay(&format!("- {action}")), Code::IdleAction, at, message);
    }
    check_said(
        JARS,
        "{ overlay: 1.0.0, actions: [] }",
        Code::IdleAction,
        "#/actions",
        "no actions",
    );
}

#[test]
fn what_cannot_be_applied_is_an_error() {
    for (action, at, message) in [
        ("7", "#/actions/0", "not a number"),
        ("{ update: 1 }", "#/actions/0", "no `target`"),
        ("{ target: 1, update: 1 }", "#/actions/0/target", "expected a JSONPath"),
        (
            "{ target: $.paths./jars, update: 1 }",
            "#/actions/0/target",
            "not a JSONPath",
        ),
        ("{ target: $.info, copy: info }", "#/actions/0/copy", "not a JSONPath"),
        (
            "{ target: $.info, remove: 'yes' }",
            "#/actions/0/remove",
            "`true` or `false`",
        ),
        (
            "{ target: $.info, update: {}, copy: $.info }",
            "#/actions/0/copy",
            "both",
        ),
        ("{ target: $, remove: true }", "#/actions/0/target", "whole document"),
        (
            "{ target: $.info, copy: $.absent }",
            "#/actions/0/copy",
            "selects 0 nodes",
        ),
        (
            "{ target: $.info, copy: $.paths.* }",
            "#/actions/0/copy",
            "selects 2 nodes",
        ),
        (
            "{ target: $.info, update: [1] }",
            "#/actions/0/update",
            "`#/info` is an object, and cannot be replaced by an array",
        ),
        (
            "{ target: $.info.title, update: {} }",
            "#/actions/0/update",
            "is a string, and cannot be replaced by an object",
        ),
        (
            "{ target: $, update: { info: { title: [] } } }",
            "#/actions/0/update/info/title",
            "`#/info/title` is a string",
        ),
        (
            "{ target: $..get.*, update: 1 }",
            "#/actions/0/update",
            "and `#/paths/~1jars/get/summary` is a primitive value",
        ),
    ] {
        check_said(JARS, &overlay(&format!("- {action}")), Code::Overlay, at, message);
    }
    for (text, at, message) in [
        ("[]", "#", "not an overlay"),
        ("openapi: 3.0.0", "#", "not an overlay"),
        ("overlay: 2.0.0", "#/overlay", "`2.0.0`"),
        ("overlay: 1.10.0", "#/overlay", "`1.10.0`"),
        ("overlay: 1.0.0", "#/actions", "array of `actions`"),
        ("{ overlay: 1.0.0, actions: {} }", "#/actions", "array of `actions`"),
    ] {
        check_said(JARS, text, Code::Overlay, at, message);
    }
}

#[test]
fn overlays_are_read_like_documents() {
    let place = "Position { line: 2, column: 1 }";
    check_said(
        JARS,
        "overlay: 1.0.0\noverlay: 1.1.0\nactions: []",
        Code::DuplicateMember,
        place,
        "overlay",
    );
    let (_, diagnostics) = applied(JARS, "{ overlay: 1.0.0, actions: [");
    assert!(diagnostics.has_errors());
    let json = r#"{ "overlay": "1.0.0", "actions": [{ "target": "$.info", "remove": true }] }"#;
    let (root, diagnostics) = applied("{ info: {}, paths: {} }", json);
    assert!(diagnostics.is_empty() && root == read("{ paths: {} }"));
}

#[test]
fn nothing_is_changed_by_an_overlay_with_an_unreadable_action() {
    let (root, diagnostics) = applied(
        JARS,
        &overlay("- { target: $.info, remove: true }\n- { target: x }\n- { target: y }"),
    );
    assert_eq!(root, read(JARS));
    assert_eq!(diagnostics.iter().count(), 2, "all that is wrong is said");
}

#[test]
fn overlays_follow_each_other() {
    let mut root = read("{ a: 1 }");
    let sources = [
        Source::new("one.yaml", overlay("- { target: $, update: { b: 2 } }")),
        Source::new(
            "two.yaml",
            overlay("- { target: $.b, update: 3 }\n- { target: $.c, remove: true }"),
        ),
        Source::new("three.yaml", "oh: no"),
        Source::new("four.yaml", overlay("- { target: $.a, remove: true }")),
    ];
    let mut diagnostics = Diagnostics::default();
    apply(&mut root, &sources, &Limits::default(), &mut diagnostics);
    assert_eq!(root, read("{ a: 1, b: 3 }"), "nothing is applied after an error");
    let said: Vec<_> = diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.overlay, diagnostic.code))
        .collect();
    assert_eq!(said, [(Some(1), Code::IdleAction), (Some(2), Code::Overlay)]);
}

#[test]
fn a_document_does_not_grow_without_end() {
    let texts = Limits {
        bytes: 10_000,
        depth: 16,
        ..Limits::default()
    };
    let values = Limits {
        nodes: 10_000,
        ..Limits::default()
    };
    let twins = "- { target: $..p, update: { a: { p: {} }, b: { p: {} } } }\n";
    for (limits, before, actions) in [
        (
            &texts,
            "{ a: [some text] }",
            "- { target: $.a, copy: $.a }\n".repeat(60),
        ),
        (
            &texts,
            "{ a: { a: {} } }",
            "- { target: $.a.a, copy: $.a }\n".repeat(20),
        ),
        (&values, "{ a: [1, 2] }", "- { target: $.a, copy: $.a }\n".repeat(40)),
        (&values, "{ a: { p: {} } }", twins.repeat(40)),
    ] {
        let mut root = read(before);
        let mut diagnostics = Diagnostics::default();
        let overlays = [Source::new("a.overlay.yaml", overlay(&actions))];
        apply(&mut root, &overlays, limits, &mut diagnostics);
        let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
        assert_eq!(codes, [Code::Limit]);
        assert!(root.to_string().len() < 40_000);
    }
}
