//! Pages and items against a server that is not always kind.

mod bodies;
mod ends;
mod hostile;
#[path = "../support/mod.rs"]
mod support;

use envoi_runtime::serde_json::Value;
use envoi_runtime::{Error, Items, Json, Operation, OperationInfo, Paged, Paging, Request, Scheme, Undeclared};
use support::{Answer, Server, client};

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");
static QUERY: Scheme = Scheme::api_key_query("query", "api key");
static BY_KEY: &[&[&Scheme]] = &[&[&KEY]];
static BY_QUERY: &[&[&Scheme]] = &[&[&QUERY]];

/// An operation whose items are at `data`, paged as it says.
macro_rules! operation {
    ($name:ident, $paging:expr) => {
        operation!($name, "GET", $paging);
    };
    ($name:ident, $method:literal, $paging:expr) => {
        #[derive(Debug)]
        enum $name {}

        impl Operation for $name {
            type Output = Value;
            type Decoder = Json;
            type Error = Undeclared;
            const INFO: OperationInfo = OperationInfo::new("ListThings", $method, "/things");
        }

        impl Paged for $name {
            type Item = u64;
            const PAGING: Paging = $paging;

            fn items(output: Value) -> Vec<u64> {
                let items = output["data"].as_array().into_iter().flatten();
                items.filter_map(Value::as_u64).collect()
            }
        }
    };
}
operation!(ByUrl, Paging::next_url("/links/next"));
operation!(ByPage, Paging::page_number("page[number]", 1).items("/data"));
operation!(
    ByPageOfMany,
    Paging::page_number("page", 1).items("/data").total_pages("/meta/total")
);
operation!(
    ByPageFromZero,
    Paging::page_number("page", 0).items("/data").total_pages("/meta/total")
);
operation!(
    ByPageWithMore,
    Paging::page_number("page", 1).items("/data").more("/more")
);
operation!(ByOffset, Paging::offset("offset", 0).items("/data").size("limit", 100));
operation!(ByCursor, Paging::cursor("cursor", "/next").more("/has_more"));
operation!(ByLast, Paging::cursor("starting_after", "/data/-1").more("/has_more"));
operation!(ByHeader, Paging::cursor_in_header("cursor", "X-Next"));
operation!(ByLink, Paging::link_header());
operation!(
    ByOffsetWithMore,
    Paging::offset("offset", 0).items("/data").more("/more")
);
operation!(
    ByBodyCursor,
    "POST",
    Paging::cursor("/p/cursor", "/next").in_body("application/json")
);
operation!(
    ByBodyPage,
    "POST",
    Paging::page_number("/page", 1)
        .items("/data")
        .in_body("application/json")
);
operation!(
    ByBodyOffset,
    "POST",
    Paging::offset("/from", 0).items("/data").in_body("application/json")
);
operation!(ByOwnNumber, Paging::numbered_page("page", "/page").items("/data"));
operation!(
    ByHeaderTotal,
    Paging::page_number("page", 1)
        .items("/data")
        .total_pages_in_header("X-Pages")
);

fn request<Op: Paged>(server: &Server) -> Request {
    client(server).operation(&Op::INFO)
}

/// All items, or those before an error with the error.
async fn collect<Op: Paged<Item = u64> + 'static>(mut items: Items<Op>) -> (Vec<u64>, Option<Error<Op::Error>>) {
    let mut all = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => all.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing follows an error");
                return (all, Some(error));
            }
        }
    }
    (all, None)
}

/// The items that the operation gives at a server, and what it was asked.
async fn run<Op: Paged<Item = u64> + 'static>(
    answer: impl Fn(&str) -> Answer + Send + 'static,
    set: impl FnOnce(&mut Request),
) -> (Vec<u64>, Option<Error<Op::Error>>, Vec<String>) {
    let server = Server::start(answer).await;
    let mut request = request::<Op>(&server);
    set(&mut request);
    let (items, error) = collect(request.items::<Op>()).await;
    (items, error, targets(&server))
}

/// Path and query of every request.
fn targets(server: &Server) -> Vec<String> {
    let target = |request: &String| request.split(' ').nth(1).unwrap_or_default().to_owned();
    server.seen().iter().map(target).collect()
}

/// The value of a query parameter in a request line.
fn parameter<'r>(line: &'r str, name: &str) -> Option<&'r str> {
    let query = line.split(' ').nth(1)?.split_once('?')?.1;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}
