use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{
    Body, ErrorKind, FieldValue, InMemory, Incoming, Middleware, Next, OperationInfo, Retries, TransportError,
    TransportFuture, middleware_fn,
};
use http::{HeaderValue, Method, Request, Response};

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

#[tokio::test]
async fn closures_that_capture_are_middleware() {
    let passed = Arc::new(AtomicUsize::new(0));
    let (outer, inner) = (Arc::clone(&passed), Arc::clone(&passed));
    let client = builder()
        .transport(answering(200, ""))
        .middleware(middleware_fn(move |request, next| {
            outer.fetch_add(1, Ordering::Relaxed);
            next.run(request)
        }))
        .attempt_middleware(middleware_fn(move |request, next| {
            let inner = Arc::clone(&inner);
            Box::pin(async move {
                let response = next.run(request).await?;
                inner.fetch_add(10, Ordering::Relaxed);
                Ok(response)
            })
        }))
        .build()
        .expect("a client");
    client.operation(&UPLOAD).send().await.expect("a reply");
    assert_eq!(passed.load(Ordering::Relaxed), 11);
}

/// Both kinds of middleware know the operation; without middleware, nothing is put into the request.
#[tokio::test]
async fn middleware_knows_the_operation() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let watch = || {
        let seen = Arc::clone(&seen);
        middleware_fn(move |request, next| {
            let info = *request.extensions().get::<OperationInfo>().expect("an operation");
            seen.lock().expect("operations").push((info.id, info.method, info.path));
            next.run(request)
        })
    };
    let watched = builder().middleware(watch()).attempt_middleware(watch());
    let client = watched.transport(answering(200, "")).build().expect("a client");
    client.operation(&UPLOAD).send().await.expect("a reply");
    client.request(Method::GET, "/x").send().await.expect("a reply");
    let (upload, other) = (("Upload", "PUT", "/file"), ("undocumented operation", "", ""));
    assert_eq!(*seen.lock().expect("operations"), [upload, upload, other, other]);

    let server = answering(200, "");
    let client = builder().transport(server.clone()).build().expect("a client");
    client.operation(&UPLOAD).send().await.expect("a reply");
    assert!(server.requests()[0].extensions().get::<OperationInfo>().is_none());
}

#[tokio::test]
async fn headers_are_texts_or_header_values() {
    let mut secret = HeaderValue::from_static("s3cr3t-enough");
    secret.set_sensitive(true);
    let values: [FieldValue; 4] = [
        "a".into(),
        "b".to_owned().into(),
        HeaderValue::from_static("c").into(),
        HeaderValue::from_bytes(b"caf\xe9").expect("a value").into(),
    ];
    let server = answering(404, "s3cr3t-enough");
    let client = builder()
        .default_header("x-d", HeaderValue::from_static("d"))
        .transport(server.clone());
    let client = client.build().expect("a client");
    let mut request = client.operation(&UPLOAD);
    for (index, value) in values.into_iter().enumerate() {
        request.header(format!("x-{index}"), value);
    }
    request.header(http::header::ETAG, &secret);
    let error = request.call::<super::Download>().await.expect_err("an error");
    assert!(!format!("{error} {error:?}").contains("s3cr3t"), "{error:?}");
    let headers = server.requests().remove(0).into_parts().0.headers;
    let sent = ["x-0", "x-1", "x-2", "x-3", "x-d", "etag"].map(|name| headers[name].as_bytes());
    let expected: [&[u8]; 6] = [b"a", b"b", b"c", b"caf\xe9", b"d", b"s3cr3t-enough"];
    assert_eq!(sent, expected);

    let mut request = client.operation(&UPLOAD);
    request.header("x-bad", "caf\u{e9}");
    let error = request.send().await.expect_err("not ASCII");
    assert!(matches!(error.kind(), ErrorKind::Encode(_)), "{error:?}");
}
