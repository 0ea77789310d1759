//! Which files a document consists of: those that its references lead to, and no others.

use envoi::load::{Limits, read};
use envoi::{Config, dump, generate};

const HEAD: &str = "openapi: 3.1.0\ninfo: { title: Jars, version: '1' }\n";

/// What became of a document of several files.
struct Read {
    /// The files that were read besides it, in the order of their names.
    files: Vec<String>,
    messages: Vec<String>,
    /// Its representation.
    text: String,
}

/// Reads `openapi.yaml` among files.
fn gather(document: &str, files: &[(&str, &str)]) -> Read {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("it can be written");
    };
    put("openapi.yaml", document);
    files.iter().for_each(|(name, text)| put(name, text));
    let source = read(&folder.path().join("openapi.yaml"), &Limits::default()).expect("it can be read");
    let outcome = generate(&source, &Config::default());
    let mut files: Vec<String> = source.parts.iter().map(|part| part.uri.clone()).collect();
    files.sort();
    Read {
        files,
        messages: outcome
            .diagnostics
            .iter()
            .map(|one| format!("{} {}", one.code, one.message))
            .collect(),
        text: dump(&source).expect("it can be understood"),
    }
}

/// The document consists of these files, and all of it is understood.
#[track_caller]
fn check(document: &str, files: &[(&str, &str)], read: &[&str], said: &[&str]) {
    let gathered = gather(document, files);
    assert_eq!(gathered.messages, Vec::<String>::new(), "{}", gathered.text);
    assert_eq!(gathered.files, read);
    for words in said {
        assert!(gathered.text.contains(words), "`{words}` is not in\n{}", gathered.text);
    }
}

/// A response with this schema, as a path item.
fn get(schema: &str) -> String {
    format!(
        "{{ get: {{ responses: {{ '200': {{ description: Found., content: {{ application/json: {{ schema: {schema} }} }} }} }} }} }}"
    )
}

#[test]
fn sections_that_openapi_does_not_know_are_looked_through_where_references_lead() {
    let common = format!(
        "{HEAD}components: {{ schemas: {{ Took: {{ type: object, properties: {{ took: {{ type: number }} }} }} }} }}"
    );
    let auth = |section: &str| {
        format!(
            "{HEAD}paths: {{ /unused: {{ $ref: unused.yaml }} }}\n{section}: {{ paths: {{ auth: {} }} }}",
            get("{ $ref: 'common.yaml#/components/schemas/Took' }")
        )
    };
    for section in ["components", "x-parts", "parts"] {
        check(
            &format!("{HEAD}paths: {{ /auth: {{ $ref: 'auth.yaml#/{section}/paths/auth' }} }}"),
            &[("auth.yaml", &auth(section)), ("common.yaml", &common)],
            &["auth.yaml", "common.yaml"],
            &["GET /auth", "\"took\": F64"],
        );
        // The same within the document itself.
        let own = format!(
            "{HEAD}paths: {{ /auth: {{ $ref: '#/{section}/paths/auth' }} }}\n{section}: {{ paths: {{ auth: {} }} }}",
            get("{ $ref: 'common.yaml#/components/schemas/Took' }")
        );
        check(
            &own,
            &[("common.yaml", &common)],
            &["common.yaml"],
            &["GET /auth", "\"took\": F64"],
        );
    }
}

#[test]
fn properties_that_are_called_like_keywords_are_properties() {
    let names = [
        "discriminator",
        "items",
        "mapping",
        "examples",
        "example",
        "default",
        "enum",
        "const",
        "$ref",
        "allOf",
        "oneOf",
        "properties",
        "type",
        "required",
        "not",
        "$defs",
        "$id",
        "$dynamicRef",
        "schema",
        "content",
        "parameters",
    ];
    for name in names {
        let schema = format!("type: object\nproperties: {{ '{name}': {{ $ref: kind.yaml }} }}\n");
        let said = format!("{name:?}: #");
        for (document, read) in [
            (
                format!("{HEAD}paths: {{ /a: {} }}", get("{ $ref: thing.yaml }")),
                &["kind.yaml", "thing.yaml"][..],
            ),
            (
                format!("{HEAD}components: {{ schemas: {{ Thing: {{ $ref: 'all.yaml#/schemas/Thing' }} }} }}"),
                &["all.yaml", "kind.yaml"],
            ),
            (
                format!(
                    "{HEAD}components:\n  schemas:\n    Thing:\n      {}",
                    schema.replace('\n', "\n      ")
                ),
                &["kind.yaml"],
            ),
        ] {
            let all =
                format!("schemas: {{ Thing: {{ type: object, properties: {{ '{name}': {{ $ref: kind.yaml }} }} }} }}");
            check(
                &document,
                &[
                    ("thing.yaml", &schema),
                    ("all.yaml", &all),
                    ("kind.yaml", "{ type: string, enum: [round] }"),
                ],
                read,
                &[&said, "enum from #/components/schemas/kind"],
            );
        }
    }
}

#[test]
fn schemas_may_be_called_like_keywords() {
    let schemas = "discriminator: { $ref: kind.yaml }, example: { type: object, properties: { example: { $ref: kind.yaml } } }, \
                   mapping: { type: object, properties: { mapping: { $ref: '#/enum' }, other: { $ref: '#/example' } } }, enum: { type: array, items: { $ref: kind.yaml } }";
    check(
        &format!("{HEAD}paths: {{ /a: {} }}", get("{ $ref: 'all.yaml#/mapping' }")),
        &[
            ("all.yaml", &format!("{{ {schemas} }}")),
            ("kind.yaml", "{ type: string, enum: [round] }"),
        ],
        &["all.yaml", "kind.yaml"],
        &["\"mapping\": #"],
    );
}

