mod dynamic;
mod faults;

use crate::diagnostic::Diagnostics;
use crate::document::{Document, Part, Source};
use crate::load::{Limits, load};

use super::bundle;

const HEAD: &str = "info: { title: T, version: '1' }\n";

/// The document `api.yaml` with its parts, bundled.
fn bundled(version: &str, text: &str, parts: &[(&str, &str)]) -> (Document, Diagnostics) {
    bundled_within(&Limits::default(), version, text, parts)
}

fn bundled_within(limits: &Limits, version: &str, text: &str, parts: &[(&str, &str)]) -> (Document, Diagnostics) {
    let source = Source {
        parts: parts.iter().map(|(uri, text)| Part::new(*uri, *text)).collect(),
        ..Source::new("folder/api.yaml", format!("{version}\n{HEAD}{text}"))
    };
    let mut document = load(&source, limits).expect("it can be read");
    let mut diagnostics = Diagnostics::default();
    bundle(&mut document, &source, limits, &mut diagnostics);
    (document, diagnostics)
}

/// What stands at a place of the bundled document is `expected`, and there is nothing to say.
#[track_caller]
fn check(text: &str, parts: &[(&str, &str)], expected: &[(&str, &str)]) {
    check_version("openapi: 3.1.0", text, parts, expected);
}

#[track_caller]
fn check_version(version: &str, text: &str, parts: &[(&str, &str)], expected: &[(&str, &str)]) {
    let (document, diagnostics) = bundled(version, text, parts);
    for (at, expected) in expected {
        let found = document.root.pointer(at).map(ToString::to_string);
        assert_eq!(found.as_deref(), Some(*expected), "{at} in {:#}", document.root);
    }
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert!(document.missing.is_empty(), "{:?}", document.missing);
}

