//! A call through a generated client against the same call written by hand on reqwest and serde's derive, over the
//! loopback, to a server that answers at once.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use invitations::clerk;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

const KEY: &str = "sk_test_0000";

/// As a user would write it.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "what is decoded is not looked at")]
struct Invitation {
    object: Kind,
    id: String,
    email_address: String,
    public_metadata: Map<String, Value>,
    revoked: Option<bool>,
    status: Status,
    url: Option<String>,
    expires_at: Option<i64>,
    created_at: i64,
    updated_at: i64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Invitation,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Pending,
    Accepted,
    Revoked,
    Expired,
}

#[derive(Debug, Serialize)]
struct New<'a> {
    email_address: &'a str,
    notify: bool,
    public_metadata: BTreeMap<&'a str, &'a str>,
}

fn invitation(index: usize) -> Value {
    json!({
        "object": "invitation",
        "id": format!("inv_{index}"),
        "email_address": "ada@example.com",
        "public_metadata": { "team": "analytics" },
        "revoked": false,
        "status": "pending",
        "url": "https://app.example.com/accept?ticket=example",
        "expires_at": 1_640_592_669_544_i64,
        "created_at": 1_638_000_669_544_i64,
        "updated_at": 1_638_000_669_544_i64,
    })
}

/// Starts a server on a thread of its own that answers every request at once: lists for GET, one invitation otherwise.
fn serve() -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    let list = reply(&Value::from((0..10).map(invitation).collect::<Vec<_>>()));
    let one = reply(&invitation(0));
    std::thread::spawn(move || {
        runtime.block_on(async {
            while let Ok((stream, _)) = listener.accept().await {
                answer(stream, &list, &one).await;
            }
        });
    });
    format!("http://{address}/v1")
}

fn reply(body: &Value) -> Vec<u8> {
    let body = body.to_string();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-request-id: 1\r\ncontent-length: ";
    format!("{head}{}\r\n\r\n{body}", body.len()).into_bytes()
}

/// Serves one connection. Requests come one after the other, each in one piece.
async fn answer(mut stream: TcpStream, list: &[u8], one: &[u8]) {
    stream.set_nodelay(true).expect("an option");
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        let reply = if buffer[..read].starts_with(b"GET") { list } else { one };
        if stream.write_all(reply).await.is_err() {
            return;
        }
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

fn calls(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("call");
    group.measurement_time(Duration::from_secs(10)).sample_size(200);
    for operation in ["list", "create"] {
        let (base, runtime) = (serve(), runtime());
        let http = reqwest::Client::builder()
            .no_proxy()
            .timeout(Duration::from_secs(60))
            .read_timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        group.bench_function(format!("{operation}/by hand"), |bencher| {
            bencher.to_async(&runtime).iter(|| async {
                match operation {
                    "list" => drop(black_box(list_by_hand(&http, &base).await.expect("a reply"))),
                    _ => drop(black_box(create_by_hand(&http, &base).await.expect("a reply"))),
                }
            });
        });
        let (base, runtime) = (serve(), self::runtime());
        let client = clerk::Client::builder()
            .bearer_auth(KEY)
            .base_url(base)
            .build()
            .expect("a client");
        group.bench_function(format!("{operation}/generated"), |bencher| {
            bencher.to_async(&runtime).iter(|| async {
                match operation {
                    "list" => drop(black_box(list_generated(&client).await.expect("a reply"))),
                    _ => drop(black_box(create_generated(&client).await.expect("a reply"))),
                }
            });
        });
    }
    group.finish();
}

async fn list_by_hand(http: &reqwest::Client, base: &str) -> Result<Vec<Invitation>, Box<dyn std::error::Error>> {
    let url = format!("{base}/invitations?limit=10&offset=0&query=ada");
    let request = http.get(url).header("accept", "application/json").bearer_auth(KEY);
    let reply = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&reply.bytes().await?)?)
}

async fn list_generated(client: &clerk::Client) -> Result<Vec<clerk::models::Invitation>, Box<dyn std::error::Error>> {
    let request = client.invitations().list_invitations();
    Ok(request.limit(10).offset(0).query("ada").await?)
}

async fn create_by_hand(http: &reqwest::Client, base: &str) -> Result<Invitation, Box<dyn std::error::Error>> {
    let body = New {
        email_address: "ada@example.com",
        notify: false,
        public_metadata: BTreeMap::from([("team", "analytics")]),
    };
    let request = http
        .post(format!("{base}/invitations"))
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .bearer_auth(KEY)
        .body(serde_json::to_vec(&body)?);
    let reply = request.send().await?.error_for_status()?;
    Ok(serde_json::from_slice(&reply.bytes().await?)?)
}

async fn create_generated(client: &clerk::Client) -> Result<clerk::models::Invitation, Box<dyn std::error::Error>> {
    let metadata = Map::from_iter([("team".to_owned(), Value::from("analytics"))]);
    let body = clerk::models::CreateInvitationRequest::new("ada@example.com")
        .notify(false)
        .public_metadata(metadata);
    Ok(client.invitations().create_invitation().body(&body).await?)
}

criterion_group!(benches, calls);
criterion_main!(benches);
