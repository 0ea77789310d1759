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
            return "The document asks for no credentials. If the API does, `ClientBuilder::default_header` sends a header with \
                    every call.\n"
                .to_owned();
        }
        let mut text = head(&["Setter of `ClientBuilder`", "Environment", "What it is"]);
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
        text + "\n`ClientBuilder::credentials_from_env` takes what the environment has. No credential is shown by `Debug` \
                or in a trace, nor sent to another origin, or over plain HTTP to \
                another machine.\n"
    }
}

/// The README of a crate with these clients.
#[must_use]
pub fn readme(name: &str, description: &str, clients: &[&Guide]) -> String {
    let mut text = format!("# {}\n\n{}\n\n", inline(name), lines(description).join("\n"));
    text.push_str(&format!(
        "## Install\n\n```toml\n[dependencies]\n{name} = {{ path = \"path/to/{name}\" }}\ntokio = {{ version = \"1\", features = \
         [\"macros\", \"rt-multi-thread\"] }}\n```\n\n"
    ));
    text.push_str(
        "Calls are asynchronous, on tokio; with the feature `blocking` each ends in `send_blocking` too.\n\n",
    );
    for client in clients {
        let level = match &client.module {
            Some(module) => {
                text.push_str(&format!("## {}\n\n", module.replace('_', "-")));
                "###"
            }
            None => "##",
        };
        text.push_str(&format!("{}\n\n", client.title));
        if !client.about.is_empty() {
            text.push_str(&(client.about.join("\n") + "\n\n"));
        }
        if !client.base_url.is_empty() {
            text.push_str(&format!("Base URL: {}.\n\n", client.base_url));
        }
        if !client.call.is_empty() {
            let variables = match variables(&client.call).as_slice() {
                [] => String::new(),
                names => format!("The program reads {} from the environment.\n\n", names.join(" and ")),
            };
            text.push_str(&format!(
                "{level} First call\n\n{variables}```rust\n{}```\n\n",
                client.call
            ));
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
        "## Errors\n\nA call gives its result, or an `Error`. `error.api()` is what the document declares for the status, \
         `error.status()` the status whatever it is, `error.body()` what came. `is_timeout`, `is_connect` and \
         `is_retryable` tell what can be done about it.\n\n",
    );
    if let Some(error) = clients.iter().find_map(|client| client.errors.as_ref()) {
        text.push_str(&format!(
            "Declared errors are an enum for each operation, such as `{error}`, with a variant for each status.\n\n"
        ));
    }
    text.push_str(
        "## Retries and timeouts\n\nA call may take 60 seconds, a connection 10, and a server may be silent for 30. What \
         can be sent twice is sent up to three times, with growing pauses, or after as long as `Retry-After` says. \
         `ClientBuilder::timeout`, `connect_timeout`, `idle_timeout` and `retries` set that for a client, `with_timeout` \
         and the like for a call. `with_idempotency_key` lets a call be sent again that otherwise could not.\n\n",
    );
    if let Some(method) = clients.iter().find_map(|client| client.paged.as_ref()) {
        text.push_str(&format!(
            "## Pagination\n\n`{method}` and others like it end in `.pages()` or `.items()` in place of `.await`: all pages, \
             or what is on them, asked for as they are needed.\n\n"
        ));
    }
    text.push_str("## Features\n\n");
    text.push_str(&head(&["Feature", "What it adds"]));
    for module in clients.iter().filter_map(|client| client.module.as_ref()) {
        text.push_str(&row(&[
            &format!("`{module}`, on"),
            &format!("The client in the module `{module}`."),
        ]));
    }
    for (feature, adds) in [
        (
            "`reqwest`, on",
            "The HTTP client; without it, `ClientBuilder::transport` takes another one.",
        ),
        ("`blocking`", "`send_blocking`, for code that is not asynchronous."),
        ("`tower`", "Services of tower as the transport."),
        ("`tracing`", "A span for each call and each attempt."),
    ] {
        text.push_str(&row(&[feature, adds]));
    }
    text
}
