//! HTTP/2 spoken wrongly (RFC 9113).

use std::time::{Duration, Instant};

use super::origin::{Origin, Script, Step};
use super::{CANARY, End, Limit, client_with, fetch};

const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;
const CONTINUATION: u8 = 9;

/// A frame with a length that is true.
fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).expect("short").to_be_bytes();
    let head = [length[1], length[2], length[3], kind, flags, 0, 0, 0, stream];
    [&head, payload].concat()
}

fn after_settings(bytes: &[u8]) -> Script {
    Script::default()
        .unasked()
        .then(Step::Bytes([&frame(SETTINGS, 0, 0, b""), bytes].concat()))
}

/// A literal header whose name and value are one letter each, never indexed (RFC 7541, section 6.2.3).
const FIELD: &[u8] = &[0x10, 1, b'a', 1, b'b'];

#[tokio::test]
async fn frames_that_are_wrong() {
    let ok = [0x88];
    let oversized = [&[0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1][..], &[b'x'; 20_000]].concat();
    let rows = [
        (
            "no HTTP/2",
            Script::text("HTTP/1.1 200 OK\r\n\r\n").unasked(),
            End::Transport,
        ),
        ("nothing", Script::default().unasked(), End::Transport),
        (
            "settings, then nothing",
            after_settings(b"").then(Step::Hang),
            End::Timeout,
        ),
        ("settings, then the end", after_settings(b""), End::Transport),
        (
            "a reset stream",
            after_settings(&frame(RST_STREAM, 0, 1, &[0, 0, 0, 2])).then(Step::Hang),
            End::Transport,
        ),
        (
            "go away",
            after_settings(&frame(GOAWAY, 0, 0, &[0, 0, 0, 0, 0, 0, 0, 1])).then(Step::Hang),
            End::Transport,
        ),
        (
            "a frame that is too long",
            after_settings(&oversized).then(Step::Hang),
            End::Transport,
        ),
        (
            "headers that are none",
            after_settings(&frame(HEADERS, 4, 1, &[0xff; 50])).then(Step::Hang),
            End::Transport,
        ),
        (
            "a head without a body",
            after_settings(&frame(HEADERS, 4, 1, &ok)).then(Step::Hang),
            End::Timeout,
        ),
        (
            "headers without end",
            after_settings(&frame(HEADERS, 0, 1, &ok)).then(Step::Flood(frame(
                CONTINUATION,
                0,
                1,
                &FIELD.repeat(3000),
            ))),
            End::Transport,
        ),
        (
            "pings without end",
            after_settings(b"").then(Step::Flood(frame(PING, 0, 0, &[0; 8]))),
            End::Timeout,
        ),
    ];
    for (name, script, end) in rows {
        let server = Origin::bind().await;
        let client = client_with(&server.url(), Limit::Total, |http| http.http2_prior_knowledge());
        let client = client.build().expect("client");
        let log = server.play(vec![script]);
        let start = Instant::now();
        let error = fetch(&client, "GET", 0).await.expect_err("a fault");
        assert!(
            start.elapsed() < Limit::SHORT + Duration::from_secs(1),
            "{name}: {:?}",
            start.elapsed()
        );
        assert_eq!(error.is_timeout(), end == End::Timeout, "{name}: {error:?}");
        assert!(!format!("{error} {error:?}").contains(CANARY), "{name}");
        assert!(log.sent() < super::MOST_SENT, "{name}: {} octets", log.sent());
    }
}
