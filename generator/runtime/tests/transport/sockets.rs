//! A server on a runtime of its own, for HTTP/1.1 and HTTP/2, that keeps connections open.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt, Full, StreamBody, combinators::UnsyncBoxBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use tokio::net::TcpListener;

type Answer = Response<UnsyncBoxBody<Bytes, Infallible>>;

/// What the server has seen.
#[derive(Default)]
pub(crate) struct Seen {
    pub(crate) connections: AtomicUsize,
    pub(crate) tokens: AtomicUsize,
    pub(crate) calls: AtomicUsize,
}

/// The server; it ends with the test.
pub(crate) struct Sockets {
    pub(crate) origin: String,
    pub(crate) seen: Arc<Seen>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Sockets {
    fn drop(&mut self) {
        // a test may be in a runtime, where waiting is not allowed
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Sockets {
    pub(crate) fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a socket");
        listener.set_nonblocking(true).expect("a socket");
        let origin = format!("http://{}", listener.local_addr().expect("an address"));
        let seen = Arc::<Seen>::default();
        let shared = Arc::clone(&seen);
        runtime.spawn(async move {
            let listener = TcpListener::from_std(listener).expect("a socket");
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::Relaxed);
                let seen = Arc::clone(&shared);
                let service = hyper::service::service_fn(move |request| {
                    let seen = Arc::clone(&seen);
                    async move { Ok::<_, Infallible>(answer(&request, &seen).await) }
                });
                tokio::spawn(async move {
                    let server = auto::Builder::new(TokioExecutor::new());
                    let _ = server.serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
        Self {
            origin,
            seen,
            runtime: Some(runtime),
        }
    }
}

async fn answer(request: &Request<Incoming>, seen: &Seen) -> Answer {
    match request.uri().path() {
        "/oauth/token" => {
            let number = seen.tokens.fetch_add(1, Ordering::Relaxed);
            if number == 0 {
                // time enough to find others waiting
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            // the life of a token is in the query
            let life = request.uri().query().unwrap_or("3600");
            let answer = format!(r#"{{"access_token":"token-{number}","expires_in":{life}}}"#);
            whole("application/json", answer)
        }
        "/secure" if !request.headers().contains_key("authorization") => {
            let mut answer = whole("text/plain", "who is it?");
            *answer.status_mut() = StatusCode::UNAUTHORIZED;
            answer
        }
        "/file" => pieces("application/octet-stream", (0..64).map(|_| vec![b'x'; 16 * 1024])),
        "/events" => pieces(
            "text/event-stream",
            (1..=3).map(|number| format!("data: {number}\n\n").into_bytes()),
        ),
        "/lines" => pieces(
            "application/jsonl",
            (1..=3).map(|number| format!("{number}\n").into_bytes()),
        ),
        _ => {
            seen.calls.fetch_add(1, Ordering::Relaxed);
            whole("application/json", "[]")
        }
    }
}

fn whole(ty: &'static str, body: impl Into<Bytes>) -> Answer {
    with_type(ty, Full::new(body.into()).boxed_unsync())
}

/// A body that comes piece by piece.
fn pieces(ty: &'static str, all: impl Iterator<Item = Vec<u8>> + Send + 'static) -> Answer {
    let frames = stream::iter(all).then(|piece| async move {
        tokio::task::yield_now().await;
        Ok(Frame::data(Bytes::from(piece)))
    });
    with_type(ty, StreamBody::new(frames).boxed_unsync())
}

fn with_type(ty: &'static str, body: UnsyncBoxBody<Bytes, Infallible>) -> Answer {
    Response::builder()
        .header("content-type", ty)
        .body(body)
        .expect("a response")
}
