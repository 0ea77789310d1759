//! Dynamic references, and what `#` means.

use crate::diagnostic::Code;
use crate::load::Limits;

use super::{bundled, bundled_within, check};

const PAGE: &str = "Page: { $defs: { i: { $dynamicAnchor: item, not: {} } }, properties: { all: { items: { $dynamicRef: '#item' } } } }";

/// The document with these schemas, the page first.
fn with_page(schemas: &str) -> String {
    format!("components: {{ schemas: {{ User: {{ type: object }}, {PAGE}, {schemas} }} }}")
}

/// What is said of schemas, by code.
#[track_caller]
fn said(schemas: &str, expected: &[Code]) -> String {
    let text = format!("components: {{ schemas: {{ {schemas} }} }}");
    let (document, diagnostics) = bundled("openapi: 3.1.0", &text, &[]);
    let codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, expected, "{:#}", document.root);
    document.root["components"]["schemas"].to_string()
}

#[test]
fn a_component_becomes_what_it_makes_of_another_one() {
    check(
        &with_page(
            "Users: { $defs: { i: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } }, $ref: '#/components/schemas/Page' },\
             Same: { $defs: { i: { $dynamicAnchor: item, $ref: '#/components/schemas/User' } }, $ref: '#/components/schemas/Page' },\
             More: { allOf: [{ $ref: '#/components/schemas/Page' }, { $defs: { i: { $dynamicAnchor: item, type: string } } }], required: [a] }",
        ),
        &[],
        &[
            (
                "/components/schemas/Users/properties/all/items",
                r##"{"$ref":"#/components/schemas/User"}"##,
            ),
            ("/components/schemas/Same/$ref", r##""#/components/schemas/Users""##),
            (
                "/components/schemas/More/allOf/0/properties/all/items",
                r##"{"$ref":"#/components/schemas/More/allOf/1/$defs/i"}"##,
            ),
            (
                "/components/schemas/Page/properties/all/items",
                r##"{"$ref":"#/components/schemas/Page/$defs/i"}"##,
            ),
        ],
    );
}

#[test]
fn texts_of_their_own_have_anchors_too() {
    check(
        "paths: { /a: { $ref: paths/a.yaml } }\ncomponents: { schemas: { Users: { $ref: users.yaml } } }",
        &[
            (
                "users.yaml",
                "{ $defs: { i: { $dynamicAnchor: item, $ref: user.yaml } }, $ref: page.yaml }",
            ),
            ("user.yaml", "type: object"),
            (
                "page.yaml",
                "{ $id: 'https://x.example/page', $defs: { i: { $dynamicAnchor: item } }, properties: { all: { items: { $dynamicRef: '#item' } }, links: { $ref: links.yaml } } }",
            ),
            (
                "links.yaml",
                "properties: { first: { $dynamicRef: 'https://x.example/page#item' }, page: { $ref: page.yaml } }",
            ),
            (
                "paths/a.yaml",
                "get: { operationId: getA, responses: { '200': { content: { a/b: { schema: \
                 { $ref: ../page.yaml, $defs: { i: { $dynamicAnchor: item, type: string } } } } } } } }",
            ),
        ],
        &[
            (
                "/components/schemas/Users/properties",
                r##"{"all":{"items":{"$ref":"#/components/schemas/user"}},"links":{"$ref":"#/components/schemas/Users_links"}}"##,
            ),
            (
                "/components/schemas/Users_links/properties",
                r##"{"first":{"$ref":"#/components/schemas/user"},"page":{"$ref":"#/components/schemas/Users"}}"##,
            ),
            (
                "/paths/~1a/get/responses/200/content/a~1b/schema/$ref",
                r##""#/components/schemas/getA_page""##,
            ),
            (
                "/components/schemas/getA_page/properties/links",
                r##"{"$ref":"#/components/schemas/getA_links"}"##,
            ),
        ],
    );
}

#[test]
fn only_dynamic_anchors_in_scope_count() {
    check(
        "components: { schemas: {\
         List: { $id: 'https://x.example/list', items: { $dynamicRef: '#item' }, $defs: { d: { $dynamicAnchor: item } } },\
         Plain: { $id: 'https://x.example/plain', $ref: list, $defs: { d: { $anchor: item, type: string } } },\
         Fixed: { items: { $dynamicRef: 'https://x.example/list#/$defs/d' }, $defs: { d: { $dynamicAnchor: item, type: string } } },\
         Via: { $id: 'https://x.example/via', $ref: list },\
         Outer: { $id: 'https://x.example/outer', $ref: via, $defs: { d: { $dynamicAnchor: item, type: string } } },\
         Away: { properties: { a: { $ref: '#/components/schemas/Outer' }, b: { $ref: '#/components/schemas/List' } } } } }",
        &[],
        &[
            ("/components/schemas/Plain/$ref", r##""#/components/schemas/List""##),
            (
                "/components/schemas/Fixed/items",
                r##"{"$ref":"#/components/schemas/List/$defs/d"}"##,
            ),
            ("/components/schemas/Via/$ref", r##""#/components/schemas/List""##),
            (
                "/components/schemas/Outer/items",
                r##"{"$ref":"#/components/schemas/Outer/$defs/d"}"##,
            ),
            (
                "/components/schemas/Away/properties",
                r##"{"a":{"$ref":"#/components/schemas/Outer"},"b":{"$ref":"#/components/schemas/List"}}"##,
            ),
        ],
    );
}

#[test]
fn a_schema_by_itself_is_not_what_stands_around_it() {
    check(
        "components: { schemas: { S: { $id: 'https://x.example/s', properties: { direct: { $ref: item } }, $defs: { bar: {\
         $id: bar, items: { $ref: item }, $defs: { content: { $dynamicAnchor: content, type: string }, item: {\
         $id: item, not: { $dynamicRef: '#content' }, $defs: { own: { $dynamicAnchor: content, type: integer } } } } } } } } }",
        &[],
        &[
            (
                "/components/schemas/S/properties/direct",
                r##"{"$ref":"#/components/schemas/S/$defs/bar/$defs/item"}"##,
            ),
            (
                "/components/schemas/S/$defs/bar/$defs/item/not",
                r##"{"$ref":"#/components/schemas/S/$defs/bar/$defs/item/$defs/own"}"##,
            ),
            (
                "/components/schemas/S_item/not",
                r##"{"$ref":"#/components/schemas/S/$defs/bar/$defs/content"}"##,
            ),
        ],
    );
}

#[test]
fn recursive_references_lead_to_the_outermost_schema_that_says_so() {
    check(
        "components: { schemas: {\
         Tree: { $recursiveAnchor: true, items: { $recursiveRef: '#' } },\
         Strict: { $recursiveAnchor: true, $ref: '#/components/schemas/Tree', required: [a] },\
         Plain: { $ref: '#/components/schemas/Tree', required: [a] },\
         Closed: { items: { $recursiveRef: '#' } },\
         Open: { $recursiveAnchor: true, $ref: '#/components/schemas/Closed', required: [a] } } }",
        &[],
        &[
            (
                "/components/schemas/Tree/items",
                r##"{"$ref":"#/components/schemas/Tree"}"##,
            ),
            (
                "/components/schemas/Strict/allOf/0/items",
                r##"{"$ref":"#/components/schemas/Strict"}"##,
            ),
            ("/components/schemas/Plain/$ref", r##""#/components/schemas/Tree""##),
            (
                "/components/schemas/Closed/items",
                r##"{"$ref":"#/components/schemas/Closed"}"##,
            ),
            ("/components/schemas/Open/$ref", r##""#/components/schemas/Closed""##),
        ],
    );
}

#[test]
fn a_hash_is_the_text_or_the_schema_around_it() {
    check(
        "components: { schemas: { A: { items: { $ref: tree.yaml } }, B: { items: { $ref: 'more.yaml#/Node' } },\
         I: { $id: 'https://x.example/i', items: { $ref: '#' }, not: { $id: in, items: { $ref: '#' }, not: { $ref: '#/items' } } } } }",
        &[
            (
                "tree.yaml",
                "{ type: object, properties: { next: { $ref: '#' }, all: { items: { $dynamicRef: '#' } } } }",
            ),
            (
                "more.yaml",
                "Node: { type: object, properties: { next: { $ref: '#' } } }",
            ),
        ],
        &[
            (
                "/components/schemas/tree/properties",
                r##"{"next":{"$ref":"#/components/schemas/tree"},"all":{"items":{"$ref":"#/components/schemas/tree"}}}"##,
            ),
            (
                "/components/schemas/Node/properties/next",
                r##"{"$ref":"#/components/schemas/Node"}"##,
            ),
            ("/components/schemas/I/items", r##"{"$ref":"#/components/schemas/I"}"##),
            (
                "/components/schemas/I/not/items",
                r##"{"$ref":"#/components/schemas/I/not"}"##,
            ),
            (
                "/components/schemas/I/not/not",
                r##"{"$ref":"#/components/schemas/I/not/items"}"##,
            ),
        ],
    );
    let schemas = said(
        "N: { properties: { a: { $ref: '#' }, b: { $ref: '#/$defs/M' } }, $defs: { M: { not: { $ref: '#/properties/a' } } } }",
        &[Code::Invalid; 3],
    );
    assert_eq!(
        schemas,
        r##"{"N":{"properties":{"a":{"$ref":"#/components/schemas/N"},"b":{"$ref":"#/components/schemas/N/$defs/M"}},"$defs":{"M":{"not":{"$ref":"#/components/schemas/N/properties/a"}}}}}"##
    );
}

#[test]
fn what_cannot_be_told_is_said() {
    let two = "A: { $dynamicAnchor: x }, B: { $dynamicAnchor: x }";
    said(
        &format!("{two}, C: {{ items: {{ $dynamicRef: '#x' }} }}"),
        &[Code::UntypedSchema],
    );
    said("A: { $dynamicAnchor: x }, C: { items: { $dynamicRef: '#x' } }", &[]);
    let schemas = said("A: { $dynamicAnchor: x, items: { $dynamicRef: x } }", &[Code::Invalid]);
    assert_eq!(
        schemas,
        r##"{"A":{"$dynamicAnchor":"x","items":{"$ref":"#/components/schemas/A"}}}"##
    );
    // A page of pages, each of which is of something else.
    said(
        &format!(
            "User: {{}}, {PAGE}, Users: {{ $defs: {{ i: {{ $dynamicAnchor: item, $ref: '#/components/schemas/User' }} }}, $ref: '#/components/schemas/Page' }},\
             Pages: {{ $defs: {{ i: {{ $dynamicAnchor: item, $ref: '#/components/schemas/Users' }} }}, $ref: '#/components/schemas/Page' }}"
        ),
        &[Code::InnerAnchor],
    );
    // A page of pages of pages of …
    said(
        "L: { $defs: { t: { $dynamicAnchor: t, not: {} } }, items: { $dynamicRef: '#t' }, not: {\
         $ref: '#/components/schemas/L', $defs: { t: { $dynamicAnchor: t, items: { $dynamicRef: '#t' } } } } }",
        &[Code::UntypedSchema],
    );
}

#[test]
fn what_stands_beside_a_dynamic_reference_holds_too() {
    let schemas = said(
        "A: { $ref: '#/components/schemas/B', $dynamicRef: '#c', $defs: { c: { $anchor: c } } }, B: {}",
        &[],
    );
    assert!(
        schemas.starts_with(
            r##"{"A":{"$ref":"#/components/schemas/B","$defs":{"c":{"$anchor":"c"}},"allOf":[{"$ref":"#/components/schemas/A/$defs/c"}]}"##
        ),
        "{schemas}"
    );
}

/// Two schemas on each level, both of which lead to both of the next: there are as many scopes as ways.
fn ways(levels: usize) -> String {
    let mut schemas = String::from("components:\n  schemas:\n");
    for level in 0..levels {
        for side in ["a", "b"] {
            let next = match level + 1 {
                end if end == levels => "x: { $ref: '#/components/schemas/T' }".to_owned(),
                next => format!(
                    "x: {{ $ref: '#/components/schemas/L{next}a' }}, y: {{ $ref: '#/components/schemas/L{next}b' }}"
                ),
            };
            let anchor = format!("$defs: {{ n: {{ $dynamicAnchor: n{level}, type: object }} }}");
            schemas += &format!("    L{level}{side}: {{ {anchor}, properties: {{ {next} }} }}\n");
        }
    }
    let names = (0..levels).map(|level| format!("p{level}: {{ $dynamicRef: '#n{level}' }}"));
    let names: Vec<String> = names.collect();
    schemas + &format!("    T: {{ properties: {{ {} }} }}\n", names.join(", "))
}

#[test]
fn scopes_cannot_multiply_a_document() {
    let components = |text: &str, nodes| {
        let limits = Limits {
            nodes,
            ..Limits::default()
        };
        let (document, diagnostics) = bundled_within(&limits, "openapi: 3.1.0", text, &[]);
        let codes = diagnostics.iter().map(|diagnostic| diagnostic.code);
        let codes: Vec<Code> = codes.filter(|code| *code != Code::InnerAnchor).collect();
        let schemas = document.root["components"]["schemas"]
            .as_object()
            .map_or(0, serde_json::Map::len);
        (schemas, codes)
    };
    let (few, codes) = components(&ways(4), 1_000_000);
    assert!(few > 30, "{few}");
    assert!(codes.iter().all(|code| *code == Code::UntypedSchema), "{codes:?}");
    let (many, codes) = components(&ways(40), 1_000_000);
    assert!(many < 5_000 && codes.contains(&Code::UntypedSchema), "{many} {codes:?}");
    let (_, codes) = components(&ways(12), 20_000);
    assert!(
        codes.contains(&Code::Limit) || codes.contains(&Code::UntypedSchema),
        "{codes:?}"
    );
}
