//! Tokens that cannot be had, and tokens that make no difference.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use envoi_runtime::{Client, ClientCredentials, Credential, CredentialError, Error, ErrorKind, OperationInfo};
use http::HeaderMap;

use super::support::{Answer, Server, builder, header};
use super::{BEARER, BY_BEARER, BY_SIGNATURE, BY_TOKEN, OAUTH, SIGNED};

fn client(server: &Server) -> Client {
    builder(&server.origin)
        .credential(&OAUTH, ClientCredentials::new("id", "secret"))
        .build()
        .expect("client")
}

fn reason(error: &Error) -> &CredentialError {
    match error.kind() {
        ErrorKind::Credential(reason) => reason,
        _ => panic!("{error:?}"),
    }
}

#[tokio::test]
async fn a_token_endpoint_that_hangs_is_named_in_the_time_of_the_call() {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    let hanging = [
        Answer::raw(String::new(), b"").then_hang(),
        Answer::raw(head.to_owned(), b"").then_hang(),
    ];
    for (answer, idle) in hanging.into_iter().zip([10_000, 100]) {
        let answer = std::sync::Mutex::new(Some(answer));
        let server = Server::start(move |_| answer.lock().expect("lock").take().expect("one request")).await;
        let client = client(&server);
        let mut request = client.operation(&BY_TOKEN);
        // one of the two limits is longer than the test may take
        request.timeout(Duration::from_millis(if idle == 100 { 10_000 } else { 200 }));
        request.idle_timeout(Duration::from_millis(idle));
        let error = request.send().await.expect_err("no token");
        assert_eq!(reason(&error).scheme(), "oauth");
        assert_eq!(
            error.to_string(),
            "TestOperation: no credential for `oauth`: the token endpoint timed out"
        );
        assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
    }
}

