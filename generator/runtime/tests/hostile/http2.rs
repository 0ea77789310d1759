//! HTTP/2 spoken wrongly (RFC 9113).

use super::origin::{Script, Step};
use super::{End, Http, Limit, Row, run_all};

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
    let settings = Script::default()
        .unasked()
        .then(Step::Bytes(frame(SETTINGS, 0, 0, b"")));
    // what comes for a stream that there is not yet is another fault
    settings.then(Step::Await).then(Step::Bytes(bytes.to_vec()))
}

/// A literal header whose name and value are one letter each, never indexed (RFC 7541, section 6.2.3).
const FIELD: &[u8] = &[0x10, 1, b'a', 1, b'b'];

/// What a server does that has promised HTTP/2, by `Http::Two` or by TLS.
pub(crate) fn rows() -> Vec<Row> {
    let ok = [0x88];
    let oversized = [&[0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1][..], &[b'x'; 20_000]].concat();
    let table = [
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
    let limit = |end| if end == End::Timeout { Limit::Total } else { Limit::None };
    table
        .into_iter()
        .map(|(name, script, end)| {
            let row = Row::new(name, script, end).limit(limit(end));
            row.http(Http::Two).unheard()
        })
        .collect()
}

#[tokio::test]
async fn frames_that_are_wrong() {
    run_all(rows()).await;
}
