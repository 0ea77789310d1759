//! The ways to make a call.

use super::server::{Answer, Server};
use super::{Outcome, clerk, fastly, server};
use http::Method;
use invitations::fastly::{Client, ErrorKind};
use serde_json::{Value, json};
use std::future::IntoFuture;

const EMPTY_PAGE: &str = r#"{"data":[]}"#;

#[tokio::test]
async fn a_request_is_awaited_or_sent() -> Outcome {
    let reply = Answer::json(200, EMPTY_PAGE).header("fastly-ratelimit-remaining", "999");
    let server = Server::canned(reply.header("x-request-id", "req-1")).await;
    let client = fastly(&server);

    let page = client.invitations().list().await?;
    let response = client.invitations().list().send().await?;
    assert_eq!(response.status().as_u16(), 200);
    let remaining = response.headers().get("fastly-ratelimit-remaining");
    assert_eq!(remaining.map(|value| value.as_bytes()), Some(b"999".as_slice()));
    assert_eq!(response.request_id(), Some("req-1"));
    assert_eq!(response.reply().body().as_ref(), EMPTY_PAGE.as_bytes());
    assert_eq!(response.body().data, Some(Vec::new()));
    assert_eq!(response.into_body(), page);
    Ok(())
}

#[tokio::test]
async fn clients_and_requests_move_between_tasks() -> Outcome {
    let server = server::clerk::start().await;
    let client = clerk(&server);
    let mut tasks = Vec::new();
    for limit in 1..=4 {
        let client = client.clone();
        tasks.push(tokio::spawn(
            async move { client.invitations().list().limit(limit).await },
        ));
    }
    // a request does not borrow from the client it was made by
    let request = client.invitations().list().limit(5);
    tasks.push(tokio::spawn(client.invitations().list().limit(6).into_future()));
    drop(client);
    tasks.push(tokio::spawn(async move { request.await }));
    for task in tasks {
        assert_eq!(task.await??, []);
    }
    let mut lines = server.lines();
    lines.sort();
    let expected: Vec<String> = (1..=6)
        .map(|limit| format!("GET /v1/invitations?limit={limit}"))
        .collect();
    assert_eq!(lines, expected);
    Ok(())
}

#[tokio::test]
async fn headers_and_query_pairs_of_the_caller_are_added() -> Outcome {
    let server = Server::canned(Answer::json(200, EMPTY_PAGE)).await;
    let builder = Client::builder().token(server::fastly::KEY).user_agent("crew/2");
    let builder = builder.default_header("X-Team", "blue").default_header("X-Trace", "0");
    let client = builder.base_url(server.origin()).build()?;
    client
        .invitations()
        .list()
        .page_size(20)
        .with_header("X-Trace", "42")
        .with_header("Accept", "application/json")
        .with_query("filter[a b]", "x&y=z")
        .await?;
    let seen = server.last();
    assert_eq!(seen.query(), Some("page%5Bsize%5D=20&filter%5Ba%20b%5D=x%26y%3Dz"));
    let expected = [
        ("x-trace", "42"),
        ("x-team", "blue"),
        ("accept", "application/json"),
        ("user-agent", "crew/2"),
    ];
    for (name, value) in expected {
        assert_eq!(seen.headers.get_all(name).iter().collect::<Vec<_>>(), [value], "{name}");
    }
    Ok(())
}

#[tokio::test]
async fn headers_that_would_break_the_message_are_refused() {
    let server = Server::canned(Answer::json(200, EMPTY_PAGE)).await;
    let client = fastly(&server);
    for (name, value) in [
        ("Host", "example.com"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("connection", "close"),
        ("X-Note", "a\r\nX-Other: b"),
        ("X-Note", "a\0b"),
        ("X Note", "a"),
    ] {
        let request = client.invitations().list().with_header(name, value);
        let error = request.await.expect_err("it is not a header to set");
        let ErrorKind::Encode(reason) = error.kind() else {
            panic!("{name}: {error:?}");
        };
        assert_eq!(reason.parameter(), name);
        assert!(!error.to_string().contains("X-Other"), "{error}");
    }
    assert_eq!(server.lines(), [""; 0]);
}

#[tokio::test]
async fn an_undocumented_endpoint_is_called_with_the_same_credentials() -> Outcome {
    let body = json!({ "customer": { "name": "Test" } });
    let server = Server::canned(Answer::json(200, body.to_string())).await;
    let client = fastly(&server);
    let request = client.request(Method::PATCH, "/customer/a%2Fb");
    let reply = request
        .with_query("include", "users&services")
        .with_header("X-Trace", "42")
        .with_json(&json!({ "name": "Other" }))
        .await?;
    assert_eq!(reply.status_code(), 200);
    assert_eq!(serde_json::from_slice::<Value>(reply.body())?, body);
    let read: Value = reply.json()?;
    assert_eq!(read, body);

    let seen = server.last();
    assert_eq!(seen.line(), "PATCH /customer/a%2Fb?include=users%26services");
    assert_eq!(seen.header("fastly-key"), Some(server::fastly::KEY));
    assert_eq!(seen.header("x-trace"), Some("42"));
    assert_eq!(seen.header("content-type"), Some("application/json"));
    assert_eq!(seen.body.as_ref(), br#"{"name":"Other"}"#);

    let server = Server::canned(Answer::json(418, body.to_string())).await;
    let error = fastly(&server)
        .request(Method::GET, "/teapot")
        .await
        .expect_err("no success");
    assert!(matches!(error.kind(), ErrorKind::UndocumentedStatus), "{error:?}");
    assert_eq!(
        error.body().map(|body| body.to_vec()),
        Some(body.to_string().into_bytes())
    );
    Ok(())
}

#[tokio::test]
async fn an_undocumented_endpoint_cannot_leave_the_base_url() {
    let server = Server::canned(Answer::status(204)).await;
    let client = clerk(&server);
    for path in ["/../admin", "/a/./b", "/%2e%2E/admin", "users", "@example.com/"] {
        let error = client
            .request(Method::GET, path)
            .send()
            .await
            .expect_err("it is not below the base URL");
        assert!(
            matches!(error.kind(), invitations::clerk::ErrorKind::Encode(_)),
            "{path}: {error:?}"
        );
    }
    assert_eq!(server.lines(), [""; 0]);
}
