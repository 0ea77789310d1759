//! Ways to call: with the HTTP client of the runtime, blocking or not, through a service of tower, with another client of
//! reqwest, and in memory.

use std::sync::atomic::{AtomicUsize, Ordering};

use envoi_runtime::bytes::Bytes;
use envoi_runtime::{Body, Client, ClientBuilder, InMemory, Request, Tower};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use reqwest::redirect::Policy;

use super::certificates::trusting_by_hand;
use super::origin::{Log, Script};
use super::{Fetch, Fetched, Http, LONG, Limit, Row};

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// The HTTP client of the runtime.
    Client,
    Blocking,
    /// A client of reqwest that the user has made.
    Own,
    /// The client of hyper, which is a service of tower.
    Tower,
    Memory,
}

impl Way {
    /// A client of these settings for this way.
    pub(crate) fn client(self, settings: ClientBuilder, row: &Row, scripts: Vec<Script>, log: &Log) -> Client {
        let settings = match self {
            Self::Client | Self::Blocking => settings,
            Self::Own => settings.transport(own(row)),
            Self::Tower => settings.transport(Tower::new(hyper(row))),
            Self::Memory => settings.transport(memory(scripts, log.clone())),
        };
        settings.build().expect("client")
    }

    /// Makes a call.
    pub(crate) async fn call(self, request: Request) -> Fetched {
        match self {
            Self::Blocking => {
                let call = tokio::task::spawn_blocking(|| request.call_blocking::<Fetch>());
                call.await.expect("no panic")
            }
            _ => request.call::<Fetch>().await,
        }
    }
}

fn own(row: &Row) -> reqwest::Client {
    let connect = if row.limit == Limit::Connect {
        Limit::SHORT
    } else {
        LONG
    };
    let http = row.http.set(reqwest::Client::builder());
    let http = http.redirect(Policy::none()).connect_timeout(connect);
    http.build().expect("an HTTP client")
}

fn hyper(row: &Row) -> legacy::Client<HttpsConnector<HttpConnector>, Body> {
    let connector = HttpsConnectorBuilder::new().with_tls_config(trusting_by_hand());
    let connector = connector.https_or_http().enable_all_versions().build();
    let mut settings = legacy::Client::builder(TokioExecutor::new());
    settings.http2_only(row.http == Http::Two).build(connector)
}

/// Answers with one script after the other.
fn memory(scripts: Vec<Script>, log: Log) -> InMemory {
    let count = AtomicUsize::new(0);
    InMemory::new(move |request| {
        log.hear(text_of(request));
        let script = scripts.get(count.fetch_add(1, Ordering::Relaxed)).or(scripts.last());
        script.and_then(Script::response).expect("a response")
    })
}

fn text_of(request: &http::Request<Bytes>) -> String {
    let mut text = format!("{} {} HTTP/1.1\r\n", request.method(), request.uri());
    for (name, value) in request.headers() {
        text += &format!("{name}: {}\r\n", value.to_str().expect("text"));
    }
    format!("{text}\r\n{}", String::from_utf8_lossy(request.body()))
}
