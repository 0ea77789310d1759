//! Responses as they are, whatever their status and the operation.

use bytes::Bytes;
use envoi_runtime::{ErrorKind, InMemory, Operation, Undocumented};
use http::{Method, Response};

use super::{Download, answering, builder};

/// More than is read of the body of an error.
const LARGE: usize = 100 * 1024;

fn client(server: InMemory) -> envoi_runtime::Client {
    builder().transport(server).build().expect("a client")
}

#[tokio::test]
async fn every_status_is_a_reply_with_its_whole_body() {
    for status in [200, 204, 302, 404, 500] {
        let server = InMemory::new(move |_| {
            let reply = Response::builder()
                .status(status)
                .header("content-type", "application/octet-stream");
            reply.body(vec![7; LARGE].into()).expect("a reply")
        });
        let client = client(server);
        let reply = client
            .operation(&Download::INFO)
            .call_raw::<Download>()
            .await
            .expect("a reply");
        assert_eq!((reply.status_code(), reply.body().len()), (status, LARGE));
        assert_eq!(reply.content_type(), Some("application/octet-stream"));
        let reply = client.request(Method::GET, "/x").send().await.expect("a reply");
        assert_eq!((reply.status_code(), reply.body().len()), (status, LARGE));
    }
}

#[tokio::test]
async fn limits_apply_to_the_bodies_of_errors() {
    let server = InMemory::new(|_| {
        Response::builder()
            .status(500)
            .body(vec![7; 11].into())
            .expect("a reply")
    });
    let client = builder()
        .transport(server)
        .max_body_bytes(10)
        .build()
        .expect("a client");
    let error = client.request(Method::GET, "/x").send().await.expect_err("too large");
    assert!(
        matches!(error.kind(), ErrorKind::BodyTooLarge { limit: 10 }),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
}

/// What was not decoded can be decoded later, with the facts about its call.
#[tokio::test]
async fn replies_are_decoded_later() {
    let client = client(answering(503, "later"));
    let reply = client.operation(&Download::INFO).send().await.expect("a reply");
    let error = reply.decode::<Download>().expect_err("an error");
    assert_eq!(
        error.to_string(),
        "Download: 503 Service Unavailable (not documented): later"
    );
    assert_eq!((error.attempts(), error.is_retryable()), (1, true));
}

/// The head is there before the body.
#[tokio::test]
async fn endpoints_that_are_not_described_are_streamed() {
    let server = InMemory::new(|_| {
        Response::builder()
            .header("x-page", "1")
            .body("ab".into())
            .expect("a reply")
    });
    let client = client(server);
    let call = client.request(Method::GET, "/x").call_streaming::<Undocumented>();
    let reply = call.await.expect("a reply");
    assert_eq!(
        (reply.status_code(), &reply.headers()["x-page"]),
        (200, &"1".parse().expect("a value"))
    );
    assert!(reply.body().is_empty());
    let stream = reply.stream().expect("a stream");
    assert_eq!(stream.collect().await.expect("all of it"), Bytes::from("ab"));
}

#[test]
fn blocking_calls_return_every_status() {
    let client = client(answering(404, "none"));
    let reply = client
        .operation(&Download::INFO)
        .call_raw_blocking::<Download>()
        .expect("a reply");
    assert_eq!((reply.status_code(), reply.body().as_ref()), (404, b"none".as_slice()));
}
