//! Invitations as a user would write them, with serde's derive.

use serde::Deserialize;
use serde_json::{Map, Value};

/// What the server answers.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "what is decoded is not looked at")]
pub struct Invitation {
    object: Kind,
    id: String,
    email_address: String,
    public_metadata: Map<String, Value>,
    revoked: Option<bool>,
    status: Status,
    url: Option<String>,
    expires_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Invitation,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pending,
    Accepted,
    Revoked,
    Expired,
}

/// One as the server sends it, with its members in the order of the document.
pub fn invitation(index: usize) -> String {
    format!(
        r#"{{"object":"invitation","id":"inv_{index}","email_address":"ada@example.com","public_metadata":{{"team":"analytics"}},"revoked":false,"status":"pending","url":"https://app.example.com/accept?ticket=example","expires_at":1640592669544,"created_at":1638000669544,"updated_at":1638000669544}}"#
    )
}

/// A list of so many.
pub fn invitations(count: usize) -> String {
    let all: Vec<String> = (0..count).map(invitation).collect();
    format!("[{}]", all.join(","))
}