#[tokio::test]
async fn functions_that_hang_are_named_in_the_time_of_the_call() {
    let server = Server::start(|_| Answer::new(204, "", "")).await;
    let client = builder(&server.origin)
        .timeout(Duration::from_millis(100))
        .credential(
            &BEARER,
            Credential::provider(std::future::pending::<Result<String, std::io::Error>>),
        )
        .credential(
            &SIGNED,
            Credential::signer(|_| std::future::pending::<Result<HeaderMap, std::io::Error>>()),
        )
        .build()
        .expect("client");
    for (info, scheme) in [(&BY_BEARER, "bearer"), (&BY_SIGNATURE, "digest")] {
        let error = client.operation(info).send().await.expect_err("no credential");
        assert_eq!(reason(&error).scheme(), scheme);
        assert!(
            error.to_string().ends_with("the credential function timed out"),
            "{error}"
        );
        assert!(error.is_timeout() && error.attempts() == 0, "{error:?}");
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_was_not_sent_is_not_counted() {
    let dead = builder("http://127.0.0.1:1")
        .retries(envoi_runtime::Retries::default().base_delay(Duration::from_millis(1)))
        .credential(&OAUTH, ClientCredentials::new("id", "secret"))
        .build()
        .expect("client");
    let error = dead.operation(&BY_TOKEN).send().await.expect_err("nobody there");
    assert_eq!((reason(&error).scheme(), error.attempts()), ("oauth", 0));

    let server = Server::start(|line| match line.contains("token") {
        true => Answer::json(400, r#"{"error":"invalid_grant"}"#),
        false => Answer::new(204, "", ""),
    })
    .await;
    let error = client(&server).operation(&BY_TOKEN).send().await.expect_err("no token");
    assert_eq!((reason(&error).code(), error.attempts()), (Some("invalid_grant"), 0));
}

#[tokio::test]
async fn refusals_in_every_dress_have_a_code() {
    const FORM: &str = "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n";
    const JSON: &str = "Content-Type: application/json\r\n";
    let table = [
        (200, JSON, r#"{"ok":false,"error":"invalid_auth"}"#, "invalid_auth"),
        (
            200,
            JSON,
            r#"{"error":"bad_verification_code","error_description":"is wrong"}"#,
            "bad_verification_code",
        ),
        (
            200,
            FORM,
            "error=incorrect_client_credentials&error_description=is+wrong",
            "incorrect_client_credentials",
        ),
        (
            400,
            FORM,
            "error=invalid_client&error_description=is+wrong",
            "invalid_client",
        ),
        (
            400,
            "Content-Type: text/plain\r\n",
            "error=invalid_request",
            "invalid_request",
        ),
    ];
    for (status, headers, body, code) in table {
        let server = Server::start(move |_| Answer::new(status, headers, body)).await;
        let error = client(&server).operation(&BY_TOKEN).send().await.expect_err("no token");
        let reason = reason(&error);
        assert_eq!(reason.code(), Some(code));
        assert_eq!(reason.status().map(|status| status.as_u16()), Some(status));
        assert!(
            !body.contains("wrong") || error.to_string().ends_with("is wrong"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_token_that_comes_as_a_form_is_taken() {
    let server = Server::start(|line| match line.contains("/oauth/token") {
        true => Answer::new(
            200,
            "Content-Type: application/x-www-form-urlencoded\r\n",
            "access_token=t%2B1&expires_in=3600&scope=&token_type=bearer",
        ),
        false => Answer::new(204, "", ""),
    })
    .await;
    let client = client(&server);
    for _ in 0..2 {
        client.operation(&BY_TOKEN).send().await.expect("sent");
    }
    let seen = server.seen();
    assert_eq!(seen.len(), 3, "the token is kept");
    assert_eq!(header(&seen[2], "authorization").as_deref(), Some("Bearer t+1"));
}

/// A server that takes no token for `/forbidden`, and with tokens that are all different or all the same.
async fn forbidding(differ: bool) -> Server {
    let count = AtomicU32::new(0);
    Server::start(move |line| match line.split(' ').nth(1) {
        Some("/oauth/token") => {
            let number = if differ {
                count.fetch_add(1, Ordering::Relaxed)
            } else {
                0
            };
            Answer::json(200, &format!(r#"{{"access_token":"t{number}"}}"#))
        }
        Some("/forbidden") => Answer::new(401, "", ""),
        _ => Answer::new(204, "", ""),
    })
    .await
}

fn requests(server: &Server, path: &str) -> usize {
    let seen = server.seen();
    seen.iter()
        .filter(|request| request.split(' ').nth(1) == Some(path))
        .count()
}

const FORBIDDEN: OperationInfo = OperationInfo {
    path: "/forbidden",
    ..OperationInfo {
        id: "Forbidden",
        ..BY_TOKEN
    }
};

#[tokio::test]
async fn a_401_that_fresh_tokens_do_not_change_does_not_double_every_call() {
    for differ in [true, false] {
        let server = forbidding(differ).await;
        let client = client(&server);
        for _ in 0..10 {
            let reply = client.operation(&FORBIDDEN).send().await.expect("a reply");
            assert_eq!(reply.status_code(), 401);
            // others are let in, which changes nothing about it
            let reply = client.operation(&BY_TOKEN).send().await.expect("a reply");
            assert_eq!(reply.status_code(), 204);
        }
        // a second time with a fresh token, if that is another one
        assert_eq!(requests(&server, "/forbidden"), if differ { 11 } else { 10 });
        assert_eq!(requests(&server, "/oauth/token"), 2);
    }
}

#[tokio::test]
async fn after_a_minute_another_token_is_tried() {
    let server = forbidding(true).await;
    let client = client(&server);
    for _ in 0..2 {
        for _ in 0..3 {
            client.operation(&FORBIDDEN).send().await.expect("a reply");
        }
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(61)).await;
        tokio::time::resume();
    }
    assert_eq!(requests(&server, "/forbidden"), 8);
}

#[tokio::test]
async fn a_provider_that_has_no_other_token_is_believed() {
    let server = Server::start(|_| Answer::new(401, "", "")).await;
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let provider = move || {
        count.fetch_add(1, Ordering::Relaxed);
        async { Ok::<_, std::io::Error>("always the same".to_owned()) }
    };
    let client = builder(&server.origin)
        .credential(&BEARER, Credential::provider(provider))
        .build()
        .expect("client");
    let reply = client.operation(&BY_BEARER).send().await.expect("a reply");
    assert_eq!(reply.status_code(), 401);
    assert_eq!(server.seen().len(), 1, "the same token again would change nothing");
    assert_eq!(asked.load(Ordering::Relaxed), 2);
}
