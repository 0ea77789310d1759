//! Fastly's invitations, in memory.

use super::judge::{self, refusal};
use super::{Answer, Seen, Server};
use serde_json::{Value, json};

/// The key the server wants.
pub const KEY: &str = "fastly-key-0b5e";

const MEDIA_TYPE: &str = "application/vnd.api+json";
const ROLES: [&str; 6] = ["user", "tls_viewer", "tls_admin", "billing", "engineer", "superuser"];
const PERMISSIONS: [&str; 4] = ["full", "read_only", "purge_select", "purge_all"];

/// Starts with the invitation that the document shows.
pub async fn start() -> Server {
    let mut account = Account {
        invitations: vec![example()],
    };
    Server::start(move |seen| account.judge(seen).unwrap_or_else(|refused| refused)).await
}

/// An answer under the media type of JSON:API.
pub fn answer(status: u16, body: &Value) -> Answer {
    Answer::new(status, MEDIA_TYPE, body.to_string())
}

/// The stored invitation in the document's example of a list.
pub fn example() -> Value {
    json!({
        "id": "3krg2uUGZzb2W9Euo4moOY",
        "type": "invitation",
        "attributes": {
            "created_at": "2020-03-15T20:10:09.000Z",
            "deleted_at": null,
            "email": "john@example.com",
            "role": "superuser",
            "status_code": 1,
            "updated_at": "2020-03-15T20:10:09.000Z",
        },
        "relationships": { "customer": { "data": { "type": "customer", "id": "SU1Z0isxPaozGVKXdv0eY" } } },
    })
}

struct Account {
    invitations: Vec<Value>,
}

impl Account {
    fn judge(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::headers(seen, &["fastly-key"])?;
        if seen.header("fastly-key") != Some(KEY) {
            return Err(answer(
                401,
                &json!({ "msg": "Provided credentials are missing or invalid" }),
            ));
        }
        let segments: Vec<&str> = seen.path().split('/').skip(1).collect();
        match (seen.method.as_str(), segments.as_slice()) {
            ("GET", ["invitations"]) => self.list(seen),
            ("POST", ["invitations"]) => self.create(seen),
            ("DELETE", ["invitations", id]) => self.delete(seen, id),
            (_, ["invitations"] | ["invitations", _]) => Err(refusal(405, "no such method")),
            _ => Err(refusal(404, "no such path")),
        }
    }

    fn list(&self, seen: &Seen) -> Result<Answer, Answer> {
        judge::accept(seen, MEDIA_TYPE)?;
        judge::no_body(seen)?;
        let pairs = judge::query(seen, &["page%5Bnumber%5D", "page%5Bsize%5D"])?;
        let number = judge::number(&pairs, "page%5Bnumber%5D", 1, 1000)?.unwrap_or(1);
        let size = judge::number(&pairs, "page%5Bsize%5D", 1, 100)?.unwrap_or(20);
        let page: Vec<&Value> = self.invitations.iter().skip((number - 1) * size).take(size).collect();
        let pages = self.invitations.len().div_ceil(size);
        let link = |number| format!("http://api.fastly.com/invitations?page[number]={number}&page[size]={size}");
        let next = (number < pages).then(|| link(number + 1));
        Ok(answer(
            200,
            &json!({
                "data": page,
                "links": { "last": link(pages), "next": next, "prev": null },
                "meta": {
                    "current_page": number,
                    "per_page": size,
                    "record_count": self.invitations.len(),
                    "total_pages": pages,
                },
            }),
        ))
    }

    fn create(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::accept(seen, MEDIA_TYPE)?;
        judge::query(seen, &[])?;
        let body = judge::json(seen, MEDIA_TYPE)?;
        check(&body).map_err(|reason| refusal(400, reason))?;
        let stored = stored(&body["data"], self.invitations.len());
        self.invitations.push(stored.clone());
        let included = json!([{
            "id": "3krg2uUGZzb2W9Euo4moOY",
            "type": "customer",
            "attributes": { "name": "Test", "phone_number": "875.788.2000 x29959", "postal_address": null },
        }]);
        Ok(answer(200, &json!({ "data": stored, "included": included })))
    }

