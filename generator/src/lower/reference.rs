//! Resolves `$ref`.

use std::collections::HashSet;

use super::chain::End;
use super::context::Lower;
use crate::diagnostic::Code;
use crate::ir::TypeId;
use crate::nearest::nearest_place;
use crate::parse::Node;
use crate::pointer::Pointer;

impl<'d> Lower<'d, '_> {
    /// Follows `$ref`s until something else is found. Reports what cannot be resolved.
    pub(super) fn follow(&mut self, node: Node<'d>) -> Option<Node<'d>> {
        match self.end_of_chain(&node) {
            End::Node(end) => Some(end),
            End::Broken(last) => self.target(&last),
            End::Circle => {
                let message = "this reference leads back to itself, directly or through other references";
                self.diagnostics.report(Code::ReferenceCycle, &node.at, message);
                None
            }
        }
    }

    /// Follows references, whatever stands beside them.
    pub(super) fn end_of_chain(&mut self, start: &Node<'d>) -> End<'d> {
        let mut here = start.clone();
        let mut passed = HashSet::new();
        let end = loop {
            let Some(reference) = here.reference() else {
                break End::Node(here);
            };
            if let Some(known) = self.chains.get(&here.at) {
                break known.clone();
            }
            if !passed.insert(here.at.clone()) {
                break End::Circle;
            }
            let next = Pointer::parse(reference.trim()).and_then(|at| {
                let value = self.root.pointer(at.as_str())?;
                Some(Node { at, value })
            });
            match next {
                Some(next) => here = next,
                None => break End::Broken(here),
            }
        };
        // Most references are no chains.
        if passed.len() > 1 {
            self.chains.extend(passed.into_iter().map(|link| (link, end.clone())));
        }
        end
    }

    /// The node that the `$ref` of `node` names.
    pub(super) fn target(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let reference = node.reference()?.trim();
        let at = node.at.child("$ref");
        if !reference.starts_with('#') {
            let (code, reason, help) = match self.missing.get(reference) {
                Some(missing) => (missing.code, missing.reason.as_str(), missing.help.clone()),
                None => (Code::ExternalReference, "points outside the document", None),
            };
            self.diagnostics
                .report(code, &at, format!("`{reference}` {reason}"))
                .help = help;
            return None;
        }
        let found = Pointer::parse(reference).and_then(|pointer| {
            let value = self.root.pointer(pointer.as_str())?;
            Some(Node { at: pointer, value })
        });
        if found.is_none() {
            let near = Pointer::parse(reference).and_then(|pointer| nearest_place(self.root, &pointer));
            let help = near.map(|near| format!("did you mean `{near}`?"));
            self.diagnostics
                .report(Code::DanglingReference, &at, format!("`{reference}` points to nothing"))
                .help = help;
        }
        found
    }

    /// The type of the schema that a `$ref` names; made on demand when it is not a component.
    pub(super) fn referenced_type(&mut self, node: &Node<'d>) -> Option<(TypeId, Node<'d>)> {
        let target = self.target(node)?;
        let inline = self.combined.get(std::slice::from_ref(&target.at)).copied();
        let id = match self.want(&target.at).or(inline) {
            Some(id) => id,
            None => {
                let name = definition_name(&target.at);
                let id = self.reserve(&target, &name);
                self.want(&target.at);
                id
            }
        };
        Some((id, target))
    }
}

/// The words for a schema that is referred to but is not a component: its place without the frame around it.
fn definition_name(at: &Pointer) -> String {
    const FRAME: [&str; 12] = [
        "components",
        "schemas",
        "properties",
        "paths",
        "responses",
        "content",
        "schema",
        "parameters",
        "requestBody",
        "headers",
        "definitions",
        "$defs",
    ];
    let words: Vec<String> = at
        .tokens()
        .filter(|token| !FRAME.contains(&token.as_str()) && !token.contains("json"))
        .collect();
    words.join(" ")
}
