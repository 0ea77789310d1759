//! The README of a generated crate.

use super::context::Pages;
use super::text::{code, head, row};
use crate::emit::client::security;
use crate::emit::documentation::markdown::{inline, lines};
use crate::emit::operations::error::errors;
use crate::ir::{OperationId, SchemeKind};

/// What the README of a crate says about one client.
#[derive(Debug, Clone, Default)]
pub struct Guide {
    module: Option<String>,
    title: String,
    about: Vec<String>,
    call: String,
    credentials: String,
    apis: String,
    models: String,
    base_url: String,
    errors: Option<String>,
    paged: Option<String>,
    /// Whether a cargo feature adds serde's traits to models.
    serde_feature: bool,
}

/// More models than this are listed without a line each.
const MOST_LINES: usize = 200;

impl Pages<'_, '_> {
    pub(super) fn guide(&self) -> Guide {
        let cx = self.cx;
        let ids = || (0..cx.api.operations.len()).map(OperationId);
        // what only reads is tried first
        let simple = |id: &OperationId| {
            let operation = &cx.api.operations[id.0];
            operation.method.as_str() == "GET" && !operation.docs.deprecated
        };
        let mut candidates = ids().filter(simple).take(20).chain(ids().take(5));
        let example = candidates.find_map(|id| cx.example(id));
        let title = format!("{} {}", cx.api.title.trim(), cx.api.version.trim());
        let mut apis = head(&["API", "Operations", "Description"]);
        for (index, group) in cx.api.groups.iter().enumerate() {
            let about = group
                .description
                .lines()
                .find(|line| !line.trim().is_empty())
                .unwrap_or_default();
            apis.push_str(&self.api_row(index, group.operations.len(), about));
        }
        let tagged: usize = cx.api.groups.iter().map(|group| group.operations.len()).sum();
        if tagged < cx.api.operations.len() {
            let untagged = cx.api.operations.len() - tagged;
            apis.push_str(&self.api_row(cx.api.groups.len(), untagged, "Operations without a tag."));
        }
        let paged = ids().find(|id| cx.pagination(*id).is_some());
        let failing = ids().find(|id| !errors(&cx.api.operations[id.0]).is_empty());
        Guide {
            module: cx.paths.member().map(str::to_owned),
            title: lines(&title).join("\n"),
            about: lines(&cx.api.description),
            call: example.map(|example| example.program()).unwrap_or_default(),
            credentials: self.credentials(),
            apis,
            models: self.models(),
            base_url: cx
                .api
                .servers
                .first()
                .map(|server| code(&server.template))
                .unwrap_or_default(),
            errors: failing.map(|id| cx.names.of_operation(id).error.plain().to_owned()),
            paged: paged.map(|id| cx.names.of_operation(id).method.plain().to_owned()),
            serde_feature: cx.facts.has_serde_feature(),
        }
    }

    fn api_row(&self, index: usize, operations: usize, about: &str) -> String {
        let page = &self.groups[index];
        let link = format!("[`{page}`]({}/{page}.md)", self.folder);
        row(&[&link, &operations.to_string(), &inline(about)])
    }

    fn models(&self) -> String {
        let cx = self.cx;
        let mut seen = std::collections::HashSet::new();
        let mut homes = Vec::new();
        for (id, _) in cx.api.types.kept() {
            let home = cx.names.of_type(id).home;
            if seen.insert(home) {
                let (name, page) = (cx.names.of_type(home).ty.plain(), &self.homes[&home]);
                homes.push((name, format!("[`{name}`]({}/{page}.md)", self.folder)));
            }
        }
        if homes.is_empty() {
            return "None.\n".to_owned();
        }
        homes.sort();
        if homes.len() <= MOST_LINES {
            return homes.iter().map(|(_, link)| format!("* {link}\n")).collect();
        }
        let initial = |name: &str| name.chars().next();
        let mut text = String::new();
        for letter in homes.chunk_by(|(one, _), (other, _)| initial(one) == initial(other)) {
            let links: Vec<&str> = letter.iter().map(|(_, link)| link.as_str()).collect();
            text.push_str(&format!("* {}\n", links.join(", ")));
        }
        text
    }

    fn credentials(&self) -> String {
        let cx = self.cx;
        if cx.api.schemes.is_empty() {
            return "The API description declares no credentials. `ClientBuilder::bearer_token`, `api_key_header` and `api_key_query` set one for every \
                    request.\n"
                .to_owned();
        }
        let mut text = head(&["`ClientBuilder` method", "Environment variable", "Credential"]);
        for (index, scheme) in cx.api.schemes.iter().enumerate() {
            let names = cx.names.of_scheme(crate::ir::SchemeId(index));
            let variable = &names.variable;
            let from = match scheme.kind {
                SchemeKind::Signed(_) => String::new(),
                SchemeKind::Basic => format!("`{variable}_USER`, `{variable}_PASSWORD`"),
                SchemeKind::ClientCredentials(_) => {
                    format!("`{variable}`, or `{variable}_CLIENT_ID` and `{variable}_CLIENT_SECRET`")
                }
                _ => format!("`{variable}`"),
            };
            let about = format!("{}. {}", security::text(scheme), inline(&scheme.description));
            text.push_str(&row(&[&format!("`{}`", names.setter.plain()), &from, about.trim()]));
        }
        text + "\n`ClientBuilder::credentials_from_env` reads the environment variables. Credentials are not shown by `Debug` \
                or in traces, and are not sent to other origins, or over plain HTTP \
                except to localhost.\n"
    }
}

/// The crates whose names a first call may contain.
const NAMED_BY_EXAMPLES: [(&str, &str); 3] = [("chrono", "0.4"), ("serde_json", "1"), ("uuid", "1")];

