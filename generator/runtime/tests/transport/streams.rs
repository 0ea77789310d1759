use std::time::{Duration, Instant};

use envoi_runtime::{ErrorKind, Operation};
use futures_util::StreamExt;

use super::{CANARY, Download, builder};
use crate::support::{Answer, Server};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n";

async fn download(server: &Server, limit: usize) -> envoi_runtime::ByteStream {
    let client = builder()
        .base_url(&server.origin)
        .max_body_bytes(limit)
        .timeout(Duration::from_secs(5))
        .idle_timeout(Duration::from_millis(200))
        .build()
        .expect("a client");
    let reply = client
        .operation(&Download::INFO)
        .call::<Download>()
        .await
        .expect("a reply");
    reply.into_body()
}

#[tokio::test]
async fn pieces_come_as_they_are_sent() {
    let server = Server::start(|_| Answer::raw(format!("{HEAD}Content-Length: 10\r\n\r\n"), b"0123456789")).await;
    let stream = download(&server, 3).await;
    assert_eq!(stream.len_hint(), Some(10));
    // the limit is for what is kept in memory
    let pieces: Vec<_> = stream.map(|piece| piece.expect("a piece")).collect().await;
    assert_eq!(pieces.concat(), b"0123456789");
}

#[tokio::test]
async fn collecting_is_under_the_limit() {
    let server = Server::start(|_| Answer::raw(format!("{HEAD}Content-Length: 10\r\n\r\n"), b"0123456789")).await;
    assert_eq!(
        download(&server, 10).await.collect().await.expect("all of it"),
        "0123456789"
    );
    let error = download(&server, 9).await.collect().await.expect_err("an error");
    assert!(
        matches!(error.kind(), ErrorKind::BodyTooLarge { limit: 9 }),
        "{error:?}"
    );
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
}

#[tokio::test]
async fn a_silent_server_ends_the_stream() {
    let server =
        Server::start(|_| Answer::raw(format!("{HEAD}Content-Length: 10\r\n\r\n"), b"01234").then_hang()).await;
    let mut stream = download(&server, 100).await;
    let start = Instant::now();
    assert_eq!(stream.next().await.expect("a piece").expect("octets"), "01234");
    let error = stream.next().await.expect("an end").expect_err("an error");
    assert!(error.is_timeout(), "{error:?}");
    assert!(
        start.elapsed() < Duration::from_secs(3),
        "the idle timeout did not hold"
    );
    assert!(stream.next().await.is_none(), "something came after an error");
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_an_error() {
    let server = Server::start(|_| Answer::raw(format!("{HEAD}Content-Length: 10\r\n\r\n"), b"01234")).await;
    let error = download(&server, 100).await.collect().await.expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert!(!format!("{error:?}{error}").contains(CANARY));
}

#[tokio::test]
async fn an_error_is_read_whole() {
    let server = Server::start(|_| Answer::new(404, "Content-Type: application/octet-stream\r\n", "gone")).await;
    let client = builder().base_url(&server.origin).build().expect("a client");
    let error = client
        .operation(&Download::INFO)
        .call::<Download>()
        .await
        .expect_err("an error");
    assert_eq!(error.body().map(|body| &body[..]), Some(&b"gone"[..]));
}
