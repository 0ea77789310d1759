//! What parsers are reached through: operations, and a transport that answers from memory.

use std::sync::{Arc, Mutex, PoisonError};

use envoi_runtime::bytes::Bytes;
use envoi_runtime::http::{HeaderName, HeaderValue, Request, Response};
use envoi_runtime::{
    Body, Decode, Decoded, Incoming, Operation, OperationInfo, Paged, Paging, Reply, Transport, TransportFuture,
    Undeclared,
};
use futures_util::stream;
use serde_json::Value;

/// One operation whose reply the caller decodes.
pub enum Any {}

impl Operation for Any {
    type Output = Reply;
    type Decoder = Self;
    type Error = Undeclared;
    const INFO: OperationInfo = OperationInfo {
        streams: &[(200, 299, "*/*")],
        ..OperationInfo::new("any", "GET", "/things/{id}")
    };
}

impl Decode<Reply> for Any {
    fn decode(reply: &Reply) -> Decoded<Reply> {
        reply.status().is_success().then(|| Ok(reply.clone()))
    }
}

pub enum Linked {}

impl Operation for Linked {
    type Output = Value;
    type Decoder = envoi_runtime::Json;
    type Error = Undeclared;
    const INFO: OperationInfo = OperationInfo::new("linked", "GET", "/things");
}

impl Paged for Linked {
    type Item = Value;
    const PAGING: Paging = Paging::link_header();

    fn items(output: Value) -> Vec<Value> {
        vec![output]
    }
}

/// Answers every request alike, and keeps what it was sent.
#[derive(Clone, Default)]
pub struct Wire(Arc<Mutex<Said>>);

#[derive(Default)]
pub struct Said {
    status: u16,
    headers: Vec<(HeaderName, HeaderValue)>,
    pieces: Vec<Bytes>,
    /// By URI: the credential that was sent there.
    pub sent: Vec<(String, Option<String>)>,
}

impl Wire {
    pub fn lock(&self) -> std::sync::MutexGuard<'_, Said> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What it answers from now on.
    pub fn answer(&self, status: u16, headers: &[(&'static str, &[u8])], pieces: Vec<Bytes>) {
        let mut said = self.lock();
        let headers = headers.iter().filter_map(|(name, value)| {
            let value = HeaderValue::from_bytes(value).ok()?;
            Some((HeaderName::from_static(name), value))
        });
        *said = Said {
            status,
            headers: headers.collect(),
            pieces,
            ..Said::default()
        };
    }
}

impl Transport for Wire {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let mut said = self.lock();
        let key = request
            .headers()
            .get("authorization")
            .and_then(|value| value.to_str().ok());
        let sent = (request.uri().to_string(), key.map(str::to_owned));
        said.sent.push(sent);
        let pieces = stream::iter(said.pieces.clone().into_iter().map(Ok::<_, std::io::Error>));
        let mut response = Response::new(Incoming::new(Body::stream(pieces)));
        *response.status_mut() = said.status.try_into().unwrap_or_default();
        response.headers_mut().extend(said.headers.iter().cloned());
        Box::pin(async move { Ok(response) })
    }
}
