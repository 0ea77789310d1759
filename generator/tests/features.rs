//! The cargo features of tags: what is behind each, and that nothing a file mentions is missing with any of them alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use envoi::load::{Limits, read};
use envoi::package::{Member, Package, PackageOutcome, several, standalone};
use envoi::{Code, Config, Features, Serde, Source, TagFeatures};
use proc_macro2::{TokenStream, TokenTree};
use serde_json::{Value, json};
use syn::{Attribute, Item, UseTree};

const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Pets, version: '1' }
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pets]
      responses:
        '200': { description: Pets., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Pet' } } } } }
        default: { $ref: '#/components/responses/Error' }
  /orders:
    post:
      operationId: order
      tags: [reqwest]
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '204': { description: Done. }, default: { $ref: '#/components/responses/Error' } }
  /staff:
    get:
      operationId: staff
      tags: [Store Staff]
      responses:
        '200': { description: All., content: { application/json: { schema: { $ref: '#/components/schemas/Person' } } } }
        default: { $ref: '#/components/responses/Error' }
  /ping:
    get: { operationId: ping, responses: { '204': { description: Here. }, default: { $ref: '#/components/responses/Error' } } }
webhooks:
  adopted:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Event' } } } }
      responses: { '200': { description: Heard. } }
components:
  responses:
    Error: { description: No., content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } }
  schemas:
    Pet: { type: object, properties: { name: { type: string }, owner: { $ref: '#/components/schemas/Owner' } } }
    Owner: { $ref: '#/components/schemas/Person' }
    Person: { type: object, properties: { name: { type: string }, kind: { type: string, enum: [adult, child] } } }
    Order: { type: object, properties: { pet: { $ref: '#/components/schemas/Pet' } } }
    Event: { type: object, properties: { order: { $ref: '#/components/schemas/Order' } } }
    Error: { type: object, properties: { message: { type: string } } }
    Unused: { type: object, properties: { who: { $ref: '#/components/schemas/Person' }, tag: { $ref: '#/components/schemas/Tag' } } }
    Tag: { type: object, properties: { text: { type: string } } }
";

fn source() -> Source {
    Source::new("pets.yaml", DOCUMENT)
}

fn with(tag_features: TagFeatures) -> Config {
    Config {
        tag_features,
        ..Config::default()
    }
}

fn alone(config: &Config) -> PackageOutcome {
    standalone(&source(), config, &Package::new("pets"))
}

fn text<'a>(outcome: &'a PackageOutcome, path: &str) -> &'a str {
    let file = outcome.files.iter().find(|file| file.path == path);
    &file.expect("the file is there").text
}

/// The features of the manifest, by name.
fn listed(outcome: &PackageOutcome) -> BTreeMap<String, Vec<String>> {
    let manifest: toml_edit::DocumentMut = text(outcome, "Cargo.toml").parse().expect("a manifest");
    let features = manifest["features"].as_table().expect("features").iter();
    let names = |list: &toml_edit::Item| {
        let list = list.as_array().expect("a list").iter();
        list.map(|name| name.as_str().expect("a name").to_owned()).collect()
    };
    features.map(|(name, list)| (name.to_owned(), names(list))).collect()
}

#[test]
fn each_tag_has_a_feature() {
    let features = listed(&alone(&Config::default()));
    assert_eq!(features["default"], ["full", "http2", "rustls"]);
    let all = [
        "pets",
        "store-staff",
        "reqwest-tag",
        "untagged",
        "webhooks",
        "other-models",
    ];
    assert_eq!(features["full"], all);
    assert_eq!(features["pets"], ["_shared-models"]);
    assert!(features["untagged"].is_empty());
}

#[test]
fn models_are_behind_what_needs_them() {
    let outcome = alone(&Config::default());
    let models = text(&outcome, "src/models/mod.rs");
    for line in [
        "#[cfg(feature = \"_shared-models\")]\nmod person;",
        "#[cfg(feature = \"_shared-models\")]\npub use self::person::{Person, PersonKind};",
        "#[cfg(any(feature = \"pets\", feature = \"reqwest-tag\", feature = \"webhooks\"))]\nmod owner;",
        "#[cfg(feature = \"webhooks\")]\nmod event;",
        "#[cfg(feature = \"other-models\")]\nmod tag;",
        "\n\nmod error;",
    ] {
        assert!(models.contains(line), "{line}\n---\n{models}");
    }
}

