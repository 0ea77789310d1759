//! Bodies that are long, deep, compressed, or not what they seem.

use std::io::Write as _;

use envoi_runtime::http::Method;
use envoi_runtime::{ClientBuilder, DecodeError, Operation};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::origin::{Origin, Script, Step};
use super::support::header;
use super::{End, Fetch, Http, Limit, MAX_BODY, Row, client_with, run_all};

pub(crate) fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(text).expect("memory");
    encoder.finish().expect("memory")
}

fn rows(table: Vec<(&str, Script, End)>) -> Vec<Row> {
    let row = |(name, script, end)| Row::new(name, script, end);
    table.into_iter().map(row).collect()
}

#[tokio::test]
async fn endless() {
    let flood = |script: Script, unit: &[u8]| script.then(Step::Flood(unit.to_vec()));
    let chunks = "Transfer-Encoding: chunked\r\n";
    let chunk = format!("2710\r\n{}\r\n", "x".repeat(10_000));
    run_all(rows(vec![
        (
            "without a length",
            flood(Script::head(200, ""), b"[[[[[["),
            End::TooLarge,
        ),
        (
            "in chunks",
            flood(Script::head(200, chunks), chunk.as_bytes()),
            End::TooLarge,
        ),
        (
            "in small chunks",
            flood(Script::head(200, chunks), b"f\r\nxxxxxxxxxxxxxxx\r\n"),
            End::TooLarge,
        ),
        (
            "with a length of 10 GB",
            flood(Script::head(200, "Content-Length: 10000000000\r\n"), b"x"),
            End::TooLarge,
        ),
        (
            "with a length of 2^63",
            Script::head(200, "Content-Length: 9223372036854775807\r\n"),
            End::Transport,
        ),
        ("an error", flood(Script::head(500, ""), b"x"), End::Status(500)),
        (
            "an error in chunks",
            flood(Script::head(400, chunks), chunk.as_bytes()),
            End::Status(400),
        ),
        (
            "a refused redirect",
            flood(Script::head(307, "Location: {b}/\r\n"), b"x"),
            End::Redirect("{b}"),
        ),
    ]))
    .await;
}

#[tokio::test]
async fn compressed() {
    const GZIP: &str = "Content-Encoding: gzip\r\n";
    let bomb = gzip(&vec![b'['; 10 * MAX_BODY]);
    let cut = |mut bytes: Vec<u8>| {
        bytes.truncate(bytes.len() - 6);
        bytes
    };
    run_all(rows(vec![
        ("plain", Script::reply(200, GZIP, gzip(b"{}")), End::Ok("{}")),
        ("a bomb", Script::reply(200, GZIP, bomb.clone()), End::TooLarge),
        (
            "a bomb as an error",
            Script::reply(500, GZIP, bomb.clone()),
            End::Status(500),
        ),
        (
            "a bomb inside a bomb",
            Script::reply(200, GZIP, gzip(&bomb)),
            End::Decode("expected value"),
        ),
        ("cut off", Script::reply(200, GZIP, cut(gzip(b"{}"))), End::Transport),
        ("not compressed at all", Script::reply(200, GZIP, "{}"), End::Transport),
        (
            "twice",
            Script::reply(200, "Content-Encoding: gzip, gzip\r\n", gzip(&gzip(b"{}"))),
            End::Encoding("gzip, gzip"),
        ),
        (
            "in an unknown way",
            Script::reply(200, "Content-Encoding: canary/41\r\n", "{}"),
            End::Encoding("***"),
        ),
        (
            "not compressed and says so",
            Script::reply(200, "Content-Encoding: Identity\r\n", "{}"),
            End::Ok("{}"),
        ),
        (
            "without a word",
            Script::reply(200, "", gzip(b"{}")),
            End::Decode("expected value"),
        ),
    ]))
    .await;
}

/// Another crate may turn decompression on; the request stays what it is.
#[tokio::test]
async fn compression_is_not_asked_for() {
    let a = Origin::bind().await;
    let client = ClientBuilder::new("", "").base_url(a.url()).build().expect("client");
    let log = a.play(vec![Script::reply(200, "", "{}")]);
    client.request(Method::GET, "/").send().await.expect("a reply");
    assert_eq!(header(&log.heard()[0], "accept-encoding"), None);
}

