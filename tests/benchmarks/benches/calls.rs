//! A call through a generated client against the same call written by hand on reqwest and serde's derive, over the
//! loopback, to a server that answers at once.
//!
//! Both sides are measured in turns, batch by batch, so that whatever else the machine does meets both of them. The
//! lines at the end have the median of the ratios of batches that followed one another.

mod by_hand;

use std::collections::BTreeMap;
use std::fmt;
use std::hint::black_box;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use invitations::clerk;
use reqwest::Url;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::redirect::Policy;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;

use by_hand::{Invitation, invitation, invitations};

const KEY: &str = "sk_test_0000";
const USER_AGENT: &str = "invitations/0.1.0";

/// Calls of one side before it is the turn of the other.
const BATCH: u64 = 50;

#[derive(Debug, Serialize)]
struct New<'a> {
    email_address: &'a str,
    public_metadata: BTreeMap<&'a str, &'a str>,
    notify: bool,
}

/// The body that the document declares for errors.
#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "no call fails")]
struct Problems {
    errors: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code, reason = "no call fails")]
struct Problem {
    code: String,
    message: String,
    long_message: Option<String>,
}

#[derive(Debug)]
#[allow(dead_code, reason = "what is in it is only printed")]
enum Failure {
    Encode(serde_json::Error),
    Exchange(reqwest::Error),
    Declared(u16, Problems),
    Status(u16),
    Decode(serde_json::Error),
}

/// Starts a server on a thread of its own that answers every request at once: lists for GET, one invitation otherwise.
fn serve() -> String {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .build()
        .expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let address = listener.local_addr().expect("an address");
    let list = reply(&invitations(10));
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

fn reply(body: &str) -> Vec<u8> {
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

#[derive(Clone, Copy)]
enum Operation {
    List,
    Create,
}

impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "list",
            Self::Create => "create",
        })
    }
}

/// A client written for this API by hand, with the limits that a generated one has.
struct ByHand {
    http: reqwest::Client,
    base: String,
}

impl ByHand {
    fn new(base: String) -> Self {
        let mut key = HeaderValue::try_from(format!("Bearer {KEY}")).expect("a value");
        key.set_sensitive(true);
        let json = HeaderValue::from_static("application/json");
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .referer(false)
            .connect_timeout(Duration::from_secs(10))
            .timeout(Duration::from_secs(60))
            .read_timeout(Duration::from_secs(30))
            .user_agent(USER_AGENT)
            .default_headers(HeaderMap::from_iter([(ACCEPT, json), (AUTHORIZATION, key)]))
            .build()
            .expect("a client");
        Self { http, base }
    }

    async fn list(&self, limit: u32, offset: u32, query: &str) -> Result<Vec<Invitation>, Failure> {
        let mut url = Url::parse(&format!("{}/invitations", self.base)).expect("a URL");
        url.query_pairs_mut()
            .append_pair("limit", &limit.to_string())
            .append_pair("offset", &offset.to_string())
            .append_pair("query", query);
        decoded(self.http.get(url).send().await.map_err(Failure::Exchange)?).await
    }

    async fn create(&self, body: &New<'_>) -> Result<Invitation, Failure> {
        let body = serde_json::to_vec(body).map_err(Failure::Encode)?;
        let request = self.http.post(format!("{}/invitations", self.base)).body(body);
        let request = request.header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        decoded(request.send().await.map_err(Failure::Exchange)?).await
    }

    async fn call(&self, operation: Operation) {
        match operation {
            Operation::List => {
                black_box(self.list(10, 0, "ada").await.expect("a reply"));
            }
            Operation::Create => {
                let body = New {
                    email_address: "ada@example.com",
                    public_metadata: BTreeMap::from([("team", "analytics")]),
                    notify: false,
                };
                black_box(self.create(&body).await.expect("a reply"));
            }
        }
    }
}

async fn decoded<T: DeserializeOwned>(reply: reqwest::Response) -> Result<T, Failure> {
    let status = reply.status();
    let body = reply.bytes().await.map_err(Failure::Exchange)?;
    match status.as_u16() {
        200..=299 => serde_json::from_slice(&body).map_err(Failure::Decode),
        code @ (400 | 422) => {
            let problems = serde_json::from_slice(&body).map_err(Failure::Decode)?;
            Err(Failure::Declared(code, problems))
        }
        code => Err(Failure::Status(code)),
    }
}

fn generated(base: String) -> clerk::Client {
    let client = clerk::Client::builder().bearer_auth(KEY).user_agent(USER_AGENT);
    client.base_url(base).build().expect("a client")
}

async fn call_generated(client: &clerk::Client, operation: Operation) {
    match operation {
        Operation::List => {
            let request = client.invitations().list();
            black_box(request.limit(10).offset(0).query("ada").await.expect("a reply"));
        }
        Operation::Create => {
            let metadata = Map::from_iter([("team".to_owned(), Value::from("analytics"))]);
            let body = clerk::models::CreateInvitationRequest::new("ada@example.com")
                .notify(false)
                .public_metadata(metadata);
            let request = client.invitations().create().body(&body);
            black_box(request.await.expect("a reply"));
        }
    }
}

