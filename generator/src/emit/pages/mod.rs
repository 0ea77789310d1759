//! Markdown for readers: a page per API, a page per model with those that are inline in it, and what a README says.
//!
//! Pages lie in `docs/` and refer to each other; all text of the document passes [`super::markdown`].

mod api;
mod model;
mod readme;
mod text;

use std::collections::{BTreeSet, HashMap};

pub use readme::{Guide, readme};

use super::Cx;
use crate::ir::{Docs, TypeId};
use crate::output::OutputFile;
use crate::plan;

/// Where the pages of a client are.
pub(super) struct Pages<'s, 'a> {
    cx: &'s Cx<'a>,
    /// The folder, below the crate.
    folder: String,
    /// From the folder to the crate.
    up: String,
    /// The section of the README with the indices.
    section: String,
    /// By group, the one without a tag last: the name of the page.
    groups: Vec<String>,
    /// By the type that a file is named after: the name of the page.
    homes: HashMap<TypeId, String>,
}

pub(super) fn pages(cx: &Cx<'_>) -> (Vec<OutputFile>, Guide) {
    let pages = Pages::new(cx);
    let mut files = Vec::new();
    let mut ids = Vec::new();
    let groups = cx.api.groups.iter().map(|group| group.operations.clone());
    let untagged = cx.api.untagged();
    for (index, operations) in groups.chain((!untagged.is_empty()).then_some(untagged)).enumerate() {
        let path = format!("{}/{}.md", pages.folder, pages.groups[index]);
        files.push(OutputFile::new(path, pages.api(index, &operations)));
    }
    let mut types: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (id, _) in cx.api.types.kept() {
        let home = cx.names.of_type(id).home;
        let inner = types.entry(home).or_insert_with(|| {
            ids.push(home);
            Vec::new()
        });
        inner.push(id);
    }
    for home in ids {
        let path = format!("{}/{}.md", pages.folder, pages.homes[&home]);
        files.push(OutputFile::new(path, pages.model(home, &types[&home])));
    }
    (files, pages.guide())
}

impl<'s, 'a> Pages<'s, 'a> {
    fn new(cx: &'s Cx<'a>) -> Self {
        let module = cx.paths.member();
        let (folder, up) = match module {
            Some(module) => (format!("docs/{module}"), "../../".to_owned()),
            None => ("docs".to_owned(), "../".to_owned()),
        };
        // file systems that do not tell capitals apart must hold the pages, too
        let mut taken = BTreeSet::new();
        let mut claim = |name: &str| {
            let mut claimed = name.to_owned();
            let mut count = 1;
            while !taken.insert(claimed.to_lowercase()) {
                count += 1;
                claimed = format!("{name}{count}");
            }
            claimed
        };
        let named = (0..cx.api.groups.len()).map(|index| cx.names.of_group(index).ty.plain());
        let untagged = plan::has_untagged(cx.api).then_some("ClientApi");
        let groups = named.chain(untagged).map(&mut claim).collect();
        let mut homes = HashMap::new();
        for (id, _) in cx.api.types.kept() {
            let home = cx.names.of_type(id).home;
            homes
                .entry(home)
                .or_insert_with(|| claim(cx.names.of_type(home).ty.plain()));
        }
        Self {
            cx,
            folder,
            up,
            section: module.unwrap_or("apis").replace('_', "-"),
            groups,
            homes,
        }
    }

    /// The page of a type, from another page.
    fn link(&self, id: TypeId) -> Option<String> {
        let names = self.cx.names.of_type(id);
        let page = self.homes.get(&names.home)?;
        Some(match names.home == id {
            true => format!("{page}.md"),
            false => format!("{page}.md#{}", names.ty.plain().to_lowercase()),
        })
    }

    /// What stands at the end of each page.
    fn footer(&self, operations: bool) -> String {
        let apis = match operations {
            true => "All APIs",
            false => "APIs",
        };
        let up = &self.up;
        let section = match self.cx.paths.member() {
            Some(_) => &self.section,
            None => "apis",
        };
        let models = match self.cx.paths.member() {
            Some(_) => self.section.clone(),
            None => "models".to_owned(),
        };
        format!("\n[{apis}]({up}README.md#{section}) · [Models]({up}README.md#{models}) · [README]({up}README.md)\n")
    }

    /// Summary and description as paragraphs.
    fn description(&self, docs: &Docs) -> String {
        let mut text = String::new();
        let summary = docs.summary.trim();
        let parts = match docs.description.trim().starts_with(summary) {
            true => ["", docs.description.as_str()],
            false => [summary, docs.description.as_str()],
        };
        for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
            let lines = super::markdown::lines(part);
            text.push_str(&lines.join("\n"));
            text.push_str("\n\n");
        }
        if docs.deprecated {
            text.push_str("**Deprecated.**\n\n");
        }
        text
    }
}
