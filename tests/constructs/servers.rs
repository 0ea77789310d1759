//! Where calls go.

use envoi_runtime::{ErrorKind, InMemory};
use http::Response;

use crate::fixtures::places::servers::{Region, Scheme, Server};
use crate::fixtures::places::{Client, ClientBuilder};

/// A client whose calls are kept.
fn client(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, InMemory) {
    let memory = InMemory::new(|_| {
        let mut response = Response::new("".into());
        *response.status_mut() = http::StatusCode::NO_CONTENT;
        response
    });
    let builder = Client::builder().transport(memory.clone()).key("k");
    (set(builder).build().expect("a client"), memory)
}

/// Where the last call went, and with which key.
fn went(memory: &InMemory) -> String {
    let request = memory.requests().pop().expect("a call");
    let key = request
        .headers()
        .get("x-key")
        .map_or("", |key| key.to_str().expect("text"));
    format!("{} {key}", request.uri()).trim_end().to_owned()
}

#[test]
fn servers_are_urls_with_variables() {
    let url = |server: Server| server.url().expect("a URL");
    assert_eq!(url(Server::default()), "https://eu.example.com:443/v1");
    assert_eq!(url(Server::sandbox()), "https://sandbox.us.example.com");
    let live = Server::Live {
        region: Region::ApSouth,
        port: "8443".to_owned(),
        base_path: "v2/be ta".to_owned(),
    };
    assert_eq!(url(live), "https://ap-south.example.com:8443/v2/be%20ta");
    let own = |host: &str| Server::ServerOfYourOwn {
        scheme: Scheme::Http,
        host: host.to_owned(),
    };
    assert_eq!(url(own("127.0.0.1:8080")), "http://127.0.0.1:8080/api");
    assert_eq!(url(Server::ApiV3), "/api/v3");
    assert_eq!(url(Server::FreeExampleOrg), "https://free.example.org");
    let error = own("example.com@evil.example").url().expect_err("no host");
    assert_eq!(error.parameter(), "host");
    let error = Client::builder()
        .server(own("evil.example/"))
        .build()
        .expect_err("no host");
    assert!(error.to_string().contains("`host`"), "{error}");
}

#[tokio::test]
async fn calls_go_to_the_chosen_server() {
    let (client, memory) = self::client(|builder| builder.server(Server::sandbox()));
    client.usual().await.expect("an answer");
    assert_eq!(went(&memory), "https://sandbox.us.example.com/usual k");
    let (client, memory) = self::client(|builder| builder.server(Server::ApiV3).origin("https://own.example"));
    client.usual().await.expect("an answer");
    assert_eq!(went(&memory), "https://own.example/api/v3/usual k");
    let error = Client::builder().server(Server::ApiV3).build().expect_err("no origin");
    assert!(error.to_string().contains("`origin`"), "{error}");
}

#[tokio::test]
async fn some_operations_have_a_server_of_their_own() {
    let (client, memory) = self::client(|builder| builder);
    client.status().await.expect("an answer");
    assert_eq!(went(&memory), "https://eu.example.com/ops/status k");
    client.come_back().await.expect("an answer");
    assert_eq!(went(&memory), "https://eu.example.com/v1/files k");
    client.download().await.expect("an answer");
    assert_eq!(went(&memory), "https://upload.example.com/v2/files");
    let error = client.upload().await.expect_err("a stranger");
    assert!(matches!(error.kind(), ErrorKind::UntrustedOrigin { origin } if origin == "https://upload.example.com"));

    let (client, memory) = self::client(|builder| builder.trust_origin("https://upload.example.com"));
    client.upload().await.expect("an answer");
    assert_eq!(went(&memory), "https://upload.example.com/v2/files k");
    let (client, memory) = self::client(|builder| builder.base_url("http://127.0.0.1:9/proxy"));
    client.upload().await.expect("an answer");
    assert_eq!(went(&memory), "http://127.0.0.1:9/proxy/files k");
}
