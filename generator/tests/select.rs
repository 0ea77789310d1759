//! A client of a part of a document: what is in it, and that it is the same as in the client of the whole.

use std::collections::BTreeMap;
use std::str::FromStr;

use envoi::{Config, Criteria, Outcome, Select, Source, generate};
use proc_macro2::{TokenStream, TokenTree};

const DOCUMENT: &str = "
openapi: 3.0.3
info: { title: Jars, version: '1' }
paths:
  /jars:
    get:
      operationId: listJars
      responses:
        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/jar_list' } } } }
  /lids:
    put:
      operationId: putLid
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Lid' } } } }
      responses: { '204': { description: Done. } }
  /broken:
    get:
      operationId: broken
      parameters: [{ $ref: '#/components/parameters/Nowhere' }]
      responses: { '200': { $ref: '#/components/responses/Nowhere' } }
components:
  schemas:
    JarList: { type: array, items: { type: string } }
    Base: { type: object, properties: { kind: { type: string, enum: [a, b] }, odd: { type: color } } }
    Lid: { type: object, properties: { wide: { type: boolean } } }
    jar_list: { type: array, items: { $ref: '#/components/schemas/Jar' } }
    Jar: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { next: { $ref: '#/components/schemas/Jar' } } }] }
    Unused: { type: object, properties: { pot: { $ref: '#/components/schemas/Nowhere' }, lid: { $ref: '#/components/schemas/Lid' } } }
";

fn operations(list: &[&str]) -> Criteria {
    let operations = list.iter().map(|id| (*id).to_owned()).collect();
    Criteria {
        operations,
        ..Criteria::default()
    }
}

fn including(list: &[&str]) -> Config {
    let include = operations(list);
    Config {
        select: Select {
            include,
            ..Select::default()
        },
        ..Config::default()
    }
}

fn run(document: &str, config: &Config) -> Outcome {
    generate(&Source::new("jars.yaml", document), config)
}

fn models(outcome: &Outcome) -> Vec<&str> {
    let paths = outcome
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix("src/models/"));
    paths
        .filter(|name| *name != "mod.rs" && *name != "model_traits.rs")
        .collect()
}

/// What is said, by code and place.
fn said(outcome: &Outcome) -> Vec<String> {
    let of = |diagnostic: &envoi::Diagnostic| format!("{} {:?}", diagnostic.code, diagnostic.at);
    outcome.diagnostics.iter().map(of).collect()
}

#[test]
fn only_what_operations_need_is_in_and_looked_at() {
    let outcome = run(DOCUMENT, &including(&["listJars"]));
    // `Base` is not needed as a type, but an enum in it is, and what it gets wrong is worth a word.
    assert_eq!(models(&outcome), ["base.rs", "jar_list_lower.rs", "jar.rs"]);
    assert_eq!((outcome.operations, outcome.left_out, outcome.types), (1, 2, 3));
    let about = [
        "/components/schemas/Base/properties/odd",
        "/components/schemas/jar_list",
    ];
    for words in said(&outcome) {
        assert!(about.iter().any(|place| words.contains(place)), "{words}");
    }
    assert!(said(&outcome).iter().any(|words| words.contains(about[0])));
    let base = outcome
        .files
        .iter()
        .find(|file| file.path == "src/models/base.rs")
        .expect("a file");
    assert!(
        base.text.contains("enum BaseKind") && !base.text.contains("struct Base "),
        "{}",
        base.text
    );
}

#[test]
fn types_are_kept_on_demand_and_dropped_on_demand() {
    let mut config = including(&["listJars", "putLid"]);
    config.select.prune = Some(false);
    let outcome = run(DOCUMENT, &config);
    assert!(models(&outcome).contains(&"unused.rs") && outcome.diagnostics.has_errors());

    let whole = DOCUMENT.replace("Nowhere", "Lid");
    let mut config = Config::default();
    assert!(models(&run(&whole, &config)).contains(&"unused.rs"));
    config.select.prune = Some(true);
    let pruned = run(&whole, &config);
    assert_eq!(pruned.left_out, 0);
    assert!(!models(&pruned).contains(&"unused.rs") && models(&pruned).contains(&"lid.rs"));
}

#[test]
fn a_broken_operation_can_be_left_out() {
    let mut config = Config::default();
    assert!(run(DOCUMENT, &config).diagnostics.has_errors());
    config.select.exclude = operations(&["broken"]);
    let outcome = run(DOCUMENT, &config);
    assert!(!outcome.diagnostics.has_errors(), "{:?}", said(&outcome));
}

#[test]
fn a_renamed_operation_that_is_left_out_is_not_unused() {
    let mut config = including(&["listJars"]);
    for (id, name) in [("putLid", "put"), ("absent", "never")] {
        config.rename.operations.insert(id.to_owned(), name.to_owned());
    }
    config.rename.types.insert("Unused".to_owned(), "Used".to_owned());
    let outcome = run(DOCUMENT, &config);
    let unused: Vec<&str> = outcome
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(
        unused
            .iter()
            .filter(|message| message.contains("`rename.operations` names"))
            .count(),
        1,
        "{unused:?}"
    );
}

