//! Descriptions and facts -> `#[doc]` attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown;
use crate::ir::Docs;

/// A doc comment in the making: paragraphs, each a list of lines of safe Markdown.
#[derive(Debug, Default)]
pub(super) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Text of a document, as paragraphs of its own.
    pub(super) fn text(mut self, text: &str) -> Self {
        self.add(markdown::lines(text));
        self
    }

    /// Markdown of our own, as one paragraph.
    pub(super) fn own(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.add(markdown::filled(text));
        }
        self
    }

    /// A heading of our own.
    pub(super) fn heading(mut self, text: &str) -> Self {
        self.add(vec![format!("# {text}")]);
        self
    }

    /// Summary, description and facts.
    pub(super) fn docs(self, docs: &Docs) -> Self {
        let summary = docs.summary.trim();
        let repeated = docs.description.trim().starts_with(summary);
        let doc = if summary.is_empty() || repeated {
            self
        } else {
            self.text(summary)
        };
        doc.text(&docs.description).facts(&docs.facts)
    }

    /// Short facts, in one paragraph.
    pub(super) fn facts(self, facts: &[String]) -> Self {
        self.text(&facts.join(" "))
    }

    /// What stands when nothing was said.
    pub(super) fn or(self, text: &str) -> Self {
        if self.lines.is_empty() { self.own(text) } else { self }
    }

    fn add(&mut self, lines: Vec<String>) {
        if lines.is_empty() {
            return;
        }
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    /// Outer doc attributes.
    pub(super) fn outer(&self) -> TokenStream {
        let lines = self.padded();
        quote!(#(#[doc = #lines])*)
    }

    /// Inner doc attributes.
    pub(super) fn inner(&self) -> TokenStream {
        let lines = self.padded();
        quote!(#(#![doc = #lines])*)
    }

    fn padded(&self) -> Vec<String> {
        let pad = |line: &String| {
            if line.is_empty() {
                String::new()
            } else {
                format!(" {line}")
            }
        };
        self.lines.iter().map(pad).collect()
    }
}

/// One line of documentation of our own.
pub(super) fn doc(text: &str) -> TokenStream {
    Doc::default().own(text).outer()
}
