//! Names that stay, and names that are given.

use std::collections::BTreeSet;

use envoi::{Code, Config, Named, Renames, Source, generate};

/// Reusable parts that operations refer to.
const PARTS: &str = "openapi: 3.0.3
info: { title: Albums, version: '1' }
paths:
  /albums:
    get:
      operationId: listAlbums
      parameters: [{ $ref: '#/components/parameters/Sort' }]
      responses: { '200': { description: All. }, '401': { $ref: '#/components/responses/Unauthorized' } }
  /tracks:
    get:
      operationId: listTracks
      parameters: [{ $ref: '#/components/parameters/Sort' }]
      responses: { '200': { $ref: '#/components/responses/TrackPage' }, '401': { $ref: '#/components/responses/Unauthorized' } }
    post:
      operationId: createTrack
      requestBody: { $ref: '#/components/requestBodies/NewTrack' }
      responses: { '200': { description: Done., headers: { X-Mode: { $ref: '#/components/headers/Mode' } } } }
components:
  headers: { Mode: { schema: { type: string, enum: [a, b] } } }
  parameters: { Sort: { name: sort, in: query, schema: { type: string, enum: [asc, desc] } } }
  requestBodies:
    NewTrack: { content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } } }
  responses:
    TrackPage:
      description: A page.
      content: { application/json: { schema: { type: object, properties: { tracks: { type: array, items: { type: string } } } } } }
    Unauthorized:
      description: Bad token.
      content: { application/json: { schema: { type: object, properties: { error: { type: string } } } } }
";

fn named(document: &str, renames: &Renames) -> Vec<Named> {
    let config = Config {
        rename: renames.clone(),
        ..Config::default()
    };
    Named::of(&Source::new("names.yaml", document), &config).expect("a client")
}

fn names(document: &str, renames: &Renames) -> BTreeSet<String> {
    let named = named(document, renames);
    named.into_iter().map(|named| named.name).collect()
}

#[track_caller]
fn check(names: &BTreeSet<String>, expected: &[&str]) {
    for name in expected {
        assert!(names.contains(*name), "{name} is not among {names:#?}");
    }
}

#[test]
fn what_is_in_a_reusable_part_is_named_after_it_alone() {
    let in_front = "  /aaa:
    get:
      operationId: getAaa
      parameters: [{ $ref: '#/components/parameters/Sort' }]
      responses: { '200': { $ref: '#/components/responses/TrackPage' }, '401': { $ref: '#/components/responses/Unauthorized' } }
    post:
      operationId: postAaa
      requestBody: { $ref: '#/components/requestBodies/NewTrack' }
      responses: { '200': { description: Done., headers: { X-Mode: { $ref: '#/components/headers/Mode' } } } }
";
    let expected = ["Unauthorized", "TrackPage", "NewTrack", "Sort", "Mode"].map(|name| format!("models::{name}"));
    for document in [
        PARTS.to_owned(),
        PARTS.replace("paths:\n", &format!("paths:\n{in_front}")),
    ] {
        let models: Vec<String> = names(&document, &Renames::default())
            .into_iter()
            .filter(|name| name.starts_with("models::") && name.matches("::").count() == 1)
            .collect();
        let models: BTreeSet<String> = models.into_iter().collect();
        assert_eq!(models, expected.clone().into_iter().collect(), "{document}");
    }
}

#[test]
fn a_schema_has_a_better_right_than_a_part() {
    let document = PARTS.replace(
        "components:\n",
        "components:\n  schemas: { Sort: { type: object, properties: { by: { type: string } } } }\n",
    );
    check(
        &names(&document, &Renames::default()),
        &["models::Sort", "models::Sort::by", "models::SortParameter"],
    );
}

/// Names of every kind, with collisions among them.
const KINDS: &str = "openapi: 3.1.0
info: { title: Kinds, version: '1' }
tags: [{ name: Pets, description: Animals. }]
paths:
  /pets:
    get:
      tags: [Pets]
      operationId: list-pets
      parameters: [{ name: 'page[size]', in: query, schema: { type: integer } }]
      responses:
        '200':
          description: All.
          content: { application/json: { schema: { type: object, properties: { pets: { type: array, items: { $ref: '#/components/schemas/io.k8s.Pet' } } } } } }