/// What two tags share is there with either, and so are the names that it has in both.
#[test]
fn shared_definitions_are_behind_all_that_share_them() {
    let operation = |tag: &str, property: &str| {
        let schema = json!({ "type": "object", "properties": { property: { "enum": ["x", "y"] } } });
        json!({ "get": {
            "operationId": format!("list_{tag}"),
            "tags": [tag],
            "responses": { "200": { "description": "All.", "content": { "application/json": { "schema": schema } } } },
        } })
    };
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": "Shared", "version": "1" },
        "paths": { "/a": operation("a", "state"), "/b": operation("b", "kind"), "/c": operation("c", "other"), "/d": {
            "get": { "operationId": "d", "tags": ["d"], "responses": { "204": { "description": "Nothing." } } }
        } },
    });
    let source = Source::new("shared.json", document.to_string());
    let outcome = standalone(&source, &Config::default(), &Package::new("shared"));
    let models = text(&outcome, "src/models/mod.rs");
    let condition = "#[cfg(any(feature = \"a\", feature = \"b\", feature = \"c\"))]\nmod x_or_y;";
    assert!(models.contains(condition), "{models}");
    let shared = text(&outcome, "src/models/x_or_y.rs");
    for line in [
        "pub enum XOrY {",
        "pub type ListAResponseState = XOrY;",
        "pub type ListBResponseKind = XOrY;",
    ] {
        assert!(shared.contains(line), "{shared}");
    }
}

#[test]
fn models_go_both_ways_with_a_feature_or_always() {
    let generated = |serde| {
        let outcome = alone(&Config {
            serde,
            ..Config::default()
        });
        let declared = listed(&outcome).contains_key("model-traits");
        let path = "src/models/model_traits.rs";
        let added = outcome.files.iter().find(|file| file.path == path);
        let added = added.map(|file| file.text.clone());
        (declared, text(&outcome, "src/models/error.rs").to_owned(), added)
    };
    let (declared, error, added) = generated(Serde::Feature);
    let added = added.expect("a file");
    assert!(declared && !error.contains("Serialize for"), "{error}");
    assert!(error.contains("#[cfg_attr(feature = \"model-traits\", derive(Eq, Hash))]"));
    assert!(
        added.contains("impl Serialize for Error {") && !added.contains("Deserialize<'de> for Error {"),
        "{added}"
    );
    let (declared, error, added) = generated(Serde::Reached);
    assert!(!declared && added.is_none() && !error.contains("Serialize for") && !error.contains("cfg"));
    let (declared, error, added) = generated(Serde::Both);
    assert!(!declared && added.is_none() && error.contains("impl Serialize for Error {") && !error.contains("cfg"));
}

#[test]
fn the_configuration_chooses_the_default() {
    let default = |choice| listed(&alone(&with(choice)))["default"].clone();
    assert_eq!(default(TagFeatures::None), ["http2", "rustls"]);
    assert_eq!(
        default(TagFeatures::of_words("Pets,Store*")),
        ["pets", "store-staff", "http2", "rustls"]
    );
    let outcome = alone(&with(TagFeatures::of_words("Cats")));
    assert!(
        outcome.clients[0]
            .diagnostics
            .iter()
            .any(|each| each.code == Code::UnusedSetting)
    );
    let off = alone(&with(TagFeatures::Off));
    assert_eq!(
        listed(&off).keys().collect::<Vec<_>>(),
        [
            "blocking",
            "brotli",
            "default",
            "gzip",
            "http2",
            "model-traits",
            "native-tls",
            "reqwest",
            "rustls",
            "rustls-no-provider",
            "tower",
            "tracing",
            "zstd"
        ]
    );
    let models = text(&off, "src/models/mod.rs");
    assert_eq!(models.matches("cfg").count(), 1, "{models}");
}

#[test]
fn one_of_several_clients_has_its_name_before_its_features() {
    let member = |module: &str, tag_features| Member {
        module: module.to_owned(),
        source: source(),
        config: with(tag_features),
    };
    let members = [member("zoo", TagFeatures::None), member("pets", TagFeatures::All)];
    let outcome = several(&members, &Package::new("both"));
    let features = listed(&outcome);
    assert_eq!(features["default"], ["zoo", "pets", "http2", "rustls"]);
    assert_eq!(features["zoo"], ["_zoo-client"]);
    assert_eq!(features["pets"], ["pets-full"]);
    assert_eq!(features["pets-pets"], ["_pets-client", "_pets-shared-models"]);
    assert!(text(&outcome, "src/lib.rs").contains("#[cfg(feature = \"_zoo-client\")]\npub mod zoo;"));
    assert!(text(&outcome, "src/zoo/apis/mod.rs").contains("#[cfg(feature = \"zoo-pets\")]"));
    closed(&outcome, "src/pets", &declared(&outcome, 1));
}

