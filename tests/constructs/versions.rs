//! What OpenAPI 3.1 and 3.2 added, in use.

use std::fmt::Debug;

use serde_json::json;

use crate::fixtures::openapi32::models::{
    File, FollowEventsResponseItem, QueryFilesRequest, SearchFilter, SearchJsonFilter,
};
use crate::fixtures::{openapi32, payloads};
use crate::server::{NO_CONTENT, Received, call, client};

/// What a call sends.
async fn sent<T, E: Debug>(
    reply: &str,
    make: impl AsyncFnOnce(openapi32::apis::files::FilesApi<'_>) -> Result<T, E>,
) -> (Received, T) {
    let call = call(reply, async |url| {
        make(client!(openapi32, url, device("token")).files()).await
    });
    let (received, result) = call.await;
    (received, result.unwrap_or_else(|error| panic!("{error:?}")))
}

#[tokio::test]
async fn methods_beside_the_eight() {
    let files = "200 OK\r\ncontent-type: application/json\r\n\r\n[{\"path\":\"a\"}]";
    let (received, found) = sent(files, async |files| {
        files.query(&QueryFilesRequest::default().name("a")).trace("t").await
    })
    .await;
    assert_eq!(received.line, "QUERY /files");
    assert_eq!(received.body, "{\"name\":\"a\"}");
    assert_eq!(received.header("trace"), Some("t"));
    assert_eq!(received.header("authorization"), Some("Bearer token"));
    assert_eq!(found, [File::new("a")]);
    let (received, ()) = sent(NO_CONTENT, async |files| files.copy().await).await;
    assert_eq!(received.line, "COPY /files");
    let (received, result) = call(NO_CONTENT, async |url| {
        client!(openapi32, url, device("token")).m_search_files().await
    })
    .await;
    assert_eq!(received.line, "M-SEARCH /files");
    result.expect("no content");
}

#[tokio::test]
async fn path_items_of_components_with_operations_beside() {
    let file = "200 OK\r\ncontent-type: application/json\r\n\r\n{\"path\":\"a\"}";
    let (received, found) = sent(file, async |files| files.get("a:b c").await).await;
    assert_eq!(received.line, "GET /files/a:b%20c");
    assert_eq!(found, File::new("a"));
    let (received, ()) = sent(NO_CONTENT, async |files| files.remove("x").await).await;
    assert_eq!(received.line, "DELETE /files/x");
}

#[tokio::test]
async fn whole_query_strings() {
    let filter = SearchFilter::default().name("a b").sizes(vec![1, 2]);
    let (received, ()) = sent(NO_CONTENT, async |files| {
        files.search(filter).session("Hello%2C world!").await
    })
    .await;
    assert_eq!(received.line, "GET /search?name=a%20b&sizes=1&sizes=2");
    assert_eq!(received.header("cookie"), Some("session=Hello%2C world!"));
    let filter = SearchJsonFilter::default().name("a");
    let (received, ()) = sent(NO_CONTENT, async |files| files.search_json().filter(filter).await).await;
    assert_eq!(received.line, "GET /search/json?%7B%22name%22%3A%22a%22%7D");
    let (received, ()) = sent(NO_CONTENT, async |files| files.search_path().filter("$.a").await).await;
    assert_eq!(received.line, "GET /search/path?%24.a");
}

#[tokio::test]
async fn elements_of_sequences_have_types() {
    let events = "200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: {\"path\":\"a\"}\n\n";
    let (received, mut items) = sent(events, async |files| files.follow_events().await).await;
    assert_eq!(received.header("accept"), Some("text/event-stream"));
    let item: FollowEventsResponseItem = items.next().await.expect("an event").expect("decoded");
    assert_eq!(item.data, File::new("a"));
    let lines = serde_json::to_string(&File::new("a")).expect("a file") + "\n";
    let files = "200 OK\r\ncontent-type: application/json\r\n\r\n[]";
    let (received, _) = sent(files, async |files| files.add_events(lines).await).await;
    assert_eq!(received.header("content-type"), Some("application/jsonl"));
    assert_eq!(received.body, "{\"path\":\"a\"}\n");
}

#[test]
fn payloads_of_webhooks() {
    use payloads::webhooks::{
        NewPetPayload, PetMovedPayload, ReportPostPayload, ReportPutPayload, SubscribeOnEventPayload,
        SubscribeSharedPayload,
    };
    let pet: NewPetPayload = serde_json::from_str("{\"name\":\"Tom\"}").expect("a pet");
    assert_eq!(pet.name, "Tom");
    let moved = json!({"pet": {"name": "Tom"}, "to": {"street": "Elm"}});
    let moved: PetMovedPayload = serde_json::from_value(moved).expect("a move");
    assert_eq!((moved.pet, moved.to.street.as_str()), (pet.clone(), "Elm"));
    let report: ReportPutPayload = serde_json::from_str("[{\"name\":\"Tom\"}]").expect("a report");
    assert_eq!(report, [pet]);
    let report: ReportPostPayload = serde_json::from_str("null").expect("a report");
    assert_eq!(report, None);
    let event: SubscribeOnEventPayload = serde_json::from_str("{\"kind\":\"sold\"}").expect("an event");
    assert_eq!(event.kind, payloads::models::SubscribeOnEventPayloadKind::Sold);
    let shared: SubscribeSharedPayload = serde_json::from_str("[1]").expect("anything");
    assert_eq!(shared, json!([1]));
}

#[test]
fn keywords_of_json_schema() {
    use crate::fixtures::json_schema::models::{All, Item};
    let check = |value: serde_json::Value| -> All {
        let all: All = serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{value}: {error}"));
        all
    };
    let all = check(json!({
        "nul": null, "cnull": null, "cnum": 1.5, "cint": 3, "cbool": true, "cobj": {"a": 1}, "carr": [1], "cstr": null,
        "yes": [1], "items_no": [], "items_yes": [1, "a"], "anyno": "a", "allyes": "b", "b64": null, "qp": "=3D",
        "js": "{}", "nullenum": null, "nullenum2": null, "objnull": null, "arrnull": null, "excl4": 1, "minc": 3.5,
    }));
    assert_eq!(all.anyno.as_deref(), Some("a"));
    assert_eq!(all.js.as_deref(), Some("{}"));
    let all = check(json!({
        "ref_desc": {"a": "x"}, "ref_nullable": null, "ref_type_null": {"a": "x"}, "ref_default": {"a": "x"},
        "ref_more": {"a": "x", "b": 1}, "ref_examples": "n", "cond": {"a": "x"}, "dep": {"a": "x"}, "pn": {"a": 1},
        "contains": ["a"], "tuple7": ["a", 1], "typed": {"x": 1}, "defs": {"e": {"a": "x"}}, "defs7": {"a": "x"},
    }));
    let item = Item {
        a: Some("x".to_owned()),
    };
    assert_eq!(all.ref_desc, Some(item.clone()));
    assert_eq!(all.ref_default, Some(item.clone()));
    assert_eq!(all.defs.and_then(|defs| defs.e), Some(item));
}
