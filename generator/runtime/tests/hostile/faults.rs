//! One or more faults of every kind, for calls that are made in other ways.

use super::bodies::gzip;
use super::certificates::Tls;
use super::origin::{Script, Step};
use super::ways::Way;
use super::{End, Limit, Row, http2, run_all, tls};

/// What decompresses nothing.
const PLAIN: [Way; 2] = [Way::Tower, Way::Memory];

fn redirects() -> Vec<Row> {
    let row = |name: &str, scripts: Vec<Script>, end| {
        let heard = scripts.len();
        let row = Row::new(name, Script::default(), end);
        Row { scripts, heard, ..row }
    };
    let to = Script::redirect;
    vec![
        row("away", vec![to(307, "{b}/x?canary")], End::Redirect("{b}")),
        row(
            "away at the second time",
            vec![to(302, "/next"), to(302, "{b}/x")],
            End::Redirect("{b}"),
        ),
        row("away with a body", vec![to(308, "{b}/x")], End::Redirect("{b}")).sending("POST", 100),
        row("a loop", vec![to(302, "/items"); 6], End::Redirect("{a}")),
        row("nowhere", vec![to(302, "http://[::1")], End::Status(302)),
        row(
            "within the origin",
            vec![to(307, "/x"), Script::reply(200, "", "{}")],
            End::Ok("{}"),
        ),
    ]
}

fn slow() -> Vec<Row> {
    let silent = Script::default().then(Step::Hang);
    let stalled = Script::text("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{").then(Step::Hang);
    let early = Script::text("HTTP/1.1 100 Continue\r\n\r\n".repeat(1000)).then(Step::Hang);
    let drip = Script::text("HTTP/1.1 200 OK\r\nX: ").then(Step::Drip("x".repeat(1000)));
    vec![
        Row::new("no response", silent, End::Timeout).limit(Limit::Total),
        Row::new("100, then nothing", early, End::Timeout).limit(Limit::Total),
        Row::new("a slow header", drip, End::Timeout).limit(Limit::Total),
        Row::new("a body that stalls", stalled.clone(), End::Timeout).limit(Limit::Idle),
        Row::new("a body that stalls in all", stalled, End::Timeout).limit(Limit::Total),
        // hyper has no time for connections, and reports no failure of its own
        Row::new(
            "a silent handshake",
            Script::default().unasked().then(Step::Hang),
            End::ConnectTimeout,
        )
        .tls(Tls::None)
        .unheard()
        .limit(Limit::Connect)
        .except(&[Way::Tower], End::Timeout),
    ]
}

fn frames() -> Vec<Row> {
    let ok = |headers: &str, body: &str| Script::text(format!("HTTP/1.1 200 OK\r\n{headers}\r\n{body}"));
    let flood = |script: Script, unit: &str| script.then(Step::Flood(unit.into()));
    let chunked = "Transfer-Encoding: chunked\r\n";
    vec![
        Row::new("nothing", Script::default(), End::Transport),
        Row::new("a reset", Script::default().then(Step::Reset), End::Transport),
        Row::new("half a head", Script::text("HTTP/1.1 200 OK\r\nX"), End::Transport),
        Row::new("half a body", ok("Content-Length: 9\r\n", "{}"), End::Transport),
        Row::new(
            "half an error",
            Script::text("HTTP/1.1 500 X\r\nContent-Length: 9\r\n\r\n{}"),
            End::Transport,
        ),
        Row::new("chunks without an end", ok(chunked, "2\r\n{}\r\n"), End::Transport),
        Row::new(
            "no length",
            ok("", "{\"a\": [1, "),
            End::Decode("was the body cut off?"),
        ),
        Row::new(
            "another protocol",
            Script::text("SSH-2.0-OpenSSH_9.6\r\n\r\n"),
            End::Transport,
        ),
        Row::new("two lengths", ok("Content-Length: 2, 3\r\n", "{}"), End::Transport),
        Row::new("a bad chunk", ok(chunked, "x\r\n{}\r\n"), End::Transport),
        Row::new("200 headers", ok(&"X-A: 1\r\n".repeat(200), "{}"), End::Transport)
            .except(&[Way::Memory], End::Ok("{}")),
        Row::new(
            "headers without end",
            flood(Script::text("HTTP/1.1 200 OK\r\n"), "X-A: 1\r\n"),
            End::Transport,
        ),
        Row::new(
            "trailers without end",
            flood(ok(chunked, "0\r\n"), "X-A: 1\r\n"),
            End::Transport,
        ),
    ]
}

