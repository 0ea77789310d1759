//! Replies that end too early, and what is no HTTP or two things at once.

use super::origin::{Script, Step};
use super::{End, Limit, Row, run_all};

fn chunked(body: &str) -> Script {
    Script::text(format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{body}"))
}

#[tokio::test]
async fn cut_off() {
    let reset = |script: Script| script.then(Step::Reset);
    let table = [
        ("nothing", Script::default()),
        ("a reset", reset(Script::default())),
        ("half a status line", Script::text("HTTP/1.")),
        ("half a head", Script::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n")),
        ("no body", Script::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")),
        (
            "half a body",
            Script::text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}"),
        ),
        (
            "half an error",
            Script::text("HTTP/1.1 500 OK\r\nContent-Length: 10\r\n\r\n{}"),
        ),
        (
            "a reset in the body",
            reset(Script::text("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}")),
        ),
        ("a chunk that is cut", chunked("a\r\n{}")),
        ("chunks without an end", chunked("2\r\n{}\r\n")),
        ("a reset between chunks", reset(chunked("2\r\n{}\r\n"))),
    ];
    let mut rows = Vec::new();
    for (name, script) in table {
        for method in ["GET", "POST"] {
            let row = Row::new(format!("{method} {name}"), script.clone(), End::Transport);
            rows.push(row.sending(method, usize::from(method == "POST")));
        }
    }
    // the end of the connection is the end of such a body, so that only its text can tell
    let cut = Script::head(200, "").then(Step::Text("{\"a\": [1, ".to_owned()));
    rows.push(Row::new(
        "a body without a length",
        cut,
        End::Decode("was the body cut off?"),
    ));
    run_all(rows).await;
}

#[tokio::test]
async fn no_http() {
    let ok = |headers: &str| Script::text(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{{}}"));
    let table = [
        ("another protocol", Script::text("SSH-2.0-OpenSSH_9.6\r\n\r\n")),
        ("HTTP/0.9", Script::text("<html>hello</html>")),
        ("HTTP/2 in clear", Script::text("HTTP/2 200 OK\r\n\r\n")),
        (
            "TLS",
            Script::default().then(Step::Bytes(b"\x15\x03\x01\x00\x02\x02\x46".to_vec())),
        ),
        ("a status of two digits", Script::text("HTTP/1.1 20 OK\r\n\r\n")),
        ("a status of four digits", Script::text("HTTP/1.1 2000 OK\r\n\r\n")),
        ("status 099", Script::text("HTTP/1.1 099 X\r\n\r\n")),
        ("two lengths", ok("Content-Length: 2\r\nContent-Length: 3\r\n")),
        ("two lengths in one", ok("Content-Length: 2, 3\r\n")),
        ("a negative length", ok("Content-Length: -2\r\n")),
        ("a length with a sign", ok("Content-Length: +2\r\n")),
        ("a length that is no number", ok("Content-Length: two\r\n")),
        ("a length of 2^64", ok("Content-Length: 18446744073709551616\r\n")),
        ("a space before the colon", ok("Content-Length : 2\r\n")),
        ("a folded header", ok("X-A: 1\r\n 2\r\n")),
        ("a header without a name", ok(": 1\r\n")),
        ("a null in a header", ok("X-A: \0\r\n")),
        ("200 headers", ok(&"X-A: 1\r\n".repeat(200))),
        ("a header of 2 MB", ok(&format!("X-A: {}\r\n", "x".repeat(2_000_000)))),
        ("a chunk of 2^64", chunked("10000000000000000\r\n{}\r\n0\r\n\r\n")),
        ("a chunk that is no number", chunked("x\r\n{}\r\n0\r\n\r\n")),
        ("a negative chunk", chunked("-2\r\n{}\r\n0\r\n\r\n")),
        ("a chunk longer than it says", chunked("1\r\n{}\r\n0\r\n\r\n")),
    ];
    run_all(
        table
            .map(|(name, script)| Row::new(name, script, End::Transport))
            .into(),
    )
    .await;
}

/// Heads and frames without an end are left after a while, the memory for them is bounded.
#[tokio::test]
async fn endless_frames() {
    let flood = |script: Script, unit: &str| script.then(Step::Flood(unit.into()));
    let table = [
        ("a status line", flood(Script::text("HTTP/1.1 200 "), "x")),
        ("headers", flood(Script::text("HTTP/1.1 200 OK\r\n"), "X-A: 1\r\n")),
        ("the name of a header", flood(Script::text("HTTP/1.1 200 OK\r\n"), "x")),
        (
            "the value of a header",
            flood(Script::text("HTTP/1.1 200 OK\r\nX-A: "), "x"),
        ),
        ("an extension of a chunk", flood(chunked("2;"), "x")),
        ("trailers", flood(chunked("0\r\n"), "X-A: 1\r\n")),
        ("a trailer", flood(chunked("0\r\nX-A: "), "x")),
    ];
    run_all(
        table
            .map(|(name, script)| Row::new(name, script, End::Transport))
            .into(),
    )
    .await;
}

/// What has no meaning is not kept, and ends with the time.
#[tokio::test]
async fn endless_nothing() {
    for (name, script, unit) in [
        ("zeros before the length of a chunk", chunked(""), "0"),
        ("early replies", Script::default(), "HTTP/1.1 100 Continue\r\n\r\n"),
    ] {
        let row = Row::new(name, script.then(Step::Flood(unit.into())), End::Timeout);
        row.limit(Limit::Total).run().await;
    }
}

/// What is odd and permitted, or is settled by RFC 9112 in one way.
#[tokio::test]
async fn odd() {
    let ok = |headers: &str| Script::text(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{{}}"));
    let both = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    let table = [
        (
            "1000 times 100",
            Script::text("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000))
                .then(Step::Text("HTTP/1.1 200 OK\r\n\r\n{}".to_owned())),
            End::Ok("{}"),
        ),
        (
            "103 with a header",
            Script::text("HTTP/1.1 103 X\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{}"),
            End::Ok("{}"),
        ),
        (
            "the same length twice",
            ok("Content-Length: 2\r\nContent-Length: 2\r\n"),
            End::Ok("{}"),
        ),
        ("chunks and a length", Script::text(both), End::Ok("{}")),
        (
            "trailers",
            chunked("2\r\n{}\r\n0\r\nX-Api-Key: canary\r\n\r\n"),
            End::Ok("{}"),
        ),
        (
            "more than the length",
            Script::text("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}{}{}"),
            End::Ok("{}"),
        ),
        (
            "no reason",
            Script::text("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}"),
            End::Ok("{}"),
        ),
        ("HTTP/1.0", Script::text("HTTP/1.0 200 OK\r\n\r\n{}"), End::Ok("{}")),
        (
            "text beyond ASCII in headers",
            ok("X-Request-Id: é\r\nContent-Length: 2\r\n"),
            End::Ok("{}"),
        ),
        (
            "a type beyond ASCII",
            ok("Content-Type: é\r\nContent-Length: 2\r\n"),
            End::Ok("{}"),
        ),
        (
            "204 with a body",
            Script::text("HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\nhello"),
            End::Ok("null"),
        ),
        (
            "101",
            Script::text("HTTP/1.1 101 X\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n{}"),
            End::Status(101),
        ),
        ("999", Script::reply(999, "", "{}"), End::Status(999)),
    ];
    run_all(table.map(|(name, script, end)| Row::new(name, script, end)).into()).await;
}
