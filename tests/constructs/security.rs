//! Which credentials go with which call.

use std::fmt::Debug;

use envoi_runtime::bytes::Bytes;
use envoi_runtime::http::header::AUTHORIZATION;
use envoi_runtime::http::{self, HeaderMap, HeaderValue};
use envoi_runtime::{ClientCredentials, Credential, ErrorKind, InMemory, Unsigned};

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

/// A client whose calls are kept; its tokens come from memory too.
fn in_memory(set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> (Client, InMemory) {
    let memory = InMemory::new(|request| {
        let token = request.uri().path().ends_with("/token");
        let mut response = http::Response::new(Bytes::new());
        if token {
            *response.body_mut() = r#"{"access_token": "own", "token_type": "Bearer", "expires_in": 60}"#.into();
        } else {
            *response.status_mut() = http::StatusCode::NO_CONTENT;
        }
        response
    });
    let builder = set(Client::builder().transport(memory.clone()));
    (builder.build().expect("a client"), memory)
}

/// What was sent: URL and `Authorization`.
fn sent(memory: &InMemory) -> Vec<String> {
    let requests = memory.requests().into_iter();
    let texts = requests.map(|request| {
        let credential = request
            .headers()
            .get("authorization")
            .map_or("", |value| value.to_str().expect("text"));
        format!("{} {credential}", request.uri())
    });
    texts.collect()
}

#[tokio::test]
async fn a_client_gets_its_own_tokens() {
    let (client, memory) = in_memory(|builder| builder.oauth_client_credentials("id", "secret"));
    client.with_oauth().await.expect("an answer");
    client.with_oauth().await.expect("an answer");
    let call = "https://eu.example.com/v1/oauth Bearer own";
    assert_eq!(
        sent(&memory),
        ["https://example.com/token Basic aWQ6c2VjcmV0", call, call]
    );

    let credentials = ClientCredentials::new("id", "secret").scopes(["read", "write"]);
    let (client, memory) = in_memory(|builder| builder.relative(credentials));
    client.with_own_token().await.expect("an answer");
    assert_eq!(
        sent(&memory),
        [
            "https://eu.example.com/oauth/token Basic aWQ6c2VjcmV0",
            "https://eu.example.com/v1/here Bearer own"
        ]
    );
    assert_eq!(
        memory.requests()[0].body(),
        "grant_type=client_credentials&scope=read%20write"
    );
}

#[tokio::test]
async fn functions_yield_tokens_and_signatures() {
    let signer = |request: Unsigned| async move {
        let body = request.body().cloned().unwrap_or_default();
        let text = format!("Signed {} {}", request.uri().path(), String::from_utf8_lossy(&body));
        let value = HeaderValue::try_from(text)?;
        Ok::<_, http::Error>(HeaderMap::from_iter([(AUTHORIZATION, value)]))
    };
    let (client, memory) = in_memory(|builder| {
        let provider = || async { Ok::<_, std::io::Error>("provided".to_owned()) };
        let builder = builder.oidc(Credential::provider(provider));
        builder
            .digest(Credential::signer(signer))
            .aws(Credential::signer(signer))
    });
    client.with_unknown().await.expect("an answer");
    client.with_signature().await.expect("an answer");
    client.with_aws(42).await.expect("an answer");
    assert_eq!(
        sent(&memory),
        [
            "https://eu.example.com/v1/unknown Bearer provided",
            "https://eu.example.com/v1/signed Signed /v1/signed ",
            "https://eu.example.com/v1/sigv4 Signed /v1/sigv4 42",
        ]
    );
}

#[test]
fn servers_and_their_variables() {
    assert_eq!(Client::BASE_URL, "https://eu.example.com/v1");
    assert_eq!(
        crate::fixtures::swagger2::Client::BASE_URL,
        "https://api.example.com/v2"
    );
}

/// Setters that every client has, beside those of its schemes; the scheme `bearerToken` has the name of one.
#[tokio::test]
async fn credentials_that_are_not_declared() {
    let key = |builder: ClientBuilder| builder.bearer_token("t").api_key_query("q", "k");
    check([Some("q=k"), None, None, None], key, async |client| {
        client.with_none().await
    })
    .await;
    check([Some("q=k"), None, None, None], key, async |client| {
        client.by_default().await
    })
    .await;
    let header = |builder: ClientBuilder| builder.bearer_token("t").api_key_header("x-key", "k");
    check([None, Some("k"), None, None], header, async |client| {
        client.with_login().await
    })
    .await;

    let memory = InMemory::new(|_| {
        http::Response::builder()
            .status(204)
            .body(Bytes::new())
            .expect("a reply")
    });
    let plain = crate::fixtures::parameters::Client::builder()
        .base_url("https://example.com")
        .bearer_token("t");
    let client = plain.transport(memory.clone()).build().expect("a client");
    client.styles().queries().await.expect("an answer");
    let without = client.styles().queries().without_credentials();
    without.await.expect("an answer");
    let sent = memory
        .requests()
        .into_iter()
        .map(|request| request.headers().get(AUTHORIZATION).cloned());
    assert_eq!(
        sent.collect::<Vec<_>>(),
        [Some(HeaderValue::from_static("Bearer t")), None]
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

#[tokio::test]
async fn a_key_that_is_a_parameter_too_is_sent_once() {
    let key = |key| [Some(key), None, None, None];
    check(key("api%20key=q%26q"), all, async |client| client.keyed().await).await;
    check(key("api%20key=own"), all, async |client| {
        client.keyed().api_key("own").await
    })
    .await;
    let login = |builder: ClientBuilder| builder.login("ida", "p:w").query_key("q");
    check(key("api%20key=own"), login, async |client| {
        client.keyed().api_key("own").await
    })
    .await;
    let [header, cookie] = [Some("mine"), Some("sid=7")];
    check([None, header, None, cookie], all, async |client| {
        client.tenant().x_key("mine").sid(7).await
    })
    .await;
    check([None, header, None, Some("sid=c")], all, async |client| {
        client.tenant().x_key("mine").await
    })
    .await;
    check(
        [Some("api%20key=p"), Some("h"), None, Some("sid=c")],
        all,
        async |client| client.tenant().api_key("p").await,
    )
    .await;
}

#[tokio::test]
async fn an_argument_serves_as_the_credential() {
    let none = |builder| builder;
    check([Some("api%20key=own"), None, None, None], none, async |client| {
        client.keyed().api_key("own").api_key("own").await
    })
    .await;
    check([None, Some("mine"), None, Some("sid=7")], none, async |client| {
        client.tenant().x_key("mine").sid(7).await
    })
    .await;
    let partly = |builder: ClientBuilder| builder.token("t");
    check([None, Some("mine"), Some("Bearer t"), None], partly, async |client| {
        client.tenant().x_key("mine").await
    })
    .await;
    let client = Client::builder()
        .base_url("http://127.0.0.1:9")
        .login("ida", "p:w")
        .build()
        .expect("a client");
    for error in [client.keyed().await, client.tenant().x_key("mine").await].map(|sent| sent.expect_err("no key")) {
        assert!(matches!(error.kind(), ErrorKind::MissingCredential { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn an_argument_that_is_a_credential_is_kept_like_one() {
    let memory = InMemory::new(|_| {
        let mut response = http::Response::new(Bytes::from_static(b"the key own-secret is wrong"));
        *response.status_mut() = http::StatusCode::FORBIDDEN;
        response
    });
    let client = Client::builder().transport(memory.clone()).build().expect("a client");
    let error = client.keyed().api_key("own-secret").await.expect_err("forbidden");
    assert!(!format!("{error:?} {error}").contains("own-secret"), "{error:?}");
    client.tenant().x_key("mine").sid(7).await.expect_err("forbidden");
    let requests = memory.requests();
    let sent = requests.last().expect("a request").headers();
    assert!(sent.get("x-key").is_some_and(HeaderValue::is_sensitive));
    let plain = Client::builder()
        .base_url("http://example.com")
        .transport(memory)
        .build()
        .expect("a client");
    let error = plain.keyed().api_key("own-secret").await.expect_err("no TLS");
    assert!(matches!(error.kind(), ErrorKind::InsecureCredential), "{error:?}");
}
