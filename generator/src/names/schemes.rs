//! Names of security schemes.

use super::ident::{self, Ident};
use super::scope::Scope;
use super::words;
use crate::ir::{Api, SchemeKind};

/// The names of a security scheme.
#[derive(Debug, Clone)]
pub struct SchemeNames {
    /// The setter of the builder.
    pub setter: Ident,
    /// The setter for the credentials that a client gets its own tokens with, when there is one.
    pub client_credentials: Option<Ident>,
    /// The constant that describes the scheme.
    pub constant: Ident,
    /// The environment variable that may hold the credential, or what those begin with that do.
    pub variable: String,
}

/// Methods of every builder, which no scheme may take.
const BUILDER_METHODS: [&str; 23] = [
    "attempt_middleware",
    "middleware",
    "transport",
    "new",
    "build",
    "credentials_from_env",
    "origin",
    "server",
    "trust_origin",
    "base_url",
    "connect_timeout",
    "timeout",
    "idle_timeout",
    "max_body_bytes",
    "retries",
    "redirects",
    "generate_idempotency_keys",
    "user_agent",
    "default_header",
    "http_client",
    "blocking_transport",
    "without_credentials",
    "clone",
];

pub(super) fn assign(api: &Api, client: &str) -> Vec<SchemeNames> {
    let mut setters = Scope::new(&BUILDER_METHODS, "credential");
    let mut constants = Scope::new(&[], "scheme");
    api.schemes
        .iter()
        .map(|scheme| {
            let setter = setters.claim(words::snake(&scheme.name));
            let own_tokens = matches!(scheme.kind, SchemeKind::ClientCredentials(_));
            let own_tokens = own_tokens.then(|| {
                let scheme = setter.trim_end_matches('_');
                setters.claim(format!("{scheme}_client_credentials"))
            });
            let constant = ident::constant(&constants.claim(words::snake(&scheme.name)));
            SchemeNames {
                setter: ident::value(&setter),
                client_credentials: own_tokens.as_deref().map(ident::value),
                variable: format!("{client}_{}", constant.plain()),
                constant,
            }
        })
        .collect()
}
