//! With the features `gzip`, `brotli` and `zstd`, compressed responses are asked for and decompressed, and limits count what comes out.

#[path = "../support/mod.rs"]
mod support;

use std::io::Write as _;

use envoi_runtime::http::Method;
use envoi_runtime::{Client, ErrorKind};
use support::{Answer, Server};

const TEXT: &[u8] = br#"{"name":"Tom"}"#;

/// What the clients accept of a body.
const MAX_BODY: usize = 64 * 1024;

/// A block of Zstandard is at most as large.
const BLOCK: usize = 128 * 1024;

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(text).expect("memory");
    encoder.finish().expect("memory")
}

/// RFC 7932, section 9: a meta-block that is not compressed, and an empty one.
fn brotli(text: &[u8]) -> Vec<u8> {
    let length = u32::try_from(text.len() - 1).expect("a short text");
    let [low, middle, high, _] = ((length << 4) | (1 << 20)).to_le_bytes();
    [&[low, middle, high], text, &[0b11]].concat()
}

/// RFC 8878, section 3.1.1: the head of a frame with a window of 2 MiB.
const FRAME: [u8; 6] = [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x58];

/// The head of a block: the last one, not compressed (0) or one byte repeated (1), and the size.
fn block(is_last: bool, kind: u32, size: usize) -> [u8; 3] {
    let size = u32::try_from(size).expect("a block");
    let [low, middle, high, _] = (u32::from(is_last) | (kind << 1) | (size << 3)).to_le_bytes();
    [low, middle, high]
}

fn zstd(text: &[u8]) -> Vec<u8> {
    [&FRAME, &block(true, 0, text.len())[..], text].concat()
}

/// Blanks, many of them.
fn bomb() -> Vec<u8> {
    let [more, last] = [false, true].map(|is_last| [&block(is_last, 1, BLOCK)[..], b" "].concat());
    [&FRAME, more.repeat(100).as_slice(), &last].concat()
}

/// A server of which each path is a compressed body, and a client of it.
async fn served() -> (Server, Client) {
    let server = Server::echo(|request| {
        let path = request.split(' ').nth(1).unwrap_or_default();
        let (coding, body) = match path {
            "/gzip" => ("gzip", gzip(TEXT)),
            "/brotli" => ("br", brotli(TEXT)),
            "/zstd" => ("zstd", zstd(TEXT)),
            "/gzip-bomb" => ("gzip", gzip(&vec![b' '; 100 * MAX_BODY])),
            "/zstd-bomb" => ("zstd", bomb()),
            "/other" => ("deflate", TEXT.to_vec()),
            _ => ("gzip", TEXT.to_vec()),
        };
        let headers = format!("Content-Type: application/json\r\nContent-Encoding: {coding}\r\n");
        Answer::new(200, &headers, body)
    })
    .await;
    let client = support::builder(&server.origin).max_body_bytes(MAX_BODY).build();
    (server, client.expect("a client"))
}

#[tokio::test]
async fn compressed_bodies_are_asked_for_and_read() {
    let (server, client) = served().await;
    for path in ["/gzip", "/brotli", "/zstd"] {
        let reply = client.request(Method::GET, path).send().await.expect(path);
        assert_eq!(reply.body()[..], *TEXT, "{path}");
    }
    let asked = server.seen().remove(0).to_ascii_lowercase();
    for coding in ["gzip", "br", "zstd"] {
        assert!(asked.contains("accept-encoding: ") && asked.contains(coding), "{asked}");
    }
}

#[tokio::test]
async fn limits_count_what_comes_out() {
    let (_server, client) = served().await;
    for path in ["/gzip-bomb", "/zstd-bomb"] {
        let error = client.request(Method::GET, path).send().await.expect_err(path);
        assert!(
            matches!(error.kind(), ErrorKind::BodyTooLarge { limit: MAX_BODY }),
            "{path}: {error:?}"
        );
    }
}

#[tokio::test]
async fn what_is_not_compressed_as_it_says_is_an_error() {
    let (_server, client) = served().await;
    let error = client
        .request(Method::GET, "/broken")
        .send()
        .await
        .expect_err("no gzip");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
}
