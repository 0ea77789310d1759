//! What carries requests, and what is around it: transports, middleware, bodies and replies that are streams.

mod blocking;
mod bodies;
mod in_memory;
mod middleware;
mod mixed;
mod raw;
mod readers;
mod sockets;
mod streams;
#[path = "../support/mod.rs"]
mod support;
mod tower_services;

use bytes::Bytes;
use envoi_runtime::{
    ByteStream, ClientBuilder, Decode, Decoded, InMemory, Operation, OperationInfo, Reply, Retries, Scheme, Secret,
    Undeclared,
};

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");

/// The secret that must be seen nowhere.
const CANARY: &str = "canary-7f3a";

/// A download: its body is a stream.
enum Download {}

impl Operation for Download {
    type Output = ByteStream;
    type Decoder = Self;
    type Error = Undeclared;
    const INFO: OperationInfo = OperationInfo {
        accept: "application/octet-stream",
        security: &[&[&KEY]],
        streams: &[(200, 299, "application/octet-stream")],
        ..OperationInfo::new("Download", "GET", "/file")
    };
}

impl Decode<ByteStream> for Download {
    fn decode(reply: &Reply) -> Decoded<ByteStream> {
        (reply.status_code() == 200).then(|| reply.stream())
    }
}

/// An upload of anything.
const UPLOAD: OperationInfo = OperationInfo {
    security: &[&[&KEY]],
    ..OperationInfo::new("Upload", "PUT", "/file")
};

/// Settings of a client in front of a transport, with a key, and every call sent once.
fn builder() -> ClientBuilder {
    ClientBuilder::new("envoi-test/1", "https://api.example.com/v1")
        .credential(&KEY, envoi_runtime::Credential::secret(Secret::from(CANARY)))
        .retries(Retries::none())
}

/// A server in memory that answers with this status and this body.
fn answering(status: u16, body: &'static str) -> InMemory {
    InMemory::new(move |_| {
        let mut reply = http::Response::new(Bytes::from(body));
        *reply.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        reply
    })
}