fn bodies() -> Vec<Row> {
    let head = |headers: &str| Script::head(200, headers);
    let flood = |script: Script| script.then(Step::Flood(vec![b'['; 1000]));
    let coded = |coding: &str, body: &[u8]| Script::reply(200, &format!("Content-Encoding: {coding}\r\n"), body);
    let bomb = gzip(&vec![b'['; 10 * super::MAX_BODY]);
    let row = |name: &str, body: &str, end| Row::new(name, Script::reply(200, "", body), end);
    vec![
        Row::new("an endless body", flood(head("")), End::TooLarge),
        Row::new(
            "a body of 10 GB",
            flood(head("Content-Length: 10000000000\r\n")),
            End::TooLarge,
        ),
        Row::new("an endless error", flood(Script::head(500, "")), End::Status(500)),
        Row::new("a bomb", coded("gzip", &bomb), End::TooLarge).except(&PLAIN, End::Encoding("gzip")),
        Row::new("not compressed at all", coded("gzip", b"{}"), End::Transport).except(&PLAIN, End::Encoding("gzip")),
        Row::new("an unknown coding", coded("br, x", b"{}"), End::Encoding("br, x")),
        row("depth", &"[".repeat(500_000), End::Decode("recursion limit")),
        row(
            "a huge array",
            &format!("[{}1]", "1,".repeat(super::MAX_BODY)),
            End::TooLarge,
        ),
        row("a number too large", "1e999999", End::Decode("number out of range")),
        row("two marks", "\u{feff}\u{feff}{}", End::Decode("expected value")),
        row("a mark", "\u{feff}{}", End::Ok("{}")),
        row("nothing", "", End::Empty),
        Row::new(
            "not text",
            Script::reply(200, "", &b"\"\xff\xfe\""[..]),
            End::Decode("invalid unicode"),
        ),
        Row::new(
            "HTML",
            Script::reply(200, "Content-Type: text/html\r\n", "<p>canary/41"),
            End::ContentType,
        ),
        row("an echo", "{\"canary/41\": trux", End::Decode("at [\"***\"]")),
    ]
}

fn statuses() -> Vec<Row> {
    let row = |status: u16, headers: &str| {
        let script = Script::reply(status, headers, "canary/41");
        Row::new(status.to_string(), script, End::Status(status))
    };
    let early = Script::reply(413, "", "{}").early().then(Step::Hang);
    vec![
        row(401, "WWW-Authenticate: Basic realm=canary/41\r\n"),
        row(421, ""),
        row(425, ""),
        row(429, "Retry-After: 18446744073709551616\r\n"),
        row(503, "Retry-After: -1\r\nSet-Cookie: canary=1\r\n"),
        Row::new("413 before the end", early, End::Status(413)).sending("PUT", 32 << 20),
    ]
}

/// A fault of every kind in the table "Servers" of docs/wire.md.
pub(crate) fn all() -> Vec<Row> {
    let groups = [
        redirects(),
        slow(),
        frames(),
        bodies(),
        statuses(),
        http2::rows(),
        tls::certificates(),
        tls::handshakes(),
        tls::connections(),
    ];
    groups.into_iter().flatten().collect()
}

async fn run_by(way: Way) {
    run_all(all().into_iter().filter_map(|row| row.by(way)).collect()).await;
}

#[tokio::test]
async fn faults_that_blocking_calls_meet() {
    run_by(Way::Blocking).await;
}

#[tokio::test]
async fn faults_that_services_of_tower_meet() {
    run_by(Way::Tower).await;
}

#[tokio::test]
async fn faults_that_another_http_client_meets() {
    run_by(Way::Own).await;
}

#[tokio::test]
async fn faults_that_come_from_memory() {
    run_by(Way::Memory).await;
}
