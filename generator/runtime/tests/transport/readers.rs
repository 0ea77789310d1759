//! Bodies that come piece by piece, in code without a runtime of its own.

use std::io::{BufRead, Read};

use envoi_runtime::{ClientBuilder, Operation, OperationInfo, Reply};

use super::Download;
use super::sockets::Sockets;
use crate::support::{Answer, Server};

const EVENTS: OperationInfo = OperationInfo::new("Events", "GET", "/events");
const LINES: OperationInfo = OperationInfo::new("Lines", "GET", "/lines");

fn builder(server: &Sockets) -> ClientBuilder {
    super::builder().base_url(&server.origin)
}

fn streaming(builder: ClientBuilder, info: &'static OperationInfo) -> Reply {
    let client = builder.build().expect("a client");
    let call = client.operation(info).call_streaming_blocking::<Download>();
    // the client is dropped here, and what has begun goes on
    call.expect("a reply")
}

#[test]
fn a_download_is_a_reader() {
    let server = Sockets::start();
    let stream = streaming(builder(&server), &Download::INFO).stream().expect("a stream");
    let mut file = Vec::new();
    let copied = std::io::copy(&mut stream.into_reader(), &mut file).expect("all of it");
    assert_eq!(copied, 1024 * 1024);
    assert!(file.iter().all(|byte| *byte == b'x'));

    let stream = streaming(builder(&server), &LINES).stream().expect("a stream");
    let lines: Vec<String> = stream.into_reader().lines().map(|line| line.expect("a line")).collect();
    assert_eq!(lines, ["1", "2", "3"]);
}

#[test]
fn a_download_is_collected_under_the_limit() {
    let server = Sockets::start();
    let stream = streaming(builder(&server), &Download::INFO).stream().expect("a stream");
    assert_eq!(stream.collect_blocking().expect("all of it").len(), 1024 * 1024);
    let stream = streaming(builder(&server).max_body_bytes(1000), &Download::INFO).stream();
    let error = stream.expect("a stream").collect_blocking().expect_err("an error");
    assert!(
        matches!(error.kind(), envoi_runtime::ErrorKind::BodyTooLarge { limit: 1000 }),
        "{error:?}"
    );
}

#[test]
fn events_and_lines_come_one_by_one() {
    let server = Sockets::start();
    let mut events = streaming(builder(&server), &EVENTS)
        .event_data::<i64>()
        .expect("events");
    let mut lines = streaming(builder(&server), &LINES).json_lines::<i64>().expect("lines");
    for number in 1..=3 {
        assert_eq!(events.next_blocking().expect("an event").expect("a number"), number);
        assert_eq!(lines.next_blocking().expect("a line").expect("a number"), number);
    }
    assert!(events.next_blocking().is_none() && lines.next_blocking().is_none());
}

#[tokio::test]
async fn a_stream_of_a_blocking_call_is_read_inside_of_a_runtime_too() {
    let server = Sockets::start();
    let mut stream = streaming(builder(&server), &Download::INFO).stream().expect("a stream");
    let first = stream.next_blocking().expect("a piece").expect("octets");
    let rest = stream.collect().await.expect("the rest");
    assert_eq!(first.len() + rest.len(), 1024 * 1024);
}

#[test]
fn a_body_that_was_read_already_is_a_reader_too() {
    let server = Sockets::start();
    let client = builder(&server).build().expect("a client");
    let reply = client
        .request(http::Method::GET, "/lines")
        .send_blocking()
        .expect("a reply");
    let mut text = String::new();
    let stream = reply.stream().expect("a stream");
    stream.into_reader().read_to_string(&mut text).expect("all of it");
    assert_eq!(text, "1\n2\n3\n");
    let mut lines = reply.json_lines::<i64>().expect("lines");
    assert_eq!(lines.next_blocking().expect("a line").expect("a number"), 1);
}

#[test]
fn the_error_of_a_reader_is_that_of_the_call() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 10\r\n\r\n";
    let silent = runtime.block_on(Server::start(move |_| {
        Answer::raw(head.to_owned(), b"01234").then_hang()
    }));
    let builder = super::builder()
        .base_url(&silent.origin)
        .idle_timeout(std::time::Duration::from_millis(100));
    let stream = streaming(builder, &Download::INFO).stream().expect("a stream");
    let mut text = String::new();
    let error = stream.into_reader().read_to_string(&mut text).expect_err("an error");
    assert_eq!(error.kind(), std::io::ErrorKind::TimedOut);
    let error = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<envoi_runtime::Error>());
    assert!(error.is_some_and(envoi_runtime::Error::is_timeout), "{error:?}");
}
