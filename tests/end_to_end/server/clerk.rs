//! Clerk's invitations, in memory.

use super::judge::{self, refusal};
use super::{Answer, Seen, Server};
use serde_json::{Value, json};

/// The key the server wants.
pub const KEY: &str = "sk_test_9c41a7";

const MEDIA_TYPE: &str = "application/json";
const TRACE: &str = "4f0c1d6be2a97358c0d4e6f8a1b3c5d7";

/// Starts without invitations.
pub async fn start() -> Server {
    start_with(Vec::new()).await
}

/// Starts with invitations that were made before.
pub async fn start_with(invitations: Vec<Value>) -> Server {
    let mut application = Application { invitations };
    Server::start(move |seen| application.judge(seen).unwrap_or_else(|refused| refused)).await
}

/// The invitation in the document's examples.
pub fn example() -> Value {
    json!({
        "object": "invitation",
        "id": "inv_2b6fHt9XkQm4RzVn8LwYpCs3Ged",
        "email_address": "ada@example.com",
        "public_metadata": { "team": "analytics" },
        "revoked": false,
        "status": "pending",
        "url": "https://app.example.com/accept?ticket=example",
        "expires_at": 1_640_592_669_544_i64,
        "created_at": 1_638_000_669_544_i64,
        "updated_at": 1_638_000_669_544_i64,
    })
}

/// The body that 400, 404 and 422 share.
pub fn errors(code: &str) -> Value {
    json!({
        "errors": [{
            "message": "is invalid",
            "long_message": "The email address is not valid.",
            "code": code,
            "meta": { "param_name": "email_address" },
        }],
        "clerk_trace_id": TRACE,
    })
}

struct Application {
    invitations: Vec<Value>,
}

impl Application {
    fn judge(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::headers(seen, &["authorization"])?;
        judge::accept(seen, MEDIA_TYPE)?;
        if seen.header("authorization") != Some(&format!("Bearer {KEY}")) {
            return Err(error(401, "clerk_key_invalid"));
        }
        let segments: Vec<&str> = seen.path().split('/').skip(1).collect();
        match (seen.method.as_str(), segments.as_slice()) {
            ("GET", ["v1", "invitations"]) => self.list(seen),
            ("POST", ["v1", "invitations"]) => self.create(seen),
            ("POST", ["v1", "invitations", "bulk"]) => self.create_bulk(seen),
            ("POST", ["v1", "invitations", id, "revoke"]) => self.revoke(seen, id),
            (_, ["v1", "invitations", ..]) => Err(refusal(405, "no such method")),
            _ => Err(refusal(404, "no such path")),
        }
    }

    fn list(&self, seen: &Seen) -> Result<Answer, Answer> {
        judge::no_body(seen)?;
        let names = ["limit", "offset", "status", "query", "order_by", "paginated"];
        let pairs = judge::query(seen, &names)?;
        let limit = judge::number(&pairs, "limit", 1, 500)?.unwrap_or(10);
        let offset = judge::number(&pairs, "offset", 0, usize::MAX)?.unwrap_or(0);
        let status = pairs.get("status").copied();
        let mut kept: Vec<&Value> = self.invitations.iter().collect();
        kept.retain(|stored| status.map_or(stored["status"] != "revoked", |wanted| stored["status"] == wanted));
        match pairs.get("order_by").copied().unwrap_or("-created_at") {
            "-created_at" => kept.reverse(),
            "%2Bcreated_at" | "created_at" => {}
            "%2Bemail_address" => kept.sort_by_key(|stored| stored["email_address"].to_string()),
            other => return Err(refusal(400, format!("the order is {other}"))),
        }
        let page: Vec<&Value> = kept.into_iter().skip(offset).take(limit).collect();
        Ok(Answer::json(200, json!(page).to_string()))
    }

    fn create(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::query(seen, &[])?;
        let stored = self.accept(&body(seen)?, &[])?;
        Ok(Answer::json(200, stored.to_string()))
    }

    fn create_bulk(&mut self, seen: &Seen) -> Result<Answer, Answer> {
        judge::query(seen, &[])?;
        let items = body(seen)?;
        let items = items.as_array().filter(|items| (1..=10).contains(&items.len()));
        let items = items.ok_or_else(|| error(422, "form_param_value_invalid"))?;
        let nullable = ["public_metadata", "redirect_url"];
        let stored: Result<Vec<Value>, Answer> = items.iter().map(|item| self.accept(item, &nullable)).collect();
        Ok(Answer::json(200, json!(stored?).to_string()))
    }

    /// Stores an invitation that follows the schema; members named in `nullable` may be null too.
    fn accept(&mut self, request: &Value, nullable: &[&str]) -> Result<Value, Answer> {
        check(request, nullable).map_err(|reason| error(422, &reason))?;
        let address = &request["email_address"];
        if self
            .invitations
            .iter()
            .any(|stored| stored["email_address"] == *address)
        {
            return Err(error(400, "duplicate_record"));
        }
        let mut stored = example();
        stored["id"] = json!(format!("inv_{}", self.invitations.len() + 1));
        stored["email_address"] = address.clone();
        let metadata = request.get("public_metadata").filter(|metadata| metadata.is_object());
        stored["public_metadata"] = metadata.unwrap_or(&json!({})).clone();
        self.invitations.push(stored.clone());
        Ok(stored)
    }

    fn revoke(&mut self, seen: &Seen, id: &str) -> Result<Answer, Answer> {
        judge::query(seen, &[])?;
        judge::no_body(seen)?;
        let found = self.invitations.iter_mut().find(|stored| stored["id"] == id);
        let stored = found.ok_or_else(|| error(404, "resource_not_found"))?;
        if stored["status"] == "revoked" {
            return Err(error(400, "invitation_already_revoked"));
        }
        stored["status"] = json!("revoked");
        stored["revoked"] = json!(true);
        Ok(Answer::json(200, stored.to_string()))
    }
}

fn body(seen: &Seen) -> Result<Value, Answer> {
    if seen.body.is_empty() {
        judge::no_body(seen)?;
        return Err(error(400, "request_body_missing"));
    }
    judge::json(seen, MEDIA_TYPE)
}

/// The request follows the schema, which has `additionalProperties: false`.
fn check(request: &Value, nullable: &[&str]) -> Result<(), String> {
    let optional = [
        "public_metadata",
        "redirect_url",
        "notify",
        "ignore_existing",
        "expires_in_days",
        "template_slug",
    ];
    for (name, value) in judge::object(request, &["email_address"], &optional)? {
        let valid = match name.as_str() {
            "email_address" => value.as_str().is_some_and(|address| address.contains('@')),
            "public_metadata" => value.is_object() || value.is_null() && nullable.contains(&"public_metadata"),
            "redirect_url" => value.is_string() || value.is_null() && nullable.contains(&"redirect_url"),
            "notify" | "ignore_existing" => value.is_boolean() || value.is_null(),
            "expires_in_days" => value.is_null() || value.as_u64().is_some_and(|days| (1..=365).contains(&days)),
            _ => value == "invitation" || value == "waitlist_invitation",
        };
        if !valid {
            return Err(format!("{name} is {value}"));
        }
    }
    Ok(())
}

fn error(status: u16, code: &str) -> Answer {
    Answer::json(status, errors(code).to_string())
}
