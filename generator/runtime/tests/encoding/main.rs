//! What requests look like on the wire.

mod messages;
#[path = "../support/mod.rs"]
mod support;
mod urls;
mod values;
mod vectors;

use envoi_runtime::serde_json::{Value, json};
use envoi_runtime::{Client, EncodeError, ErrorKind, Request};
use support::{Answer, Server, client};

async fn echo() -> (Server, Client) {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let client = client(&server);
    (server, client)
}

async fn encode_error(request: Request) -> EncodeError {
    let error = request.send().await.expect_err("an encode error");
    match error.kind() {
        ErrorKind::Encode(encode) => encode.clone(),
        other => panic!("{other:?}"),
    }
}

fn array() -> Value {
    json!(["blue", "black", "brown"])
}

/// In alphabetical order, which is that of `Map` without the feature that keeps the order.
fn object() -> Value {
    json!({"B": 150, "G": 200, "R": 100})
}
