//! Problem details (RFC 9457).

use envoi_runtime::http::{Method, Response};
use envoi_runtime::serde_json::json;
use envoi_runtime::{Error, InMemory};

use super::{Streamed, builder};

async fn error(content_type: &'static str, body: &'static str) -> Error {
    let server = InMemory::new(move |_| {
        let response = Response::builder().status(403).header("content-type", content_type);
        response.body(body.into()).expect("a response")
    });
    let client = builder().transport(server).build().expect("a client");
    client
        .request(Method::GET, "/")
        .call::<Streamed>()
        .await
        .expect_err("403")
}

#[tokio::test]
async fn problems_are_recognised() {
    let body = "\u{feff}{\"type\": \"https://example.com/credit\", \"title\": \"No credit\", \"status\": 403,
        \"detail\": \"It costs 50.\", \"instance\": \"/account/12\", \"balance\": 30}";
    let error = error("Application/Problem+JSON; charset=utf-8", body).await;
    let problem = error.problem().expect("a problem");
    assert_eq!(
        (problem.kind.as_str(), problem.status),
        ("https://example.com/credit", Some(403))
    );
    assert_eq!(
        (problem.title.as_deref(), problem.instance.as_deref()),
        (Some("No credit"), Some("/account/12"))
    );
    assert_eq!(problem.extensions.get("balance"), Some(&json!(30)));
    let text = error.to_string();
    assert!(
        text.ends_with(": 403 Forbidden (not documented): No credit: It costs 50."),
        "{text}"
    );
}

#[tokio::test]
async fn members_of_other_types_count_as_missing() {
    let error = error(
        "application/problem+json",
        "{\"title\": 3, \"status\": \"403\", \"detail\": \"a\\nb\\u001b\"}",
    )
    .await;
    let problem = error.problem().expect("a problem");
    assert_eq!(
        (problem.kind.as_str(), problem.title, problem.status),
        ("about:blank", None, None)
    );
    assert!(error.to_string().ends_with(": a\\nb\\u{1b}"), "{error}");
}

#[tokio::test]
async fn what_is_no_problem() {
    for (content_type, body) in [
        ("application/json", "{\"title\": \"x\"}"),
        ("application/problem+json", "[]"),
        ("application/problem+json", "<p>"),
        ("application/problem+json", ""),
    ] {
        assert_eq!(error(content_type, body).await.problem(), None, "{body}");
    }
    let text = error("application/problem+json", "{\"code\": 7}").await.to_string();
    assert!(text.ends_with(": {\"code\": 7}"), "{text}");
}
