//! `servers` -> [`Server`].

use openapiv3::Server as Piece;

use super::Lower;
use crate::ir::Server;
use crate::parse::{Node, piece};

impl Lower<'_, '_> {
    pub(super) fn lower_servers(&mut self) {
        let Some(servers) = self.root_node().get("servers") else {
            return;
        };
        for node in servers.elements() {
            self.lower_server(&node);
        }
    }

    fn lower_server(&mut self, node: &Node<'_>) {
        let Some(server) = piece::<Piece>(node, &[], self.diagnostics) else {
            return;
        };
        let mut url = server.url;
        for (name, variable) in server.variables.unwrap_or_default() {
            url = url.replace(&format!("{{{name}}}"), &variable.default);
        }
        self.api.servers.push(Server {
            url,
            description: server.description.or_else(|| node.text("name")).unwrap_or_default(),
        });
    }
}
