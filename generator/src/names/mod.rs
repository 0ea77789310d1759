//! Words -> scopes -> identifiers. The only place where an identifier is made.
//!
//! Invariant: a name depends on what is named and on what was named before it in the same scope, so that adding
//! something at the end of a document never renames what was there.

mod features;
mod ident;
mod operations;
mod parameters;
mod scope;
mod servers;
#[cfg(test)]
mod tests;
mod types;
mod values;
mod webhooks;
mod words;
mod xml;

pub(crate) use features::feature_names;
pub use ident::Ident;
pub use operations::{GroupNames, OperationNames, ResponseNames};
pub use parameters::SharedParameter;
pub use servers::{Choice, ServerNames};
pub use types::TypeNames;
pub use webhooks::WebhookNames;

use crate::config::Renames;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, OperationId, SchemeId, SchemeKind, Slot, TypeId};
use crate::pointer::Pointer;
use parameters::Parameters;
use scope::Scope;
use xml::XmlNames;

/// Every identifier of a client.
#[derive(Debug, Clone)]
pub struct Names {
    types: Vec<TypeNames>,
    operations: Vec<OperationNames>,
    parameters: Parameters,
    groups: Vec<GroupNames>,
    schemes: Vec<SchemeNames>,
    servers: Vec<ServerNames>,
    choices: Vec<Choice>,
    webhooks: Vec<WebhookNames>,
    xml: XmlNames,
    /// What the environment variables of the client begin with.
    prefix: String,
}

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

impl Names {
    /// Names everything. `client` is what the client as a whole is called; its title when that is empty.
    pub fn assign(api: &Api, client: &str, renames: &Renames, diagnostics: &mut Diagnostics) -> Self {
        let prefix = prefix(api, client);
        let (servers, choices) = servers::assign(&api.servers);
        let operations = operations::assign(api, renames, diagnostics);
        let webhooks = webhooks::assign(api, &operations);
        let types = types::assign(api, &operations, &webhooks, renames, diagnostics);
        Self {
            xml: XmlNames::assign(api, &types),
            types,
            groups: operations::groups(api),
            schemes: schemes(api, &prefix),
            prefix,
            servers,
            choices,
            webhooks,
            parameters: Parameters::assign(api, &operations),
            operations,
        }
    }

    /// The names of a type.
    #[must_use]
    pub fn of_type(&self, id: TypeId) -> &TypeNames {
        &self.types[id.index()]
    }

    /// The constant that describes how a type is written as XML.
    #[must_use]
    pub fn xml_of_type(&self, id: TypeId) -> &Ident {
        self.xml.of_type(id)
    }

    /// The constant that describes a body of XML of this API.
    #[must_use]
    pub fn xml_of_body(&self, api: &Api, slot: &Slot) -> Option<&Ident> {
        self.xml.of_body(api, slot)
    }

    /// The bodies of XML that are not what a type is by itself, with their constants.
    pub fn xml_bodies(&self) -> impl Iterator<Item = &(Slot, Ident)> {
        self.xml.bodies()
    }

    /// The names of an operation.
    #[must_use]
    pub fn of_operation(&self, id: OperationId) -> &OperationNames {
        &self.operations[id.0]
    }

    /// The parameters that several operations have, each described alike.
    #[must_use]
    pub fn shared_parameters(&self) -> &[SharedParameter] {
        self.parameters.shared()
    }

    /// What a parameter of an operation, by its position, is shared as.
    #[must_use]
    pub fn shared_parameter(&self, id: OperationId, index: usize) -> Option<&SharedParameter> {
        self.parameters.of_operation(id, index)
    }

    /// The names of a group, by its position.
    #[must_use]
    pub fn of_group(&self, index: usize) -> &GroupNames {
        &self.groups[index]
    }

    /// The names of a webhook, by its position.
    #[must_use]
    pub fn of_webhook(&self, index: usize) -> &WebhookNames {
        &self.webhooks[index]
    }

    /// The names of a server, by its position.
    #[must_use]
    pub fn of_server(&self, index: usize) -> &ServerNames {
        &self.servers[index]
    }

    /// The types of the variables of servers.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// An environment variable of the client.
    #[must_use]
    pub fn variable(&self, name: &str) -> String {
        format!("{}_{name}", self.prefix)
    }

    /// The names of a security scheme.
    #[must_use]
    pub fn of_scheme(&self, id: SchemeId) -> &SchemeNames {
        &self.schemes[id.0]
    }
}

/// Methods of every builder, which no scheme may take.
const BUILDER_METHODS: [&str; 23] = [
    "around_attempts",
    "around_calls",
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

/// What the environment variables of a client begin with.
fn prefix(api: &Api, client: &str) -> String {
    let client = [client, &api.title].map(words::snake);
    let client = client.iter().find(|words| !words.is_empty());
    client.map_or("client", String::as_str).to_ascii_uppercase()
}

fn schemes(api: &Api, client: &str) -> Vec<SchemeNames> {
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

/// The name of a file that is called like a type, without its ending: one that every system takes.
#[must_use]
pub(crate) fn file_name(ty: &str) -> String {
    words::file(ty)
}

/// The identifier of a module that was planned under its plain name.
#[must_use]
pub fn module_ident(plain: &str) -> Ident {
    ident::value(plain)
}

/// What a variable for a value of a type is called; raw where that is a keyword.
#[must_use]
pub fn variable_of(ty: &str) -> String {
    ident::value(&words::snake(ty)).as_str().to_owned()
}

/// Looks up a name the configuration gives, and reports one that is no identifier.
fn renamed(given: Option<&String>, at: &Pointer, diagnostics: &mut Diagnostics) -> Option<String> {
    let given = given?;
    if words::snake(given).is_empty() || given.chars().any(|c| !c.is_ascii_alphanumeric() && c != '_') {
        let message = format!("`{given}` cannot be a name in Rust; the configured name is ignored");
        diagnostics.report(Code::UnusedSetting, at, message);
        return None;
    }
    Some(given.clone())
}
