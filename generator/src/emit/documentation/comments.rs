//! Descriptions and facts -> `#[doc]` attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::{self, printable};
use crate::emit::context::Cx;
use crate::ir::{Docs, Part, Root, Shape, Status, Step, TypeId};

/// Builder for a doc comment: paragraphs, each a list of lines of safe Markdown.
#[derive(Debug, Default)]
pub(crate) struct Doc {
    lines: Vec<String>,
}

impl Doc {
    /// Text of a document, as paragraphs of its own.
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.add(markdown::lines(text));
        self
    }

    /// Markdown of our own, as one paragraph.
    pub(crate) fn own(mut self, text: &str) -> Self {
        if !text.is_empty() {
            self.add(markdown::filled(text));
        }
        self
    }

    /// A heading of our own.
    pub(crate) fn heading(mut self, text: &str) -> Self {
        self.add(vec![format!("# {text}")]);
        self
    }

    /// Rust of our own, which is compiled as a test and not run.
    pub(crate) fn code(mut self, lines: Vec<String>) -> Self {
        let fenced = std::iter::once("```no_run".to_owned()).chain(lines);
        self.add(fenced.chain(std::iter::once("```".to_owned())).collect());
        self
    }

    /// Summary, description and facts.
    pub(crate) fn docs(self, docs: &Docs) -> Self {
        let summary = docs.summary.trim();
        let repeated = docs.description.trim().starts_with(summary);
        let doc = if summary.is_empty() || repeated {
            self
        } else {
            self.text(summary)
        };
        doc.text(&docs.description).facts(&docs.facts)
    }

    /// Summary, description and facts, with a paragraph of our own about the call after the first of the document's.
    pub(crate) fn docs_of_call(self, docs: &Docs, call: &str) -> Self {
        let summary = docs.summary.trim();
        let (doc, rest) = if summary.is_empty() || docs.description.trim().starts_with(summary) {
            let mut lines = markdown::lines(&docs.description);
            let first = lines.first().is_some_and(|line| line.starts_with(char::is_alphabetic));
            let end = lines.iter().position(String::is_empty).filter(|_| first);
            let rest = end.map_or_else(Vec::new, |end| lines.split_off(end).split_off(1));
            let mut doc = self;
            doc.add(lines);
            (doc, rest)
        } else {
            (self.text(summary), markdown::lines(&docs.description))
        };
        let mut doc = doc.own(call);
        doc.add(rest);
        doc.facts(&docs.facts)
    }

    /// Short facts, in one paragraph.
    pub(crate) fn facts(self, facts: &[String]) -> Self {
        self.text(&facts.join(" "))
    }

    /// What stands when nothing was said.
    pub(crate) fn or(self, text: &str) -> Self {
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

    /// Outer documentation: one attribute, whose lines the printer takes apart.
    pub(crate) fn outer(&self) -> TokenStream {
        self.padded().map(|text| quote!(#[doc = #text])).unwrap_or_default()
    }

    /// Inner documentation.
    pub(crate) fn inner(&self) -> TokenStream {
        self.padded().map(|text| quote!(#![doc = #text])).unwrap_or_default()
    }

    fn padded(&self) -> Option<String> {
        if self.lines.is_empty() {
            return None;
        }
        let length = self.lines.iter().map(|line| line.len() + 2).sum();
        let mut text = String::with_capacity(length);
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            if !line.is_empty() {
                text.push(' ');
                text.push_str(line);
            }
        }
        Some(text)
    }
}

impl Cx<'_> {
    /// What the document says about a type, or where it stands.
    pub(crate) fn type_docs(&self, id: TypeId) -> TokenStream {
        let definition = &self.api.types[id];
        let mut doc = Doc::default().docs(&definition.docs);
        if definition.docs.deprecated {
            doc = doc.own("Deprecated.");
        }
        let doc = match self.is_said_by_name(id) {
            true => doc,
            false => doc.or(&self.linked_standing(id)),
        };
        match &definition.shape {
            Shape::Struct(object) if object.patch => {
                doc.own("JSON merge patch (RFC 7396): `null` removes a property, and an unset property is not changed.")
            }
            _ => doc,
        }
        .outer()
    }

    /// Whether a type is called like the schema that it is made of.
    pub(crate) fn is_said_by_name(&self, id: TypeId) -> bool {
        let hint = &self.api.types[id].hint;
        let name = self.names.of_type(id).ty.plain();
        hint.steps.is_empty() && matches!(&hint.root, Root::Component(component) if component == name)
    }

    /// Where a type stands that the document says nothing about.
    pub(crate) fn standing(&self, id: TypeId) -> String {
        self.standing_in(id, |parent| format!("`{}`", self.names.of_type(parent).ty))
    }

    /// The same with a link to the type that it is in. The path is left out within one file, as rustdoc wants it.
    fn linked_standing(&self, id: TypeId) -> String {
        let home = self.names.of_type(id).home;
        self.standing_in(id, |parent| match self.names.of_type(parent) {
            names if names.home == home => format!("[`{}`]", names.ty),
            names => format!("[`{0}`](super::{0})", names.ty),
        })
    }

    fn standing_in(&self, id: TypeId, parent_text: impl Fn(TypeId) -> String) -> String {
        let hint = &self.api.types[id].hint;
        let root = match &hint.root {
            Root::Component(name) => format!("schema `{}`", printable(name)),
            Root::Type(parent) => parent_text(*parent),
            Root::Webhook(index) => format!("the payload of `{}`", printable(&self.api.webhooks[*index].name)),
            Root::Shared => "an inline schema used in several places".to_owned(),
            Root::Reusable(part, key) => {
                let kind = match part {
                    Part::Request | Part::RequestAs(_) => "request body",
                    Part::Response | Part::StatusResponse(_) => "response",
                    Part::Parameter(_) => "parameter",
                    Part::Header(_) => "response header",
                };
                format!("the reusable {kind} `{}`", printable(key))
            }
            Root::Operation(operation, part) => {
                let method = &self.names.of_operation(*operation).called;
                match part {
                    Part::Request | Part::RequestAs(_) => format!("the request body of `{method}`"),
                    Part::Response => format!("the response of `{method}`"),
                    Part::StatusResponse(Status::Code(code)) => {
                        format!("the response of `{method}` with status code {code}")
                    }
                    Part::StatusResponse(_) => format!("a response of `{method}`"),
                    Part::Parameter(name) => format!("the parameter `{}` of `{method}`", printable(name)),
                    Part::Header(name) => format!("the response header `{}` of `{method}`", printable(name)),
                }
            }
        };
        let text = hint.steps.iter().fold(root, |inner, step| match step {
            Step::Field(name) => format!("`{}` of {inner}", printable(name)),
            Step::Item => format!("an element of {inner}"),
            Step::Place(index) => format!("element {} of {inner}", index + 1),
            Step::Value => format!("a value of {inner}"),
            Step::Base => format!("the properties shared by all variants of {inner}"),
            Step::Parts => format!("the parts of {inner}"),
            Step::Patch => format!("a merge patch of {inner}"),
            Step::Variant(name) => format!("`{}`, a branch of {inner}", printable(name)),
        });
        let mut letters = text.chars();
        let first = letters
            .next()
            .map(|first| first.to_ascii_uppercase())
            .unwrap_or_default();
        format!("{first}{}.", letters.as_str())
    }
}

/// One line of documentation of our own.
pub(crate) fn doc(text: &str) -> TokenStream {
    Doc::default().own(text).outer()
}
