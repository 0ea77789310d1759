//! Members that only the server sets.

use envoi_runtime::serde_json::{self, Value, json};

use crate::fixtures::read_write::models::Record;
use crate::server::{NO_CONTENT, call, client};

/// What a server has sent, and all of what it is.
fn stored() -> Value {
    json!({
        "id": "1",
        "name": "a",
        "entries": [{"at": "noon", "text": "t"}],
        "owner": {"type": "user", "id": "7"},
        "method": {"kind": "card", "last": "4242", "number": "4"},
        "pet": {"species": "wolf", "tricks": 1},
    })
}

#[tokio::test]
async fn requests_go_without_what_only_the_server_sets() {
    let record: Record = serde_json::from_value(stored()).expect("a record");
    let (received, _) = call(NO_CONTENT, async |url| {
        client!(read_write, url).store_record(&record).await
    })
    .await;
    let sent: Value = serde_json::from_str(&received.body).expect("JSON");
    let expected = json!({
        "name": "a",
        "entries": [{"text": "t"}],
        "owner": {"type": "user", "id": "7"},
        "method": {"kind": "card", "number": "4"},
        "pet": {"species": "wolf", "tricks": 1},
    });
    assert_eq!(sent, expected);
}

#[test]
fn a_reply_that_is_kept_stays_whole() {
    let record: Record = serde_json::from_value(stored()).expect("a record");
    assert_eq!(serde_json::to_value(&record).expect("JSON"), stored());
}
