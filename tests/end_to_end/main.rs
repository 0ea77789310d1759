//! The generated clients against real HTTP servers on the loopback.
//!
//! The servers below [`server`] keep invitations in memory and judge every request: method, path, query, headers and
//! body must be those of the documents, byte for byte. A client that gets one of them wrong is refused.

mod calls;
mod clerk;
mod examples;
mod failures;
mod fastly;
mod octopus;
mod operations;
mod pages;
mod paths;
mod secrets;
mod server;
mod transport;
mod ways;

use invitations::fastly::Retries;
use server::Server;
use std::error::Error;

/// What a test returns, so that `?` reports what went wrong.
type Outcome = Result<(), Box<dyn Error>>;

/// A client of Fastly's API at the server, with the key it wants. Like the others, it sends every call once.
fn fastly(server: &Server) -> invitations::fastly::Client {
    let builder = invitations::fastly::Client::builder().token(server::fastly::KEY);
    builder
        .base_url(server.origin())
        .retries(Retries::none())
        .build()
        .expect("a client")
}

/// A client of Octopus Deploy's API at the server, with the key it wants in the usual header.
fn octopus(server: &Server) -> invitations::octopus::Client {
    let builder = invitations::octopus::Client::builder().api_key_header(server::octopus::KEY);
    builder
        .base_url(server.url("/api"))
        .retries(Retries::none())
        .build()
        .expect("a client")
}

/// A client of Clerk's API at the server, with the key it wants.
fn clerk(server: &Server) -> invitations::clerk::Client {
    let builder = invitations::clerk::Client::builder().bearer_auth(server::clerk::KEY);
    builder
        .base_url(server.url("/v1"))
        .retries(Retries::none())
        .build()
        .expect("a client")
}
