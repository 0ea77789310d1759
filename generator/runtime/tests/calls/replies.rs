//! What a reply means.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use envoi_runtime::http::{Method, StatusCode};
use envoi_runtime::{DecodeError, Error, Operation};

use super::support::{Answer, Server, builder, client};
use super::{List, ListError, list, list_error};

#[tokio::test]
async fn successes() {
    let mark = "\u{feff}{\"data\": [{\"status\": 7}]}";
    for content_type in [
        "Content-Type: application/json; charset=utf-8\r\n",
        "Content-Type: Application/Problem+JSON\r\n",
        "Content-Type: text/json\r\n",
        "",
    ] {
        let headers = format!("{content_type}X-Correlation-Id: c\r\nX-Request-Id: r\r\n");
        let response = list(move |_| Answer::new(200, &headers, mark)).await.expect("decoded");
        assert_eq!(response.body()["data"][0].status, 7);
        assert_eq!((response.status(), response.request_id()), (StatusCode::OK, Some("r")));
        assert_eq!(response.map(|page| page.len()).into_body(), 1);
    }
}

#[tokio::test]
async fn bodies_that_are_not_as_declared() {
    let html = "Content-Type: text/html\r\n";
    let table = [
        (
            200,
            html,
            "<p>\n\u{202e}",
            "200 OK: the response could not be decoded: expected JSON, got text/html: <p>\\n\\u{202e}",
        ),
        (
            400,
            html,
            "<p>",
            "400 Bad Request: the response could not be decoded: expected JSON, got text/html: <p>",
        ),
        (200, "", "", "the response could not be decoded: the body is empty"),
        (204, "", "", "the response could not be decoded: the body is empty"),
        (
            200,
            "",
            "\u{feff}\u{feff}{}",
            "the response could not be decoded: expected value",
        ),
        (
            200,
            "",
            "[]",
            "the response could not be decoded: invalid type: sequence, expected a map",
        ),
        (
            200,
            "",
            "{\"data\": [{\"status\":1},\n{\"status\": 2},{\"x\":[\"}\",{}],\"status\":3},\n{\"status\": \"no\"} ]}",
            "the response could not be decoded at data[3].status: invalid type: string \"no\", expected an integer",
        ),
        (
            200,
            "",
            "{\"a\\\"b\": [{\"status\":1}], \"data\": [{\"x\": {\"y\": 1}, \"z\": 2 }]}",
            "the response could not be decoded at data[0]: missing field `status`",
        ),
        (
            200,
            "",
            "{\"a b\": [[]]}",
            "the response could not be decoded at [\"a b\"][0]: invalid type: sequence, expected Item",
        ),
        (
            200,
            "",
            "{\"data\": 1}",
            "the response could not be decoded at data: invalid type: integer `1`, expected a sequence",
        ),
        (
            418,
            html,
            "tea\u{1b}[1m",
            "418 I'm a teapot (not documented): tea\\u{1b}[1m",
        ),
        (400, "", "{\"m\": \"e\"}", "400 Bad Request: {\"m\": \"e\"}"),
        (503, "", "{}", "503 Service Unavailable: {}"),
        (404, "", "", "404 Not Found (not documented)"),
        (201, "", "{}", "201 Created (not documented): {}"),
    ];
    for (status, headers, body, expected) in table {
        let error = list_error(move |_| match status {
            204 => Answer::raw("HTTP/1.1 204 X\r\nConnection: close\r\n\r\n".to_owned(), b""),
            _ => Answer::new(status, headers, body),
        })
        .await;
        assert_eq!(error.to_string(), format!("ListItems: {expected}"));
        assert_eq!(error.body().map(|found| &found[..]), Some(body.as_bytes()));
        assert_eq!(error.status().map(|found| found.as_u16()), Some(status));
        assert_eq!(error.operation(), "ListItems");
    }
}

