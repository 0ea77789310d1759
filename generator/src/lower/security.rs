//! Security schemes and requirements.

use std::collections::BTreeSet;

use openapiv3::{APIKeyLocation, SecurityScheme};
use serde_json::{Value, json};

use super::context::Lower;
use super::server::{is_http, split_scheme};
use crate::diagnostic::Code;
use crate::ir::{Filled, Parameter, Scheme, SchemeId, SchemeKind};
use crate::parse::{Node, piece};
use crate::pointer::Pointer;

/// The types of schemes that OpenAPI defines and that a client can satisfy by itself.
const TYPES: [&str; 4] = ["apiKey", "http", "oauth2", "openIdConnect"];

impl<'d> Lower<'d, '_> {
    pub(super) fn lower_schemes(&mut self) {
        let Some(schemes) = self.node(&["components", "securitySchemes"]) else {
            return;
        };
        for (name, node) in schemes.members() {
            if let Some(node) = self.follow(node) {
                self.lower_scheme(name, &node);
            }
        }
    }

    fn lower_scheme(&mut self, name: &str, node: &Node<'d>) {
        if node.value.get("type").is_some_and(|ty| ty == "mutualTLS") {
            let message = "mutual TLS is set up on the connection; no credential setter is generated";
            self.diagnostics.report(Code::Security, &node.at, message).help =
                Some("set a client certificate with `http_client` of the builder".to_owned());
            return;
        }
        let Some((kind, description)) = self.scheme_kind(node) else {
            return;
        };
        self.schemes.insert(name.to_owned(), SchemeId(self.api.schemes.len()));
        self.api.schemes.push(Scheme {
            origin: node.at.clone(),
            name: name.to_owned(),
            kind,
            description: description.unwrap_or_default(),
            deprecated: node.value.get("deprecated") == Some(&Value::Bool(true)),
        });
    }

    fn scheme_kind(&mut self, node: &Node<'d>) -> Option<(SchemeKind, Option<String>)> {
        let ty = node.value.get("type").and_then(Value::as_str).unwrap_or_default();
        // Amazon's gateways declare their signature as a key in the header it ends up in.
        let signature = node.value.get("x-amazon-apigateway-authtype").and_then(Value::as_str);
        if let Some(method) = signature.filter(|method| *method == "awsSigv4") {
            return Some((self.signed(method, node), node.text("description")));
        }
        if !TYPES.contains(&ty) && !ty.is_empty() {
            return Some((self.signed(ty, node), node.text("description")));
        }
        // The flows of `oauth2` end in a bearer token whatever they are, so a scheme without them is as good.
        let needed = [("flows", json!({})), ("openIdConnectUrl", json!(""))];
        Some(match piece::<SecurityScheme>(node, &needed, self.diagnostics)? {
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => {
                let kind = match location {
                    APIKeyLocation::Header => SchemeKind::ApiKeyHeader(name),
                    APIKeyLocation::Query => SchemeKind::ApiKeyQuery(name),
                    APIKeyLocation::Cookie => SchemeKind::ApiKeyCookie(name),
                };
                (kind, description)
            }
            SecurityScheme::HTTP {
                scheme, description, ..
            } => {
                let kind = match scheme.to_ascii_lowercase().as_str() {
                    "basic" => SchemeKind::Basic,
                    "bearer" => SchemeKind::Bearer,
                    other => self.signed(other, node),
                };
                (kind, description)
            }
            SecurityScheme::OAuth2 { description, .. } => (self.oauth2(node), description),
            SecurityScheme::OpenIDConnect { description, .. } => (SchemeKind::Bearer, description),
        })
    }

    /// A scheme that only the caller knows how to satisfy.
    fn signed(&mut self, method: &str, node: &Node<'d>) -> SchemeKind {
        let message = format!("`{method}` is not built in; requests need a signer");
        self.diagnostics.report(Code::Signer, &node.at, message).help =
            Some("set `Credential::signer` on the builder".to_owned());
        SchemeKind::Signed(method.to_owned())
    }

    fn oauth2(&mut self, node: &Node<'d>) -> SchemeKind {
        let flow = node.get("flows").and_then(|flows| flows.get("clientCredentials"));
        let Some(url) = flow.and_then(|flow| flow.get("tokenUrl")) else {
            return SchemeKind::Bearer;
        };
        let text = url.value.as_str().unwrap_or_default().trim();
        let (scheme, rest) = split_scheme(text);
        let http = scheme.is_none_or(is_http);
        if text.is_empty() || text.contains(['{', '#']) || !http || rest.contains('@') {
            let message = "tokens cannot be requested from this URL; the client accepts only tokens, not client \
             credentials";
            self.diagnostics.report(Code::Security, &url.at, message);
            return SchemeKind::Bearer;
        }
        SchemeKind::ClientCredentials(text.to_owned())
    }

    /// The requirement of an operation: its own, or that of the whole document.
    pub(super) fn security(&mut self, operation: &Node<'d>) -> Vec<Vec<SchemeId>> {
        let Some(security) = operation.get("security").or_else(|| self.root_node().get("security")) else {
            return Vec::new();
        };
        let mut alternatives = Vec::new();
        for alternative in security.elements() {
            let requirements: Vec<(&str, Node<'d>)> = alternative
                .members()
                .filter(|(name, _)| !self.is_mutual_tls(name))
                .collect();
            let schemes: Option<Vec<SchemeId>> = requirements
                .into_iter()
                .map(|(name, node)| self.required_scheme(name, &node))
                .collect();
            alternatives.extend(schemes);
        }
        alternatives
    }

    /// Leaves parameters to the credentials that go to the same place. Every call has what is required, so that those
    /// credentials are part of each alternative.
    pub(super) fn fill_credentials(&self, parameters: &mut [Parameter], security: &mut Vec<Vec<SchemeId>>) {
        for parameter in parameters {
            let is_sent = |id: &SchemeId| self.api.schemes[id.0].kind.is_sent_as(parameter);
            let Some(scheme) = security.iter().flatten().copied().find(is_sent) else {
                continue;
            };
            if parameter.required {
                for alternative in security.iter_mut().filter(|all| !all.iter().any(is_sent)) {
                    alternative.push(scheme);
                }
                let mut known = BTreeSet::new();
                security.retain(|all| known.insert(all.iter().copied().collect::<BTreeSet<_>>()));
            }
            parameter.filled = Some(Filled::Credential(self.api.schemes[scheme.0].name.clone()));
        }
    }

    fn is_mutual_tls(&self, name: &str) -> bool {
        let scheme = self.node(&["components", "securitySchemes", name]);
        scheme.is_some_and(|scheme| scheme.value.get("type").is_some_and(|ty| ty == "mutualTLS"))
    }

    /// Leaves out the schemes that no operation uses, unless none uses any: then they are not for the document to tell.
    pub(super) fn drop_unused_schemes(&mut self) {
        let operations = &mut self.api.operations;
        let used = operations
            .iter()
            .flat_map(|operation| operation.security.iter().flatten());
        let used: BTreeSet<SchemeId> = used.copied().collect();
        if used.is_empty() {
            return;
        }
        let position = |id: &SchemeId| SchemeId(used.range(..id).count());
        for alternative in operations.iter_mut().flat_map(|operation| &mut operation.security) {
            alternative.iter_mut().for_each(|id| *id = position(id));
        }
        let mut index = 0..;
        let schemes = &mut self.api.schemes;
        schemes.retain(|_| index.next().is_none_or(|index| used.contains(&SchemeId(index))));
    }

    /// The scheme that a requirement names; 3.2 takes its URI as well.
    fn required_scheme(&mut self, name: &str, node: &Node<'d>) -> Option<SchemeId> {
        let pointer = Pointer::parse(name).filter(|_| name.starts_with("#/components/securitySchemes/"));
        let name = pointer.map_or_else(|| name.to_owned(), |pointer| pointer.last());
        let known = self.schemes.get(&name).copied();
        let declared = self
            .node(&["components", "securitySchemes"])
            .is_some_and(|schemes| schemes.value.get(&name).is_some_and(Value::is_object));
        if known.is_none() && !declared {
            let message = format!("no security scheme is named `{name}`; this alternative is ignored");
            self.diagnostics.report(Code::Security, &node.at, message);
        }
        known
    }
}