#[test]
fn each_feature_alone_has_all_that_its_files_mention() {
    let outcome = alone(&Config::default());
    closed(&outcome, "src", &declared(&outcome, 0));
}

/// The fixtures have each construct; here, each of their operations has a tag of its own.
#[test]
fn the_same_holds_for_every_construct() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures");
    let mut tried = 0;
    for entry in std::fs::read_dir(folder).expect("fixtures") {
        let fixture = read(&entry.expect("a fixture").path(), &Limits::default()).expect("it can be read");
        let Some(document) = envoi::generate(&fixture, &Config::default()).document else {
            continue;
        };
        let mut root = document.root;
        let methods = root["paths"]
            .as_object_mut()
            .into_iter()
            .flat_map(|paths| paths.values_mut());
        let methods = methods
            .filter_map(Value::as_object_mut)
            .flat_map(|item| item.values_mut());
        for (index, operation) in methods.filter(|node| node.get("responses").is_some()).enumerate() {
            operation["tags"] = Value::from(vec![format!("tag {index}")]);
        }
        let source = Source::new("fixture.json", root.to_string());
        let outcome = standalone(&source, &Config::default(), &Package::new("fixture"));
        if outcome.clients[0].features.is_some() {
            closed(&outcome, "src", &declared(&outcome, 0));
            tried += 1;
        }
    }
    assert!(tried > 20, "{tried} fixtures have several operations");
}

/// Forty tags, twenty of which need a type with much in it; other types are needed by some of those, by one more, and by
/// many others.
fn around_a_large_type() -> Source {
    let reference = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let object = |names: &[&str]| {
        let members = names.iter().map(|name| ((*name).to_owned(), reference(name)));
        json!({ "type": "object", "properties": members.collect::<serde_json::Map<_, _>>() })
    };
    let mut large = object(&["Back", "Near", "Base"]);
    for index in 0..100 {
        large["properties"][format!("member{index}")] = json!({ "type": "string" });
    }
    let wanted = |tag: usize| {
        let all = [
            ("Large", 0..20),
            ("Near", 30..31),
            ("Part", 2..9),
            ("Wide", 8..39),
            ("Base", 20..27),
        ];
        let names = all
            .iter()
            .filter(|(_, tags)| tags.contains(&tag))
            .map(|(name, _)| *name);
        object(&names.collect::<Vec<_>>())
    };
    let paths = (0..40).map(|tag| {
        let content = json!({ "application/json": { "schema": wanted(tag) } });
        let responses = json!({ "200": { "description": "", "content": content } });
        let get =
            json!({ "operationId": format!("get {tag}"), "tags": [format!("tag {tag}")], "responses": responses });
        (format!("/{tag}"), json!({ "get": get }))
    });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Large", "version": "1" },
        "paths": paths.collect::<serde_json::Map<_, _>>(),
        "components": { "schemas": {
            "Large": large,
            "Back": object(&["Large"]),
            "Near": object(&[]),
            "Part": object(&["Back"]),
            "Wide": object(&["Base"]),
            "Base": object(&[]),
        } }
    });
    Source::new("large.json", document.to_string())
}

#[test]
fn what_many_tags_need_does_not_come_with_what_few_of_them_do() {
    let outcome = standalone(&around_a_large_type(), &Config::default(), &Package::new("large"));
    let features = declared(&outcome, 0);
    closed(&outcome, "src", &features);
    let models = text(&outcome, "src/models/mod.rs");
    let condition = |file: &str| {
        let module = format!("\nmod {file};");
        let before = models.split(&module).next().expect("some text");
        before.rsplit("\n\n").next().expect("a condition").trim().to_owned()
    };
    let own = "#[cfg(feature = \"_shared-models-2\")]";
    assert_eq!([condition("large"), condition("part")], [own, own]);
    assert_eq!(
        condition("near"),
        "#[cfg(any(feature = \"_shared-models-2\", feature = \"tag-30\"))]"
    );
    assert_eq!(condition("wide"), "#[cfg(feature = \"_shared-models\")]");
    assert!(!features["tag-20"].contains("_shared-models-2"));
    assert!(features["_shared-models-2"].contains("_shared-models"));
}

