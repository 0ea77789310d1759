//! Which credentials go with which call.

use std::fmt::Debug;

use envoi_runtime::ErrorKind;

use crate::fixtures::credentials::{Client, ClientBuilder};
use crate::server::{NO_CONTENT, Received, call};

/// A client at a URL with every credential.
fn all(builder: ClientBuilder) -> ClientBuilder {
    let builder = builder
        .header_key("h")
        .query_key("q&q")
        .cookie_key("c")
        .login("ida", "p:w")
        .token("t");
    builder.oauth("o").oidc("i").build_credential("b")
}

/// What a call sends: the query, `X-Key`, `Authorization` and `Cookie`.
async fn check<E: Debug>(
    expected: [Option<&str>; 4],
    set: impl FnOnce(ClientBuilder) -> ClientBuilder,
    make: impl AsyncFnOnce(Client) -> Result<(), E>,
) {
    let build = |url: String| set(Client::builder().base_url(url)).build().expect("a client");
    let (received, result): (Received, _) = call(NO_CONTENT, async |url| make(build(url)).await).await;
    result.expect("an answer");
    let query = received.line.split_once('?').map(|(_, query)| query);
    let sent = [
        query,
        received.header("x-key"),
        received.header("authorization"),
        received.header("cookie"),
    ];
    assert_eq!(sent, expected, "{}", received.line);
}

#[tokio::test]
async fn each_call_has_the_credentials_it_asks_for_and_no_others() {
    let basic = Some("Basic aWRhOnA6dw==");
    let key = [None, Some("h"), None, None];
    check(key, all, async |client| client.by_default().await).await;
    check([None; 4], all, async |client| client.with_none().await).await;
    check(key, all, async |client| client.with_either().await).await;
    check(
        [None, None, basic, None],
        |builder| builder.login("ida", "p:w"),
        async |client| client.with_either().await,
    )
    .await;
    check([Some("api%20key=q%26q"), Some("h"), None, None], all, async |client| {
        client.with_both().await
    })
    .await;
    check([None, None, Some("Bearer t"), None], all, async |client| {
        client.perhaps().await
    })
    .await;
    check([None; 4], |builder| builder, async |client| client.perhaps().await).await;
    check([None, None, basic, None], all, async |client| client.with_login().await).await;
    check([Some("api%20key=q%26q"), None, None, None], all, async |client| {
        client.with_query().await
    })
    .await;
    check([None, None, None, Some("sid=c")], all, async |client| {
        client.with_cookie().await
    })
    .await;
    check([None, None, Some("Bearer o"), None], all, async |client| {
        client.with_oauth().await
    })
    .await;
    check([None, None, Some("Bearer i"), None], all, async |client| {
        client.with_unknown().await
    })
    .await;
}

#[tokio::test]
async fn nothing_is_sent_without_what_is_required() {
    let client = Client::builder()
        .base_url("http://127.0.0.1:9")
        .header_key("h")
        .build()
        .expect("a client");
    let error = client.with_both().await.expect_err("no query key");
    assert!(matches!(error.kind(), ErrorKind::MissingCredential { .. }), "{error:?}");
    assert!(error.to_string().contains("queryKey"), "{error}");
}

#[test]
fn servers_and_their_variables() {
    assert_eq!(Client::BASE_URL, "https://eu.example.com/v1");
    assert_eq!(
        crate::fixtures::swagger2::Client::BASE_URL,
        "https://api.example.com/v2"
    );
}

#[test]
fn credentials_are_not_shown() {
    let builder = all(Client::builder());
    let shown = format!("{builder:?} {:?}", all(Client::builder()).build().expect("a client"));
    for secret in ["q&q", "p:w"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}