/// A client without decompression does not take compressed bytes for the body.
#[tokio::test]
async fn compressed_for_a_client_that_cannot() {
    for (headers, end) in [
        ("Content-Encoding: gzip\r\n", End::Encoding("gzip")),
        (
            "Content-Encoding: gzip\r\nContent-Encoding: br\r\n",
            End::Encoding("gzip, br"),
        ),
        (
            "Content-Encoding: identity\r\nContent-Encoding: br\r\n",
            End::Encoding("identity, br"),
        ),
    ] {
        let row = Row::new(headers, Script::reply(200, headers, gzip(b"{}")), end);
        row.http(Http::Plain).run().await;
    }
    // also where nothing is decoded
    let a = Origin::bind().await;
    let settings = client_with(&a.url(), Limit::None, Http::Plain);
    let client = settings.build().expect("client");
    a.play(vec![Script::reply(200, "Content-Encoding: gzip\r\n", gzip(b"{}"))]);
    let reply = client.operation(&Fetch::INFO).send().await.expect("a reply");
    let refused = DecodeError::ContentEncoding {
        found: "gzip".to_owned(),
    };
    assert_eq!((reply.text(), reply.bytes()), (Err(refused.clone()), Err(refused)));
    assert_eq!(reply.body()[..], gzip(b"{}"));
}

#[tokio::test]
async fn json() {
    let body = |text: &str| Script::reply(200, "Content-Type: application/json\r\n", text);
    let bytes = |text: &[u8]| Script::reply(200, "", text);
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let objects = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let array = format!("[{}1]", "1,".repeat(MAX_BODY));
    let string = format!("\"{}\"", "x".repeat(MAX_BODY));
    let name = format!("{{\"{}\": tru}}", "x".repeat(MAX_BODY / 2));
    run_all(rows(vec![
        ("depth 129", body(&nested(129)), End::Decode("recursion limit")),
        (
            "depth of 500,000",
            body(&nested(500_000)),
            End::Decode("recursion limit"),
        ),
        (
            "only the beginning of depth",
            body(&"[".repeat(MAX_BODY)),
            End::Decode("recursion limit"),
        ),
        (
            "objects in objects",
            body(&objects(100_000)),
            End::Decode("recursion limit"),
        ),
        ("an array that is too long", body(&array), End::TooLarge),
        ("a string that is too long", body(&string), End::TooLarge),
        ("a name that is long", body(&name), End::Decode("expected ident")),
        (
            "a number too large",
            body("1e999999"),
            End::Decode("number out of range"),
        ),
        (
            "a number of many digits",
            body(&"9".repeat(100_000)),
            End::Decode("number out of range"),
        ),
        ("NaN", body("NaN"), End::Decode("expected value")),
        ("a minus", body("-"), End::Decode("EOF while parsing")),
        ("half a surrogate", body(r#""\ud800""#), End::Decode("hex escape")),
        (
            "the same name twice",
            body(r#"{"a": 1, "a": 2}"#),
            End::Ok(r#"{"a":2}"#),
        ),
        ("two texts", body("{}{}"), End::Decode("trailing characters")),
        ("a null", body("null"), End::Ok("null")),
        (
            "octets that are not text",
            bytes(b"{\"a\": \"\xff\xfe\"}"),
            End::Decode("invalid unicode"),
        ),
        (
            "an overlong slash",
            bytes(b"\"\xc0\xaf\""),
            End::Decode("invalid unicode"),
        ),
        ("UTF-16", bytes(b"\xff\xfe{\0}\0"), End::Decode("expected value")),
        ("a mark", bytes(b"\xef\xbb\xbf{}"), End::Ok("{}")),
        (
            "two marks",
            bytes(b"\xef\xbb\xbf\xef\xbb\xbf{}"),
            End::Decode("expected value"),
        ),
        ("nothing", body(""), End::Empty),
        ("spaces", body(&" ".repeat(100_000)), End::Empty),
        ("zeros", bytes(&[0; 1000]), End::Decode("expected value")),
        (
            "HTML",
            Script::reply(200, "Content-Type: text/html\r\n", "<p>canary/41"),
            End::ContentType,
        ),
    ]))
    .await;
}

/// A secret that comes back is hidden wherever it is, also at the end of what a message looks at.
#[tokio::test]
async fn echoes() {
    let echo = |body: String| Script::reply(200, "X-Echo: key canary/41\r\nSet-Cookie: canary=1\r\n", body);
    let mut rows = vec![
        Row::new("as a value", echo("\"canary/41".to_owned()), End::Decode("EOF")),
        Row::new(
            "as a name",
            echo("{\"canary/41\": trux".to_owned()),
            End::Decode("at [\"***\"]"),
        ),
        Row::new(
            "as some write it",
            Script::reply(418, "", r#""canary\/41""#),
            End::Status(418),
        ),
        Row::new(
            "as in a URL",
            Script::reply(418, "", "?key=canary%2F41"),
            End::Status(418),
        ),
        Row::new(
            "as a status",
            Script::text("HTTP/1.1 418 canary/41\r\n\r\ncanary/41"),
            End::Status(418),
        ),
        Row::new(
            "as a type",
            Script::reply(200, "Content-Type: canary/41\r\n", "x"),
            End::ContentType,
        ),
    ];
    for spaces in 4080..4100 {
        let body = format!("{}canary/41", " ".repeat(spaces));
        rows.push(Row::new(
            format!("after {spaces} spaces"),
            Script::reply(418, "", body),
            End::Status(418),
        ));
    }
    run_all(rows).await;
}
