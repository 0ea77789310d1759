use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, ErrorKind, Tower};
use http::{Request, Response};
use tower::{ServiceBuilder, service_fn};

use super::{CANARY, UPLOAD, builder};

/// A body as a service of somebody else's has it.
fn text(text: &'static str) -> Response<Body> {
    Response::new(Body::from(text))
}

#[tokio::test]
async fn a_stack_of_tower_carries_requests() {
    let service = ServiceBuilder::new()
        .concurrency_limit(1)
        .map_request(|mut request: Request<Body>| {
            request
                .headers_mut()
                .insert("x-layer", http::HeaderValue::from_static("seen"));
            request
        })
        .service(service_fn(|request: Request<Body>| async move {
            assert_eq!(request.headers()["x-layer"], "seen");
            assert_eq!(request.headers()["x-api-key"], CANARY);
            assert_eq!(request.into_body().collect().await.expect("a body"), "a jar");
            Ok::<_, Infallible>(text("thanks"))
        }));
    let client = builder().transport(Tower::new(service)).build().expect("a client");
    for _ in 0..2 {
        let mut request = client.operation(&UPLOAD);
        request.body("text/plain", "a jar");
        assert_eq!(request.send().await.expect("a reply").body(), &Bytes::from("thanks"));
    }
}

#[tokio::test]
async fn what_a_layer_fails_with_is_a_broken_exchange() {
    let service = ServiceBuilder::new()
        .timeout(Duration::from_millis(10))
        .service(service_fn(|_: Request<Body>| {
            std::future::pending::<Result<Response<Body>, Infallible>>()
        }));
    let client = builder().transport(Tower::new(service)).build().expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(matches!(error.kind(), ErrorKind::Transport), "{error:?}");
    assert!(std::error::Error::source(&error).is_some_and(|source| source.is::<tower::timeout::error::Elapsed>()));
}
