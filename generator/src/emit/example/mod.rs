//! Operations -> programs that call them: one emitter for doc comments, pages and `examples/`.
//!
//! Values come from the document's own examples, as far as they fit the types; they reach the code as literals only.

mod call;
mod client;
mod fit;
mod json;
mod layout;
mod primitive;
mod program;
mod rust;
mod sample;

pub(super) use program::{features, programs};
pub(super) use rust::Code;

use super::Cx;
use crate::ir::{OperationId, Slot};

/// A call as a program.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// What it imports, line by line.
    pub(super) imports: Vec<String>,
    /// The same where the client is at hand.
    pub(super) imports_of_call: Vec<String>,
    /// The statement that makes the client.
    pub(super) client: String,
    /// The statements that call the operation and look at what comes back.
    pub(super) call: String,
    /// Whether it uses something deprecated.
    pub(super) deprecated: bool,
}

/// How a function that can fail in many ways says so.
const RESULT: &str = "Result<(), Box<dyn std::error::Error>>";

impl Example {
    /// The lines of a doctest; those that begin with `#` are not shown.
    pub(super) fn doctest(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.deprecated {
            lines.push("# #![allow(deprecated, reason = \"the operation is\")]".to_owned());
        }
        lines.push(format!("# async fn example() -> {RESULT} {{"));
        lines.extend(self.imports.iter().cloned());
        lines.push(String::new());
        let statements = [&self.client, &self.call];
        lines.extend(statements.iter().flat_map(|text| text.lines()).map(str::to_owned));
        lines.push("# Ok(())".to_owned());
        lines.push("# }".to_owned());
        lines
    }

    /// The whole program.
    pub(super) fn program(&self) -> String {
        let mut text = self.imports.join("\n");
        text.push_str("\n\n");
        if self.deprecated {
            text.push_str("#[allow(deprecated, reason = \"the operation is\")]\n");
        }
        text.push_str("#[tokio::main(flavor = \"current_thread\")]\n");
        text.push_str(&format!("async fn main() -> {RESULT} {{\n"));
        push_indented(&mut text, &self.client);
        push_indented(&mut text, &self.call);
        text.push_str("    Ok(())\n}\n");
        text
    }
}

fn push_indented(text: &mut String, statements: &str) {
    for line in statements.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
}

impl Cx<'_> {
    /// An example of a call; none where there is no crate to name, or a value that is needed has no end.
    pub(super) fn example(&self, id: OperationId) -> Option<&Example> {
        let made = self.examples.get(id.0)?;
        made.get_or_init(|| self.make_example(id)).as_ref()
    }

    fn make_example(&self, id: OperationId) -> Option<Example> {
        let root = self.paths.client(self.krate.as_deref()?);
        let mut code = Code::new(self, &root);
        let call = code.call(id)?;
        let client = code.client(&self.api.operations[id.0]);
        Some(Example {
            imports: code.imports(id, Some("Client")),
            imports_of_call: code.imports(id, None),
            client,
            call,
            deprecated: code.deprecated,
        })
    }

    /// A value of a slot as Rust, with what it imports, and as JSON.
    pub(super) fn value_example(&self, slot: &Slot, name: &str) -> Option<(Option<String>, serde_json::Value)> {
        let sample = self.whole_sample(slot, name)?;
        let rust = self.krate.as_deref().map(|krate| {
            let root = self.paths.client(krate);
            let mut code = Code::new(self, &root);
            code.value(slot, &sample)
        });
        Some((rust, self.json(&sample)))
    }
}