components:
  schemas:
    io.k8s.Pet:
      type: object
      properties:
        owner-id: { type: string }
        status: { $ref: '#/components/schemas/io.k8s.Status' }
        home: { type: object, properties: { street: { type: string } } }
        food: { oneOf: [{ title: Meat, type: object, required: [m], properties: { m: { type: string } } }, { title: Hay, type: object, required: [h], properties: { h: { type: string } } }] }
    io.k8s.Status: { type: string, enum: ['1', in-use] }
";

const PET: &str = "/components/schemas/io.k8s.Pet";

fn renames(entries: &[(&str, &str, &str)]) -> Renames {
    let mut renames = Renames::default();
    for (table, key, name) in entries {
        let table = match *table {
            "types" => &mut renames.types,
            "operations" => &mut renames.operations,
            "tags" => &mut renames.tags,
            "properties" => &mut renames.properties,
            "parameters" => &mut renames.parameters,
            "values" => &mut renames.values,
            _ => &mut renames.branches,
        };
        table.insert((*key).to_owned(), (*name).to_owned());
    }
    renames
}

#[test]
fn every_name_can_be_given_by_name() {
    let renames = renames(&[
        ("types", "io.k8s.Pet", "Animal"),
        ("types", "IoK8sStatus", "State"),
        ("types", "ListPetsResponse", "AnimalPage"),
        ("operations", "list-pets", "all"),
        ("tags", "Pets", "animals"),
        ("properties", "Animal.owner-id", "owner"),
        ("parameters", "list-pets.page[size]", "size"),
        ("values", "io.k8s.Status.1", "First"),
        ("branches", "Meat", "Flesh"),
    ]);
    check(
        &names(KINDS, &renames),
        &[
            "models::Animal",
            "models::AnimalHome",
            "models::Animal::owner",
            "models::State",
            "models::State::First",
            "models::AnimalFood::Flesh",
            "animals",
            "animals.all",
            "animals.all.size",
            "operation All",
        ],
    );
    let plain = names(KINDS, &Renames::default());
    check(
        &plain,
        &[
            "models::IoK8sPet::owner_id",
            "pets.list.page_size",
            "models::ListPetsResponse",
        ],
    );
}

#[test]
fn every_name_can_be_given_by_pointer() {
    let operation = "/paths/~1pets/get";
    let renames = renames(&[
        ("types", PET, "Animal"),
        ("types", &format!("{PET}/properties/home"), "Stable"),
        (
            "types",
            &format!("{operation}/responses/200/content/application~1json/schema"),
            "AnimalPage",
        ),
        ("operations", operation, "all"),
        ("tags", "/tags/0", "animals"),
        ("properties", &format!("#{PET}/properties/home"), "stable"),
        ("parameters", &format!("{operation}/parameters/0"), "size"),
        ("values", "/components/schemas/io.k8s.Status/enum/1", "Used"),
        ("branches", &format!("{PET}/properties/food/oneOf/1"), "Grass"),
    ]);
    let found = names(KINDS, &renames);
    check(
        &found,
        &[
            "models::Animal",
            "models::Animal::stable",
            "models::Stable",
            "models::AnimalPage",
            "models::AnimalFood::Grass",
            "models::IoK8sStatus::Used",
            "animals.all.size",
        ],
    );
}

