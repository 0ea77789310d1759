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
fn what_components_share_is_called_after_none() {
    let text = schemas(
        "    A: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
    B: { type: object, properties: { o: { type: object, properties: { k: { enum: [z] } } }, s: { enum: [x, y], description: Own. } } }
",
    );
    let expected = [
        "pub struct A",
        "pub enum XOrY",
        "pub struct O",
        "pub enum OK",
        "pub struct B",
        "pub type AS = XOrY;",
        "pub type AO = O;",
        "pub type AOK = OK;",
        "pub type BS = XOrY;",
        "pub type BO = O;",
        "pub type BOK = OK;",
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
    check(
        &text,
        &["pub enum A", "pub enum B", "pub type CS = XOrY;", "pub type CT = XOrY;"],
    );
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
        &[
            "pub struct ObjectWithK",
            "pub type SendRequest = ObjectWithK;",
            "pub type SendResponse = ObjectWithK;",
        ],
    );
    let models: String = outcome.files.iter().map(|file| file.text.as_str()).collect();
    assert!(models.contains("Deserialize<'de> for ObjectWithK") && models.contains("Serialize for ObjectWithK"));
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
    check(&text, &["pub type AO = O;", "pub type BO = O;", "pub struct C"]);
}

/// What shares a definition, and what it is called, is the same in every order.
#[test]
fn the_order_of_the_document_names_nothing() {
    let lines = [
        "    A: { type: object, properties: { owner: OWNER, state: { enum: [x, y] }, big: BIG } }",
        "    B: { type: object, properties: { owner: OWNER, other: { enum: [x, y] }, big: BIG } }",
        "    C: { type: object, properties: { owner: LONELY, state: { enum: [x, y] }, link: { type: object, properties: { owner: OWNER } } } }",
        "    D: { type: object, properties: { owner: LONELY, link: { type: object, properties: { owner: OWNER } } } }",
    ];
    let document = |lines: &[&str]| {
        let text = lines
            .join("\n")
            .replace("OWNER", "{ type: object, properties: { k: { type: string } } }");
        let text = text.replace(
            "LONELY",
            "{ type: object, properties: { k: { type: string, deprecated: true } } }",
        );
        schemas(&(text.replace("BIG", "{ enum: [a, b, c, d, e, f] }") + "\n"))
    };
    let found = definitions(&client(&document(&lines)));
    for rotation in 1..lines.len() {
        let mut turned = lines;
        turned.rotate_left(rotation);
        assert_eq!(definitions(&client(&document(&turned))), found);
    }
    for line in ["pub enum XOrY", "pub enum Big", "pub struct Link"] {
        assert!(found.contains(line), "`{line}` is not among {found:#?}");
    }
    // neither of the two has the name that both would have
    assert!(!found.contains("pub struct Owner"), "{found:#?}");
    let owners = found.iter().filter(|line| line.starts_with("pub struct Owner"));
    assert_eq!(owners.count(), 2, "{found:#?}");
}

/// What is added renames neither places nor definitions that it has nothing to do with.
#[test]
fn additions_rename_nothing() {
    let had = "    L: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
    N: { type: object, properties: { s: { enum: [x, y] }, o: { type: object, properties: { k: { enum: [z] } } } } }
";
    let before = client(&schemas(had));
    let twin = "    A: { type: object, properties: { o: { type: object, properties: { k: { enum: [z] } } }, s: { enum: [x, y] } } }\n";
    let unrelated = "    A: { type: object, properties: { o: { type: string }, s: { enum: [x, z] } } }
    Z: { type: object, properties: { s: { enum: [x, z] }, p: { type: object, properties: { q: { enum: [w] } } } } }
";
    for more in [twin, unrelated] {
        let after = client(&schemas(&format!("{more}{had}")));
        let (before, after) = (definitions(&before), definitions(&after));
        let missing: Vec<_> = before.difference(&after).collect();
        assert!(missing.is_empty(), "{missing:#?} are not among {after:#?}");
    }
}

/// A second place for a type gives it a name of its own, and keeps the one that it had.
#[test]
fn places_keep_their_names() {
    let one = "    L: { type: object, properties: { s: { enum: [x, y] } } }\n";
    let other = "    A: { type: object, properties: { s: { enum: [x, y] } } }\n";
    let before = client(&schemas(one));
    let after = client(&schemas(&format!("{other}{one}")));
    assert!(definitions(&before).contains("pub enum LS"));
    let mut expected = names(&before);
    expected.extend(["A", "AS", "XOrY"].map(str::to_owned));
    assert_eq!(names(&after), expected);
}

/// The names that no place has leave those of components and places alone.
#[test]
fn shared_definitions_take_no_other_name() {
    let text = schemas(
        "    Owner: { type: object, properties: { k: { type: integer } } }
    XOrY: { type: string }
    A: { type: object, properties: { owner: { type: object, properties: { k: { type: string } } }, s: { enum: [x, y] } } }
    B: { type: object, properties: { owner: { type: object, properties: { k: { type: string } } }, s: { enum: [x, y] } } }
",
    );
    check(
        &text,
        &[
            "pub struct Owner",
            "pub type XOrY = String;",
            "pub struct OwnerWithK",
            "pub type AOwner = OwnerWithK;",
            "pub enum SXOrY",
            "pub type BS = SXOrY;",
        ],
    );
}

/// What operations refer to is called after itself, and parameters of a path item after what they are.
#[test]
fn operations_lend_no_names() {
    let text = "openapi: 3.0.3
info: { title: Referred to, version: '1' }
paths:
  /a:
    parameters: [{ name: kind, in: query, schema: { enum: [x, y] } }]
    get: { operationId: one, parameters: [{ $ref: '#/components/parameters/sort' }], responses: { '200': { $ref: '#/components/responses/page' } } }
    put: { operationId: two, requestBody: { $ref: '#/components/requestBodies/page' }, responses: { '200': { $ref: '#/components/responses/page' } } }
components:
  parameters: { sort: { name: s, in: query, schema: { enum: [up, down] } } }
  responses: { page: { description: A page., content: { application/json: { schema: { type: object, properties: { next: { type: string }, kind: { enum: [a, b] } } } } } } }
  requestBodies: { page: { content: { application/json: { schema: { type: object, properties: { next: { type: integer } } } } } } }
";
    let expected = [
        "pub enum XOrY",
        "pub type OneKind = XOrY;",
        "pub type TwoKind = XOrY;",
        "pub enum Sort",
        "pub struct Page",
        "pub enum PageKind",
        "pub struct PageRequest",
    ];
    check(text, &expected);
    assert!(!names(&client(text)).contains("OneResponse"));
}
