//! Servers that take their time.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use super::origin::{Script, Step};
use super::{End, Http, Limit, Row, client_with, fetch, run_all};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";

#[tokio::test]
async fn past_the_limit() {
    let drip = || "x".repeat(1000);
    let mut rows = Vec::new();
    // the wait for the head of a reply belongs to the time of the call
    let silent = Script::default().then(Step::Hang);
    rows.push(Row::new("no answer", silent, End::Timeout).limit(Limit::Total));
    let half = Script::text("HTTP/1.1 200 OK\r\nConten").then(Step::Hang);
    rows.push(Row::new("half a head", half, End::Timeout).limit(Limit::Total));
    let early = Script::text("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)).then(Step::Hang);
    rows.push(Row::new("100, then nothing", early, End::Timeout).limit(Limit::Total));
    let unread = Script::default().early().then(Step::Hang);
    rows.push(
        Row::new("no one reads", unread, End::Timeout)
            .limit(Limit::Total)
            .sending("PUT", 16 << 20),
    );
    for limit in [Limit::Total, Limit::Idle] {
        let stalled = Script::text(HEAD)
            .then(Step::Text("{\"a\": ".to_owned()))
            .then(Step::Hang);
        rows.push(Row::new("a body that stalls", stalled, End::Timeout).limit(limit));
        let refused = Script::text("HTTP/1.1 500 X\r\nContent-Length: 1000\r\n\r\n").then(Step::Hang);
        rows.push(Row::new("an error that stalls", refused, End::Timeout).limit(limit));
    }
    for (name, script) in [
        (
            "a slow status line",
            Script::default().then(Step::Drip(HEAD.to_owned())),
        ),
        (
            "a slow header",
            Script::text("HTTP/1.1 200 OK\r\nX: ").then(Step::Drip(drip())),
        ),
        ("a slow body", Script::text(HEAD).then(Step::Drip(drip()))),
        (
            "a slow chunk",
            Script::text("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n").then(Step::Drip(drip())),
        ),
    ] {
        rows.push(Row::new(name, script, End::Timeout).limit(Limit::Total));
    }
    run_all(rows).await;
}

/// How long the server goes on by itself: reading its flood without optimisation, beside other tests, takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

/// From a thread of its own, which never leaves the client without something to read.
#[tokio::test]
async fn replies_that_say_to_go_on_for_ever() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("bind");
    let url = format!("http://{}", listener.local_addr().expect("address"));
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        // what comes before the request is no reply to it
        stream.read_exact(&mut [0; 16]).expect("a request");
        let flood = b"HTTP/1.1 100 Continue\r\n\r\n".repeat(4000);
        let begin = Instant::now();
        while begin.elapsed() < PATIENCE && stream.write_all(&flood).is_ok() {}
        begin.elapsed()
    });
    let client = client_with(&url, Limit::Total, Http::Plain);
    let client = client.build().expect("client");
    let error = fetch(&client, "GET", 0).await.expect_err("no reply");
    assert!(error.is_timeout(), "{error:?}");
    drop(client);
    let ended = tokio::task::spawn_blocking(|| server.join())
        .await
        .expect("joined")
        .expect("ended");
    assert!(ended < PATIENCE, "the connection was kept");
}

/// Slow is not silent: the idle limit is that of a pause.
#[tokio::test]
async fn within_the_limit() {
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n";
    let slow = Script::text(head).then(Step::Drip("[1,2,3,4,5,6,7,8,10]".to_owned()));
    let row = Row::new("a slow body", slow, End::Ok("[1,2,3,4,5,6,7,8,10]"));
    row.limit(Limit::Idle).run().await;
}
