//! Which decoder a content type chooses.

use envoi_runtime::http::{HeaderValue, Method, Response};
use envoi_runtime::{DecodeError, InMemory, Reply};

use super::builder;

async fn of(content_type: Option<&'static str>) -> Reply {
    let server = InMemory::new(move |_| {
        let mut response = Response::new("<p>".repeat(1000).into());
        if let Some(content_type) = content_type {
            let value = HeaderValue::from_bytes(content_type.as_bytes()).expect("a value");
            response.headers_mut().insert("content-type", value);
        }
        response
    });
    let client = builder().transport(server).build().expect("a client");
    client.request(Method::GET, "/").send().await.expect("a reply")
}

#[tokio::test]
async fn choices() {
    const JSON: &str = "application/json";
    let table: [(Option<&'static str>, &[&'static str], Option<&str>); 28] = [
        (Some("application/json"), &["text/plain", JSON], Some(JSON)),
        (
            Some("Application/JSON; charset=utf-8"),
            &["text/plain", JSON],
            Some(JSON),
        ),
        (Some("application/problem+json"), &["text/plain", JSON], Some(JSON)),
        (
            Some("application/problem+json"),
            &[JSON, "application/problem+json"],
            Some("application/problem+json"),
        ),
        (
            Some("application/json;v=2"),
            &[JSON, "application/json; v=2"],
            Some("application/json; v=2"),
        ),
        (
            Some("application/json;v=3"),
            &["application/json; v=1", "application/json; v=2"],
            Some("application/json; v=1"),
        ),
        (Some("image/png"), &["*/*", "image/*", "image/png"], Some("image/png")),
        (Some("image/gif"), &["image/*", JSON], Some("image/*")),
        (Some("image/gif"), &["image/png", JSON], Some("image/png")),
        (Some("text/html"), &["image/png", JSON], None),
        (Some("application/xml"), &["image/png", JSON], None),
        (
            Some("image/gif"),
            &["application/octet-stream"],
            Some("application/octet-stream"),
        ),
        (
            Some("application/octet-stream"),
            &[JSON, "application/pdf"],
            Some("application/pdf"),
        ),
        (Some("application/octet-stream"), &[JSON, "text/csv"], None),
        (Some("text/csv; header=present"), &["text/plain"], Some("text/plain")),
        (Some("text/plain"), &["text/csv"], Some("text/csv")),
        (Some("text/html"), &["text/plain"], None),
        (Some("text/html"), &["text/plain", "text/html"], Some("text/html")),
        (Some("text/html"), &[JSON], None),
        (Some("text/plain"), &["text/event-stream", JSON], None),
        (
            Some("text/event-stream"),
            &[JSON, "text/event-stream"],
            Some("text/event-stream"),
        ),
        (
            Some("application/jsonl"),
            &[JSON, "application/x-ndjson"],
            Some("application/x-ndjson"),
        ),
        (Some("application/x-ndjson"), &[JSON, "text/plain"], None),
        (Some("caf\u{e9}"), &[JSON], None),
        (Some(""), &[JSON], None),
        (None, &["text/plain", JSON], Some(JSON)),
        (None, &["text/plain", "image/png"], Some("text/plain")),
        (None, &[], None),
    ];
    for (found, declared, expected) in table {
        let chosen = of(found).await.media_type(declared);
        assert_eq!(chosen.ok(), expected, "{found:?} of {declared:?}");
    }
}

#[tokio::test]
async fn what_is_not_declared_is_shown() {
    let error = of(Some("text/html")).await.media_type(&["text/csv", "image/*"]);
    let Err(DecodeError::ContentType {
        expected,
        found,
        excerpt,
    }) = &error
    else {
        panic!("{error:?}");
    };
    assert_eq!((expected.as_str(), found.as_str()), ("text/csv, image/*", "text/html"));
    assert_eq!(excerpt.chars().count(), 1001);
    let text = error.expect_err("an error").to_string();
    assert!(
        text.starts_with("expected text/csv, image/*, got text/html: <p><p>"),
        "{text}"
    );
    assert!(text.ends_with("p…") || text.ends_with("<…") || text.ends_with(">…"));
    assert!(text.chars().count() < 260, "{text}");
}

#[tokio::test]
async fn a_body_that_was_read_is_a_stream_of_one_piece() {
    let reply = of(Some("text/html")).await;
    for _ in 0..2 {
        let all = reply.stream().expect("a stream").collect().await.expect("all of it");
        assert_eq!(all.len(), 3000);
    }
}