    fn delete(&mut self, seen: &Seen, id: &str) -> Result<Answer, Answer> {
        judge::query(seen, &[])?;
        judge::no_body(seen)?;
        let found = self.invitations.iter().position(|stored| stored["id"] == id);
        let Some(index) = found else {
            return Err(answer(
                404,
                &json!({ "msg": "Record not found", "detail": "Couldn't find invitation" }),
            ));
        };
        self.invitations.remove(index);
        Ok(Answer::status(204))
    }
}

/// The body follows the schema.
fn check(body: &Value) -> Result<(), String> {
    let data = &judge::object(body, &["data"], &[])?["data"];
    let members = judge::object(data, &["type", "attributes"], &["relationships"])?;
    constant(data, "type", "invitation")?;
    let optional = ["limit_services", "role", "roles", "status_code"];
    let attributes = judge::object(&data["attributes"], &["email"], &optional)?;
    let role = attributes.get("role").map_or(Some("user"), Value::as_str);
    if !role.is_some_and(|role| ROLES.contains(&role)) {
        return Err(format!("the role is {role:?}"));
    }
    let code = attributes.get("status_code").unwrap_or(&json!(1)).clone();
    if code != json!(0) && code != json!(1) {
        return Err(format!("the status code is {code}"));
    }
    match members.get("relationships") {
        Some(relationships) => check_services(relationships),
        None => Ok(()),
    }
}

fn check_services(relationships: &Value) -> Result<(), String> {
    let services = &judge::object(relationships, &["service_invitations"], &[])?["service_invitations"];
    let items = judge::object(services, &["data"], &[])?["data"].as_array();
    for item in items.ok_or("the service invitations are not an array")? {
        let data = &judge::object(item, &["data"], &[])?["data"];
        judge::object(data, &["type", "attributes", "relationships"], &[])?;
        constant(data, "type", "service_invitation")?;
        let permission = &judge::object(&data["attributes"], &["permission"], &[])?["permission"];
        if !permission.as_str().is_some_and(|text| PERMISSIONS.contains(&text)) {
            return Err(format!("the permission is {permission}"));
        }
        let service = &judge::object(&data["relationships"], &["service"], &[])?["service"];
        judge::object(service, &["type", "id"], &[])?;
        constant(service, "type", "service")?;
    }
    Ok(())
}

fn constant(value: &Value, member: &str, wanted: &str) -> Result<(), String> {
    match value[member].as_str() {
        Some(found) if found == wanted => Ok(()),
        other => Err(format!("{member} is {other:?}, not {wanted}")),
    }
}

/// What the server makes of a request, in the form of the document's example.
fn stored(data: &Value, index: usize) -> Value {
    let attributes = &data["attributes"];
    let id = match index {
        1 => "7kP8T3JrqSD2ZdijWGxOB1".to_owned(),
        other => format!("7kP8T3JrqSD2ZdijWGxO{other}"),
    };
    json!({
        "id": id,
        "type": "invitation",
        "attributes": {
            "created_at": "2020-05-09T18:45:17.000Z",
            "email": attributes["email"],
            "deleted_at": null,
            "role": attributes.get("role").unwrap_or(&json!("user")),
            "status_code": attributes.get("status_code").unwrap_or(&json!(1)),
            "updated_at": "2020-05-09T18:45:17.000Z",
            "limit_services": attributes.get("limit_services").unwrap_or(&json!(false)),
        },
        "relationships": {
            "customer": { "data": { "id": "3krg2uUGZzb2W9Euo4moOY", "type": "customer" } },
            "service_invitations": { "data": [{ "id": "QNcWQmR5UIpVVO6f1Y3Rl", "type": "service_invitation" }] },
        },
    })
}
