//! Calls with a body: it goes with every page, and may have what leads to the next.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, Error, ErrorKind, Paged, Retries};

use super::support::{Answer, Server, builder, header};
use super::{ByBodyCursor, ByBodyOffset, ByBodyPage, ByCursor, ByHeaderTotal, ByOwnNumber, collect, parameter, run};

/// The body of a request.
fn body(request: &str) -> &str {
    request.split_once("\r\n\r\n").map_or("", |(_, body)| body)
}

/// The items that an operation with a body gives, and the bodies that it sent.
async fn walk<Op: Paged<Item = u64> + 'static>(
    json: Option<&str>,
    pages: &'static [&'static str],
) -> (Vec<u64>, Option<Error<Op::Error>>, Vec<String>) {
    let next = AtomicUsize::new(0);
    let answer = move |_: &str| {
        let index = next.fetch_add(1, Ordering::Relaxed);
        Answer::json(200, pages.get(index).copied().unwrap_or("{}"))
    };
    let server = Server::start(answer).await;
    let mut request = super::request::<Op>(&server);
    if let Some(json) = json {
        request.body("application/json", json.to_owned());
    }
    let (items, error) = collect(request.items::<Op>()).await;
    let bodies = server.seen().iter().map(|request| body(request).to_owned()).collect();
    (items, error, bodies)
}

#[tokio::test]
async fn a_body_goes_with_every_page() {
    let (items, error, bodies) =
        walk::<ByCursor>(Some("{\"q\":1}"), &["{\"data\":[1],\"next\":\"n\"}", "{\"data\":[2]}"]).await;
    assert!(error.is_none());
    assert_eq!((items, bodies), (vec![1, 2], vec!["{\"q\":1}".to_owned(); 2]));
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_refused_before_the_first_page() {
    let once = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{}"))]);
    let (items, error, targets) = run::<ByCursor>(
        |_| Answer::json(200, "{\"data\":[1]}"),
        |request| request.body("application/json", Body::stream(once)),
    )
    .await;
    let error = error.expect("an error");
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error:?}");
    assert!(items.is_empty() && targets.is_empty(), "nothing was sent");
}

#[tokio::test]
async fn tokens_are_put_into_the_body_as_they_came() {
    let pages = &[
        "{\"data\":[1],\"next\":12345678901234567890}",
        "{\"data\":[2],\"next\":\"a\\\"b\"}",
        "{\"data\":[3],\"next\":null}",
    ];
    let (items, error, bodies) = walk::<ByBodyCursor>(Some("{\"x\":1.10,\"p\":{\"size\":2}}"), pages).await;
    assert!(error.is_none());
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(
        bodies,
        [
            "{\"x\":1.10,\"p\":{\"size\":2}}",
            "{\"x\":1.10,\"p\":{\"size\":2,\"cursor\":12345678901234567890}}",
            "{\"x\":1.10,\"p\":{\"size\":2,\"cursor\":\"a\\\"b\"}}",
        ]
    );
    let (_, _, bodies) = walk::<ByBodyCursor>(None, pages).await;
    assert_eq!(bodies[..2], ["", "{\"p\":{\"cursor\":12345678901234567890}}"]);
}

#[tokio::test]
async fn a_token_that_comes_again_is_an_error_in_a_body_too() {
    let (items, error, bodies) =
        walk::<ByBodyCursor>(Some("{\"p\":{\"cursor\":\"n\"}}"), &["{\"data\":[1],\"next\":\"n\"}"]).await;
    assert!(matches!(error.expect("an error").kind(), ErrorKind::Paging(_)));
    assert_eq!((items, bodies.len()), (vec![1], 1));
}

#[tokio::test]
async fn a_body_without_a_place_for_the_token_is_an_error() {
    for json in ["[]", "{\"p\":7}", "not json"] {
        let (items, error, bodies) = walk::<ByBodyCursor>(Some(json), &["{\"data\":[1],\"next\":\"n\"}"]).await;
        assert!(
            matches!(error.expect("an error").kind(), ErrorKind::Encode(_)),
            "{json}"
        );
        assert_eq!((items, bodies.len()), (vec![1], 1));
    }
}

