//! What is made of the heads and bodies of replies: headers, media types, problems, sequences.

mod events;
mod headers;
mod json_lines;
mod media_types;
mod problems;
mod reconnecting;
mod simulated;

use std::sync::Mutex;

use envoi_runtime::bytes::Bytes;
use envoi_runtime::http::{Request, Response};
use envoi_runtime::{
    Body, Client, ClientBuilder, Decode, DecodeError, Decoded, Error, Incoming, Operation, OperationInfo, Reply,
    Retries, Transport, TransportFuture, Undeclared,
};
use futures_util::stream;

/// Every success is a stream, and the caller decodes it.
struct Streamed;

impl Operation for Streamed {
    type Output = Reply;
    type Decoder = Self;
    type Error = Undeclared;
    const INFO: OperationInfo = OperationInfo {
        accept: "*/*",
        streams: &[(200, 299, "*/*")],
        ..OperationInfo::new("Streamed", "GET", "/stream")
    };
}

impl Decode<Reply> for Streamed {
    fn decode(reply: &Reply) -> Decoded<Reply> {
        reply.status().is_success().then(|| Ok(reply.clone()))
    }
}

/// Answers with pieces, one list of them per call, and keeps what it was asked.
struct Pieces {
    content_type: &'static str,
    replies: Mutex<Vec<Vec<Bytes>>>,
}

impl Transport for Pieces {
    fn send(&self, _: Request<Body>) -> TransportFuture<'_> {
        let mut replies = self.replies.lock().expect("replies");
        let pieces = replies.pop().unwrap_or_default();
        let pieces = stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>));
        let mut response = Response::new(Incoming::new(Body::stream(pieces)));
        let content_type = self.content_type.parse().expect("a content type");
        response.headers_mut().insert("content-type", content_type);
        Box::pin(async move { Ok(response) })
    }
}

fn builder() -> ClientBuilder {
    ClientBuilder::new("test/1", "https://example.com").retries(Retries::none())
}

fn client(content_type: &'static str, pieces: Vec<Bytes>) -> Client {
    let replies = Mutex::new(vec![pieces]);
    let transport = Pieces { content_type, replies };
    let client = builder().max_body_bytes(200).transport(transport);
    client.build().expect("a client")
}

/// The reply to a call that is answered with these pieces.
async fn reply(content_type: &'static str, pieces: Vec<Bytes>) -> Reply {
    let client = client(content_type, pieces);
    let call = client.operation(&Streamed::INFO).call::<Streamed>();
    call.await.expect("a reply").into_body()
}

/// A body in every way to cut it in two or in three, and byte by byte.
fn cuts(body: &[u8]) -> Vec<Vec<Bytes>> {
    let piece = Bytes::copy_from_slice;
    let mut all = vec![vec![piece(body)], body.chunks(1).map(piece).collect()];
    for first in 0..=body.len() {
        let (start, rest) = body.split_at(first);
        for second in 0..=rest.len() {
            let (middle, end) = rest.split_at(second);
            all.push([start, middle, end].map(piece).to_vec());
        }
    }
    all
}

/// What is wrong with the texts of a body.
fn fault(error: &Error) -> (&str, &str) {
    match error.kind() {
        envoi_runtime::ErrorKind::Decode(DecodeError::Json { path, reason, .. }) => (path, reason),
        kind => panic!("{kind:?}"),
    }
}
