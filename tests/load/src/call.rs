//! The calls, in a process of their own: many at once, each looked at.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use clap::ValueEnum;
use envoi_runtime::{Retries, Tower};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::api::{Client, models};
use crate::plan::creates;
use crate::server::{Item, text};
use crate::{CERTIFICATE, Failure, machine};

/// What makes the calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum By {
    /// A client of Envoi, with reqwest
    Envoi,
    /// A client of Envoi, with a service of tower
    Tower,
    /// A client of Envoi, in threads that wait
    Blocking,
    /// reqwest by hand
    Reqwest,
    /// reqwest's blocking client by hand
    ReqwestBlocking,
}

/// How the requests travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Wire {
    Http1,
    /// HTTP/2 without TLS
    Http2,
    /// HTTP/2 over TLS
    Tls,
}

/// How many calls, and how many of them at once.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Extent {
    /// How many calls there are; a fifth of them creates something
    #[arg(long, default_value_t = 100_000)]
    pub calls: u64,
    /// How many tasks or threads make them
    #[arg(long, default_value_t = 200)]
    pub tasks: u64,
}

/// What became of the calls.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Outcome {
    pub right: u64,
    pub failed: u64,
    /// What one of the failures said.
    pub failure: Option<String>,
    pub seconds: f64,
    pub cpu: f64,
    /// Resident memory when a fifth of the calls was made, and in the end, in MiB.
    pub memory: (f64, f64),
    /// Of the calls, in microseconds: the median, and what 99 of 100 are below.
    pub latency: (u32, u32),
}

/// Makes the calls.
///
/// # Errors
/// No client can be made.
pub fn call(by: By, wire: Wire, port: u16, extent: Extent) -> Result<Outcome, Failure> {
    let base = match wire {
        Wire::Tls => format!("https://localhost:{port}"),
        Wire::Http1 | Wire::Http2 => format!("http://127.0.0.1:{port}"),
    };
    let certificate = reqwest::Certificate::from_pem(CERTIFICATE)?;
    match by {
        By::Envoi | By::Blocking | By::Tower => {
            let mut builder = Client::builder().base_url(base).bearer("a secret for this API");
            builder = match by {
                By::Tower => builder.transport(tower(wire)),
                _ => builder.http_client(move |http| {
                    let http = http.tls_certs_only([certificate.clone()]);
                    if wire == Wire::Http2 {
                        http.http2_prior_knowledge()
                    } else {
                        http
                    }
                }),
            };
            let retries = Retries::default().base_delay(Duration::from_millis(10));
            let client = builder.retries(retries).build()?;
            match by {
                By::Blocking => threads(extent, move |item| blocking(&client, item)),
                _ => tasks(extent, move |item| awaited(client.clone(), item)),
            }
        }
        By::Reqwest => {
            let http = reqwest::Client::builder().no_proxy().tls_certs_only([certificate]);
            let http = if wire == Wire::Http2 {
                http.http2_prior_knowledge()
            } else {
                http
            };
            let (http, base) = (http.build()?, Arc::<str>::from(base));
            tasks(extent, move |item| by_hand(http.clone(), Arc::clone(&base), item))
        }
        By::ReqwestBlocking => {
            let http = reqwest::blocking::Client::builder()
                .no_proxy()
                .tls_certs_only([certificate]);
            let http = if wire == Wire::Http2 {
                http.http2_prior_knowledge()
            } else {
                http
            };
            let http = http.build()?;
            threads(extent, move |item| blocking_by_hand(&http, &base, item))
        }
    }
}

fn tower(wire: Wire) -> impl envoi_runtime::Transport + 'static {
    let mut settings = hyper_util::client::legacy::Client::builder(TokioExecutor::new());
    let mut connector = HttpConnector::new();
    // as reqwest does
    connector.set_nodelay(true);
    let settings = settings.http2_only(wire == Wire::Http2);
    Tower::new(settings.build::<_, envoi_runtime::Body>(connector))
}

fn model(item: u64) -> models::Item {
    models::Item::new(item.cast_signed(), text(item))
}

async fn awaited(client: Client, item: u64) -> Result<bool, Failure> {
    let came = match creates(item) {
        true => client.items().create(&model(item)).await?,
        false => client.items().get(item.cast_signed()).await?,
    };
    Ok(came == model(item))
}

fn blocking(client: &Client, item: u64) -> Result<bool, Failure> {
    let came = match creates(item) {
        true => client.items().create(&model(item)).send_blocking()?,
        false => client.items().get(item.cast_signed()).send_blocking()?,
    };
    Ok(came.into_body() == model(item))
}

async fn by_hand(http: reqwest::Client, base: Arc<str>, item: u64) -> Result<bool, Failure> {
    let expected = Item {
        id: item,
        text: text(item),
    };
    let request = match creates(item) {
        true => http.post(format!("{base}/items")).json(&expected),
        false => http.get(format!("{base}/items/{item}")),
    };
    let request = request
        .bearer_auth("a secret for this API")
        .timeout(Duration::from_secs(60));
    let came: Item = request.send().await?.error_for_status()?.json().await?;
    Ok(came == expected)
}

