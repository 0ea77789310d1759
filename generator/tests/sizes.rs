//! Documents that are long in one way: whoever goes through all of it for each part of it never ends.

use std::fmt::Write as _;

use envoi::{Code, Config, Outcome, Source, generate};

const START: &str = "openapi: 3.0.3\ninfo: { title: Kettles, version: '1' }\n";

fn outcome(rest: &str) -> Outcome {
    generate(
        &Source::new("kettles.yaml", format!("{START}{rest}")),
        &Config::default(),
    )
}

fn codes(outcome: &Outcome) -> Vec<Code> {
    let mut codes: Vec<Code> = outcome.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.dedup();
    codes
}

fn text(outcome: &Outcome) -> String {
    outcome.files.iter().map(|file| file.text.as_str()).collect()
}

/// Components of a section that each are a reference to the next; the last one is `end`.
fn chain(section: &str, count: usize, end: &str) -> String {
    let mut text = format!("  {section}:\n    R{count}: {end}\n");
    for index in 0..count {
        let _ = writeln!(
            text,
            "    R{index}: {{ $ref: '#/components/{section}/R{}' }}",
            index + 1
        );
    }
    text
}

#[test]
fn chains_of_schemas() {
    let schemas = |count: usize, end: &str| format!("paths: {{}}\ncomponents:\n{}", chain("schemas", count, end));
    let end = "{ type: object, properties: { lid: { type: string } } }";
    let long = outcome(&schemas(5_000, end));
    assert_eq!(codes(&long), []);
    assert_eq!(long.types, 5_001);
    let text = text(&long);
    for alias in [
        "pub type R0 = R5000;",
        "pub type R4960 = R5000;",
        "pub type R4990 = R4991;",
    ] {
        assert!(text.contains(alias), "{alias}");
    }
    let circle = outcome(&schemas(5_000, "{ $ref: '#/components/schemas/R0' }"));
    assert_eq!(codes(&circle), [Code::ReferenceCycle]);
    assert_eq!(circle.diagnostics.iter().count(), 5_001);
}

/// That a name for a nullable name is nullable does not depend on how many names there are.
#[test]
fn nullable_links_of_chains() {
    for count in [4, 100] {
        let mut document = "paths: {}\ncomponents:\n".to_owned();
        document += &chain("schemas", count, "{ type: string, format: uuid }");
        document += "    Open: { allOf: [{ $ref: '#/components/schemas/R0' }], nullable: true }\n";
        for index in 0..count {
            let before = if index == 0 {
                "Open".to_owned()
            } else {
                format!("N{}", index - 1)
            };
            let _ = writeln!(document, "    N{index}: {{ $ref: '#/components/schemas/{before}' }}");
        }
        let last = count - 1;
        let _ = writeln!(
            document,
            "    Kettle: {{ type: object, required: [a, b], properties: {{ a: {{ $ref: '#/components/schemas/N{last}' }}, \
             b: {{ $ref: '#/components/schemas/R0' }} }} }}"
        );
        let outcome = outcome(&document);
        assert_eq!(codes(&outcome), []);
        let text = text(&outcome);
        assert!(text.contains(&format!("pub a: Option<N{last}>")), "{count}");
        assert!(text.contains("pub b: R0"), "{count}");
    }
}

#[test]
fn chains_of_other_components() {
    let mut document = "paths:
  /kettles:
    get:
      parameters: [{ $ref: '#/components/parameters/R0' }]
      requestBody: { $ref: '#/components/requestBodies/R0' }
      responses: { '200': { $ref: '#/components/responses/R0' } }
components:
"
    .to_owned();
    let json = "content: { application/json: { schema: { type: string } } }";
    document += &chain(
        "parameters",
        5_000,
        "{ name: lid, in: query, schema: { type: string } }",
    );
    document += &chain("requestBodies", 5_000, &format!("{{ {json} }}"));
    document += &chain("headers", 5_000, "{ schema: { type: integer } }");
    document += &chain(
        "responses",
        5_000,
        &format!("{{ description: Good, {json}, headers: {{ lids: {{ $ref: '#/components/headers/R0' }} }} }}"),
    );
    let outcome = outcome(&document);
    assert!(!outcome.diagnostics.has_errors(), "{:?}", outcome.diagnostics);
    let text = text(&outcome);
    assert!(text.contains("Parameter::query(\"lid\")"), "the parameter");
    assert!(text.contains("Header::new(\"lids\")"), "the header");
}

#[test]
fn chains_of_path_items() {
    let items = |count: usize| {
        let mut document =
            format!("paths:\n  /r{count}: {{ get: {{ responses: {{ '200': {{ description: Good }} }} }} }}\n");
        for index in 0..count {
            let _ = writeln!(document, "  /r{index}: {{ $ref: '#/paths/~1r{}' }}", index + 1);
        }
        outcome(&document)
    };
    assert_eq!(codes(&items(50)), []);
    assert_eq!(codes(&items(3_000)), [Code::Limit]);
}

/// A choice of many schemas that include the one that lists them, with a mapping that is longer still.
#[test]
fn hierarchies() {
    const COUNT: usize = 1_500;
    let mut document =
        "paths: {}\ncomponents:\n  schemas:\n    Pot:\n      type: object\n      required: [kind]\n      \
                        properties: { kind: { type: string } }\n      oneOf:\n"
            .to_owned();
    for index in 0..COUNT {
        let _ = writeln!(document, "        - $ref: '#/components/schemas/P{index}'");
    }
    document += "      discriminator:\n        propertyName: kind\n        mapping:\n";
    for index in 0..4 * COUNT {
        let _ = writeln!(
            document,
            "          k{index}: '#/components/schemas/P{}'",
            index % COUNT
        );
    }
    for index in 0..COUNT {
        let _ = writeln!(
            document,
            "    P{index}: {{ allOf: [{{ $ref: '#/components/schemas/Pot' }}], properties: {{ p{index}: {{ type: string }} }} }}"
        );
    }
    let outcome = outcome(&document);
    assert_eq!(codes(&outcome), []);
    let text = text(&outcome);
    for tag in ["\"k0\"", "\"k1499\"", "\"k5999\""] {
        assert!(text.contains(tag), "{tag}");
    }
}