/// The README of a crate with these clients.
#[must_use]
pub fn readme(name: &str, description: &str, clients: &[&Guide]) -> String {
    let mut text = format!("# {}\n\n{}\n\n", inline(name), lines(description).join("\n"));
    // what a reader tries first
    if let Some(first) = clients.first() {
        if first.module.is_none() {
            text.push_str(&about(first));
        }
        text.push_str(&first_call(first));
    }
    text.push_str(&install(name, clients));
    for (index, client) in clients.iter().enumerate() {
        let level = match &client.module {
            Some(module) => {
                text.push_str(&format!("## {}\n\n{}", module.replace('_', "-"), about(client)));
                "###"
            }
            None => "##",
        };
        if index > 0 && !client.call.is_empty() {
            text.push_str(&format!("{level} First call\n\n{}", first_call(client)));
        }
        text.push_str(&format!("{level} Authentication\n\n{}\n", client.credentials));
        text.push_str(&format!(
            "{level} APIs\n\n{}\n{level} Models\n\n{}\n",
            client.apis, client.models
        ));
    }
    text.push_str(&shared(clients));
    text
}

/// What the document says about the API, and where it is.
fn about(client: &Guide) -> String {
    let mut text = format!("{}\n\n", client.title);
    if !client.about.is_empty() {
        text.push_str(&(client.about.join("\n") + "\n\n"));
    }
    if !client.base_url.is_empty() {
        text.push_str(&format!("Base URL: {}.\n\n", client.base_url));
    }
    text
}

/// A program that makes a call.
fn first_call(client: &Guide) -> String {
    let set = match variables(&client.call).as_slice() {
        [] => String::new(),
        names => format!("Set {} in the environment.\n\n", names.join(" and ")),
    };
    match client.call.is_empty() {
        true => String::new(),
        false => format!("```rust\n{}```\n\n{set}", client.call),
    }
}

fn install(name: &str, clients: &[&Guide]) -> String {
    let mut text = format!(
        "## Install\n\n```toml\n[dependencies]\n{name} = {{ path = \"path/to/{name}\" }}\ntokio = {{ version = \"1\", features = \
         [\"macros\", \"rt-multi-thread\"] }}\n"
    );
    for (name, version) in NAMED_BY_EXAMPLES {
        let named = format!("{name}::");
        if clients.iter().any(|client| client.call.contains(&named)) {
            text.push_str(&format!("{name} = \"{version}\"\n"));
        }
    }
    text + "```\n\nThe client is async, on tokio. The feature `blocking` adds `send_blocking` to every request.\n\n"
}

/// The variables of the environment that a program reads.
fn variables(program: &str) -> Vec<String> {
    let names = program
        .split("env::var(\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    names.map(|name| format!("`{name}`")).collect()
}

/// What is true of every client.
fn shared(clients: &[&Guide]) -> String {
    let mut text = String::from(
        "## Errors\n\nA failed call returns an `Error`. In a function that returns `Error` without type parameters, `?` takes the errors of all operations. `error.api()` returns the error that the API description declares for the \
         status code, `error.status()` the status code, and `error.body()` the body. `is_timeout`, `is_connect` and \
         `is_retryable` classify the error.\n\n",
    );
    if let Some(error) = clients.iter().find_map(|client| client.errors.as_ref()) {
        text.push_str(&format!(
            "The declared errors of an operation are an enum, such as `{error}`, with one variant per response.\n\n"
        ));
    }
    text.push_str(
        "## Retries and timeouts\n\nA call times out after 60 seconds, a connection attempt after 10, and a response body after 30 seconds \
         without data. A request has up to three attempts, with exponential backoff or the delay in `Retry-After`: after status 429, \
         and if no connection could be made; after other failures if its method is idempotent or it has an `Idempotency-Key`. `ClientBuilder::timeout`, `connect_timeout`, `idle_timeout` and `retries` change that for a client, \
         `with_timeout`, `with_idle_timeout` and `with_retries` for a request. `with_idempotency_key` makes other requests \
         idempotent.\n\n",
    );
    if let Some(method) = clients.iter().find_map(|client| client.paged.as_ref()) {
        text.push_str(&format!(
            "## Pagination\n\nRequests with paginated results, such as `{method}`, have `.pages()` and `.items()`: streams that request \
             pages as needed.\n\n"
        ));
    }
    text.push_str("## Features\n\n");
    text.push_str(&head(&["Feature", "Description"]));
    for module in clients.iter().filter_map(|client| client.module.as_ref()) {
        text.push_str(&row(&[
            &format!("`{module}` (default)"),
            &format!("Client in the module `{module}`."),
        ]));
    }
    for (feature, adds) in [
        (
            "`rustls` (default)",
            "HTTP client, with TLS. Without it, set another one with `ClientBuilder::transport`.",
        ),
        (
            "`rustls-no-provider`, `native-tls`",
            "The same, with cryptography that your program installs for rustls, or with TLS of the operating system.",
        ),
        ("`reqwest`", "HTTP client, without TLS."),
        ("`http2` (default)", "HTTP/2."),
        ("`gzip`, `brotli`, `zstd`", "Compressed responses."),
        ("`blocking`", "`send_blocking`, for blocking code."),
        ("`tower`", "Tower services as transports."),
        ("`tracing`", "A `tracing` span for every call and every attempt."),
    ] {
        text.push_str(&row(&[feature, adds]));
    }
    if clients.iter().any(|client| client.serde_feature) {
        let adds = "`Serialize`, `Deserialize`, `Eq` and `Hash` for all models that can have them.";
        text.push_str(&row(&["`model-traits`", adds]));
    }
    text
}