#[tokio::test]
async fn numbers_are_counted_in_the_body() {
    let pages = &["{\"data\":[1,2]}", "{\"data\":[3]}", "{\"data\":[]}"];
    let (_, _, bodies) = walk::<ByBodyPage>(Some("{}"), pages).await;
    assert_eq!(bodies, ["{}", "{\"page\":2}", "{\"page\":3}"]);
    let (_, _, bodies) = walk::<ByBodyOffset>(Some("{\"from\":10,\"q\":\"\"}"), pages).await;
    assert_eq!(
        bodies,
        [
            "{\"from\":10,\"q\":\"\"}",
            "{\"from\":12,\"q\":\"\"}",
            "{\"from\":13,\"q\":\"\"}"
        ]
    );
    let (items, error, bodies) = walk::<ByBodyPage>(Some("{\"page\":\"two\"}"), pages).await;
    assert!(matches!(error.expect("an error").kind(), ErrorKind::Encode(_)));
    assert!(items.is_empty() && bodies.is_empty());
}

#[tokio::test]
async fn pages_may_number_themselves() {
    let answer = |line: &str| match parameter(line, "page") {
        None => Answer::json(200, "{\"data\": [1], \"page\": 0}"),
        Some("1") => Answer::json(200, "{\"data\": [2], \"page\": \"other\"}"),
        _ => Answer::json(200, "{\"data\": []}"),
    };
    let (items, error, targets) = run::<ByOwnNumber>(answer, |_| {}).await;
    assert!(error.is_none());
    assert_eq!((items, targets.len()), (vec![1, 2], 3));
    let begin = |request: &mut envoi_runtime::Request| request.query("page", "1");
    let (items, _, targets) = run::<ByOwnNumber>(answer, begin).await;
    assert_eq!(
        (items, targets),
        (vec![2], vec!["/things?page=1".to_owned(), "/things?page=2".to_owned()])
    );
    // one page without a number and without items is all there is
    let (_, error, _) = run::<ByOwnNumber>(|_| Answer::json(200, "{\"data\": []}"), |_| {}).await;
    assert!(error.is_none());
}

#[tokio::test]
async fn a_header_may_say_how_many_pages_there_are() {
    let answer = |total: &'static str| {
        move |line: &str| {
            let number: u64 = parameter(line, "page").map_or(1, |page| page.parse().expect("a number"));
            let items = if number < 4 { number.to_string() } else { String::new() };
            Answer::new(
                200,
                &format!("Content-Type: application/json\r\n{total}"),
                format!("{{\"data\":[{items}]}}"),
            )
        }
    };
    for (total, pages) in [("X-Pages: 2\r\n", 2), ("", 4), ("X-Pages: many\r\n", 4)] {
        let (_, error, targets) = run::<ByHeaderTotal>(answer(total), |_| {}).await;
        assert!(error.is_none());
        assert_eq!(targets.len(), pages, "{total}");
    }
}

#[tokio::test]
async fn a_page_by_post_is_sent_again_no_more_than_any_post() {
    let answer = |request: &str| match body(request) {
        "" => Answer::json(200, "{\"data\":[1],\"next\":\"n\"}"),
        _ => Answer::json(500, "{}"),
    };
    let server = Server::echo(answer).await;
    let client = builder(&server.origin)
        .retries(Retries::default().base_delay(Duration::ZERO))
        .build()
        .expect("a client");
    let mut request = client.operation(&<ByBodyCursor as envoi_runtime::Operation>::INFO);
    request.idempotency_key("one");
    let (items, error) = collect(request.items::<ByBodyCursor>()).await;
    assert_eq!(
        (items, error.expect("an error").status().map(|status| status.as_u16())),
        (vec![1], Some(500))
    );
    let seen = server.seen();
    assert_eq!(seen.len(), 2, "the second page was asked for once");
    assert_eq!(
        (
            header(&seen[0], "idempotency-key").as_deref(),
            header(&seen[1], "idempotency-key")
        ),
        (Some("one"), None)
    );
}
