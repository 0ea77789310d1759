//! Credentials that the document does not declare: for all requests, under the rules of declared ones.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use envoi_runtime::http::{HeaderMap, Method, Response};
use envoi_runtime::{ClientBuilder, Credential, Error, ErrorKind, InMemory, OperationInfo, Reply};

use super::support::{Answer, Server, builder, header};
use super::{ANY, BEARER, BY_BEARER, BY_KEY, KEY, PERHAPS_BY_KEY};

const SECRET: &str = "s3cr3t-enough";

/// The URL and headers of a request to an operation.
async fn sent(info: &'static OperationInfo, set: fn(ClientBuilder) -> ClientBuilder) -> (String, HeaderMap) {
    let server = InMemory::new(|_| Response::default());
    let builder = ClientBuilder::new("test/1", "https://api.example.com");
    let client = set(builder).transport(server.clone()).build().expect("a client");
    client.operation(info).send().await.expect("a reply");
    let (parts, _) = server.requests().remove(0).into_parts();
    (parts.uri.to_string(), parts.headers)
}

/// The values of two headers, empty where there is none.
fn values<'h>(headers: &'h HeaderMap, names: [&str; 2]) -> [&'h str; 2] {
    names.map(|name| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    })
}

#[tokio::test]
async fn they_are_sent_where_nothing_is_declared() {
    let (uri, headers) = sent(&ANY, |builder| {
        let builder = builder.bearer_token("old").bearer_token("t0k3n");
        builder.api_key_header("x-api-key", "k").api_key_query("api key", "q&q")
    })
    .await;
    assert_eq!(uri, "https://api.example.com/s?api%20key=q%26q");
    assert_eq!(values(&headers, ["authorization", "x-api-key"]), ["Bearer t0k3n", "k"]);
}

#[tokio::test]
async fn declared_credentials_come_first() {
    let (_, headers) = sent(&BY_KEY, |builder| builder.bearer_token("t").credential(&KEY, "k")).await;
    assert_eq!(values(&headers, ["authorization", "x-api-key"]), ["", "k"]);
    for info in [&BY_KEY, &PERHAPS_BY_KEY, &BY_BEARER] {
        let (_, headers) = sent(info, |builder| builder.bearer_token("t")).await;
        assert_eq!(values(&headers, ["authorization", "x-api-key"]), ["Bearer t", ""]);
    }
}

/// A scheme of the document of the same name is another one.
#[tokio::test]
async fn names_of_schemes_are_not_theirs() {
    static SAME: envoi_runtime::Scheme = envoi_runtime::Scheme::api_key_header("bearer token", "X-Other");
    static INFO: OperationInfo = OperationInfo {
        security: &[&[&SAME]],
        ..ANY
    };
    let (_, headers) = sent(&INFO, |builder| builder.bearer_token("t").credential(&SAME, "k")).await;
    assert_eq!(values(&headers, ["authorization", "x-other"]), ["", "k"]);
}

#[tokio::test]
async fn endpoints_that_are_not_described_get_all_of_them() {
    let server = InMemory::new(|_| Response::default());
    let client = ClientBuilder::new("test/1", "https://api.example.com")
        .credential(&BEARER, "other")
        .bearer_token("t")
        .api_key_header("x-api-key", "k")
        .transport(server.clone());
    let client = client.build().expect("a client");
    client.request(Method::GET, "/x").send().await.expect("a reply");
    let headers = server.requests().remove(0).into_parts().0.headers;
    assert_eq!(values(&headers, ["authorization", "x-api-key"]), ["Bearer t", "k"]);
}

#[tokio::test]
async fn they_can_be_replaced_and_left_out() {
    let server = InMemory::new(|_| Response::builder().status(400).body(SECRET.into()).expect("a reply"));
    let client = ClientBuilder::new("test/1", "https://api.example.com").api_key_header("x-api-key", "k");
    let client = client.transport(server.clone()).build().expect("a client");
    let mut request = client.operation(&ANY);
    request.header("x-api-key", SECRET);
    let reply = request.send().await.expect("a reply");
    assert!(
        !format!("{reply:?}").contains(SECRET),
        "what takes its place is as secret"
    );
    let mut request = client.operation(&ANY);
    request.without_credentials();
    request.send().await.expect("a reply");
    let keys: Vec<_> = server
        .requests()
        .iter()
        .map(|request| request.headers().get("x-api-key").cloned())
        .collect();
    assert_eq!(keys, [Some(SECRET.parse().expect("a value")), None]);
}

async fn failure(base: &'static str, info: &'static OperationInfo) -> Result<(Reply, InMemory), Error> {
    let server = InMemory::new(|_| Response::default());
    let client = ClientBuilder::new("test/1", base)
        .bearer_token(SECRET)
        .transport(server.clone());
    let client = client.build().expect("a client");
    client.operation(info).send().await.map(|reply| (reply, server))
}

#[tokio::test]
async fn they_go_to_the_origin_of_the_base_url_and_over_https_only() {
    static ELSEWHERE: OperationInfo = OperationInfo {
        server: "https://other.example.com",
        ..ANY
    };
    static REQUIRED: OperationInfo = OperationInfo {
        server: "https://other.example.com",
        ..BY_BEARER
    };
    let error = failure("http://api.example.com", &ANY).await.expect_err("plain http");
    assert!(matches!(error.kind(), ErrorKind::InsecureCredential), "{error:?}");
    let error = failure("https://api.example.com", &REQUIRED)
        .await
        .expect_err("another origin");
    assert!(matches!(error.kind(), ErrorKind::UntrustedOrigin { .. }), "{error:?}");
    let (_, server) = failure("https://api.example.com", &ELSEWHERE)
        .await
        .expect("without it");
    assert!(!server.requests()[0].headers().contains_key("authorization"));
    failure("http://127.0.0.1:1", &ANY).await.expect("the local machine");
}

#[tokio::test]
async fn providers_renew_them() {
    let server = Server::echo(|request| match request.contains("Bearer token-number-2") {
        true => Answer::new(200, "", ""),
        false => Answer::new(401, "", "token-number-1"),
    })
    .await;
    let count = Arc::new(AtomicU32::new(0));
    let provider = move || {
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        async move { Ok::<_, std::io::Error>(format!("token-number-{number}")) }
    };
    let client = builder(&server.origin)
        .bearer_token(Credential::provider(provider))
        .build()
        .expect("a client");
    let reply = client.operation(&ANY).send().await.expect("a reply");
    assert_eq!((reply.status_code(), server.seen().len()), (200, 2));
    assert_eq!(
        header(&server.seen()[1], "authorization").as_deref(),
        Some("Bearer token-number-2")
    );
}

#[tokio::test]
async fn they_are_never_shown() {
    let server = Server::start(|_| Answer::new(400, "X-Echo: s3cr3t-enough\r\n", SECRET)).await;
    let builder = builder(&server.origin)
        .bearer_token(SECRET)
        .api_key_query("key", SECRET);
    assert!(!format!("{builder:?}").contains(SECRET), "{builder:?}");
    let client = builder.build().expect("a client");
    let reply = client.operation(&ANY).send().await.expect("a reply");
    assert!(!format!("{client:?} {reply:?}").contains(SECRET), "{reply:?}");
    let error = ClientBuilder::new("test/1", "https://api.example.com")
        .bearer_token("")
        .build()
        .expect_err("empty");
    assert_eq!(error.to_string(), "the credential for `bearer token` is empty");
}
