use api::apis::pets::{AdoptPetOutput, CreatePetError, GetRecordOutput};
use api::models::{Diet, Meat, NewPet, Pet, Problem, Size, Status};
use api::{Client, Server};
use envoi_evolution::runtime::serde_json::{self, json};
use envoi_evolution::runtime::{InMemory, http::Response};

/// A pet with a value, a branch and properties that the first version does not know.
fn pet() -> Pet {
    let pet = json!({
        "id": "7", "name": "Tom", "status": "lost", "size": 3, "color": "red", "born": "2026-01-30",
        "diet": {"kind": "Fish", "salted": true},
    });
    serde_json::from_value(pet).expect("a pet")
}

fn client(reply: &'static str) -> Client {
    let server = InMemory::new(move |_| Response::new(reply.into()));
    Client::builder().token("t").transport(server).build().expect("a client")
}

/// Row: A value of an `enum`.
#[test]
fn values() {
    let pet = pet();
    let status = pet.status.as_ref().expect("a status");
    let place = match status {
        Status::Open => "here",
        Status::Adopted => "at home",
        other => other.as_str(),
    };
    assert_eq!(place, "lost");
    assert_eq!(*status, Status::from("lost"));
    assert_eq!(pet.size.map(|size| size.as_i64()), Some(3));
    assert_eq!(Size::from(3), Size::from(3));
    assert_eq!(Status::from("open"), Status::Open);
    assert!(Status::VALUES.starts_with(&[Status::Open, Status::Adopted]));
}

/// Row: A branch of a union.
#[test]
fn branches() {
    let pet = pet();
    let raw = match pet.diet.as_ref().expect("a diet") {
        Diet::Meat(meat) => meat.raw,
        _ => None,
    };
    assert_eq!(raw, None);
    assert_eq!(pet.diet, Some(Diet::from(json!({"kind": "Fish", "salted": true}))));
    assert!(matches!(Diet::from(Meat::default()), Diet::Meat(_)));
}

/// Row: An optional property that holds no `number`.
#[test]
fn optional_properties() {
    let new = NewPet::new("Tom").status(Status::Open);
    let mut own = Pet::new("7", "Tom");
    own.age = Some(3);
    let mut problem = Problem::default();
    problem.detail = Some("gone".to_owned());
    let Pet { name, age, .. } = &own;
    assert_eq!((name, *age), (&new.name, Some(3)));
    assert_eq!(std::collections::HashSet::from([own.clone(), own]).len(), 1);
}

/// Row: A response with an error.
async fn errors(client: &Client, pet: &NewPet) -> String {
    if let Err(error) = client.pets().list().await {
        return error.to_string();
    }
    match client.pets().create(pet).await {
        Ok(created) => created.name.clone(),
        Err(error) => match error.api() {
            Some(CreatePetError::UnprocessableEntity(problem)) => problem.detail.clone().unwrap_or_default(),
            _ => error.to_string(),
        },
    }
}

/// Row: A success with the type that the operation has.
async fn success_of_one_type(client: &Client) -> Option<String> {
    let pet = client.pets().get("7").await.ok()?;
    Some(pet.name.clone())
}

/// Row: A success, where the operation has several types.
async fn success_of_several_types(client: &Client) -> Option<String> {
    match client.pets().adopt("7").await.ok()? {
        AdoptPetOutput::Ok(pet) => Some(pet.name),
        AdoptPetOutput::Accepted(problem) => problem.detail,
        _ => None,
    }
}

/// Row: A media type of a response, where the operation has several types.
async fn media_type_of_a_response(client: &Client) -> Option<String> {
    match client.pets().get_record("7").await.ok()? {
        GetRecordOutput::Json(problem) => problem.detail,
        GetRecordOutput::Text(text) => Some(text),
        _ => None,
    }
}

/// Row: A media type of a request body, where programs pass the body by reference.
async fn media_type_of_a_request(client: &Client) -> bool {
    let pet = NewPet::new("Tom");
    client.pets().create(&pet).await.is_ok()
}

/// Row: An operation or a path.
async fn operations(client: &Client) -> bool {
    client.pets().list().await.is_ok() && client.pets().delete("7").await.is_ok()
}

/// Row: A tag, of new operations or behind the first tag of one.
async fn tags(client: &Client) -> bool {
    client.pets().get("7").await.is_ok()
}

/// Row: An optional parameter.
async fn parameters(client: &Client) -> usize {
    let pets = client.pets().list().status(Status::Open).limit(10).await;
    pets.map_or(0, |pets| pets.len())
}

/// Row: A server, beside two or more, or a value of its variables.
#[test]
fn servers() {
    let server = Server::default();
    let name = match &server {
        Server::Live => "live",
        Server::Regional { region } => region.as_str(),
        _ => "other",
    };
    assert_eq!(name, "live");
    assert_eq!(server.url().expect("a URL"), "https://api.shelter.example");
    let regional = Server::Regional { region: api::servers::Region::Us };
    assert_eq!(regional.url().expect("a URL"), "https://us.shelter.example");
}

/// Row: A security scheme.
#[test]
fn security_schemes() {
    assert!(Client::builder().token("t").build().is_ok());
}

/// Row: A response header, a webhook or a callback.
#[test]
fn headers_and_webhooks() {
    let client = client("[]");
    drop(client.pets().list());
}

/// Row: A schema that nothing uses yet.
#[test]
fn schemas() {
    let _: Option<Diet> = pet().diet;
}