/// What calls took: by the clock, and of the processor in this thread where the system tells.
#[derive(Clone, Copy, Default)]
struct Cost {
    clock: Duration,
    processor: Duration,
}

impl Cost {
    async fn of(calls: impl Future<Output = ()>) -> Self {
        let (start, before) = (Instant::now(), processor_time());
        calls.await;
        Self {
            processor: processor_time() - before,
            clock: start.elapsed(),
        }
    }
}

/// The processor time of this thread, on Linux; zero elsewhere.
fn processor_time() -> Duration {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = text.split(' ').next().and_then(|first| first.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or_default())
}

/// Both sides of a comparison, and what batches that followed one another took.
struct Sides {
    operation: Operation,
    runtime: Runtime,
    by_hand: ByHand,
    generated: clerk::Client,
    pairs: Vec<[Cost; 2]>,
}

impl Sides {
    fn new(operation: Operation) -> Self {
        Self {
            operation,
            runtime: runtime(),
            by_hand: ByHand::new(serve()),
            generated: generated(serve()),
            pairs: Vec::new(),
        }
    }

    /// Makes so many calls on both sides in turns; what those of one side took by the clock.
    fn measure(&mut self, calls: u64, side: usize) -> Duration {
        let mut all = Duration::ZERO;
        for batch in 0..calls.div_ceil(BATCH) {
            let size = BATCH.min(calls - batch * BATCH);
            let pair = self.runtime.block_on(self.batches(size));
            all += pair[side].clock;
            if size == BATCH {
                self.pairs.push(pair);
            }
        }
        all
    }

    /// One batch of each side, of which each goes first as often as the other.
    async fn batches(&self, size: u64) -> [Cost; 2] {
        let by_hand = Cost::of(async {
            for _ in 0..size {
                self.by_hand.call(self.operation).await;
            }
        });
        let generated = Cost::of(async {
            for _ in 0..size {
                call_generated(&self.generated, self.operation).await;
            }
        });
        if self.pairs.len().is_multiple_of(2) {
            let by_hand = by_hand.await;
            [by_hand, generated.await]
        } else {
            let generated = generated.await;
            [by_hand.await, generated]
        }
    }

    /// The median over pairs of batches of how many times more the generated side takes, and half of what lies between
    /// the quartiles.
    fn ratio(&self, of: fn(&Cost) -> Duration) -> String {
        let ratios = self
            .pairs
            .iter()
            .map(|pair| pair.each_ref().map(|cost| of(cost).as_secs_f64()));
        let ratios = ratios.filter(|[by_hand, _]| *by_hand > 0.0);
        let mut ratios: Vec<f64> = ratios.map(|[by_hand, generated]| generated / by_hand).collect();
        ratios.sort_by(f64::total_cmp);
        match ratios.as_slice() {
            [] => "not known".to_owned(),
            all => {
                let quartile = |part| all[all.len() * part / 4];
                format!("{:.3} ± {:.3}", quartile(2), (quartile(3) - quartile(1)) / 2.0)
            }
        }
    }
}

fn calls(criterion: &mut Criterion) {
    let mut lines = Vec::new();
    let mut group = criterion.benchmark_group("call");
    group.measurement_time(Duration::from_secs(10)).sample_size(100);
    for operation in [Operation::List, Operation::Create] {
        check_same(operation);
        let mut sides = Sides::new(operation);
        for (side, name) in ["by hand", "generated"].into_iter().enumerate() {
            group.bench_function(format!("{operation}/{name}"), |bencher| {
                bencher.iter_custom(|calls| sides.measure(calls, side));
            });
        }
        let (clock, processor) = (sides.ratio(|cost| cost.clock), sides.ratio(|cost| cost.processor));
        let pairs = sides.pairs.len();
        lines.push(format!(
            "{operation}: generated / by hand: time {clock}, processor time {processor} ({pairs} pairs of {BATCH} calls)"
        ));
    }
    group.finish();
    for line in lines {
        println!("{line}");
    }
}

/// Refuses to compare sides that do not send the same.
fn check_same(operation: Operation) {
    let (base, request) = record();
    let runtime = runtime();
    runtime.block_on(ByHand::new(base).call(operation));
    let by_hand = request.join().expect("a request");
    let (base, request) = record();
    runtime.block_on(call_generated(&generated(base), operation));
    assert_eq!(by_hand, request.join().expect("a request"), "both sides send the same");
}

/// A server of one call, and the lines that come to it but for the `Host`, in the order of the alphabet.
fn record() -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut buffer = [0; 4096];
        let read = stream.read(&mut buffer).expect("a request");
        let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
        let body = if text.starts_with("GET") {
            invitations(0)
        } else {
            invitation(0)
        };
        stream.write_all(&reply(&body)).expect("a reader");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.retain(|line| !line.starts_with("host:"));
        lines.sort();
        lines
    });
    (format!("http://{address}/v1"), thread)
}

criterion_group!(benches, calls);
criterion_main!(benches);