#[test]
fn webhooks_are_chosen_like_operations() {
    let webhooks = "
webhooks:
  jarBroke:
    post:
      operationId: jarBroke
      tags: [jars]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Lid' } } } }
  lidLost:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Unused' } } } }
";
    let document = DOCUMENT.replace("3.0.3", "3.1.0") + webhooks;
    let outcome = run(&document, &including(&["listJars", "jarBroke"]));
    assert!(!outcome.diagnostics.has_errors(), "{:?}", said(&outcome));
    assert_eq!(models(&outcome), ["base.rs", "lid.rs", "jar_list_lower.rs", "jar.rs"]);
    assert_eq!(
        (outcome.operations, outcome.left_out),
        (1, 2),
        "webhooks are not counted"
    );
    let mut config = including(&["listJars"]);
    assert!(!models(&run(&document, &config)).contains(&"lid.rs"));
    config.select.include = Criteria::default();
    config.select.exclude = Criteria {
        paths: vec!["/lids".to_owned(), "/broken".to_owned(), "lid*".to_owned()],
        ..Criteria::default()
    };
    let outcome = run(&document, &config);
    assert!(models(&outcome).contains(&"lid.rs") && !models(&outcome).contains(&"unused.rs"));
}

/// Every file of a client by its path.
fn files(outcome: Outcome) -> BTreeMap<String, String> {
    outcome.files.into_iter().map(|file| (file.path, file.text)).collect()
}

#[test]
fn a_part_is_the_same_as_in_the_whole() {
    let mut compared = 0;
    for name in ["fastly.yaml", "octopus.json", "clerk.yaml"] {
        let path = format!("{}/../specs/{name}", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(path).expect("a document");
        let whole = files(run(&text, &Config::default()));
        for method in ["get", "post"] {
            let mut config = Config::default();
            config.select.include.methods = vec![method.to_owned()];
            let outcome = run(&text, &config);
            assert!(outcome.operations > 0 && outcome.left_out > 0, "{name} {method}");
            assert!(!outcome.diagnostics.has_errors(), "{:?}", said(&outcome));
            let part = files(outcome);
            assert_eq!(part, files(run(&text, &config)), "the same again");
            // which traits a feature adds depends on all operations
            let models = |path: &str| path.starts_with("src/models/") && path != "src/models/model_traits.rs";
            for (path, text) in part.iter().filter(|(path, _)| models(path)) {
                // a definition may be shared with a type of the whole that is not in the part
                let defined = text.split("pub enum ").nth(1).and_then(|rest| rest.split(' ').next());
                let shared = defined.is_some_and(|ty| whole["src/models/mod.rs"].contains(ty));
                assert!(whole.contains_key(path) || shared, "{name} {method}: {path}");
                compared += usize::from(whole.get(path) == Some(text));
                syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }
    assert!(compared > 20, "only {compared} files are the same");
}

#[test]
fn overlays_change_what_they_show_alone() {
    let overlay = |text: &str| Config {
        overlays: vec![Source::new("a.overlay.yaml", text)],
        ..including(&["listJars"])
    };
    let titled = overlay("{ overlay: 1.1.0, actions: [{ target: $.info.title, update: Pots }] }");
    let silent = overlay("{ overlay: 1.1.0, actions: [{ target: $.info, update: { x-thought: none } }] }");
    let plain = files(run(DOCUMENT, &including(&["listJars"])));
    assert_eq!(files(run(DOCUMENT, &silent)), plain);
    let overlaid = files(run(DOCUMENT, &titled));
    let changed: Vec<&String> = overlaid
        .keys()
        .filter(|path| overlaid.get(*path) != plain.get(*path))
        .collect();
    assert!(
        !changed.is_empty() && changed.iter().all(|path| overlaid[*path].contains("Pots")),
        "{changed:?}"
    );
}

#[test]
fn an_overlay_can_change_the_version() {
    let overlay = "{ overlay: 1.1.0, actions: [{ target: $.openapi, update: 3.1.0 }] }";
    let mut config = including(&["listJars"]);
    config.overlays = vec![Source::new("a.overlay.yaml", overlay)];
    let document = run(DOCUMENT, &config).document.expect("it is read");
    assert_eq!(document.version, envoi::Version::OpenApi31);
    config.overlays = vec![Source::new("a.overlay.yaml", overlay.replace("3.1.0", "9.9.9"))];
    assert_eq!(said(&run(DOCUMENT, &config)).len(), 1);
}

const NEEDLE: &str = "zq\\\"#]); evil!(); }\\n*/ ``` {evil} \\r\\u202e";

fn names_evil(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|tree| match tree {
        TokenTree::Ident(ident) => ident == "evil",
        TokenTree::Group(group) => names_evil(group.stream()),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

#[test]
fn text_of_an_overlay_never_becomes_code() {
    let value = format!(
        r#"{{ "description": "{NEEDLE}", "x": {{ "{NEEDLE}": 1 }}, "properties": {{ "{NEEDLE}": {{ "type": "string", "enum": ["{NEEDLE}"] }} }} }}"#
    );
    let actions = format!(
        r#"{{ "overlay": "1.1.0", "actions": [
            {{ "target": "$.info", "update": {{ "title": "{NEEDLE}", "description": "{NEEDLE}" }} }},
            {{ "target": "$.paths['/jars'].get", "update": {{ "summary": "{NEEDLE}", "operationId": "listJars", "tags": ["{NEEDLE}"] }} }},
            {{ "target": "$.components.schemas.Base", "update": {value} }},
            {{ "target": "$.absent.evil", "description": "{NEEDLE}", "remove": true }}
        ] }}"#
    );
    let mut config = including(&["listJars"]);
    config.overlays = vec![Source::new(format!("{NEEDLE}.json"), actions)];
    let outcome = run(DOCUMENT, &config);
    assert!(!outcome.diagnostics.has_errors(), "{:?}", outcome.diagnostics);
    assert!(
        outcome.files.iter().any(|file| file.text.contains("evil!()")),
        "it reaches the output"
    );
    for file in &outcome.files {
        let tokens = TokenStream::from_str(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path));
        assert!(!names_evil(tokens), "{}\n{}", file.path, file.text);
        assert!(
            !file.text.contains(['\r', '\u{202e}']) && !file.path.contains("evil!"),
            "{}",
            file.path
        );
    }
}