#[test]
fn schemas_of_other_files_become_components() {
    check(
        "components: { schemas: { Owner: { properties: { pet: { $ref: 'types.yaml#/Pet' }, all: { $ref: tag.json } } } } }",
        &[
            ("types.yaml", "Pet: { type: object }"),
            ("tag.json", r#"{"type": "string"}"#),
        ],
        &[
            (
                "/components/schemas/Owner/properties/pet",
                r##"{"$ref":"#/components/schemas/Pet"}"##,
            ),
            (
                "/components/schemas/Owner/properties/all",
                r##"{"$ref":"#/components/schemas/tag"}"##,
            ),
            ("/components/schemas/Pet", r#"{"type":"object"}"#),
            ("/components/schemas/tag", r#"{"type":"string"}"#),
        ],
    );
}

#[test]
fn a_component_that_only_refers_is_the_place() {
    check(
        "components: { schemas: { Pet: { $ref: schemas/pet.yaml }, Dog: { $ref: 'schemas/dog.yaml' } } }",
        &[
            ("schemas/pet.yaml", "{ title: pet }"),
            (
                "schemas/dog.yaml",
                "allOf: [{ $ref: pet.yaml }, { $ref: '../api.yaml#/components/schemas/Dog' }]",
            ),
        ],
        &[
            ("/components/schemas/Pet", r#"{"title":"pet"}"#),
            (
                "/components/schemas/Dog",
                r##"{"allOf":[{"$ref":"#/components/schemas/Pet"},{"$ref":"#/components/schemas/Dog"}]}"##,
            ),
        ],
    );
}

#[test]
fn an_index_of_files_gives_names_without_standing_between() {
    check(
        "components: { schemas: { A: { items: { $ref: 'schemas/_index.yaml#/Pet' } } } }",
        &[
            ("schemas/_index.yaml", "Pet: { $ref: ./pet-model.yaml }"),
            ("schemas/pet-model.yaml", "{ title: pet }"),
        ],
        &[
            (
                "/components/schemas/A/items",
                r##"{"$ref":"#/components/schemas/Pet"}"##,
            ),
            ("/components/schemas/Pet", r#"{"title":"pet"}"#),
        ],
    );
}

#[test]
fn names_that_are_taken_get_the_name_of_the_file() {
    check(
        "components: { schemas: { Pet: { type: object }, A: { items: { $ref: 'b.yaml#/Pet' } } } }",
        &[("b.yaml", "Pet: { type: string }")],
        &[
            (
                "/components/schemas/A/items",
                r##"{"$ref":"#/components/schemas/b_Pet"}"##,
            ),
            ("/components/schemas/b_Pet", r#"{"type":"string"}"#),
        ],
    );
}

#[test]
fn cycles_across_files_are_references() {
    check(
        "components: { schemas: { A: { properties: { b: { $ref: 'b.yaml#/B' } } } } }",
        &[
            (
                "b.yaml",
                "B: { properties: { c: { $ref: 'c.yaml#/C' }, a: { $ref: 'api.yaml#/components/schemas/A' } } }",
            ),
            (
                "c.yaml",
                "C: { properties: { b: { $ref: 'b.yaml#/B' }, own: { $ref: '#/C/properties/b' } } }",
            ),
        ],
        &[
            (
                "/components/schemas/B/properties/c",
                r##"{"$ref":"#/components/schemas/C"}"##,
            ),
            (
                "/components/schemas/B/properties/a",
                r##"{"$ref":"#/components/schemas/A"}"##,
            ),
            (
                "/components/schemas/C/properties/b",
                r##"{"$ref":"#/components/schemas/B"}"##,
            ),
            (
                "/components/schemas/C/properties/own",
                r##"{"$ref":"#/components/schemas/B"}"##,
            ),
        ],
    );
}

#[test]
fn path_items_and_lists_of_paths_are_put_in_place() {
    check(
        "paths: { /a: { $ref: paths/a.yaml }, /c: { $ref: paths/c.yaml, summary: own }, $ref: paths/more.yaml }",
        &[
            (
                "paths/a.yaml",
                "{ summary: a, get: { responses: { '200': { $ref: '../r.yaml#/Ok' } } } }",
            ),
            ("paths/c.yaml", "{ summary: c }"),
            ("paths/more.yaml", "/b: { $ref: a.yaml }"),
            ("r.yaml", "Ok: { description: fine }"),
        ],
        &[
            ("/paths/~1a/summary", r#""a""#),
            ("/paths/~1c", r##"{"$ref":"#/components/pathItems/c","summary":"own"}"##),
            ("/components/pathItems/c", r#"{"summary":"c"}"#),
            (
                "/paths/~1a/get/responses/200",
                r##"{"$ref":"#/components/responses/Ok"}"##,
            ),
            (
                "/paths/~1b/get/responses/200",
                r##"{"$ref":"#/components/responses/Ok"}"##,
            ),
            ("/components/responses/Ok", r#"{"description":"fine"}"#),
        ],
    );
}

#[test]
fn every_kind_goes_into_its_own_section() {
    check(
        "paths: { /a: { get: { parameters: [{ $ref: 'k.yaml#/P' }], requestBody: { $ref: 'k.yaml#/B' },\
         responses: { '200': { headers: { X: { $ref: 'k.yaml#/H' } }, content: { a/b: { examples: { e: { $ref: 'k.yaml#/E' } } } },\
         links: { l: { $ref: 'k.yaml#/L' } } } }, callbacks: { c: { $ref: 'k.yaml#/C' } } } } }\n\
         components: { securitySchemes: { s: { $ref: 'k.yaml#/S' } } }",
        &[(
            "k.yaml",
            "{ P: { in: query }, B: { content: {} }, H: {}, E: {}, L: {}, C: {}, S: { type: http } }",
        )],
        &[
            ("/components/parameters/P", r#"{"in":"query"}"#),
            ("/components/requestBodies/B", r#"{"content":{}}"#),
            ("/components/headers/H", "{}"),
            ("/components/examples/E", "{}"),
            ("/components/links/L", "{}"),
            ("/components/callbacks/C", "{}"),
            ("/components/securitySchemes/s", r#"{"type":"http"}"#),
        ],
    );
}

#[test]
fn swagger_has_sections_of_its_own() {
    check_version(
        "swagger: '2.0'",
        "paths: { /a: { get: { responses: { '200': { $ref: 'c.json#/responses/R' } } } } }",
        &[(
            "c.json",
            r##"{"responses": {"R": {"schema": {"$ref": "#/definitions/Pet"}}}, "definitions": {"Pet": {}}}"##,
        )],
        &[
            ("/paths/~1a/get/responses/200", r##"{"$ref":"#/responses/R"}"##),
            ("/responses/R", r##"{"schema":{"$ref":"#/definitions/Pet"}}"##),
            ("/definitions/Pet", "{}"),
        ],
    );
}

#[test]
fn places_that_will_move_become_components_first() {
    check_version(
        "swagger: '2.0'",
        "paths: { /a: { get: { responses: { '200': { schema: { type: object } } } } },\
         /b: { get: { responses: { '200': { schema: { $ref: '#/paths/~1a/get/responses/200/schema' } } } } } }",
        &[],
        &[
            (
                "/paths/~1a/get/responses/200/schema",
                r##"{"$ref":"#/definitions/~1a_get"}"##,
            ),
            (
                "/paths/~1b/get/responses/200/schema",
                r##"{"$ref":"#/definitions/~1a_get"}"##,
            ),
            ("/definitions/~1a_get", r#"{"type":"object"}"#),
        ],
    );
}

#[test]
fn sections_may_be_files() {
    for (components, more) in [
        ("schemas: { $ref: schemas/_index.yaml }", None),
        (
            "$ref: components.json",
            Some(("components.json", r#"{"schemas": {"$ref": "schemas/_index.yaml"}}"#)),
        ),
    ] {
        let mut parts = vec![
            (
                "schemas/_index.yaml",
                "{ Pet: { $ref: ./b.yaml }, b: { $ref: pet.yaml }, Own: { title: own } }",
            ),
            (
                "schemas/b.yaml",
                "{ title: pet, items: { $ref: pet.yaml }, not: { $ref: '_index.yaml#/Own' } }",
            ),
            ("schemas/pet.yaml", "{ title: b }"),
        ];
        parts.extend(more);
        check(
            &format!(
                "paths: {{ /a: {{ get: {{ parameters: [{{ schema: {{ $ref: 'schemas/_index.yaml#/Own' }} }}] }} }} }}\n\
                 components: {{ {components} }}"
            ),
            &parts,
            &[
                (
                    "/paths/~1a/get/parameters/0/schema",
                    r##"{"$ref":"#/components/schemas/Own"}"##,
                ),
                (
                    "/components/schemas/Pet",
                    r##"{"title":"pet","items":{"$ref":"#/components/schemas/b"},"not":{"$ref":"#/components/schemas/Own"}}"##,
                ),
                ("/components/schemas/b", r#"{"title":"b"}"#),
                ("/components/schemas/Own", r#"{"title":"own"}"#),
            ],
        );
    }
}

#[test]
fn examples_and_properties_that_look_like_references_stay() {
    check(
        "components: { schemas: { A: { example: { $ref: 'no.yaml' }, properties: { $ref: { type: string } },\
         default: { $ref: '#/no' } } } }",
        &[],
        &[
            ("/components/schemas/A/example", r#"{"$ref":"no.yaml"}"#),
            ("/components/schemas/A/default", r##"{"$ref":"#/no"}"##),
        ],
    );
}

#[test]
fn schemas_are_found_by_what_they_call_themselves() {
    check(
        "components: { schemas: {\
         Pet: { $id: 'https://x.example/pet.json', $defs: { Tag: { $anchor: tag } }, properties: { t: { $ref: '#tag' }, u: { $ref: '#/$defs/Tag' } } },\
         A: { items: { $ref: 'https://x.example/pet.json#tag' }, not: { $ref: 'https://x.example/pet.json' } },\
         N: { $dynamicAnchor: node, items: { $dynamicRef: '#node' } } } }",
        &[],
        &[
            (
                "/components/schemas/Pet/properties/t",
                r##"{"$ref":"#/components/schemas/Pet/$defs/Tag"}"##,
            ),
            (
                "/components/schemas/Pet/properties/u",
                r##"{"$ref":"#/components/schemas/Pet/$defs/Tag"}"##,
            ),
            (
                "/components/schemas/A/items",
                r##"{"$ref":"#/components/schemas/Pet/$defs/Tag"}"##,
            ),
            ("/components/schemas/A/not", r##"{"$ref":"#/components/schemas/Pet"}"##),
            ("/components/schemas/N/items", r##"{"$ref":"#/components/schemas/N"}"##),
        ],
    );
}

#[test]
fn lists_may_be_elsewhere_or_one_alone() {
    check(
        "components: { schemas: { A: { allOf: { $ref: '#/components/schemas/B' } }, B: { anyOf: { $ref: 'l.yaml#/all' } } } }",
        &[("l.yaml", "all: [{ $ref: '#/C' }]\nC: {}")],
        &[
            ("/components/schemas/A/allOf", r##"{"$ref":"#/components/schemas/B"}"##),
            (
                "/components/schemas/B/anyOf",
                r##"[{"$ref":"#/components/schemas/C"}]"##,
            ),
        ],
    );
}

#[test]
fn discriminators_map_to_files_too() {
    check(
        "components: { schemas: { A: { oneOf: [{ $ref: dog.yaml }], discriminator: { propertyName: k, mapping: { d: dog.yaml, c: Cat } } } } }",
        &[("dog.yaml", "{ type: object }")],
        &[(
            "/components/schemas/A/discriminator/mapping",
            r##"{"d":"#/components/schemas/dog","c":"Cat"}"##,
        )],
    );
}

#[test]
fn escapes_are_those_of_pointers_and_of_urls() {
    check(
        "components: { schemas: { A: { items: { $ref: ' my%20types.yaml#/a~1b%7Bc%7D ' } } } }",
        &[("my types.yaml", "'a/b{c}': { title: odd }")],
        &[
            (
                "/components/schemas/A/items",
                r##"{"$ref":"#/components/schemas/a~1b{c}"}"##,
            ),
            ("/components/schemas/a~1b{c}", r#"{"title":"odd"}"#),
        ],
    );
}
