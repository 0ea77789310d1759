use envoi_runtime::ErrorKind;

use super::{CANARY, Download, UPLOAD, answering, builder};
use crate::support::{self, Answer, Server};

/// A server that lives as long as the test, on a runtime of its own.
fn serve() -> (tokio::runtime::Runtime, Server) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let server = runtime.block_on(Server::start(|_| {
        Answer::new(200, "Content-Type: application/octet-stream\r\n", "octets")
    }));
    (runtime, server)
}

#[test]
fn calls_wait_for_their_replies() {
    let (_runtime, server) = serve();
    let client = support::client(&server);
    for _ in 0..3 {
        let reply = client
            .request(http::Method::GET, "/file")
            .send_blocking()
            .expect("a reply");
        assert_eq!(reply.body(), "octets");
    }
    assert_eq!(server.seen().len(), 3);
}

#[test]
fn streams_are_read_by_the_client() {
    let (_runtime, server) = serve();
    let builder = builder().base_url(&server.origin);
    let client = builder.build().expect("a client");
    let reply = client
        .operation(&<Download as envoi_runtime::Operation>::INFO)
        .call_blocking::<Download>()
        .expect("a reply");
    let bytes = reply.into_body().collect_blocking().expect("all of it");
    assert_eq!(bytes, "octets");
}

#[test]
fn errors_are_the_same() {
    let client = builder()
        .transport(answering(200, "x"))
        .max_body_bytes(0)
        .build()
        .expect("a client");
    let error = client.operation(&UPLOAD).send_blocking().expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::BodyTooLarge { .. }), "{error:?}");
    assert!(!format!("{error:?}{error}").contains(CANARY));
}

#[tokio::test]
async fn inside_of_a_runtime_it_blocks_and_does_not_panic() {
    let client = builder().transport(answering(200, "x")).build().expect("a client");
    let reply = client.operation(&UPLOAD).send_blocking().expect("a reply");
    assert_eq!(reply.body(), "x");
    // dropping the runtime of the client here must not panic either
    drop(client);
}
