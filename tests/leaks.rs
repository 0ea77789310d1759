//! Ten thousand calls on one client leave nothing behind: no memory, no socket.
//!
//! A binary of its own, since it measures the whole process; the server is a part of it.

#![cfg(target_os = "linux")]

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use invitations::clerk::Client;
use std::error::Error;
use std::fs;

/// Calls that are measured.
const CALLS: usize = 10_000;

/// Calls before that, which fill buffers and pools.
const FIRST_CALLS: usize = 2_000;

/// Tasks that share the client.
const TASKS: usize = 8;

/// What allocators keep of ten thousand calls at most. A leak of a hundred bytes a call is a megabyte.
const ALLOWED_KIB: usize = 512;

const INVITATION: &str = r#"[{"object":"invitation","id":"inv_1","email_address":"ada@example.com",
    "public_metadata":{"team":"analytics"},"status":"pending","created_at":1,"updated_at":2}]"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_calls_leave_nothing_behind() -> Result<(), Box<dyn Error>> {
    let client = Client::builder()
        .bearer_auth("sk_test")
        .base_url(serve().await?)
        .build()?;
    call(&client, FIRST_CALLS).await;
    let before = (resident_kib()?, sockets()?);
    call(&client, CALLS).await;
    let after = (resident_kib()?, sockets()?);
    println!(
        "{CALLS} calls: {} -> {} KiB resident, {} -> {} sockets",
        before.0, after.0, before.1, after.1
    );
    assert!(after.1 <= before.1, "{} sockets became {}", before.1, after.1);
    assert!(after.0 <= before.0 + ALLOWED_KIB, "{} KiB became {}", before.0, after.0);
    Ok(())
}

async fn serve() -> Result<String, Box<dyn Error>> {
    let list = get(|| async { ([(CONTENT_TYPE, "application/json")], INVITATION) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    tokio::spawn(async { axum::serve(listener, Router::new().route("/invitations", list)).await });
    Ok(origin)
}

/// Calls so many times, from several tasks at once.
async fn call(client: &Client, times: usize) {
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move {
                for _ in 0..times / TASKS {
                    let listed = client.invitations().list().limit(1).await.expect("a reply");
                    assert_eq!(listed.len(), 1);
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a task that ends");
    }
}

fn resident_kib() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let figure = line.and_then(|line| line.split_whitespace().next()).ok_or("no VmRSS")?;
    Ok(figure.parse()?)
}

/// Open sockets of this process.
fn sockets() -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    for entry in fs::read_dir("/proc/self/fd")? {
        // the descriptor of this very listing is gone when it is looked at
        let target = fs::read_link(entry?.path()).unwrap_or_default();
        count += usize::from(target.to_string_lossy().starts_with("socket:"));
    }
    Ok(count)
}
