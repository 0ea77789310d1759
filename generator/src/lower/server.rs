//! `servers` -> [`Server`].

use std::collections::BTreeSet;

use openapiv3::Server as Piece;
use serde_json::Value;

use super::context::Lower;
use super::path_item::PathItem;
use crate::diagnostic::Code;
use crate::ir::{Server, ServerVariable};
use crate::normalize::REQUIRED_VARIABLE;
use crate::parse::{Node, piece};

impl<'d> Lower<'d, '_> {
    pub(super) fn lower_servers(&mut self) {
        let Some(servers) = self.root_node().get("servers") else {
            return;
        };
        for node in servers.elements() {
            let Some(server) = self.server(&node) else {
                continue;
            };
            if self.api.servers.iter().all(|other| other.template != server.template) {
                self.api.servers.push(server);
            }
        }
    }

    /// Where an operation is called, when it or its path says so and it is not where the others are.
    pub(super) fn own_server(&mut self, item: &PathItem<'d>, operation: &Node<'d>) -> Option<String> {
        match operation.get("servers") {
            Some(servers) if servers.elements().next().is_some() => self.other_server(&servers),
            _ => {
                let servers = item.servers()?;
                item.server.get_or_init(|| self.other_server(&servers)).clone()
            }
        }
    }

    fn other_server(&mut self, servers: &Node<'d>) -> Option<String> {
        let nodes: Vec<Node<'d>> = servers.elements().collect();
        let server = nodes.iter().find_map(|node| self.server(node))?;
        let known = |node: &Node<'d>| {
            let url = node.value.get("url").and_then(Value::as_str).map(plain);
            self.api.servers.iter().any(|server| Some(plain(&server.url)) == url)
        };
        if let Some(other) = nodes.iter().skip(1).find(|node| !known(node)) {
            let message = format!(
                "requests go to `{}`; the other servers of this operation are ignored",
                server.url
            );
            self.diagnostics.report(Code::NotGenerated, &other.at, message).help =
                Some("to use another server, set the base URL of the client".to_owned());
        }
        if let Some(variable) = server.variables.first() {
            let message = format!(
                "requests go to `{}`; the server variable `{}` cannot be set",
                server.url, variable.name
            );
            self.diagnostics.report(Code::NotGenerated, &servers.at, message).help =
                Some("to use another value, set the base URL of the client".to_owned());
        }
        let usual = self.api.servers.first().map_or("/", |server| server.url.as_str());
        (plain(&server.url) != plain(usual)).then_some(server.url)
    }

    fn server(&mut self, node: &Node<'_>) -> Option<Server> {
        let server = piece::<Piece>(node, &[], self.diagnostics)?;
        let url = self.usable_url(&server.url, node)?;
        let declared = server.variables.unwrap_or_default();
        let declared = declared.into_iter().map(|(name, variable)| ServerVariable {
            name,
            default: variable.default,
            values: variable.enumeration,
            description: variable.description.unwrap_or_default(),
        });
        let declared: Vec<ServerVariable> = declared.collect();
        let mut filled = url.clone();
        let mut template = url.clone();
        let mut variables: Vec<ServerVariable> = Vec::new();
        for name in expressions(&url) {
            let known = declared.iter().find(|variable| variable.name == name).cloned();
            let braced = format!("{{{name}}}");
            let variable = match known {
                Some(variable) if is_required(node, name) => variable,
                Some(variable) => {
                    filled = filled.replace(&braced, &variable.default);
                    self.with_default(variable, node)
                }
                None => self.without_default(name, node),
            };
            match variable.values.as_slice() {
                [only] => template = template.replace(&braced, only),
                _ => variables.push(variable),
            }
        }
        Some(Server {
            url: filled,
            template,
            name: node.text("name").unwrap_or_default(),
            description: server.description.unwrap_or_default(),
            variables,
        })
    }

    /// The URL without what a client cannot send; nothing when it is no place that a client can call.
    fn usable_url(&mut self, url: &str, node: &Node<'_>) -> Option<String> {
        let at = node.at.child("url");
        let (scheme, rest) = split_scheme(url);
        if !scheme.is_none_or(|scheme| scheme.contains('{') || is_http(scheme)) {
            let message = format!("`{}:` is not http or https; this server is ignored", scheme?);
            self.diagnostics.report(Code::Invalid, &at, message).help =
                Some("use an http or https URL, or one relative to the document".to_owned());
            return None;
        }
        if let Some(host) = url.strip_prefix("//") {
            return self.usable_url(&format!("https://{host}"), node);
        }
        let mut kept = url.to_owned();
        if let Some(end) = rest.find(['?', '#']) {
            kept.truncate(kept.len() - rest.len() + end);
            let message = "the URL of a server has no query or fragment; both are removed";
            self.diagnostics.report(Code::Invalid, &at, message);
        }
        let authority_at = kept.find("//").map(|start| start + 2);
        if let Some(start) = authority_at {
            let end = kept[start..].find('/').map_or(kept.len(), |end| start + end);
            if let Some(user) = kept[start..end].rfind('@') {
                kept.replace_range(start..=start + user, "");
                let message = "the user name and password in the URL of this server are removed, and never sent";
                self.diagnostics.report(Code::Invalid, &at, message).help =
                    Some("declare a security scheme instead".to_owned());
            }
        }
        Some(kept)
    }

    /// A variable whose default is one of its values.
    fn with_default(&mut self, mut variable: ServerVariable, node: &Node<'_>) -> ServerVariable {
        let mut seen = BTreeSet::new();
        variable.values.retain(|value| seen.insert(value.clone()));
        if !variable.values.is_empty() && !variable.values.contains(&variable.default) {
            let message = format!(
                "the default of this variable is not in its `enum`; added: `{}`",
                variable.default
            );
            let at = node.at.child("variables").child(&variable.name);
            self.diagnostics.report(Code::Invalid, &at, message);
            variable.values.insert(0, variable.default.clone());
        }
        variable
    }

    fn without_default(&mut self, name: &str, node: &Node<'_>) -> ServerVariable {
        let message = format!("the URL has a variable `{name}` that is not declared and so has no default");
        self.diagnostics
            .report(Code::Invalid, &node.at.child("url"), message)
            .help = Some("programs must set its value, or a base URL".to_owned());
        ServerVariable {
            name: name.to_owned(),
            default: String::new(),
            values: Vec::new(),
            description: String::new(),
        }
    }
}

/// Whether a variable has a default for want of a better one only, so that callers have to give a value.
fn is_required(server: &Node<'_>, name: &str) -> bool {
    let variables = server.get("variables");
    let variable = variables.as_ref().and_then(|variables| variables.get(name));
    variable.is_some_and(|variable| variable.value.get(REQUIRED_VARIABLE).is_some())
}

/// The names between braces, each once, in order.
fn expressions(url: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = url;
    while let Some((_, tail)) = rest.split_once('{') {
        let Some((name, tail)) = tail.split_once('}') else {
            break;
        };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    names
}

/// What stands before the first colon, when that makes the URL absolute, and what stands behind it.
pub(super) fn split_scheme(url: &str) -> (Option<&str>, &str) {
    let Some((scheme, rest)) = url.split_once(':') else {
        return (None, url);
    };
    let port = rest.starts_with(|first: char| first.is_ascii_digit() || first == '{');
    let name = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    let named = scheme.starts_with('{') && scheme.ends_with('}') || name(scheme);
    if !named || scheme.is_empty() || port {
        return (None, url);
    }
    (Some(scheme), rest)
}

/// Two URLs that differ in this alone are one.
fn plain(url: &str) -> &str {
    url.trim_end_matches('/')
}

pub(super) fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
