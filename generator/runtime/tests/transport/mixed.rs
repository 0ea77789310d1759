//! Awaited and blocking calls of one client, mixed.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use envoi_runtime::{Client, ClientBuilder, ClientCredentials, OperationInfo, Retries, Scheme};
use tokio::task::JoinSet;

use super::sockets::Sockets;

static OAUTH: Scheme = Scheme::client_credentials("oauth", "/oauth/token");
static SHORT_LIVED: Scheme = Scheme::client_credentials("short", "/oauth/token?0");

const OPEN: OperationInfo = OperationInfo::new("List", "GET", "/items");
const SECURE: OperationInfo = OperationInfo {
    security: &[&[&OAUTH]],
    ..OperationInfo::new("Secure", "GET", "/secure")
};
const RENEWED: OperationInfo = OperationInfo {
    security: &[&[&SHORT_LIVED]],
    ..OperationInfo::new("Renewed", "GET", "/secure")
};

fn clients(server: &Sockets) -> [Client; 2] {
    let builder = || {
        ClientBuilder::new("envoi-test/1", "")
            .base_url(&server.origin)
            .credential(&OAUTH, ClientCredentials::new("id", "secret"))
            .credential(&SHORT_LIVED, ClientCredentials::new("id", "secret"))
            .timeout(Duration::from_secs(10))
            .retries(Retries::none())
    };
    let http2 = builder().http_client(|http| http.http2_prior_knowledge());
    [builder().build().expect("a client"), http2.build().expect("a client")]
}

/// One kind of call after the other, each of which may find connections that the other kind has made.
async fn alternate(client: &Client, info: &'static OperationInfo) {
    for _ in 0..3 {
        let reply = client.operation(info).send().await.expect("an awaited call");
        assert_eq!(reply.status_code(), 200);
        let reply = client.operation(info).send_blocking().expect("a blocking call");
        assert_eq!(reply.status_code(), 200);
    }
}

async fn in_tasks() {
    let server = Sockets::start();
    for client in clients(&server) {
        for info in [&OPEN, &SECURE, &RENEWED] {
            let mut tasks = JoinSet::new();
            for _ in 0..40 {
                let client = client.clone();
                tasks.spawn(async move { alternate(&client, info).await });
            }
            tasks.join_all().await;
        }
    }
    assert_eq!(server.seen.calls.load(Ordering::Relaxed), 2 * 3 * 40 * 6);
}

#[test]
fn in_a_runtime_of_one_thread_and_beside_it() {
    let server = Sockets::start();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    for client in clients(&server) {
        for info in [&OPEN, &SECURE, &RENEWED] {
            runtime.block_on(alternate(&client, info));
            client.operation(info).send_blocking().expect("a call outside");
            runtime.block_on(alternate(&client, info));
        }
    }
}

#[tokio::test]
async fn in_a_test() {
    let server = Sockets::start();
    for client in clients(&server) {
        for info in [&OPEN, &SECURE, &RENEWED] {
            alternate(&client, info).await;
        }
    }
}

#[tokio::test]
async fn in_40_tasks_on_one_thread() {
    in_tasks().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_40_tasks_on_2_threads() {
    in_tasks().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn in_40_tasks_on_4_threads() {
    in_tasks().await;
}

#[tokio::test]
async fn a_blocking_call_does_not_wait_for_the_token_that_an_awaited_one_has_begun() {
    let server = Sockets::start();
    let [client, _] = clients(&server);
    let awaited = tokio::spawn(client.operation(&SECURE).send());
    // it has asked for a token once this thread has let it run, and goes on when the thread is free again
    while server.seen.tokens.load(Ordering::Relaxed) == 0 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    client.operation(&SECURE).send_blocking().expect("a blocking call");
    awaited.await.expect("a task").expect("an awaited call");
}

#[tokio::test]
async fn connections_of_both_kinds_are_kept() {
    let server = Sockets::start();
    let [client, _] = clients(&server);
    for _ in 0..10 {
        alternate(&client, &OPEN).await;
    }
    let connections = server.seen.connections.load(Ordering::Relaxed);
    assert_eq!(connections, 2, "60 calls take one connection of each kind");
}

#[test]
fn awaited_calls_alone_start_no_thread_for_blocking_ones() {
    let configured = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let server = Sockets::start();
    let count = Arc::clone(&configured);
    let client = ClientBuilder::new("envoi-test/1", "")
        .base_url(&server.origin)
        .http_client(move |http| {
            count.fetch_add(1, Ordering::Relaxed);
            http
        })
        .build()
        .expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime
        .block_on(client.operation(&OPEN).send())
        .expect("an awaited call");
    assert_eq!(configured.load(Ordering::Relaxed), 1);
    for _ in 0..2 {
        client.operation(&OPEN).send_blocking().expect("a blocking call");
    }
    assert_eq!(configured.load(Ordering::Relaxed), 2, "the pool is made once");
}

#[tokio::test]
async fn a_transport_of_ones_own_may_have_another_for_blocking_calls() {
    let server = Sockets::start();
    let client = ClientBuilder::new("envoi-test/1", "")
        .base_url(&server.origin)
        .transport(reqwest::Client::new())
        .blocking_transport(reqwest::Client::new())
        .timeout(Duration::from_secs(10))
        .build()
        .expect("a client");
    alternate(&client, &OPEN).await;
}