fn blocking_by_hand(http: &reqwest::blocking::Client, base: &str, item: u64) -> Result<bool, Failure> {
    let expected = Item {
        id: item,
        text: text(item),
    };
    let request = match creates(item) {
        true => http.post(format!("{base}/items")).json(&expected),
        false => http.get(format!("{base}/items/{item}")),
    };
    let request = request
        .bearer_auth("a secret for this API")
        .timeout(Duration::from_secs(60));
    let came: Item = request.send()?.error_for_status()?.json()?;
    Ok(came == expected)
}

/// What one task or thread has seen.
#[derive(Default)]
struct Seen {
    right: u64,
    failed: u64,
    failure: Option<String>,
    latencies: Vec<u32>,
}

impl Seen {
    fn add(&mut self, start: Instant, outcome: Result<bool, Failure>) {
        let taken = start.elapsed().as_micros();
        self.latencies.push(u32::try_from(taken).unwrap_or(u32::MAX));
        match outcome {
            Ok(true) => self.right += 1,
            other => {
                self.failed += 1;
                let told = other.map_or_else(|error| told(&*error), |_| "another item came".to_owned());
                self.failure = Some(told);
            }
        }
    }

    fn join(&mut self, other: Self) {
        self.right += other.right;
        self.failed += other.failed;
        self.failure = self.failure.take().or(other.failure);
        self.latencies.extend(other.latencies);
    }
}

/// An error with what caused it.
fn told(error: &(dyn std::error::Error + 'static)) -> String {
    let chain = std::iter::successors(Some(error), |error| error.source());
    chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// Notes the memory when a fifth of the calls was made.
#[derive(Default)]
struct Progress(AtomicU64, AtomicU64);

impl Progress {
    fn step(&self, calls: u64) {
        if self.0.fetch_add(1, Ordering::Relaxed) == calls / 5 {
            self.1.store(machine::memory(), Ordering::Relaxed);
        }
    }
}

fn tasks<F>(extent: Extent, call: impl Fn(u64) -> F + Clone + Send + 'static) -> Result<Outcome, Failure>
where
    F: Future<Output = Result<bool, Failure>> + Send,
{
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let start = Instant::now();
        let progress = Arc::<Progress>::default();
        let mut tasks = JoinSet::new();
        for task in 0..extent.tasks {
            let (call, progress) = (call.clone(), Arc::clone(&progress));
            tasks.spawn(async move {
                let mut seen = Seen::default();
                for item in items(extent, task) {
                    let start = Instant::now();
                    let outcome = call(item).await;
                    seen.add(start, outcome);
                    progress.step(extent.calls);
                }
                seen
            });
        }
        let mut all = Seen::default();
        while let Some(seen) = tasks.join_next().await {
            all.join(seen?);
        }
        Ok(conclude(all, start, &progress))
    })
}

fn threads(extent: Extent, call: impl Fn(u64) -> Result<bool, Failure> + Sync) -> Result<Outcome, Failure> {
    let start = Instant::now();
    let progress = Progress::default();
    let all = std::thread::scope(|scope| {
        let one = |task| {
            let mut seen = Seen::default();
            for item in items(extent, task) {
                let start = Instant::now();
                let outcome = call(item);
                seen.add(start, outcome);
                progress.step(extent.calls);
            }
            seen
        };
        let threads: Vec<_> = (0..extent.tasks).map(|task| scope.spawn(move || one(task))).collect();
        let mut all = Seen::default();
        for thread in threads {
            all.join(thread.join().map_err(|_| "a thread panicked")?);
        }
        Ok::<_, Failure>(all)
    })?;
    Ok(conclude(all, start, &progress))
}

/// The items that one task calls for.
fn items(extent: Extent, task: u64) -> impl Iterator<Item = u64> {
    (0..extent.calls)
        .skip(usize::try_from(task).unwrap_or(usize::MAX))
        .step_by(usize::try_from(extent.tasks).unwrap_or(1).max(1))
}

fn conclude(mut all: Seen, start: Instant, progress: &Progress) -> Outcome {
    let seconds = start.elapsed().as_secs_f64();
    all.latencies.sort_unstable();
    let at = |part: usize| {
        all.latencies
            .get(all.latencies.len() * part / 100)
            .copied()
            .unwrap_or_default()
    };
    let mebibytes = |kibibytes: u64| kibibytes as f64 / 1024.0;
    Outcome {
        right: all.right,
        failed: all.failed,
        failure: all.failure,
        seconds,
        cpu: machine::cpu(),
        memory: (
            mebibytes(progress.1.load(Ordering::Relaxed)),
            mebibytes(machine::memory()),
        ),
        latency: (at(50), at(99)),
    }
}
