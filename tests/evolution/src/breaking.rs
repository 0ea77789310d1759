//! Programs that compile before a change of the document, and not after it.

/// Makes two doctests of each program.
macro_rules! programs {
    ($($change:literal $name:ident $program:literal)+) => {$(
        #[doc = concat!($change, "\n\n```no_run\nuse envoi_evolution::before as api;\n", $program, "\n```\n")]
        #[doc = concat!("\n```compile_fail\nuse envoi_evolution::changed as api;\n", $program, "\n```\n")]
        pub mod $name {}
    )+};
}

programs! {
    "A new required property"
    required_property
    r#"
fn ticket() -> api::models::Ticket {
    api::models::Ticket::new("A7")
}"#

    "A required property becomes optional"
    optional_property
    r#"
fn name(toy: api::models::Toy) -> String {
    toy.name
}"#

    "An optional property becomes required"
    optional_becomes_required
    r#"
fn volume(bowl: &api::models::Bowl) -> i64 {
    bowl.volume.unwrap_or(1)
}"#

    "A property has another type"
    other_type
    r#"
fn number(chip: &api::models::Chip) -> Option<i64> {
    chip.number
}"#

    "A property is removed"
    removed_property
    r#"
fn bars(cage: &api::models::Cage) -> Option<i64> {
    cage.bars
}"#

    "A new property is a `number`, or holds one"
    float
    r#"
fn stalls(stall: api::models::Stall) -> std::collections::HashSet<api::models::Stall> {
    std::collections::HashSet::from([stall])
}"#

    "An enum value is removed"
    removed_value
    r#"
fn is_adopted(status: &api::models::Status) -> bool {
    *status == api::models::Status::Adopted
}"#

    "A branch of a union is removed"
    removed_branch
    r#"
fn eats_hay(diet: &api::models::Diet) -> bool {
    matches!(diet, api::models::Diet::Hay(_))
}"#

    "A new success with a body of another type, where the operation had one type"
    other_success
    r#"
async fn create(client: &api::Client, pet: &api::models::NewPet) -> Option<String> {
    let created = client.pets().create(pet).await.ok()?;
    Some(created.name.clone())
}"#

    "A new media type of a response with another type, where the operation had one type"
    other_media_type
    r#"
async fn name(client: &api::Client) -> Option<String> {
    let pet = client.pets().get("7").await.ok()?;
    Some(pet.name.clone())
}"#

    "A new media type of a request body"
    body_by_value
    r#"
fn create(client: &api::Client) {
    drop(client.pets().create(api::models::NewPet::new("Tom")));
}"#

    "A new required parameter"
    required_parameter
    r#"
fn list(client: &api::Client) {
    drop(client.pets().list());
}"#

    "A parameter is removed"
    removed_parameter
    r#"
fn record(client: &api::Client) {
    drop(client.pets().get_record("7").pages(10));
}"#

    "An operation is removed"
    removed_operation
    r#"
async fn delete(client: &api::Client) -> bool {
    client.pets().delete("7").await.is_ok()
}"#

    "A new variable of a server"
    server_variable
    r#"
fn regional() -> api::Server {
    api::Server::Regional { region: api::servers::Region::Us }
}"#
}
