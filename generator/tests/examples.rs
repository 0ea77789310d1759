//! What is said of the document's own examples: nothing of one that fits the type of its place; else what differs, where
//! in the example, and where it stands.

use envoi::{Code, Config, MessageFormat, Renderer, Source, generate};

/// The note of each example that does not fit: its place and its message.
fn said(document: &str) -> Vec<(String, String)> {
    let source = Source::new("kettles.yaml", document.to_owned());
    let outcome = generate(&source, &Config::default());
    let document = outcome.document.as_ref().expect("it is a document");
    let notes = outcome.diagnostics.iter();
    let mut said: Vec<(String, String)> = notes
        .filter(|note| note.code == Code::Example)
        .map(|note| match &note.at {
            envoi::Place::Node(at) => (document.original(at).at.to_string(), note.message.clone()),
            other => panic!("{other:?} is no place in the document"),
        })
        .collect();
    said.sort();
    said
}

/// Checks what is said of a document with these paths and components.
#[track_caller]
fn check(rest: &str, expected: &[(&str, &str)]) {
    let said = said(&format!(
        "openapi: 3.1.0\ninfo: {{ title: Kettles, version: '1' }}\n{rest}"
    ));
    let said: Vec<(&str, &str)> = said.iter().map(|(at, text)| (at.as_str(), text.as_str())).collect();
    assert_eq!(said, expected);
}

/// An operation with an example at each place that has one; `wrong` or `right` takes the place of `LITRES`.
const PLACES: &str = "paths:
  /kettles:
    post:
      operationId: addKettle
      parameters:
        - { name: litres, in: query, schema: { type: integer }, example: LITRES }
        - { name: most, in: query, schema: { type: integer }, examples: { a: { value: LITRES } } }
        - { name: least, in: query, schema: { type: integer, examples: [LITRES] } }
      requestBody:
        content:
          application/json:
            schema: { $ref: '#/components/schemas/Kettle' }
            examples: { a: { value: { litres: LITRES } }, b: { $ref: '#/components/examples/shared' } }
      responses:
        '200':
          description: ok
          headers:
            X-Litres: { schema: { type: integer }, example: LITRES }
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Kettle' } }
              example: [{ litres: 1 }, { litres: LITRES }]
        default:
          description: wrong
          content: { application/json: { schema: { type: object, properties: { code: { type: integer, example: LITRES } } } } }
components:
  examples: { shared: { value: { litres: LITRES } } }
  schemas:
    Kettle:
      type: object
      properties: { litres: { type: integer, example: LITRES } }
      example: { litres: LITRES }
";

#[test]
fn every_place_of_an_example_is_looked_at() {
    const WRONG: &str = "this example does not match its type: expected a 64-bit integer, found `1.5`";
    const INNER: &str = "this example does not match its type: expected a 64-bit integer, found `1.5`, at `litres`";
    const SECOND: &str = "this example does not match its type: expected a 64-bit integer, found `1.5`, at \
     `[1].litres`";
    check(
        &PLACES.replace("LITRES", "1.5"),
        &[
            ("#/components/schemas/Kettle/example", INNER),
            ("#/components/schemas/Kettle/properties/litres/example", WRONG),
            ("#/paths/~1kettles/post/parameters/0/example", WRONG),
            ("#/paths/~1kettles/post/parameters/1/examples/a", WRONG),
            ("#/paths/~1kettles/post/parameters/2/schema/examples/0", WRONG),
            (
                "#/paths/~1kettles/post/requestBody/content/application~1json/examples/a",
                INNER,
            ),
            (
                "#/paths/~1kettles/post/requestBody/content/application~1json/examples/b",
                INNER,
            ),
            (
                "#/paths/~1kettles/post/responses/200/content/application~1json/example",
                SECOND,
            ),
            ("#/paths/~1kettles/post/responses/200/headers/X-Litres/example", WRONG),
            (
                "#/paths/~1kettles/post/responses/default/content/application~1json/schema/properties/code/example",
                WRONG,
            ),
        ],
    );
}

#[test]
fn nothing_is_said_of_an_example_that_fits() {
    check(&PLACES.replace("LITRES", "7"), &[]);
    // an integer all the same
    check(&PLACES.replace("LITRES", "7.0"), &[]);
}

#[test]
fn what_differs_is_said() {
    let schema = |schema: &str, example: &str, expected: &[&str]| {
        let at = "#/components/schemas/Kettle/example";
        let expected: Vec<(&str, &str)> = expected.iter().map(|message| (at, *message)).collect();
        let rest =
            format!("paths: {{}}\ncomponents: {{ schemas: {{ Kettle: {{ {schema}, example: {example} }} }} }}\n");
        check(&rest, &expected);
    };
    let object =
        "type: object, required: [name], properties: { name: { type: string }, lid: { type: string }, more: {} }";
    schema(object, "{ name: Etna }", &[]);
    schema(object, "{ name: Etna, more: null }", &[]);
    schema(
        object,
        "{ lid: red }",
        &["this example does not match its type: the required property `name` is missing"],
    );
    schema(
        object,
        "{ name: Etna, lid: null }",
        &["this example loses `lid` when decoded: its schema does not allow `null`"],
    );
    schema(
        object,
        "{ name: Etna, colour: red }",
        &["this example loses `colour` when decoded: its schema does not declare that property"],
    );
    schema("type: array, items: { type: integer }", "[1, 2]", &[]);
    schema(
        "type: array, items: { type: integer }",
        "{ a: 1 }",
        &["this example does not match its type: expected an array, found an object"],
    );
    schema(
        "type: string, enum: [round, flat]",
        "oval",
        &["this example is not one of the `enum` values: the string `oval`"],
    );
    schema(
        "type: string, format: date",
        "yesterday",
        &["this example does not match its type: the string `yesterday` is not an RFC 3339 `date`"],
    );
    schema(
        "oneOf: [{ type: integer }, { type: array, items: { type: string } }]",
        "{}",
        &["this example matches no branch of its schema"],
    );
}

#[test]
fn a_default_is_no_example() {
    check(
        "paths: {}\ncomponents: { schemas: { Kettle: { type: object, properties: { litres: { type: integer, default: a lot } } } } }\n",
        &[],
    );
}

#[test]
fn the_note_points_at_the_example_and_says_what_to_do() {
    let document = "openapi: 3.1.0\ninfo: { title: Kettles, version: '1' }\npaths: {}\ncomponents:\n  schemas:\n    \
                    Kettle:\n      type: integer\n      example: large\n";
    let source = Source::new("kettles.yaml", document);
    let outcome = generate(&source, &Config::default());
    let renderer = Renderer::new(MessageFormat::Human, &source, outcome.document.as_ref());
    let notes: Vec<String> = outcome.diagnostics.iter().map(|note| renderer.render(note)).collect();
    let text = notes.concat();
    assert!(
        text.contains("note[N205]: this example does not match its type: "),
        "{text}"
    );
    assert!(
        text.contains("expected a 64-bit integer, found the string `large`"),
        "{text}"
    );
    assert!(text.contains("kettles.yaml:8:7"), "{text}");
    assert!(text.contains("help: correct the example or its schema"), "{text}");
}
