//! Changes of a document, each with a program that uses what is changed, and whether it compiles afterwards.
//!
//! `build.rs` makes one client of the document, and one of all changes, and a doctest of each program that breaks; the others are
//! compiled against both clients.

/// A change of `pairs/before.yaml`.
#[derive(Debug, Clone, Copy)]
pub struct Pair {
    /// The name of the change.
    pub name: &'static str,
    /// The group of the worst change that is reported; `none` if there is none.
    pub group: &'static str,
    /// The item that is reported.
    pub item: &'static str,
    /// A part of what is said about it.
    pub says: &'static str,
    /// The actions of an Overlay, one a line.
    pub actions: &'static str,
    /// Items that use what is changed; `api` is the client.
    pub program: &'static str,
}

/// Declares [`PAIRS`].
macro_rules! pairs {
    ($($name:ident: $group:literal, $item:literal, $says:literal, $actions:literal, $program:literal;)+) => {
        /// All pairs.
        pub const PAIRS: &[Pair] = &[$(Pair {
            name: stringify!($name),
            group: $group,
            item: $item,
            says: $says,
            actions: $actions,
            program: $program,
        }),+];
    };
}

pairs! {
    optional_property: "additive", "models::Cat", "new field `color: Option<String>`",
        "{ target: $.components.schemas.Cat.properties, update: { color: { type: string } } }",
        "pub fn cat() -> api::models::Cat { let mut cat = api::models::Cat::new(\"Tom\"); cat.name.push('!'); cat }";
    required_property: "breaking", "models::Dog", "`new()` takes `age: i64`",
        "{ target: $.components.schemas.Dog, update: { required: [age], properties: { age: { type: integer } } } }",
        "pub fn dog() -> api::models::Dog { api::models::Dog::new(\"Rex\") }";
    removed_operation: "breaking", "walks().count()", "is removed",
        "{ target: \"$.paths['/walks']\", remove: true }",
        "pub fn walk(client: &api::Client) { drop(client.walks().count()); }";
    removed_value: "breaking", "models::Size", "variant `Large` is removed",
        "{ target: '$.components.schemas.Size.enum[1]', remove: true }",
        "pub fn large() -> api::models::Size { api::models::Size::Large }";
    added_value: "additive", "models::Mood", "new variant `Shy`",
        "{ target: $.components.schemas.Mood, update: { enum: [shy] } }",
        "pub fn calm(mood: &api::models::Mood) -> bool { match mood { api::models::Mood::Calm => true, _ => false } }";
    renamed_schema: "breaking", "models::Bird", "is now `models::Parrot`",
        "{ target: $.components.schemas, update: { Parrot: { type: object, properties: { wings: { type: integer }, feathers: { type: string } } } } }
         { target: $.components.schemas.Bird, remove: true }
         { target: $.components.schemas.All.properties.bird, update: { $ref: '#/components/schemas/Parrot' } }",
        "pub fn bird() -> api::models::Bird { api::models::Bird::default() }";
    changed_status: "none", "", "",
        "{ target: \"$.paths['/nests'].post.responses['200']\", remove: true }
         { target: \"$.paths['/nests'].post.responses\", update: { '201': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Nest' } } } } } }",
        "pub async fn nest(client: &api::Client) -> Option<String> { Some(client.nests().build().await.ok()?.id) }";
    changed_result: "breaking", "nests().lay_egg()", "the result is `Cat`, was `Nest`",
        "{ target: \"$.paths['/eggs'].get.responses['200'].content['application/json'].schema\", update: { $ref: '#/components/schemas/Cat' } }",
        "pub async fn egg(client: &api::Client) -> Option<String> { Some(client.nests().lay_egg().await.ok()?.id) }";
    added_branch: "additive", "models::Food", "new variant `Fish(Fish)`",
        "{ target: $.components.schemas, update: { Food: { oneOf: [{ $ref: '#/components/schemas/Fish' }] }, Fish: { type: object, required: [kind], properties: { kind: { type: string, const: Fish } } } } }",
        "pub fn hay(food: &api::models::Food) -> bool { match food { api::models::Food::Hay(_) => true, _ => false } }";
    removed_branch: "breaking", "models::Meal", "variant `Meat` is removed",
        "{ target: '$.components.schemas.Meal.oneOf[2]', remove: true }",
        "pub fn meat(meal: &api::models::Meal) -> bool { matches!(meal, api::models::Meal::Meat(_)) }";
    widened_property: "breaking", "models::Goat", "field `horns` is `Option<f64>`, was `Option<i64>`",
        "{ target: $.components.schemas.Goat.properties.horns, update: { type: number } }",
        "pub fn horns(goat: &api::models::Goat) -> Option<i64> { goat.horns }";
    widened_parameter: "breaking", "bowls().fill()", "parameter `grams` is `i64`, was `i32`",
        "{ target: '$.paths[\"/bowls\"].get.parameters[0].schema', update: { format: int64 } }",
        "pub fn fill(client: &api::Client, grams: i32) { drop(client.bowls().fill().grams(grams)); }";
    parameter_made_optional: "breaking", "walks().find_lead()", "parameter `length` is optional and has a setter",
        "{ target: '$.paths[\"/leads\"].get.parameters[0]', update: { required: false } }",
        "pub fn lead(client: &api::Client) { drop(client.walks().find_lead(\"long\")); }";
    parameter_made_required: "breaking", "walks().find_collar()", "parameter `color` is an argument of the call",
        "{ target: '$.paths[\"/collars\"].get.parameters[0]', update: { required: true } }",
        "pub fn collar(client: &api::Client) { drop(client.walks().find_collar().color(\"red\")); }";
    changed_default: "documentation", "beds().take_nap()", "the default of `minutes` is `20`, was `10`",
        "{ target: '$.paths[\"/naps\"].get.parameters[0].schema', update: { default: 20 } }",
        "pub fn nap(client: &api::Client) { drop(client.beds().take_nap().minutes(5)); }";
    added_security: "behaviour", "beds().open_lock()", "needs `key`, was no credential",
        "{ target: \"$.paths['/locks'].get\", update: { security: [{ key: [] }] } }",
        "pub fn lock(client: &api::Client) { drop(client.beds().open_lock()); }";
    property_made_nullable: "breaking", "models::Hare", "field `ears` is `Nullable<String>`, was `Option<String>`",
        "{ target: $.components.schemas.Hare.properties.ears, remove: true }
         { target: $.components.schemas.Hare.properties, update: { ears: { type: [string, 'null'] } } }",
        "pub fn ears(hare: api::models::Hare) -> Option<String> { hare.ears }";
    removed_property: "breaking", "models::Lamb", "field `wool` is removed",
        "{ target: $.components.schemas.Lamb.properties.wool, remove: true }",
        "pub fn wool(lamb: &api::models::Lamb) -> bool { lamb.wool.is_some() }";
    changed_path: "behaviour", "beds().open_door()", "sends `GET /gates`, was `GET /doors`",
        "{ target: $.paths, update: { /gates: { get: { operationId: open_door, tags: [Beds], responses: { '204': { description: Open. } } } } } }
         { target: \"$.paths['/doors']\", remove: true }",
        "pub fn door(client: &api::Client) { drop(client.beds().open_door()); }";
    moved_operation: "breaking", "walks().throw_toy()", "is now `bowls().throw_toy()`",
        "{ target: '$.paths[\"/toys\"].get.tags[0]', remove: true }
         { target: \"$.paths['/toys'].get\", update: { tags: [Bowls] } }",
        "pub fn toy(client: &api::Client) { drop(client.walks().throw_toy()); }";
    added_error: "additive", "vets().call()", "declares errors: `CallVetError`",
        "{ target: \"$.paths['/vets'].get.responses\", update: { '404': { description: None., content: { application/json: { schema: { type: string } } } } } }",
        "pub async fn vet(client: &api::Client) -> bool { client.vets().call().await.is_ok() }";
    changed_description: "documentation", "vets().comb_fleas()", "the description",
        "{ target: \"$.paths['/fleas'].get\", update: { summary: Combs the fur. } }",
        "pub fn fleas(client: &api::Client) { drop(client.vets().comb_fleas()); }";
    added_body: "additive", "vets().send_note()", "takes a body: `Cat`",
        "{ target: \"$.paths['/notes'].post\", update: { requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } } } }",
        "pub fn note(client: &api::Client) { drop(client.vets().send_note()); }";
    added_required_body: "breaking", "vets().send_bill()", "takes `body: Cat`",
        "{ target: \"$.paths['/bills'].post\", update: { requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Cat' } } } } } }",
        "pub fn bill(client: &api::Client) { drop(client.vets().send_bill()); }";
    deprecated: "additive", "vets().give_pill()", "is deprecated",
        "{ target: \"$.paths['/pills'].get\", update: { deprecated: true } }",
        "#[allow(deprecated, reason = \"a warning breaks nothing\")] pub fn pill(client: &api::Client) { drop(client.vets().give_pill()); }";
    added_parameter: "additive", "vets().weigh()", "new parameter `scale: String`",
        "{ target: \"$.paths['/weights'].get\", update: { parameters: [{ name: scale, in: query, schema: { type: string } }] } }",
        "pub fn weight(client: &api::Client) { drop(client.vets().weigh()); }";
    changed_items: "breaking", "bowls().read_list()", "the result is `Vec<i64>`, was `Vec<String>`",
        "{ target: \"$.paths['/lists'].get.responses['200'].content['application/json'].schema.items\", update: { type: integer } }",
        "pub async fn list(client: &api::Client) -> Option<Vec<String>> { client.bowls().read_list().await.ok() }";
    opened_properties: "additive", "models::Mule", "new field",
        "{ target: $.components.schemas.Mule, update: { additionalProperties: { type: string } } }",
        "pub fn mule() -> api::models::Mule { api::models::Mule::default().load(\"hay\") }";
    closed_properties: "breaking", "models::Newt", "is removed",
        "{ target: $.components.schemas.Newt.additionalProperties, remove: true }",
        "pub fn newt(newt: &api::models::Newt) -> usize { newt.additional_properties.len() }";
    changed_server: "behaviour", "Client", "constant `BASE_URL`",
        "{ target: '$.servers[0]', update: { url: https://other.example } }",
        "pub fn url() -> &'static str { api::Client::BASE_URL }";
    renamed_parameter: "breaking", "beds().ring_bell()", "parameter `times` is removed",
        "{ target: '$.paths[\"/rings\"].get.parameters[0]', update: { name: count } }",
        "pub fn ring(client: &api::Client) { drop(client.beds().ring_bell().times(2)); }";
    renamed_operation: "breaking", "beds().run_bath()", "is now `beds().fill_bath()`",
        "{ target: \"$.paths['/baths'].get\", update: { operationId: fill_bath } }",
        "pub fn bath(client: &api::Client) { drop(client.beds().run_bath()); }";
    added_header: "additive", "beds().hide_bone()", "new header `X_TASTE",
        "{ target: \"$.paths['/hides'].get.responses['200'].headers\", update: { X-Taste: { schema: { type: string } } } }",
        "pub async fn bone(client: &api::Client) -> Option<i64> { client.beds().hide_bone().send().await.ok()?.header(api::apis::beds::HideBone::X_DEPTH).ok()? }";
    added_number: "breaking", "models::Pony", "no longer implements `Eq`, `Hash`",
        "{ target: $.components.schemas.Pony.properties, update: { height: { type: number } } }",
        "pub fn ponies(pony: api::models::Pony) -> std::collections::HashSet<api::models::Pony> { std::collections::HashSet::from([pony]) }";
    property_made_optional: "breaking", "models::Seal", "field `whiskers` is `Option<i64>`, was `i64`",
        "{ target: '$.components.schemas.Seal.required[0]', remove: true }",
        "pub fn whiskers(seal: &api::models::Seal) -> i64 { seal.whiskers }";
}

/// The text of an Overlay with these actions.
#[must_use]
pub fn overlay<'p>(pairs: impl IntoIterator<Item = &'p Pair>) -> String {
    let mut text = String::from("overlay: 1.0.0\ninfo: { title: Changes, version: 1.0.0 }\nactions:\n");
    for action in pairs.into_iter().flat_map(|pair| pair.actions.lines()) {
        text.push_str(&format!("  - {}\n", action.trim()));
    }
    text
}

/// The text of the document.
pub const BEFORE: &str = include_str!("../pairs/before.yaml");
