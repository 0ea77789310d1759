//! Operations -> programs that call them: one emitter for doc comments, pages and `examples/`.
//!
//! Values come from the document's own examples, as far as they fit the types; they reach the code as literals only.
//! Knows all folders below; those ask for an example through the context.

mod call;
mod client;
mod code;
mod fit;
mod json;
mod layout;
mod primitive;
pub(super) mod program;
mod rust;
mod sample;

use self::code::Code;
use super::context::Cx;
use super::context::example::Example;
use crate::ir::{OperationId, Slot};

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
            imports: code.imports(Some("Client")),
            imports_of_call: code.imports(None),
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
