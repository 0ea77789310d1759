use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, Error, ErrorKind, Reply, Retries};
use futures_util::stream;

use super::{UPLOAD, builder};
use crate::support::{Answer, Server, header};

async fn upload(server: &Server, body: impl Into<Body>) -> Result<Reply, Error> {
    let client = builder()
        .base_url(&server.origin)
        .retries(Retries::default().base_delay(Duration::ZERO))
        .idle_timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    let mut request = client.operation(UPLOAD);
    request.body("application/octet-stream", body);
    request.send().await
}

fn pieces(pieces: &[&'static str]) -> impl futures_util::Stream<Item = Result<Bytes, std::io::Error>> + use<> {
    stream::iter(pieces.iter().map(|piece| Ok(Bytes::from(*piece))).collect::<Vec<_>>())
}

#[tokio::test]
async fn files_are_sent_with_their_length_and_sent_again() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let content = "x".repeat(200_000);
    file.write_all(content.as_bytes()).expect("written");
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let reply = upload(&server, Body::file(file.path())).await.expect("a reply");
    assert_eq!(reply.status_code(), 503);
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for request in seen {
        assert_eq!(header(&request, "content-length").as_deref(), Some("200000"));
        assert!(request.ends_with(&content));
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_found_before_sending() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let error = upload(&server, Body::file("no/such/file")).await.expect_err("an error");
    assert!(
        matches!(error.kind(), ErrorKind::Encode(encode) if encode.parameter() == "body"),
        "{error:?}"
    );
    assert!(std::error::Error::source(&error).is_some_and(|source| source.is::<std::io::Error>()));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn streams_of_known_length_have_it() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    upload(&server, Body::stream_of(6, pieces(&["one", "two"])))
        .await
        .expect("a reply");
    let request = server.only();
    assert_eq!(header(&request, "content-length").as_deref(), Some("6"));
    assert!(request.ends_with("\r\n\r\nonetwo"), "{request}");
}

#[tokio::test]
async fn streams_of_unknown_length_are_chunked() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    // the server of these tests reads no chunks, so that the head is what there is to see
    drop(upload(&server, Body::stream(pieces(&["one", "two"]))).await);
    assert_eq!(header(&server.only(), "transfer-encoding").as_deref(), Some("chunked"));
}

#[tokio::test]
async fn streams_are_sent_once() {
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let reply = upload(&server, Body::stream_of(3, pieces(&["one"])))
        .await
        .expect("a reply");
    assert_eq!(reply.status_code(), 503);
    assert_eq!(server.seen().len(), 1);

    let server = Server::start(|_| Answer::redirect(307, "/v1/elsewhere")).await;
    let error = upload(&server, Body::stream_of(3, pieces(&["one"])))
        .await
        .expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::Redirect { .. }), "{error:?}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_stream_of_another_length_breaks_the_call() {
    for length in [2, 4] {
        let server = Server::start(|_| Answer::new(200, "", "")).await;
        let error = upload(&server, Body::stream_of(length, pieces(&["one"]))).await;
        // a server may have answered what it got before the client found out
        if length == 4 {
            assert!(matches!(
                error.expect_err("an error").kind(),
                ErrorKind::Transport | ErrorKind::Timeout
            ));
        } else {
            assert!(error.is_err(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_stream_that_fails_fails_the_call() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let broken = stream::iter([Ok(Bytes::from("one")), Err("the disk is gone")]);
    let error = upload(&server, Body::stream_of(6, broken)).await.expect_err("an error");
    let mut source = std::error::Error::source(&error);
    let mut found = false;
    while let Some(error) = source {
        found |= error.to_string() == "the disk is gone";
        source = error.source();
    }
    assert!(found, "{error:?}");
}

#[tokio::test]
async fn a_slow_upload_is_not_silence() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let slow = stream::unfold(0, |sent| async move {
        tokio::time::sleep(Duration::from_millis(100)).await;
        (sent < 8).then(|| (Ok::<_, std::io::Error>(Bytes::from("x")), sent + 1))
    });
    // twice as long as the server may be silent
    upload(&server, Body::stream_of(8, slow)).await.expect("a reply");
}
