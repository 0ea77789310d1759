//! Calls against a server that is not always kind.

mod connections;
mod credentials;
mod limits;
mod redirects;
mod replies;
mod retries;
#[path = "../support/mod.rs"]
mod support;

use std::collections::BTreeMap;

use envoi_runtime::object;
use envoi_runtime::read::{self, Read, Source, ValueError};
use envoi_runtime::serde::{Deserialize, Deserializer};
use envoi_runtime::{Decode, Decoded, Error, Operation, OperationInfo, Reply, Response, Scheme};
use support::{Answer, Server, client};

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");
static QUERY: Scheme = Scheme::api_key_query("query", "api key");
static COOKIE: Scheme = Scheme::api_key_cookie("cookie", "session");
static BASIC: Scheme = Scheme::basic("basic");
static BEARER: Scheme = Scheme::bearer("bearer");

/// Reads `{"status": 1}`.
#[derive(Debug)]
struct Item {
    status: i64,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read::deserialize(deserializer)
    }
}

impl Read for Item {
    fn read(source: &mut dyn Source<'_>) -> Result<Self, ValueError> {
        let mut status = None;
        object::read(source, "Item", &mut [object::required("status", &mut status)])?;
        Ok(Self {
            status: object::present(status),
        })
    }
}

/// 200 with items, 204, 201 as text; 302, 400 and 503 with a map.
enum List {}

impl Operation for List {
    type Output = BTreeMap<String, Vec<Item>>;
    type Decoder = Self;
    type Error = ListError;
    const INFO: OperationInfo = OperationInfo {
        accept: "application/json",
        ..OperationInfo::new("ListItems", "GET", "/items")
    };
}

impl Decode<BTreeMap<String, Vec<Item>>> for List {
    fn decode(reply: &Reply) -> Decoded<BTreeMap<String, Vec<Item>>> {
        match reply.status_code() {
            200 | 204 => Some(reply.json()),
            _ => None,
        }
    }
}

/// What a declared error holds.
#[derive(Debug, PartialEq)]
struct ListError(BTreeMap<String, String>);

impl std::fmt::Display for ListError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("declared")
    }
}

impl std::error::Error for ListError {}

impl Decode for ListError {
    fn decode(reply: &Reply) -> Decoded<Self> {
        match reply.status_code() {
            302 | 400 | 503 => Some(reply.json().map(Self)),
            _ => None,
        }
    }
}

type Listed = Result<Response<BTreeMap<String, Vec<Item>>>, Error<ListError>>;

async fn list(answer: impl Fn(&str) -> Answer + Send + 'static) -> Listed {
    let server = Server::start(answer).await;
    client(&server).operation(&List::INFO).call::<List>().await
}

async fn list_error(answer: impl Fn(&str) -> Answer + Send + 'static) -> Error<ListError> {
    list(answer).await.expect_err("an error")
}
