//! What stands before the call of an example: imports, and the statement that makes the client.

use super::code::Code;
use super::json::is_too_long_for_macro;
use super::layout::Expr;
use super::sample::Sample;
use crate::ir::{Operation, SchemeId, SchemeKind, Shape, Slot, TypeId, TypeRef};

impl Code<'_, '_> {
    /// The statement that makes the client, with what the operation asks for.
    pub(super) fn client(&mut self, operation: &Operation) -> String {
        let schemes = &self.cx.api.schemes;
        let signed = |all: &&Vec<SchemeId>| {
            let mut all = all.iter();
            all.any(|id| matches!(schemes[id.0].kind, SchemeKind::Signed(_)))
        };
        let alternatives = &operation.security;
        let chosen = alternatives.iter().find(|all| !signed(all)).or(alternatives.first());
        let mut builder = Expr::text("Client::builder()");
        let mut comments = String::new();
        for id in chosen.into_iter().flatten() {
            let (scheme, names) = (&schemes[id.0], self.cx.names.of_scheme(*id));
            let from = |suffix: &str| Expr::text(format!("std::env::var(\"{}{suffix}\")?", names.variable));
            let setter = names.setter.as_str();
            self.deprecated |= scheme.deprecated && !matches!(scheme.kind, SchemeKind::Signed(_));
            builder = match (&scheme.kind, &names.client_credentials) {
                (SchemeKind::Signed(_), _) => {
                    comments.push_str(&format!("// `{}` sets the signer of requests\n", names.setter.plain()));
                    builder
                }
                (SchemeKind::Basic, _) => builder.then(setter, vec![from("_USER"), from("_PASSWORD")]),
                (SchemeKind::ClientCredentials(_), Some(own)) => {
                    builder.then(own.as_str(), vec![from("_CLIENT_ID"), from("_CLIENT_SECRET")])
                }
                _ => builder.then(setter, vec![from("")]),
            };
        }
        if self.cx.needs_base_url() {
            let variable = self.cx.names.variable("BASE_URL");
            let value = Expr::text(format!("std::env::var(\"{variable}\")?"));
            builder = builder.then("base_url", vec![value]);
        }
        comments + &builder.ending(Expr::text(".build()?")).statement("let client = ", ";")
    }

    /// The lines that import what the example names.
    pub(super) fn imports(&self, client: Option<&str>) -> Vec<String> {
        let root = self.root;
        let mut lines = Vec::new();
        lines.extend(self.model_imports());
        let mut exports: Vec<&str> = self.exports.iter().copied().collect();
        exports.extend(client);
        exports.sort_unstable();
        lines.extend(import(root, &exports));
        lines
    }

    fn model_imports(&self) -> Vec<String> {
        let models: Vec<&str> = self.models.iter().map(String::as_str).collect();
        import(&format!("{}::models", self.root), &models)
    }

    fn is_enum(&self, id: TypeId) -> bool {
        matches!(self.cx.api.types[id].shape, Shape::Enum(_))
    }

    /// A value with what it imports.
    pub(super) fn value(&mut self, slot: &Slot, sample: &Sample) -> String {
        let (value, before, after) = match slot.ty {
            // responses have no setters, and are read
            TypeRef::Named(id) if !self.cx.facts.has_setters(id) && !self.is_enum(id) => {
                let (ty, json) = (self.model(id), self.cx.json(sample));
                match is_too_long_for_macro(&json) {
                    true => {
                        self.statements
                            .push_str("let text = std::fs::read_to_string(\"value.json\")?;\n");
                        let read = Expr::text("serde_json::from_str(&text)?");
                        (read, format!("let value: {ty} = "), ";")
                    }
                    false => {
                        let before = format!("let value: {ty} = serde_json::from_value(");
                        (self.any(&json), before, ")?;")
                    }
                }
            }
            _ => (self.owned(&slot.ty, sample), "let value = ".to_owned(), ";"),
        };
        let mut exports: Vec<&str> = self.exports.iter().copied().collect();
        exports.sort_unstable();
        let mut lines = self.model_imports();
        lines.extend(import(self.root, &exports));
        lines.push(String::new());
        lines.join("\n").trim_start().to_owned() + "\n" + &self.statements + &value.statement(&before, after)
    }
}

/// The import of names below one path, with as many on a line as fit.
fn import(path: &str, names: &[&str]) -> Vec<String> {
    const WIDTH: usize = 88;
    let [first, rest @ ..] = names else {
        return Vec::new();
    };
    if rest.is_empty() {
        return vec![format!("use {path}::{first};")];
    }
    let all = format!("use {path}::{{{}}};", names.join(", "));
    if all.len() <= WIDTH {
        return vec![all];
    }
    let mut lines = vec![format!("use {path}::{{")];
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && line.len() + name.len() + 2 > WIDTH - 4 {
            lines.push(format!("    {}", line.trim_end()));
            line.clear();
        }
        line.push_str(name);
        line.push_str(", ");
    }
    lines.push(format!("    {}", line.trim_end()));
    lines.push("};".to_owned());
    lines
}
