//! Extensions of Azure that change what goes over the wire.

use envoi_runtime::bytes::Bytes;
use envoi_runtime::{InMemory, http};

use crate::fixtures::azure::servers::{Server, Zone};
use crate::fixtures::azure::{Client, ClientBuilder};

/// A client whose calls are kept.
fn client(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, InMemory) {
    let memory = InMemory::new(|request| {
        let list = request.uri().path() == "/v1/shapes";
        let body = if list { "[]" } else { "{}" };
        let mut response = http::Response::new(Bytes::from_static(body.as_bytes()));
        let json = http::HeaderValue::from_static("application/json");
        response.headers_mut().insert(http::header::CONTENT_TYPE, json);
        response
    });
    let builder = set(Client::builder().transport(memory.clone()));
    (builder.build().expect("a client"), memory)
}

fn sent(memory: &InMemory) -> Vec<String> {
    let requests = memory.requests().into_iter();
    requests.map(|request| request.uri().to_string()).collect()
}

#[tokio::test]
async fn hosts_with_parameters() {
    let server = Server::AccountZoneSuffix {
        account: "mine".to_owned(),
        zone: Zone::File,
        suffix: "core.example.org".to_owned(),
    };
    let (client, memory) = client(|builder| builder.server(server));
    client.list_shapes().await.expect("shapes");
    assert_eq!(sent(&memory), ["https://mine.file.core.example.org/v1/shapes"]);
    let unsaid = Client::builder().build().map(drop).expect_err("no account");
    assert!(unsaid.to_string().contains("variable without a value"), "{unsaid}");
    let unsaid = Client::builder().server(Server::default()).build().map(drop);
    unsaid.expect_err("an account that is empty");
}

#[tokio::test]
async fn paths_with_a_query() {
    let (client, memory) = client(|builder| builder.base_url("https://example.com/v1"));
    client.list_all().marker("a b").await.expect("shapes");
    client.list_next("c").await.expect("nothing");
    let base = "https://example.com/v1/shapes";
    let expected = [
        format!("{base}?comp=list&restype=all&marker=a%20b"),
        format!("{base}?after=c"),
    ];
    assert_eq!(sent(&memory), expected);
}

#[tokio::test]
async fn values_that_are_not_escaped() {
    let (client, memory) = client(|builder| builder.base_url("https://example.com/v1"));
    let scope = "subscriptions/1/groups/a%20b";
    client.get_shape(scope).query("a/b?c=d").await.expect("a shape");
    client
        .list_shapes()
        .filter("name eq 'a/b'&top=1#+")
        .await
        .expect("shapes");
    let expected = [
        format!("https://example.com/v1/{scope}/shape?query=a/b?c=d"),
        "https://example.com/v1/shapes?filter=name%20eq%20'a/b'&top=1%23+".to_owned(),
    ];
    assert_eq!(sent(&memory), expected);
}
