use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, Encoding, Error, ErrorKind, Multipart, Part, Reply, Retries};
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
    let mut request = client.operation(&UPLOAD);
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
    let reply = upload(&server, Body::stream_of(3, pieces(&["one"])))
        .await
        .expect("a redirect that is not followed");
    assert!(reply.redirects_to().is_some(), "{reply:?}");
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

#[tokio::test]
async fn parts_have_a_length_when_all_of_them_do() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(b"from the disk").expect("written");
    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let body = Multipart::new()
        .value("title", "t")
        .part("file", Part::file(file.path()))
        .part("stream", Body::stream_of(6, pieces(&["one", "two"])));
    let reply = send_parts(&server, body).await.expect("a reply");
    assert_eq!(reply.status_code(), 503);
    // a stream among the parts is sent once
    let request = server.only();
    let (_, content) = request.split_once("\r\n\r\n").expect("a head");
    assert_eq!(header(&request, "content-length"), Some(content.len().to_string()));
    assert!(content.contains("\r\n\r\nfrom the disk\r\n--"), "{content}");
    assert!(content.contains("\r\n\r\nonetwo\r\n--"), "{content}");

    let server = Server::start(|_| Answer::new(503, "", "")).await;
    let body = Multipart::new().part("file", Part::file(file.path()));
    drop(send_parts(&server, body).await);
    assert_eq!(server.seen().len(), 3);

    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let body = Multipart::new().part("stream", Body::stream(pieces(&["one"])));
    drop(send_parts(&server, body).await);
    let request = server.only();
    assert_eq!(header(&request, "transfer-encoding").as_deref(), Some("chunked"));
    assert_eq!(header(&request, "content-length"), None);
}

#[tokio::test]
async fn streams_among_parts_are_not_redirected() {
    let server = Server::start(|_| Answer::redirect(307, "/v1/elsewhere")).await;
    let body = Multipart::new().part("stream", Body::stream_of(3, pieces(&["one"])));
    let reply = send_parts(&server, body)
        .await
        .expect("a redirect that is not followed");
    assert!(reply.redirects_to().is_some(), "{reply:?}");
    assert_eq!(server.seen().len(), 1);
}

#[test]
fn what_parts_hold_is_never_shown() {
    let part = Part::text("canary").header("X-Key", "canary");
    let body = Multipart::new().value("password", "canary").part("file", part);
    let shown = format!("{body:?} {:?}", Part::new("canary").file_name("canary"));
    assert!(!shown.contains("canary") && shown.contains("password"), "{shown}");
}

#[tokio::test]
async fn callers_say_what_their_parts_are() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let client = builder().base_url(&server.origin).build().expect("a client");
    let mut request = client.operation(&UPLOAD);
    let declared = Encoding::new("a")
        .content_type("text/csv")
        .headers(&[("X-A", "declared")]);
    let body = Multipart::new()
        .part("a", Part::text("1").media_type("text/html").header("x-a", "own"))
        .value("a", "2")
        .value("\"\r\n\0é", &3);
    request.multipart("multipart/mixed", &[declared], body);
    request.send().await.expect("a reply");
    let request = server.only();
    let own = "form-data; name=\"a\"\r\nContent-Type: text/html\r\nx-a: own\r\n\r\n1\r\n";
    assert!(request.contains(own), "{request}");
    let value = "form-data; name=\"a\"\r\nContent-Type: text/csv\r\nX-A: declared\r\n\r\n2\r\n";
    assert!(request.contains(value), "{request}");
    assert!(
        request.contains("form-data; name=\"%22%0D%0A%00é\"\r\n\r\n3\r\n"),
        "{request}"
    );
}

#[tokio::test]
async fn boundaries_are_never_the_same() {
    let server = Server::start(|_| Answer::new(200, "", "")).await;
    let mut boundaries = std::collections::BTreeSet::new();
    for _ in 0..20 {
        send_parts(&server, Multipart::new()).await.expect("a reply");
        let request = server.seen().pop().unwrap_or_default();
        let declared = header(&request, "content-type").expect("a media type");
        let (_, boundary) = declared.split_once("; boundary=").expect("a boundary");
        assert!(request.ends_with(&format!("\r\n\r\n--{boundary}--\r\n")), "{request}");
        // what RFC 2046 permits without quotes
        assert!((32..=70).contains(&boundary.len()), "{boundary}");
        boundaries.insert(boundary.to_owned());
    }
    assert_eq!(boundaries.len(), 20);
}

async fn send_parts(server: &Server, body: Multipart) -> Result<Reply, Error> {
    let client = builder()
        .base_url(&server.origin)
        .retries(Retries::default().base_delay(Duration::ZERO))
        .idle_timeout(Duration::from_millis(300))
        .build()
        .expect("a client");
    let mut request = client.operation(&UPLOAD);
    request.multipart("multipart/form-data", &[], body);
    request.send().await
}