#[test]
fn the_document_and_its_overlays_can_give_names() {
    let overlay = "overlay: 1.0.0
info: { title: Names, version: '1' }
actions:
  - { target: \"$.components.schemas['io.k8s.Pet']\", update: { x-rust-name: Animal } }
  - { target: \"$.components.schemas['io.k8s.Pet'].properties.home\", update: { x-rust-name: stable, x-rust-type-name: Stable } }
  - { target: \"$.components.schemas['io.k8s.Pet'].properties.food.oneOf[0]\", update: { x-rust-name: Flesh } }
  - { target: \"$.components.schemas['io.k8s.Status']\", update: { x-enum-varnames: [First, Used] } }
  - { target: \"$.paths['/pets'].get\", update: { x-rust-name: all } }
  - { target: \"$.paths['/pets'].get.parameters[0]\", update: { x-rust-name: size } }
  - { target: \"$.tags[0]\", update: { x-rust-name: animals } }
";
    let config = Config {
        overlays: vec![Source::new("overlay.yaml", overlay)],
        ..Config::default()
    };
    let named = Named::of(&Source::new("names.yaml", KINDS), &config).expect("a client");
    let found: BTreeSet<String> = named.into_iter().map(|named| named.name).collect();
    check(
        &found,
        &[
            "models::Animal::stable",
            "models::Stable",
            "models::AnimalFood::Flesh",
            "models::IoK8sStatus::Used",
            "animals.all.size",
        ],
    );
}

#[test]
fn patterns_take_prefixes_and_suffixes_off() {
    for key in ["io.k8s.*", "IoK8s*"] {
        let found = names(KINDS, &renames(&[("types", key, "*"), ("types", "*Food", "*")]));
        check(
            &found,
            &[
                "models::Pet",
                "models::PetHome",
                "models::Status",
                "models::Pet::owner_id",
            ],
        );
    }
    let found = names(
        KINDS,
        &renames(&[
            ("types", "*Response", "*Page"),
            ("properties", "owner-*", "*"),
            ("parameters", "page[[]*]", "never"),
            ("parameters", "page?size?", "size"),
            ("values", "io.k8s.Status.?", "Number"),
            ("tags", "P*", "all_*"),
        ]),
    );
    check(
        &found,
        &[
            "models::ListPetsPage",
            "models::IoK8sPet::id",
            "all_ets.list_pets.size",
            "models::IoK8sStatus::Number",
        ],
    );
}

#[test]
fn a_pattern_gives_no_name_that_something_else_has() {
    let document = KINDS.replace(
        "    io.k8s.Status:",
        "    io.k9s.Pet: { type: object, properties: { a: { type: string } } }\n    io.k8s.Option: { type: string, enum: [a] }\n    \
         Status: { type: integer, enum: [7] }\n    io.k8s.Status:",
    );
    let renames = renames(&[("types", "io.k8s.*", "*"), ("types", "io.k9s.*", "*")]);
    let found = names(&document, &renames);
    let expected =
        ["IoK8sPet", "IoK9sPet", "IoK8sStatus", "Status", "IoK8sOption"].map(|name| format!("models::{name}"));
    check(&found, &expected.each_ref().map(String::as_str));
    let config = Config {
        rename: renames,
        ..Config::default()
    };
    let outcome = generate(&Source::new("names.yaml", document), &config);
    let said: Vec<&str> = outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::Renamed)
        .map(|diagnostic| diagnostic.message.as_str())
        .collect();
    assert_eq!(
        said.iter().filter(|message| message.contains("`Pet`")).count(),
        2,
        "{said:?}"
    );
    assert_eq!(said.len(), 4, "{said:?}");
}

#[test]
fn what_is_named_and_not_there_is_told_with_what_is_near() {
    let renames = renames(&[
        ("types", "io.k8s.Pets", "Animal"),
        ("types", "Ion*", "*"),
        ("types", "/components/schemas/io.k8s.Pot", "Pot"),
        ("types", "/components/schemas/io.k8s.Pet/properties/owner-id", "Owner"),
        ("types", "/components/schemas/io.k8s.Pet/properties/status", "State"),
        ("operations", "listPets", "list"),
        ("tags", "Pet", "animals"),
        ("properties", "owner_id", "owner"),
        ("properties", "/components/schemas/io.k8s.Pet", "pet"),
        ("parameters", "page[siz]", "size"),
        ("values", "in-us", "Used"),
        ("branches", "Meet", "Flesh"),
        ("branches", "Hay", "not a name"),
    ]);
    let config = Config {
        rename: renames,
        ..Config::default()
    };
    let outcome = generate(&Source::new("names.yaml", KINDS), &config);
    let unused = outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code == Code::UnusedSetting);
    let said: Vec<String> = unused
        .map(|diagnostic| {
            format!(
                "{}; {}",
                diagnostic.message,
                diagnostic.help.clone().unwrap_or_default()
            )
        })
        .collect();
    for (key, words) in [
        ("`io.k8s.Pets`", "did you mean `io.k8s.Pet`?"),
        ("`Ion*`", "matches no type"),
        (
            "`/components/schemas/io.k8s.Pot`",
            "did you mean `/components/schemas/io.k8s.Pet`?",
        ),
        ("properties/owner-id`", "no type is generated"),
        (
            "properties/status`",
            "name what it refers to: `/components/schemas/io.k8s.Status`",
        ),
        ("`listPets`", "did you mean `list-pets`?"),
        ("`Pet`", "did you mean `Pets`?"),
        ("`owner_id`", "did you mean `owner-id`?"),
        ("`/components/schemas/io.k8s.Pet`", "which is not among the properties"),
        ("`page[siz]`", "did you mean `page[size]`?"),
        ("`in-us`", "did you mean `in-use`?"),
        ("`Meet`", "did you mean `Meat`?"),
        ("`Hay`", "not a valid Rust name"),
    ] {
        let fits = |said: &&String| said.contains(key) && said.contains(words);
        assert!(said.iter().any(|said| fits(&said)), "{key}: {said:#?}");
    }
    assert_eq!(said.len(), 13, "{said:#?}");
}

#[test]
fn collisions_say_how_to_choose() {
    let document = KINDS.replace(
        "    io.k8s.Status:",
        "    io_k8s_pet: { type: string, enum: [a] }\n    io.k8s.Status:",
    );
    let outcome = generate(&Source::new("names.yaml", document), &Config::default());
    let renamed = outcome
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.code == Code::Renamed);
    let help = renamed.and_then(|diagnostic| diagnostic.help.as_deref());
    assert_eq!(
        help,
        Some("to choose the name, set `\"/components/schemas/io_k8s_pet\"` in `rename.types`")
    );
}

#[test]
fn the_order_of_schemas_and_operations_makes_no_difference() {
    let schemas = ["'Pet!'", "pet", "Pet", "PET", "pe_t", "Option", "OptionModel"];
    let operations = ["listPets", "list_pets", "list-pets", "ListPets2"];
    let document = |schemas: &[&str], operations: &[&str]| {
        let mut text = "openapi: 3.0.3\ninfo: { title: Order, version: '1' }\npaths:\n".to_owned();
        for id in operations {
            text += &format!(
                "  /{id}: {{ get: {{ operationId: {id}, responses: {{ '204': {{ description: Done. }} }} }} }}\n"
            );
        }
        text += "components:\n  schemas:\n";
        for key in schemas {
            text += &format!("    {key}: {{ type: object, properties: {{ k: {{ type: string, enum: [{key}] }} }} }}\n");
        }
        text
    };
    let of = |schemas: &[&str], operations: &[&str]| {
        let named = named(&document(schemas, operations), &Renames::default());
        let line = |named: Named| format!("{} {} {}", named.name, named.at, named.part);
        named.into_iter().map(line).collect::<BTreeSet<String>>()
    };
    let expected = of(&schemas, &operations);
    let (mut turned, mut around) = (schemas, operations);
    for _ in 0..schemas.len() {
        turned.rotate_left(1);
        around.rotate_left(1);
        assert_eq!(of(&turned, &around), expected);
    }
    assert!(
        expected.contains("models::Pet #/components/schemas/Pet "),
        "{expected:#?}"
    );
}

#[test]
fn names_of_types_are_no_keywords_and_no_types_of_the_language() {
    let plain = names(KINDS, &Renames::default());
    for name in ["fn", "async", "i64", "str", "r#fn", "pet"] {
        let given = renames(&[
            ("types", "io.k8s.Pet", name),
            ("branches", "Meat", name),
            ("values", "io.k8s.Status.1", name),
        ]);
        assert_eq!(names(KINDS, &given), plain, "{name}");
        let config = Config {
            rename: given,
            ..Config::default()
        };
        let outcome = generate(&Source::new("names.yaml", KINDS), &config);
        let refused = outcome.diagnostics.iter().filter(|one| one.code == Code::UnusedSetting);
        assert_eq!(refused.count(), 3, "{name}");
    }
    for key in ["x-rust-name", "x-rust-type-name"] {
        let document = KINDS.replace("io.k8s.Status: { type", &format!("io.k8s.Status: {{ {key}: bool, type"));
        assert_ne!(document, KINDS);
        assert_eq!(names(&document, &Renames::default()), plain, "{key}");
    }
}

#[test]
fn a_pattern_is_applied_once() {
    let found = names(KINDS, &renames(&[("types", "*", "X*")]));
    check(
        &found,
        &["models::XioK8sPet", "models::XioK8sPetHome", "models::XioK8sStatus"],
    );
}
