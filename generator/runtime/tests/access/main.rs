//! Where calls go, and what they show to be let in.

mod canary;
mod elsewhere;
mod environment;
mod failures;
mod functions;
mod general;
mod servers;
#[path = "../support/mod.rs"]
mod support;
mod tokens;

use envoi_runtime::{OperationInfo, Scheme};

static KEY: Scheme = Scheme::api_key_header("key", "X-Api-Key");
static QUERY: Scheme = Scheme::api_key_query("query", "api key");
static COOKIE: Scheme = Scheme::api_key_cookie("cookie", "session");
static BASIC: Scheme = Scheme::basic("basic");
static BEARER: Scheme = Scheme::bearer("bearer");
static OAUTH: Scheme = Scheme::client_credentials("oauth", "/oauth/token");
static SIGNED: Scheme = Scheme::signed("digest");

/// An operation that takes no credential.
const ANY: OperationInfo = OperationInfo::new("TestOperation", "GET", "/s");

const BY_KEY: OperationInfo = OperationInfo {
    security: &[&[&KEY]],
    ..ANY
};
const BY_KEYS: OperationInfo = OperationInfo {
    security: &[&[&KEY, &QUERY, &COOKIE]],
    ..ANY
};
const BY_LOGIN: OperationInfo = OperationInfo {
    security: &[&[&BASIC]],
    ..ANY
};
const BY_BEARER: OperationInfo = OperationInfo {
    security: &[&[&BEARER]],
    ..ANY
};
const BY_TOKEN: OperationInfo = OperationInfo {
    security: &[&[&OAUTH]],
    ..ANY
};
const BY_SIGNATURE: OperationInfo = OperationInfo {
    security: &[&[&SIGNED]],
    ..ANY
};
const PERHAPS_BY_KEY: OperationInfo = OperationInfo {
    security: &[&[], &[&KEY]],
    ..ANY
};
