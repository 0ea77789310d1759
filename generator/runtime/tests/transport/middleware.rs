use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, ErrorKind, InMemory, Incoming, Middleware, Next, Retries, TransportError, TransportFuture};
use http::{HeaderValue, Request, Response};

use super::{UPLOAD, answering, builder};

/// Counts what passes, and writes its name into a header.
struct Counter {
    name: &'static str,
    passed: Arc<AtomicU32>,
}

impl Middleware for Counter {
    fn handle<'a>(&'a self, mut request: Request<Body>, next: Next<'a>) -> TransportFuture<'a> {
        self.passed.fetch_add(1, Ordering::Relaxed);
        request
            .headers_mut()
            .append("x-passed", HeaderValue::from_static(self.name));
        next.run(request)
    }
}

#[tokio::test]
async fn middleware_of_calls_and_of_attempts() {
    let server = answering(503, "");
    let count = || Arc::new(AtomicU32::new(0));
    let (calls, outer, inner) = (count(), count(), count());
    let counter = |name, passed: &Arc<AtomicU32>| Counter {
        name,
        passed: Arc::clone(passed),
    };
    let client = builder()
        .retries(Retries::default().base_delay(Duration::ZERO))
        .transport(server.clone())
        .attempt_middleware(counter("outer", &outer))
        .attempt_middleware(counter("inner", &inner))
        .middleware(counter("call", &calls))
        .build()
        .expect("a client");
    let reply = client.operation(&UPLOAD).send().await.expect("a reply");
    assert_eq!(reply.status_code(), 503);
    let passed = [&calls, &outer, &inner].map(|count| count.load(Ordering::Relaxed));
    assert_eq!(passed, [1, 3, 3]);
    for request in server.requests() {
        let names: Vec<_> = request.headers().get_all("x-passed").iter().collect();
        assert_eq!(names, ["call", "outer", "inner"]);
    }
}

fn cached<'a>(_: Request<Body>, _: Next<'a>) -> TransportFuture<'a> {
    Box::pin(async { Ok(Response::new(Incoming::from("from the cache"))) })
}

fn failing<'a>(_: Request<Body>, _: Next<'a>) -> TransportFuture<'a> {
    Box::pin(async { Err(TransportError::broken("no more today")) })
}

#[tokio::test]
async fn it_may_answer_by_itself() {
    let server = answering(200, "fresh");
    let client = builder()
        .transport(server.clone())
        .middleware(cached)
        .build()
        .expect("a client");
    assert_eq!(
        client.operation(&UPLOAD).send().await.expect("a reply").body(),
        "from the cache"
    );
    assert!(server.requests().is_empty());

    let client = builder()
        .transport(server.clone())
        .middleware(failing)
        .build()
        .expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert_eq!(error.attempts(), 0);
    let source = std::error::Error::source(&error).expect("a source");
    assert_eq!(source.to_string(), "no more today");
}

fn endless<'a>(_: Request<Body>, _: Next<'a>) -> TransportFuture<'a> {
    Box::pin(std::future::pending())
}

#[tokio::test]
async fn it_is_held_to_the_timeout_of_the_call() {
    let server = InMemory::new(|_| Response::new(Bytes::new()));
    let limit = Duration::from_millis(50);
    let client = builder()
        .timeout(limit)
        .transport(server)
        .middleware(endless)
        .build()
        .expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(error.is_timeout(), "{error:?}");
}
