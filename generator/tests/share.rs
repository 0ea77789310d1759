//! Inline types that are defined alike have one definition, and each keeps its name.

use std::collections::BTreeSet;

use envoi::{Config, Outcome, Source, generate};

fn client(text: &str) -> Outcome {
    let outcome = generate(&Source::new("api.yaml", text), &Config::default());
    assert!(!outcome.diagnostics.has_errors(), "{:?}", outcome.diagnostics);
    outcome
}

/// A document with these component schemas, which one operation sends and another one receives.
fn schemas(schemas: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{ title: Alike, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}")
}

/// The lines that define a type or give it another name, without what follows.
fn definitions(outcome: &Outcome) -> BTreeSet<String> {
    let models = outcome.files.iter().filter(|file| file.path.starts_with("src/models/"));
    let lines = models.flat_map(|file| file.text.lines());
    let begins = |line: &&str| {
        ["pub struct ", "pub enum ", "pub type "]
            .iter()
            .any(|word| line.starts_with(word))
    };
    lines
        .filter(begins)
        .map(|line| line.trim_end_matches(" {").to_owned())
        .collect()
}

/// The names among these.
fn names(outcome: &Outcome) -> BTreeSet<String> {
    let definitions = definitions(outcome);
    let name = |line: &String| line.split([' ', ';']).nth(2).unwrap_or_default().to_owned();
    definitions.iter().map(name).collect()
}

fn check(text: &str, expected: &[&str]) {
    let found = definitions(&client(text));
    for line in expected {
        assert!(found.contains(*line), "`{line}` is not among {found:#?}");
    }
}

#[test]
fn the_first_defines_and_the_others_are_its_names() {
    let text = schemas(
        "    A: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
    B: { type: object, properties: { o: { type: object, properties: { k: { enum: [z] } } }, s: { enum: [x, y], description: Own. } } }
",
    );
    let expected = [
        "pub struct A",
        "pub enum AS",
        "pub struct AO",
        "pub enum AOK",
        "pub struct B",
        "pub type BS = AS;",
        "pub type BO = AO;",
        "pub type BOK = AOK;",
    ];
    check(&text, &expected);
}

#[test]
fn components_stay_apart() {
    let text = schemas(
        "    A: { enum: [x, y] }
    B: { enum: [x, y] }
    C: { type: object, properties: { s: { enum: [x, y] }, t: { enum: [x, y] } } }
",
    );
    check(&text, &["pub enum A", "pub enum B", "pub enum CS", "pub type CT = CS;"]);
}

/// Whatever shapes the code of a type tells it from others.
#[test]
fn what_differs_keeps_types_apart() {
    let base = "{ type: object, properties: { k: { type: string } } }";
    let others = [
        "{ type: object, properties: { l: { type: string } } }",
        "{ type: object, properties: { k: { type: integer } } }",
        "{ type: object, properties: { k: { type: string, nullable: true } } }",
        "{ type: object, properties: { k: { type: string, default: x } } }",
        "{ type: object, properties: { k: { type: string, deprecated: true } } }",
        "{ type: object, properties: { k: { type: string, readOnly: true } } }",
        "{ type: object, properties: { k: { type: string, description: Said. } } }",
        "{ type: object, properties: { k: { type: string, xml: { attribute: true } } } }",
        "{ type: object, properties: { k: { type: array, items: { type: string } } } }",
        "{ type: object, properties: { k: { $ref: '#/components/schemas/Text' } } }",
        "{ type: object, required: [k], properties: { k: { type: string } } }",
        "{ type: object, properties: { k: { type: string }, l: { type: string } } }",
        "{ type: object, properties: { k: { type: string } }, additionalProperties: { type: string } }",
    ];
    for other in others {
        let text = schemas(&format!(
            "    Text: {{ type: string }}\n    A: {{ type: object, properties: {{ o: {base} }} }}\n    B: {{ type: object, properties: {{ o: {other} }} }}\n"
        ));
        check(&text, &["pub struct AO", "pub struct BO"]);
    }
}

/// A document whose answers and bodies are these inline schemas.
fn calls(sent: &str, received: &str) -> String {
    format!(
        "openapi: 3.0.3
info: {{ title: Alike, version: '1' }}
paths:
  /a:
    post:
      operationId: send
      requestBody: {{ required: true, content: {{ application/json: {{ schema: {sent} }} }} }}
      responses:
        '200': {{ description: Done., content: {{ application/json: {{ schema: {received} }} }} }}
"
    )
}

#[test]
fn a_definition_goes_the_ways_of_all_its_names() {
    let schema = "{ type: object, required: [k], properties: { k: { type: string } } }";
    let outcome = client(&calls(schema, schema));
    check(
        &calls(schema, schema),
        &["pub struct SendRequest", "pub type SendResponse = SendRequest;"],
    );
    let models: String = outcome.files.iter().map(|file| file.text.as_str()).collect();
    assert!(models.contains("Deserialize<'de> for SendRequest") && models.contains("Serialize for SendRequest"));
    // What only goes one way is present otherwise where it is only received.
    let one_way = "{ type: object, required: [k], properties: { k: { type: string, readOnly: true } } }";
    check(
        &calls(one_way, one_way),
        &["pub struct SendRequest", "pub struct SendResponse"],
    );
}

#[test]
fn recursion_ends() {
    let text = schemas(
        "    A: { type: object, properties: { o: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } } } }
    B: { type: object, properties: { o: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } } } }
    C:
      type: object
      properties:
        both: { allOf: [{ $ref: '#/components/schemas/C' }, { type: object, properties: { x: { type: string } } }] }
        again: { allOf: [{ $ref: '#/components/schemas/C' }, { type: object, properties: { x: { type: string } } }] }
",
    );
    check(&text, &["pub struct AO", "pub type BO = AO;", "pub struct C"]);
}

/// Which of two is the definition may change; what they are called never does.
#[test]
fn a_twin_that_comes_first_renames_nothing() {
    let had = "    L: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
    N: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
";
    let more = "    A: { type: object, properties: { o: { type: object, properties: { k: { enum: [z] } } }, s: { enum: [x, y] } } }\n";
    let before = client(&schemas(had));
    let after = client(&schemas(&format!("{more}{had}")));
    let mut added = names(&before);
    added.extend(["A", "AS", "AO", "AOK"].map(str::to_owned));
    assert_eq!(names(&after), added);
    assert!(definitions(&before).contains("pub enum LS"));
    assert!(definitions(&after).contains("pub type LS = AS;"));
}