#[test]
fn values_that_look_like_references_are_not_followed() {
    let values = "example: { $ref: gone.yaml, mapping: { a: gone.yaml } }\ndefault: { $ref: gone.yaml, $dynamicRef: 'gone.yaml#x' }\n\
                  enum: [{ $ref: gone.yaml }]\nconst: { $ref: gone.yaml, $dynamicRef: 'gone.yaml#x' }\nexamples: [{ $ref: gone.yaml }]\n";
    let inline = format!("{{ {} }}", values.trim().replace('\n', ", "));
    check(
        &format!(
            "{HEAD}paths: {{ /a: {}, /b: {} }}",
            get("{ $ref: thing.yaml }"),
            get(&inline)
        ),
        &[("thing.yaml", values)],
        &["thing.yaml"],
        &["GET /a", "GET /b"],
    );
    // Examples of a media type are values too; those that are called by name may stand elsewhere.
    let media = "content: { application/json: { example: { $ref: gone.yaml }, examples: { one: { value: { $ref: gone.yaml } }, two: { $ref: two.yaml } } } }";
    check(
        &format!("{HEAD}paths: {{ /a: {{ get: {{ responses: {{ '200': {{ description: Found., {media} }} }} }} }} }}"),
        &[("two.yaml", "value: { $ref: gone.yaml }")],
        &["two.yaml"],
        &["GET /a"],
    );
}

#[test]
fn discriminators_are_followed_where_they_are_some() {
    let pet = "oneOf: [{ $ref: dog.yaml }]\ndiscriminator: { propertyName: kind, mapping: { dog: dog.yaml, cat: ./cat.yaml } }\n";
    let kind = |name: &str| {
        format!(
            "{{ type: object, required: [kind], properties: {{ kind: {{ type: string }}, {name}: {{ type: string }} }} }}"
        )
    };
    check(
        &format!("{HEAD}paths: {{ /a: {} }}", get("{ $ref: pet.yaml }")),
        &[
            ("pet.yaml", pet),
            ("dog.yaml", &kind("bark")),
            ("cat.yaml", &kind("purr")),
        ],
        &["cat.yaml", "dog.yaml", "pet.yaml"],
        &["\"bark\"", "\"purr\""],
    );
}

#[test]
fn a_file_that_is_a_schema_is_what_a_hash_means_in_it() {
    for reference in [
        "$ref: '#'",
        "$ref: Node.yaml",
        "$dynamicRef: '#'",
        "$recursiveRef: '#'",
        "$ref: '#/'",
    ] {
        let node = format!("type: object\nproperties: {{ next: {{ {reference} }}, name: {{ type: string }} }}\n");
        let gathered = gather(
            &format!("{HEAD}paths: {{ /a: {} }}", get("{ $ref: Node.yaml }")),
            &[("Node.yaml", &node)],
        );
        let next = gathered.text.contains("\"next\": #0");
        assert_eq!(next, reference != "$ref: '#/'", "{reference}: {}", gathered.text);
        assert_eq!(gathered.messages.is_empty(), next, "{:?}", gathered.messages);
    }
}

#[test]
fn dynamic_references_lead_to_files() {
    check(
        &format!(
            "{HEAD}paths: {{ /a: {}, /b: {} }}\ncomponents: {{ schemas: {{ Own: {{ type: object, properties: {{ own: {{ $dynamicRef: 'page.yaml#item' }} }} }} }} }}",
            get("{ $ref: users.yaml }"),
            get("{ $ref: page.yaml, $defs: { item: { $dynamicAnchor: item, $ref: group.yaml } } }"),
        ),
        &[
            (
                "users.yaml",
                "$defs: { item: { $dynamicAnchor: item, $ref: user.yaml } }\n$ref: page.yaml\n",
            ),
            ("user.yaml", "{ type: object, properties: { email: { type: string } } }"),
            (
                "group.yaml",
                "{ type: object, properties: { title: { type: string } } }",
            ),
            (
                "page.yaml",
                "$defs: { item: { $dynamicAnchor: item, type: integer } }\ntype: object\nproperties: { items: { type: array, items: { $dynamicRef: '#item' } } }\n",
            ),
        ],
        &["group.yaml", "page.yaml", "user.yaml", "users.yaml"],
        &[
            "object from #/components/schemas/users\n  \"items\": [#",
            "\"email\": String",
            "\"title\": String",
            "\"own\": #",
        ],
    );
}

#[test]
fn keywords_of_json_schema_may_be_properties_of_any_version() {
    let schema = "{ type: object, properties: { $dynamicRef: { type: string }, $dynamicAnchor: { type: string }, \
                  $recursiveRef: { type: string }, $recursiveAnchor: { type: boolean }, $id: { type: string }, $anchor: { type: string }, \
                  $ref: { type: string }, $defs: { type: object, properties: { $ref: { $ref: '#/POINT/Kind' } } } } }";
    for (head, section, components) in [
        ("swagger: '2.0'", "definitions", "definitions: "),
        ("openapi: 3.0.3", "components/schemas", "components: { schemas: "),
        ("openapi: 3.2.0", "components/schemas", "components: { schemas: "),
    ] {
        let schema = schema.replace("POINT", section);
        let end = if components.contains('{') { " }" } else { "" };
        let text = format!(
            "{head}\ninfo: {{ title: Jars, version: '1' }}\npaths: {{}}\n{components}{{ Thing: {schema}, Kind: {{ type: string, enum: [round] }} }}{end}"
        );
        check(
            &text,
            &[],
            &[],
            &[
                "\"$dynamicAnchor\": String",
                "\"$ref\": #1",
                "\"$recursiveAnchor\": Bool",
            ],
        );
    }
}
