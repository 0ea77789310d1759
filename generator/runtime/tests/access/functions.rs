//! Credentials that functions of the caller yield.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use envoi_runtime::http::header::{AUTHORIZATION, HOST};
use envoi_runtime::http::{HeaderMap, HeaderValue};
use envoi_runtime::{Body, Credential, ErrorKind, OperationInfo, Secret, Unsigned};

use super::support::{Answer, Server, builder, header};
use super::{BEARER, BY_BEARER, BY_KEYS, BY_SIGNATURE, COOKIE, KEY, QUERY, SIGNED};

#[tokio::test]
async fn a_provider_is_asked_for_each_call_and_once_more_on_401() {
    let server = Server::start(|line| match line.contains("/later") {
        true => Answer::new(401, "", ""),
        false => Answer::new(204, "", ""),
    })
    .await;
    let count = Arc::new(AtomicU32::new(0));
    let provider = move || {
        let number = count.fetch_add(1, Ordering::Relaxed) + 1;
        async move { Ok::<_, std::io::Error>(Secret::from(format!("p{number}"))) }
    };
    let client = builder(&server.origin)
        .credential(&BEARER, Credential::provider(provider))
        .build()
        .expect("client");
    for path in ["/now", "/later", "/now"] {
        let info = OperationInfo { path, ..BY_BEARER };
        client.operation(Box::leak(Box::new(info))).send().await.expect("reply");
    }
    let sent: Vec<_> = server
        .seen()
        .iter()
        .map(|request| header(request, "authorization").unwrap_or_default())
        .collect();
    assert_eq!(sent, ["Bearer p1", "Bearer p2", "Bearer p3", "Bearer p4"]);
}

#[tokio::test]
async fn what_a_provider_yields_goes_where_the_scheme_says() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let provider = || Credential::provider(|| async { Ok::<_, std::io::Error>("s&s".to_owned()) });
    let client = builder(&server.origin)
        .credential(&KEY, provider())
        .credential(&QUERY, provider())
        .credential(&COOKIE, provider())
        .build()
        .expect("client");
    let mut request = client.operation(&BY_KEYS);
    request.query("a", "b");
    request.header("Cookie", "own=1");
    request.send().await.expect("sent");
    let request = server.only();
    assert!(request.starts_with("GET /s?a=b&api%20key=s%26s HTTP/1.1"), "{request}");
    assert_eq!(header(&request, "x-api-key").as_deref(), Some("s&s"));
    assert_eq!(header(&request, "cookie").as_deref(), Some("own=1; session=s&s"));
}

#[tokio::test]
async fn a_function_that_fails_sends_nothing() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let failing = || async { Err::<Secret, _>("the vault is closed") };
    let client = builder(&server.origin)
        .credential(&BEARER, Credential::provider(failing))
        .credential(&SIGNED, Credential::signer(|_| async { Err::<HeaderMap, _>("no pen") }))
        .build()
        .expect("client");
    for (info, cause) in [(&BY_BEARER, "the vault is closed"), (&BY_SIGNATURE, "no pen")] {
        let error = client.operation(info).send().await.expect_err("no credential");
        assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
        let source = std::error::Error::source(&error).expect("a source");
        assert_eq!(source.to_string(), cause);
    }
    assert!(server.seen().is_empty());
}

/// Signs with the method, the path and query, the length of the body, and what the server has asked for.
fn signer() -> Credential {
    Credential::signer(|request: Unsigned| async move {
        let length = request
            .body()
            .map_or("unknown".to_owned(), |body| body.len().to_string());
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let challenge = request.challenge().unwrap_or("none");
        let given = request.headers().contains_key("x-given");
        let text = format!("Digest {} {target} {length} {challenge} {given}", request.method());
        let value = HeaderValue::try_from(text)?;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(HeaderMap::from_iter([(AUTHORIZATION, value)]))
    })
}

#[tokio::test]
async fn a_signer_sees_the_request_as_it_is_sent() {
    let server = Server::start(|line| match line.split(' ').nth(1) {
        Some("/s?a=b") => Answer::redirect(307, "/moved"),
        Some("/challenge") => Answer::new(401, "WWW-Authenticate: Digest nonce=1\r\n", ""),
        _ => Answer::new(204, "", ""),
    })
    .await;
    let client = builder(&server.origin)
        .credential(&SIGNED, signer())
        .build()
        .expect("client");
    let info = OperationInfo {
        method: "PUT",
        ..BY_SIGNATURE
    };
    let mut request = client.operation(Box::leak(Box::new(info)));
    request.query("a", "b");
    request.header("X-Given", "1");
    request.body("text/plain", "abc");
    request.send().await.expect("sent");
    let mut request = client.operation(Box::leak(Box::new(OperationInfo {
        path: "/challenge",
        ..info
    })));
    request.body(
        "text/plain",
        Body::file(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")),
    );
    request.send().await.expect("sent");
    client.operation(&BY_SIGNATURE).send().await.expect("sent");
    let sent: Vec<_> = server
        .seen()
        .iter()
        .map(|request| header(request, "authorization").unwrap_or_default())
        .collect();
    assert_eq!(
        sent,
        [
            "Digest PUT /s?a=b 3 none true",
            "Digest PUT /moved 3 none true",
            "Digest PUT /challenge unknown none false",
            "Digest PUT /challenge unknown Digest nonce=1 false",
            "Digest GET /s 0 none false",
        ]
    );
}

#[tokio::test]
async fn what_signers_may_not_do() {
    let error = builder("https://api.example.com")
        .credential(&SIGNED, "canary")
        .build()
        .expect_err("no signer");
    assert_eq!(error.to_string(), "the credential for `digest` needs a signer");

    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let host =
        || async { Ok::<_, std::io::Error>(HeaderMap::from_iter([(HOST, HeaderValue::from_static("elsewhere"))])) };
    let client = builder(&server.origin)
        .credential(&SIGNED, Credential::signer(move |_| host()))
        .build()
        .expect("client");
    let error = client
        .operation(&BY_SIGNATURE)
        .send()
        .await
        .expect_err("a header of the client's own");
    assert!(matches!(error.kind(), ErrorKind::Credential(_)), "{error:?}");
    assert!(server.seen().is_empty());
}
