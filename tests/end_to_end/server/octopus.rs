//! Octopus Deploy's invitations, in memory.

use super::judge::{self, refusal};
use super::{Answer, Seen, Server};
use serde_json::{Value, json};

/// The key the server wants, in one of three places.
pub const KEY: &str = "API-0123456789ABCDEF";

const MEDIA_TYPE: &str = "application/json";

/// Starts without invitations; the first one gets the id `Invitations-21`, as in the document.
pub async fn start() -> Server {
    let mut instance = Instance {
        invitations: Vec::new(),
    };
    Server::start(move |seen| instance.judge(seen).unwrap_or_else(|refused| refused)).await
}

/// The keys that a request carries, each with its place.
pub fn keys(seen: &Seen) -> Vec<(&'static str, String)> {
    let in_header = |name| seen.header(name).map(|key| (name, key.to_owned()));
    let in_query = seen.query().unwrap_or_default().split('&');
    let in_query = in_query.filter_map(|pair| Some(("ApiKey", pair.strip_prefix("ApiKey=")?.to_owned())));
    let in_headers = ["x-octopus-apikey", "x-nuget-apikey"].into_iter().filter_map(in_header);
    in_headers.chain(in_query).collect()
}

struct Instance {
    /// Each with the space in the path it was created by.
    invitations: Vec<(Option<String>, Value)>,
}

impl Instance {
    fn judge(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::headers(seen, &["x-octopus-apikey", "x-nuget-apikey"])?;
        judge::query(seen, &["ApiKey"])?;
        match keys(seen).as_slice() {
            [(_, key)] if key == KEY => {}
            other => return Err(error(401, &format!("{} keys, or a wrong one", other.len()))),
        }
        let segments: Vec<&str> = seen.path().split('/').skip(1).collect();
        match (seen.method.as_str(), segments.as_slice()) {
            ("POST", ["api", "users", "invitations"]) => self.create(seen, None),
            ("POST", ["api", space, "users", "invitations"]) => self.create(seen, Some(space)),
            ("GET", ["api", "users", "invitations", id]) => self.load(seen, None, id),
            ("GET", ["api", space, "users", "invitations", id]) => self.load(seen, Some(space), id),
            (_, ["api", .., "users", "invitations"] | ["api", .., "users", "invitations", _]) => {
                Err(error(405, "no such method"))
            }
            _ => Err(error(404, "no such path")),
        }
    }

    fn create(&mut self, seen: &Seen, space: Option<&str>) -> Result<Answer, Answer> {
        judge::accept(seen, MEDIA_TYPE)?;
        if seen.body.is_empty() {
            judge::no_body(seen)?;
            return Err(Answer::status(400));
        }
        let body = judge::json(seen, MEDIA_TYPE)?;
        let teams = teams(&body).map_err(|reason| refusal(400, reason))?;
        let number = 21 + self.invitations.len();
        let place = space.map(|space| format!("/{space}")).unwrap_or_default();
        let stored = json!({
            "Id": format!("Invitations-{number}"),
            "AddToTeamIds": teams,
            "InvitationCode": "7F3A9C21B04E4D6DA5E1",
            "Expires": body.get("Expires").unwrap_or(&json!("2019-07-14T09:30:00.000+00:00")),
            "SpaceId": space.unwrap_or("Spaces-1"),
            "Links": { "Self": format!("/api{place}/users/invitations/Invitations-{number}") },
        });
        self.invitations.push((space.map(str::to_owned), stored.clone()));
        Ok(Answer::json(201, stored.to_string()))
    }

    fn load(&self, seen: &Seen, space: Option<&str>, id: &str) -> Result<Answer, Answer> {
        judge::accept(seen, MEDIA_TYPE)?;
        judge::no_body(seen)?;
        let found = self
            .invitations
            .iter()
            .find(|(place, stored)| place.as_deref() == space && stored["Id"] == id);
        let Some((_, stored)) = found else {
            return Err(error(404, &format!("No invitation has the id {id}.")));
        };
        let mut loaded = stored.clone();
        loaded["LastModifiedOn"] = json!("2019-07-07T09:30:00.000+00:00");
        loaded["LastModifiedBy"] = json!("admin");
        Ok(Answer::json(200, loaded.to_string()))
    }
}

/// The teams of an invitation to create, which has what a client may set and nothing else.
fn teams(body: &Value) -> Result<&Value, String> {
    judge::object(body, &["AddToTeamIds"], &["Expires", "SpaceId"])?;
    let teams = &body["AddToTeamIds"];
    match teams.as_array().map(Vec::as_slice) {
        Some([_, ..]) => Ok(teams),
        _ => Err(format!("the teams are {teams}")),
    }
}

fn error(status: u16, message: &str) -> Answer {
    let body = json!({
        "ErrorMessage": message,
        "Errors": [],
        "HelpText": "Check the id, and the space in which it was created.",
        "ParsedHelpLinks": [],
    });
    Answer::json(status, body.to_string())
}