/// What each feature turns on, itself included.
fn declared(outcome: &PackageOutcome, client: usize) -> BTreeMap<String, BTreeSet<String>> {
    let features = outcome.clients[client].features.as_ref().map(Features::declared);
    let features = features.expect("several tags");
    let enables: BTreeMap<&str, &[String]> = features.iter().map(|each| (&*each.name, &*each.enables)).collect();
    let closure = |name: &str| {
        let mut on = BTreeSet::new();
        let mut pending = vec![name.to_owned()];
        while let Some(name) = pending.pop() {
            pending.extend(enables[&*name].iter().cloned());
            on.insert(name);
        }
        on
    };
    features
        .iter()
        .map(|each| (each.name.clone(), closure(&each.name)))
        .collect()
}

/// Fails when a file mentions a model that is not there with some feature alone, or a condition names no feature.
fn closed(outcome: &PackageOutcome, root: &str, features: &BTreeMap<String, BTreeSet<String>>) {
    let parse = |path: &str| syn::parse_file(text(outcome, &format!("{root}/{path}"))).expect("it is Rust");
    let models = parse("models/mod.rs");
    let conditions = models.items.iter().flat_map(|item| match item {
        Item::Use(import) => literals(&import.attrs),
        Item::Mod(module) => literals(&module.attrs),
        _ => Vec::new(),
    });
    // no tag has it, and what it adds is tested by compiling it
    let conditions = conditions.filter(|name| name != "model-traits");
    conditions.for_each(|name| assert!(features.contains_key(&name), "{name} is declared"));
    for (feature, on) in features {
        let mut exported = BTreeSet::new();
        let mut there = Vec::new();
        for item in &models.items {
            match item {
                Item::Use(import) if holds(&import.attrs, on) => leaves(&import.tree, &mut exported),
                Item::Mod(module) if holds(&module.attrs, on) => {
                    there.push(format!("models/{}.rs", plain(&module.ident)))
                }
                _ => {}
            }
        }
        let apis = parse("apis/mod.rs");
        for item in &apis.items {
            if let Item::Mod(module) = item
                && holds(&module.attrs, on)
            {
                there.push(format!("apis/{}.rs", plain(&module.ident)));
            }
        }
        for path in there {
            for name in mentioned(&parse(&path)) {
                assert!(
                    exported.contains(&name),
                    "{path} mentions {name}, which {feature} alone does not have"
                );
            }
        }
    }
}

fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// The features that conditions name, any of which is enough.
fn literals(attributes: &[Attribute]) -> Vec<String> {
    let conditions = attributes.iter().filter(|attribute| attribute.path().is_ident("cfg"));
    let tokens = conditions.filter_map(|attribute| attribute.meta.require_list().ok());
    let quoted = |list: &syn::MetaList| -> Vec<String> {
        let text = list.tokens.to_string();
        text.split('"').skip(1).step_by(2).map(str::to_owned).collect()
    };
    tokens.flat_map(quoted).collect()
}

fn holds(attributes: &[Attribute], on: &BTreeSet<String>) -> bool {
    let names = literals(attributes);
    names.is_empty() || names.iter().any(|name| on.contains(name))
}

fn leaves(tree: &UseTree, found: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, found)),
        UseTree::Name(name) => drop(found.insert(name.ident.to_string())),
        UseTree::Rename(_) | UseTree::Glob(_) => {}
    }
}

/// The models that a file names: imports of its siblings, and paths that begin with `models`.
fn mentioned(file: &syn::File) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for item in &file.items {
        match item {
            Item::Use(import) => {
                if matches!(&import.tree, UseTree::Path(path) if path.ident == "super") {
                    leaves(&import.tree, &mut found);
                }
            }
            item => paths(quote::ToTokens::to_token_stream(item), &mut found),
        }
    }
    found
}

fn paths(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => paths(group.stream(), found),
            TokenTree::Ident(ident) if ident == "models" => {
                if let Some(TokenTree::Ident(name)) = trees.get(index + 3) {
                    found.insert(name.to_string());
                }
            }
            _ => {}
        }
    }
}
