//! All identifiers of a client.

use super::given::Given;
use super::groups::{self, GroupNames};
use super::ident::Ident;
use super::operations::{self, OperationNames};
use super::parameters::{Parameters, SharedParameter};
use super::schemes::{self, SchemeNames};
use super::servers::{self, Choice, ServerNames};
use super::types::{self, Basis, TypeNames};
use super::webhooks::{self, WebhookNames};
use super::words;
use super::xml::XmlNames;
use crate::config::{Kind, Renames};
use crate::diagnostic::Diagnostics;
use crate::document::Document;
use crate::ir::{Api, OperationId, SchemeId, Slot, TypeId};

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
    unused: Vec<(Kind, String)>,
}

impl Names {
    /// Names everything. `client` is what the client as a whole is called; its title when that is empty.
    pub fn assign(
        api: &Api,
        client: &str,
        renames: &Renames,
        document: &Document,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let given = Given::new(renames, document, diagnostics);
        let prefix = prefix(api, client);
        let (servers, choices) = servers::assign(&api.servers);
        let groups = groups::assign(api, &given);
        let operations = operations::assign(api, &groups, &given, diagnostics);
        let webhooks = webhooks::assign(api, &operations);
        let basis = Basis {
            api,
            operations: &operations,
            webhooks: &webhooks,
            given: &given,
        };
        let types = types::assign(&basis, diagnostics);
        Self {
            xml: XmlNames::assign(api, &types),
            types,
            groups,
            schemes: schemes::assign(api, &prefix),
            prefix,
            servers,
            choices,
            webhooks,
            parameters: Parameters::assign(api, &operations),
            operations,
            unused: given.unused(),
        }
    }

    /// The keys of the configuration that are the name of nothing.
    pub(super) fn unused(&self) -> &[(Kind, String)] {
        &self.unused
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

    /// The names of all groups.
    pub(super) fn groups(&self) -> &[GroupNames] {
        &self.groups
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

/// What the environment variables of a client begin with.
fn prefix(api: &Api, client: &str) -> String {
    let client = [client, &api.title].map(words::snake);
    let client = client.iter().find(|words| !words.is_empty());
    client.map_or("client", String::as_str).to_ascii_uppercase()
}