#[tokio::test]
async fn declared_errors_come_by_value() {
    let error = list_error(|_| Answer::json(400, r#"{"m":"e"}"#)).await;
    assert!(!error.is_retryable() && !error.is_timeout());
    assert_eq!(
        error.into_api().ok(),
        Some(ListError(BTreeMap::from([("m".to_owned(), "e".to_owned())])))
    );
    let error = list_error(|_| Answer::json(404, "{}")).await;
    assert_eq!(
        error.into_api().err().and_then(|error| error.status()),
        Some(StatusCode::NOT_FOUND)
    );
}

#[tokio::test]
async fn other_bodies() {
    let server = Server::start(|line| match line.contains("/text") {
        true => Answer::new(200, "Content-Type: text/plain\r\n", "\u{feff}é"),
        false => Answer::new(200, "Content-Type: text/plain\r\n", b"\xff"),
    })
    .await;
    let client = client(&server);
    let text = client.request(Method::GET, "/text").send().await.expect("reply");
    assert_eq!(text.text(), Ok("é".to_owned()));
    assert_eq!((text.content_type(), text.empty()), (Some("text/plain"), Ok(())));
    let bytes = client.request(Method::GET, "/octets").send().await.expect("reply");
    assert_eq!(bytes.text(), Err(DecodeError::Text));
    assert_eq!(bytes.bytes().ok().as_deref(), Some(&b"\xff"[..]));
}

#[tokio::test]
async fn retry_after() {
    let in_an_hour = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(3600));
    let table = [
        ("1".to_owned(), Some(1..=1)),
        (" 120 ".to_owned(), Some(120..=120)),
        (in_an_hour, Some(3590..=3600)),
        ("Sun, 06 Nov 1994 08:49:37 GMT".to_owned(), Some(0..=0)),
        ("1000000000000".to_owned(), Some(1_000_000_000_000..=1_000_000_000_000)),
        ("-1".to_owned(), None),
        ("+1".to_owned(), None),
        ("1.5".to_owned(), None),
        ("soon".to_owned(), None),
        ("99999999999999999999".to_owned(), Some(u64::MAX..=u64::MAX)),
        (String::new(), None),
    ];
    for (value, expected) in table {
        let headers = format!("Retry-After: {value}\r\n");
        let error = list_error(move |_| Answer::new(503, &headers, "{}")).await;
        let seconds = error.retry_after().map(|wait| wait.as_secs());
        assert!(error.is_retryable());
        match (seconds, expected) {
            (None, None) => {}
            (Some(seconds), Some(expected)) if expected.contains(&seconds) => {}
            (found, expected) => panic!("{value}: {found:?}, not {expected:?}"),
        }
    }
}

#[tokio::test]
async fn what_can_be_tried_again() {
    let table = [
        (Method::GET, 503, false, true),
        (Method::GET, 500, false, true),
        (Method::DELETE, 429, false, true),
        (Method::PUT, 408, false, true),
        (Method::GET, 404, false, false),
        (Method::GET, 409, false, false),
        (Method::POST, 503, false, false),
        (Method::from_bytes(b"QUERY").expect("a token"), 503, false, true),
        (Method::PATCH, 429, false, true),
        (Method::POST, 503, true, true),
    ];
    for (method, status, keyed, expected) in table {
        let server = Server::start(move |_| Answer::new(status, "", "")).await;
        let mut request = client(&server).request(method.clone(), "/");
        if keyed {
            request.header("Idempotency-Key", "k");
        }
        let error = request.call::<List>().await.expect_err("status");
        assert_eq!(error.is_retryable(), expected, "{method} {status}");
    }
}

#[test]
fn what_crosses_threads() {
    fn crosses<T: Send + Sync + 'static>(_: &T) {}
    fn is_sent<T: Send>(_: T) {}
    let client = builder("https://example.com").build().expect("client");
    crosses(&client);
    crosses(&client.request(Method::GET, "/"));
    is_sent(client.operation(&List::INFO).call::<List>());
    is_sent(client.request(Method::GET, "/").send());
    fn error_type<E: std::error::Error + Send + Sync + 'static>() {}
    error_type::<Error<ListError>>();
    error_type::<Error>();
}

#[tokio::test]
async fn errors_lead_to_their_cause_and_show_the_body() {
    let error = list(|_| Answer::new(200, "", "[1]")).await.expect_err("no page");
    let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<DecodeError>());
    assert!(matches!(cause, Some(DecodeError::Json { .. })), "{error:?}");
    // what a success holds is nobody's business; what an error says is wanted in every log
    assert!(!format!("{error:?}").contains("body: "), "{error:?}");
    let error = list(|_| Answer::new(502, "Content-Type: text/html\r\n", "<h1>Bad Gateway</h1>")).await;
    let shown = format!("{:?}", error.expect_err("no page"));
    assert!(shown.contains(r#"body: "<h1>Bad Gateway</h1>""#), "{shown}");
}
