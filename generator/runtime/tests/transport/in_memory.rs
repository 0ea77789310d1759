use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, ErrorKind, InMemory, Retries};
use http::{Method, Response};

use super::{CANARY, UPLOAD, answering, builder};

#[tokio::test]
async fn it_sees_whole_requests() {
    let server = answering(200, "ok");
    let client = builder().transport(server.clone()).build().expect("a client");
    let mut request = client.operation(&UPLOAD);
    request.body("text/plain", Body::chain(vec!["one ".into(), "two".into()]));
    let reply = request.send().await.expect("a reply");
    assert_eq!(reply.body(), "ok");
    let seen = server.requests();
    let [request] = seen.as_slice() else {
        panic!("{} requests", seen.len());
    };
    assert_eq!(request.method(), Method::PUT);
    assert_eq!(request.uri(), "https://api.example.com/v1/file");
    assert_eq!(request.headers()["x-api-key"], CANARY);
    assert_eq!(request.headers()["content-type"], "text/plain");
    assert_eq!(request.headers()["user-agent"], "envoi-test/1");
    assert_eq!(request.body(), "one two");
    assert!(
        !format!("{server:?} {seen:?}").contains(CANARY),
        "credentials are shown"
    );
}

#[tokio::test]
async fn retries_and_redirects_are_above_it() {
    let asked = AtomicU32::new(0);
    let server = InMemory::new(move |request| {
        let reply = Response::builder();
        let reply = match (request.uri().path(), asked.fetch_add(1, Ordering::Relaxed)) {
            ("/v1/file", 0) => reply.status(503),
            ("/v1/file", _) => reply.status(307).header("location", "/v1/other"),
            _ => reply.status(200),
        };
        reply.body(Bytes::from_static(b"there")).expect("a reply")
    });
    let client = builder()
        .retries(Retries::default().base_delay(Duration::from_millis(1)))
        .transport(server.clone())
        .build()
        .expect("a client");
    let mut request = client.operation(&UPLOAD);
    request.body("text/plain", "a jar");
    assert_eq!(request.send().await.expect("a reply").body(), "there");
    let seen: Vec<(String, Bytes)> = server
        .requests()
        .into_iter()
        .map(|request| (request.uri().path().to_owned(), request.into_body()))
        .collect();
    let jar = |path: &str| (path.to_owned(), Bytes::from_static(b"a jar"));
    assert_eq!(seen, [jar("/v1/file"), jar("/v1/file"), jar("/v1/other")]);
}

#[tokio::test]
async fn limits_are_above_it() {
    let server = answering(200, "much too long");
    let client = builder().max_body_bytes(4).transport(server).build().expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(
        matches!(error.kind(), ErrorKind::BodyTooLarge { limit: 4 }),
        "{error:?}"
    );
}

#[tokio::test]
async fn many_tasks_share_a_client() {
    let server = InMemory::new(|request| Response::new(Bytes::from(request.uri().path().to_owned())));
    let client = builder().transport(server.clone()).build().expect("a client");
    let calls = (0..200).map(|index| {
        let client = client.clone();
        tokio::spawn(async move {
            let path = format!("/pets/{index}");
            let reply = client.request(Method::GET, &path).send().await.expect("a reply");
            assert_eq!(*reply.body(), format!("/v1{path}"));
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.expect("a reply of one's own");
    }
    assert_eq!(server.requests().len(), 200);
}
