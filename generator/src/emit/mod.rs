//! Items -> tokens. Total: nothing can fail from here on, and nothing is decided that the representation does not say.
//!
//! From bottom to top: `context`, `tokens`, `documentation`, then `models` and `operations`, then `client`, and at last
//! what is written for readers: `example` and `pages`. None imports one above it.

mod client;
mod context;
mod documentation;
mod example;
mod models;
mod operations;
mod pages;
mod tokens;

pub use context::Cx;
pub use pages::{Guide, readme};

use proc_macro2::TokenStream;

use crate::config::Examples;
use crate::output::{OutputFile, Target};
use crate::plan::{Item, PlannedFile};
use client::{handle, request, root, security, servers};
use documentation::markdown;
use example::program as programs;
use models::{files, xml};
use operations::{operation, shared_parameters, webhook};

/// The pages of a client, each with `head` before it, and what the README of its crate says about the client.
#[must_use]
pub fn pages(cx: &Cx<'_>, head: &str) -> Option<(Vec<OutputFile>, Guide)> {
    (cx.documentation.pages && cx.krate.is_some()).then(|| pages::pages(cx, head))
}

/// Text of a document as lines of a doc comment.
#[must_use]
pub fn doc_lines(text: &str) -> Vec<String> {
    markdown::lines(text)
}

/// The program in `examples/` that calls the operations, where there are some to call.
#[must_use]
pub fn program(cx: &Cx<'_>) -> Option<OutputFile> {
    let all = cx.documentation.examples == Examples::All;
    let name = cx.paths.example_name(cx.krate.as_deref()?);
    let text = programs::programs(cx, all).filter(|_| cx.shows_examples())?;
    Some(OutputFile::new(format!("examples/{name}.rs"), text))
}

/// The program in `examples/`, as the manifest has it, where it needs features.
#[must_use]
pub fn program_target(cx: &Cx<'_>) -> Option<Target> {
    let mut features = programs::features(cx, cx.documentation.examples == Examples::All);
    if features.is_empty() {
        features.extend(cx.paths.member().map(str::to_owned));
    }
    let name = cx.paths.example_name(cx.krate.as_deref()?);
    (!features.is_empty()).then_some(Target { name, features })
}

/// The tokens of one file.
#[must_use]
pub fn emit(cx: &Cx<'_>, file: &PlannedFile) -> TokenStream {
    match &file.item {
        Item::Root => root::root(cx),
        Item::Client => handle::client(cx),
        Item::Request => request::request(cx),
        Item::Parameters => shared_parameters::parameters(cx),
        Item::Security => security::security(cx),
        Item::Servers => servers::servers(cx),
        Item::Apis => operation::apis(cx),
        Item::Group(group) => operation::group(cx, *group),
        Item::Untagged => operation::untagged(cx),
        Item::Webhooks => webhook::webhooks(cx),
        Item::Xml => xml::constants(cx),
        Item::Models => files::index(cx),
        Item::Model(home) => files::file(cx, *home),
        Item::Traits => files::traits(cx),
    }
}
