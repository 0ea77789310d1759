//! What is told of connections: which were never made, which were kept, and what they cost.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use envoi_runtime::http::Method;
use envoi_runtime::{ErrorKind, Retries};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::support::{Answer, Server, builder, read_request};

fn fast() -> Retries {
    Retries::default().base_delay(Duration::from_millis(1))
}

#[tokio::test]
async fn a_tls_failure_says_why_and_is_not_repeated() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let base = format!("https://{}", listener.local_addr().expect("address"));
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
            tokio::spawn(async move { read_request(&mut stream).await });
        }
    });
    let client = builder(&base)
        .retries(fast())
        .http_client(|http| http.no_proxy().tls_certs_only([]))
        .build()
        .expect("client");
    let error = client.request(Method::GET, "/").send().await.expect_err("no TLS");
    assert!(error.is_connect() && !error.is_retryable(), "{error:?}");
    assert_eq!((error.attempts(), accepted.load(Ordering::Relaxed)), (1, 1));
    let shown = error.to_string();
    assert!(
        shown.contains("the TLS handshake failed: received corrupt message"),
        "{shown}"
    );
}

/// A server that answers the first request of a connection and closes the connection on the second.
async fn forgetful() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bind");
    let origin = format!("http://{}", listener.local_addr().expect("address"));
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                read_request(&mut stream).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
                read_request(&mut stream).await;
            });
        }
    });
    origin
}

#[tokio::test]
async fn connections_that_were_kept_may_end_at_no_cost() {
    let client = builder(&forgetful().await).retries(fast()).build().expect("client");
    for call in 0..250 {
        // all but the first meet a connection that ends; there are 100 retries
        let reply = client.request(Method::GET, "/").send().await;
        assert_eq!(
            reply.unwrap_or_else(|error| panic!("{call}: {error:?}")).status_code(),
            200
        );
    }
    let error = client
        .request(Method::POST, "/")
        .send()
        .await
        .expect_err("it is not sent twice");
    assert!(
        matches!(error.kind(), ErrorKind::Transport) && error.attempts() == 1,
        "{error:?}"
    );
}

#[tokio::test]
async fn new_connections_that_end_cost_retries() {
    let server = Server::start(|_| Answer::raw(String::new(), b"")).await;
    let client = builder(&server.origin).retries(fast()).build().expect("client");
    let mut errors = Vec::new();
    for _ in 0..60 {
        errors.push(client.request(Method::GET, "/").send().await.expect_err("an error"));
    }
    assert_eq!(server.seen().len(), 60 + 100);
    assert_eq!(
        errors[0].to_string(),
        "undocumented operation: communication with the server failed"
    );
    assert_eq!(
        errors[59].to_string(),
        "undocumented operation: communication with the server failed (not retried: the retry budget of the client is empty)"
    );
}
