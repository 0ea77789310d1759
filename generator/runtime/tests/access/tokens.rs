//! Tokens that a client gets for itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use envoi_runtime::{Body, Client, ClientCredentials, ErrorKind, OperationInfo, Retries};

use super::support::{Answer, Server, builder, header};
use super::{BEARER, BY_TOKEN, KEY, OAUTH};

/// A server whose tokens are `t1`, `t2`, … for so many seconds, and that takes them all.
async fn server(life: u64) -> Server {
    let count = AtomicU32::new(0);
    Server::start(move |line| match line {
        "POST /oauth/token HTTP/1.1" => {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            Answer::json(
                200,
                &format!(r#"{{"access_token":"t{number}","token_type":"bearer","expires_in":{life}}}"#),
            )
        }
        _ => Answer::new(204, "", ""),
    })
    .await
}

fn client(server: &Server, credentials: ClientCredentials) -> Client {
    builder(&server.origin)
        .credential(&OAUTH, credentials)
        .build()
        .expect("client")
}

/// What was sent, as `token` or as the credential of a call.
fn sent(server: &Server) -> Vec<String> {
    let what = |request: &String| match request.starts_with("POST /oauth/token") {
        true => "token".to_owned(),
        false => header(request, "authorization").unwrap_or_default(),
    };
    server.seen().iter().map(what).collect()
}

#[tokio::test]
async fn a_token_request_is_what_rfc_6749_says() {
    let server = server(3600).await;
    let credentials = ClientCredentials::new("i d:1", "s/ecret+&")
        .scopes(["read", "write:all"])
        .parameter("audience", "https://api.example.com");
    client(&server, credentials)
        .operation(&BY_TOKEN)
        .send()
        .await
        .expect("sent");
    let request = &server.seen()[0];
    let (head, body) = request.split_once("\r\n\r\n").expect("a body");
    assert!(head.starts_with("POST /oauth/token HTTP/1.1"), "{head}");
    assert_eq!(
        header(head, "content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(header(head, "accept").as_deref(), Some("application/json"));
    // base64 of `i+d%3A1:s%2Fecret%2B%26`
    assert_eq!(
        header(head, "authorization").as_deref(),
        Some("Basic aStkJTNBMTpzJTJGZWNyZXQlMkIlMjY=")
    );
    assert_eq!(
        body,
        "grant_type=client_credentials&scope=read%20write%3Aall&audience=https%3A%2F%2Fapi.example.com"
    );
    assert_eq!(sent(&server), ["token", "Bearer t1"]);

    let server = self::server(3600).await;
    let credentials = ClientCredentials::new("id", "s&").in_body();
    client(&server, credentials)
        .operation(&BY_TOKEN)
        .send()
        .await
        .expect("sent");
    let request = &server.seen()[0];
    assert_eq!(header(request, "authorization"), None);
    assert!(
        request.ends_with("grant_type=client_credentials&client_id=id&client_secret=s%26"),
        "{request}"
    );
}

#[tokio::test]
async fn many_calls_share_one_token() {
    let server = server(3600).await;
    let client = client(&server, ClientCredentials::new("id", "secret"));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let call = client.operation(&BY_TOKEN);
        calls.spawn(async move { call.send().await.expect("sent").status_code() });
    }
    assert!(calls.join_all().await.iter().all(|status| *status == 204));
    let sent = sent(&server);
    assert_eq!(sent.len(), 51);
    assert_eq!(sent.iter().filter(|what| *what == "token").count(), 1, "{sent:?}");
}

#[tokio::test]
async fn a_token_is_got_anew_before_it_expires() {
    for (life, expected) in [
        (0, ["token", "Bearer t1", "token", "Bearer t2"].as_slice()),
        (100, &["token", "Bearer t1", "Bearer t1"]),
    ] {
        let server = server(life).await;
        let client = client(&server, ClientCredentials::new("id", "secret"));
        for _ in 0..2 {
            client.operation(&BY_TOKEN).send().await.expect("sent");
        }
        assert_eq!(sent(&server), expected);
    }
    // a tenth of ten seconds before
    let server = server(10).await;
    let client = client(&server, ClientCredentials::new("id", "secret"));
    client.operation(&BY_TOKEN).send().await.expect("sent");
    for (wait, tokens) in [(8, 1), (1, 2)] {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(wait)).await;
        tokio::time::resume();
        client.operation(&BY_TOKEN).send().await.expect("sent");
        assert_eq!(sent(&server).iter().filter(|what| *what == "token").count(), tokens);
    }
}

#[tokio::test]
async fn a_call_that_is_not_let_in_is_sent_once_more_with_another_token() {
    let seen = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&seen);
    let server = Server::start(move |line| match line.split(' ').nth(1) {
        Some("/oauth/token") => {
            let number = count.fetch_add(1, Ordering::Relaxed) + 1;
            Answer::json(200, &format!(r#"{{"access_token":"t{number}","token_type":"Bearer"}}"#))
        }
        Some("/never") => Answer::new(401, "", ""),
        _ if count.load(Ordering::Relaxed) < 2 => Answer::new(401, "", ""),
        _ => Answer::new(204, "", ""),
    })
    .await;
    let client = client(&server, ClientCredentials::new("id", "secret"));
    let post = OperationInfo {
        method: "POST",
        ..BY_TOKEN
    };
    let mut request = client.operation(Box::leak(Box::new(post)));
    request.body("text/plain", "all of it");
    assert_eq!(request.send().await.expect("reply").status_code(), 204);
    assert_eq!(sent(&server), ["token", "Bearer t1", "token", "Bearer t2"]);
    assert!(server.seen()[3].ends_with("all of it"));

    let never = OperationInfo {
        path: "/never",
        ..BY_TOKEN
    };
    assert_eq!(
        client
            .operation(Box::leak(Box::new(never)))
            .send()
            .await
            .expect("reply")
            .status_code(),
        401
    );
    assert_eq!(sent(&server)[4..], ["Bearer t2", "token", "Bearer t3"]);

    // a body that is gone is not sent again
    let mut request = client.operation(Box::leak(Box::new(OperationInfo { path: "/never", ..post })));
    request.body("text/plain", Body::stream(Once(Some("once".into()))));
    assert_eq!(request.send().await.expect("reply").status_code(), 401);
    assert_eq!(sent(&server)[7..], ["Bearer t3"]);
}

/// A stream of one piece.
struct Once(Option<envoi_runtime::bytes::Bytes>);

impl futures_core::Stream for Once {
    type Item = Result<envoi_runtime::bytes::Bytes, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test]
async fn refusals_are_typed_and_show_no_secret() {
    let table = [
        (
            401,
            r#"{"error":"invalid_client","error_description":"s%cret-of-mine is wrong\u001b[0m"}"#,
            Some("invalid_client"),
            "401",
        ),
        (
            400,
            r#"{"error":"invalid_scope"}"#,
            Some("invalid_scope"),
            "invalid_scope",
        ),
        (403, "<html>s%cret-of-mine</html>", None, "403"),
        (302, "", None, "302"),
        (200, "{}", None, "without a token"),
        (200, "s%cret-of-mine", None, "without a token"),
        (200, r#"{"access_token":"t","token_type":"mac"}"#, None, "not a bearer"),
        (
            200,
            r#"{"access_token":"a\nb","token_type":"bearer"}"#,
            None,
            "cannot be sent",
        ),
    ];
    for (status, body, code, shown) in table {
        let server = Server::start(move |_| Answer::new(status, "Location: /elsewhere\r\n", body)).await;
        let client = client(&server, ClientCredentials::new("id", "s%cret-of-mine"));
        let error = client.operation(&BY_TOKEN).send().await.expect_err("no token");
        let ErrorKind::Credential(reason) = error.kind() else {
            panic!("{error:?}");
        };
        assert_eq!((reason.code(), reason.scheme()), (code, "oauth"));
        let text = format!("{error} {error:?} {reason} {reason:?}");
        assert!(
            text.contains(shown) && !text.contains("s%cret-of-mine") && !text.contains('\u{1b}'),
            "{text}"
        );
        assert_eq!(server.seen().len(), 1, "the call itself is not sent");
    }
}

#[tokio::test]
async fn a_failure_is_shared_by_those_who_waited_and_not_kept() {
    let answers = AtomicU32::new(0);
    let server = Server::start(move |line| match line {
        "POST /oauth/token HTTP/1.1" if answers.fetch_add(1, Ordering::Relaxed) == 0 => {
            std::thread::sleep(Duration::from_millis(300));
            Answer::new(503, "", "")
        }
        "POST /oauth/token HTTP/1.1" => Answer::json(200, r#"{"access_token":"t","token_type":"bearer"}"#),
        _ => Answer::new(204, "", ""),
    })
    .await;
    let client = client(&server, ClientCredentials::new("id", "secret"));
    let (one, two) = tokio::join!(client.operation(&BY_TOKEN).send(), client.operation(&BY_TOKEN).send());
    for outcome in [one, two] {
        let error = outcome.expect_err("no token");
        assert!(
            error.is_retryable() && matches!(error.kind(), ErrorKind::Credential(_)),
            "{error:?}"
        );
    }
    assert_eq!(server.seen().len(), 1);
    client.operation(&BY_TOKEN).send().await.expect("sent");
    assert_eq!(sent(&server), ["token", "token", "Bearer t"]);
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_is_asked_again() {
    let answers = AtomicU32::new(0);
    let server = Server::start(move |line| match line {
        "POST /oauth/token HTTP/1.1" if answers.fetch_add(1, Ordering::Relaxed) == 0 => Answer::new(503, "", ""),
        "POST /oauth/token HTTP/1.1" => Answer::json(200, r#"{"access_token":"t","token_type":"bearer"}"#),
        _ => Answer::new(204, "", ""),
    })
    .await;
    let client = builder(&server.origin)
        .retries(Retries::default().base_delay(Duration::from_millis(1)))
        .credential(&OAUTH, ClientCredentials::new("id", "secret"))
        .build()
        .expect("client");
    client.operation(&BY_TOKEN).send().await.expect("sent");
    assert_eq!(sent(&server), ["token", "token", "Bearer t"]);
}

#[tokio::test]
async fn who_gives_up_waiting_costs_nobody_else_a_token() {
    let server = Server::start(|line| match line {
        "POST /oauth/token HTTP/1.1" => {
            std::thread::sleep(Duration::from_millis(300));
            Answer::json(200, r#"{"access_token":"t","token_type":"bearer"}"#)
        }
        _ => Answer::new(204, "", ""),
    })
    .await;
    let client = client(&server, ClientCredentials::new("id", "secret"));
    let mut hasty = client.operation(&BY_TOKEN);
    hasty.timeout(Duration::from_millis(100));
    let (hasty, patient) = tokio::join!(hasty.send(), client.operation(&BY_TOKEN).send());
    assert!(hasty.expect_err("too late").is_timeout());
    assert_eq!(patient.expect("sent").status_code(), 204);
}

#[test]
fn token_urls_that_are_refused() {
    let table = [
        ("https://api.example.com", "http://auth.example.com/token"),
        ("https://api.example.com", "http://127.0.0.1:1/token"),
        ("https://api.example.com", "https://user:canary@auth.example.com/token"),
        ("https://api.example.com", "https://auth.example.com/token#canary"),
        ("https://api.example.com", "ftp://auth.example.com/token"),
        ("http://api.example.com", "/token"),
        ("https://api.example.com", ""),
    ];
    for (base, url) in table {
        let credentials = ClientCredentials::new("id", "canary").token_url(url);
        let error = builder(base)
            .credential(&OAUTH, credentials)
            .build()
            .expect_err("refused");
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("token URL") && !shown.contains("canary"),
            "{url}: {shown}"
        );
    }
    for (scheme, credentials) in [
        (&OAUTH, ClientCredentials::new("", "canary")),
        (&KEY, ClientCredentials::new("id", "canary")),
        (&BEARER, ClientCredentials::new("id", "canary")),
    ] {
        let error = builder("https://api.example.com")
            .credential(scheme, credentials)
            .build()
            .expect_err("refused");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error:?}");
    }
    let elsewhere = ClientCredentials::new("id", "secret").token_url("https://auth.example.com/token?v=1");
    builder("https://api.example.com")
        .credential(&BEARER, elsewhere)
        .build()
        .expect("client");
}
