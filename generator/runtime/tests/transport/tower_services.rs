use std::convert::Infallible;
use std::io;
use std::time::Duration;

use bytes::Bytes;
use envoi_runtime::{Body, ErrorKind, Retries, Tower, TransportError};
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

/// A client over a service that fails, and whether the call is sent again at all.
async fn failing<E>(error: impl Fn() -> E + Clone + Send + 'static) -> envoi_runtime::Error
where
    E: Into<Box<dyn std::error::Error + Send + Sync>> + Send + 'static,
{
    let service = service_fn(move |_: Request<Body>| std::future::ready(Err::<Response<Body>, E>(error())));
    let client = builder()
        .retries(Retries::default().base_delay(Duration::from_millis(1)))
        .transport(Tower::new(service))
        .build()
        .expect("a client");
    client.operation(&UPLOAD).send().await.expect_err("an error")
}

/// What layers and clients wrap errors in.
#[derive(Debug)]
struct Told(&'static str, Box<dyn std::error::Error + Send + Sync>);

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for Told {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.1)
    }
}

fn wrapped(error: Box<dyn std::error::Error + Send + Sync>) -> Told {
    Told("a layer failed", error)
}

#[tokio::test]
async fn what_services_fail_with_is_told_apart() {
    let io = |kind| move || wrapped(io::Error::new(kind, "no").into());
    let error = failing(io(io::ErrorKind::ConnectionRefused)).await;
    assert!(error.is_connect() && error.attempts() == 3, "{error:?}");
    let error = failing(io(io::ErrorKind::TimedOut)).await;
    assert!(
        error.is_timeout() && !error.is_connect() && error.attempts() == 1,
        "{error:?}"
    );
    let certificate = || wrapped(io::Error::new(io::ErrorKind::InvalidData, "unknown issuer").into());
    let error = failing(certificate).await;
    assert!(error.is_connect() && error.attempts() == 1, "{error:?}");
    assert!(
        error.to_string().ends_with("the TLS handshake failed: unknown issuer"),
        "{error}"
    );
    let error = failing(|| TransportError::tls("unknown issuer")).await;
    assert!(error.is_connect() && error.attempts() == 1, "{error:?}");
    let error = failing(|| wrapped(TransportError::connect_timeout("slow").into())).await;
    assert!(
        error.is_connect() && error.is_timeout() && error.attempts() == 3,
        "{error:?}"
    );
    let error = failing(|| wrapped("something else".into())).await;
    assert!(
        matches!(error.kind(), ErrorKind::Transport) && error.attempts() == 3,
        "{error:?}"
    );
}

/// The client of hyper says in its messages whether the connection had been made.
#[tokio::test]
async fn what_the_client_of_hyper_fails_with_is_told_apart() {
    let io = |kind| Box::new(io::Error::new(kind, "bad record"));
    let error = failing(move || Told("client error (Connect)", io(io::ErrorKind::UnexpectedEof))).await;
    assert!(
        error.is_connect() && !error.is_timeout() && error.attempts() == 3,
        "{error:?}"
    );
    let error = failing(move || Told("client error (Connect)", io(io::ErrorKind::TimedOut))).await;
    assert!(
        error.is_connect() && error.is_timeout() && error.attempts() == 3,
        "{error:?}"
    );
    let error = failing(move || Told("client error (Connect)", io(io::ErrorKind::InvalidData))).await;
    assert!(error.is_connect() && error.attempts() == 1, "{error:?}");
    // the handshake is over, so that the request may have been sent
    let error = failing(move || Told("connection error", io(io::ErrorKind::InvalidData))).await;
    assert!(
        matches!(error.kind(), ErrorKind::Transport) && error.attempts() == 3,
        "{error:?}"
    );
    assert_eq!(error.to_string(), "Upload: the TLS connection failed: bad record");
}

#[tokio::test]
async fn the_time_of_a_layer_is_a_timeout() {
    let service = ServiceBuilder::new()
        .timeout(Duration::from_millis(10))
        .service(service_fn(|_: Request<Body>| {
            std::future::pending::<Result<Response<Body>, Infallible>>()
        }));
    let client = builder().transport(Tower::new(service)).build().expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(error.is_timeout() && error.attempts() == 1, "{error:?}");
    assert!(std::error::Error::source(&error).is_some_and(|source| source.is::<tower::timeout::error::Elapsed>()));
}

#[tokio::test]
async fn waiting_for_a_permit_is_not_silence_of_the_server() {
    let service = ServiceBuilder::new()
        .concurrency_limit(1)
        .service(service_fn(|_: Request<Body>| {
            std::future::pending::<Result<Response<Body>, Infallible>>()
        }));
    let client = builder()
        .timeout(Duration::from_millis(100))
        .transport(Tower::new(service))
        .build()
        .expect("a client");
    let (served, waiting) = tokio::join!(client.operation(&UPLOAD).send(), client.operation(&UPLOAD).send());
    let (served, waiting) = (served.expect_err("silence"), waiting.expect_err("no permit"));
    assert_eq!(
        (served.to_string().as_str(), served.attempts()),
        ("Upload: timed out", 1)
    );
    assert_eq!(
        (waiting.to_string().as_str(), waiting.attempts()),
        ("Upload: timed out before the transport was ready to send", 0)
    );
    assert!(served.is_timeout() && waiting.is_timeout());
}

#[tokio::test]
async fn a_service_that_is_never_ready_has_sent_nothing() {
    #[derive(Clone)]
    struct Closed;
    impl tower::Service<Request<Body>> for Closed {
        type Response = Response<Body>;
        type Error = io::Error;
        type Future = std::future::Ready<Result<Response<Body>, io::Error>>;

        fn poll_ready(&mut self, _: &mut std::task::Context<'_>) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(Err(io::Error::other("the queue is gone")))
        }

        fn call(&mut self, _: Request<Body>) -> Self::Future {
            unreachable!("it is not ready")
        }
    }
    let client = builder().transport(Tower::new(Closed)).build().expect("a client");
    let error = client.operation(&UPLOAD).send().await.expect_err("an error");
    assert!(error.is_connect(), "{error:?}");
}
