//! Markdown for readers: a page per API, a page per model with those that are inline in it, and what a README says.
//!
//! Pages lie in `docs/` and refer to each other; all text of the document passes [`super::markdown`].

mod api;
mod model;
mod readme;
mod text;

use std::collections::{BTreeSet, HashMap};

pub use readme::{Guide, readme};

use indexmap::IndexMap;

use super::Cx;
use crate::ir::{Docs, OperationId, TypeId};
use crate::names::file_name;
use crate::output::OutputFile;
use crate::{parallel, plan};

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

/// What a page is about.
enum Subject {
    /// A group, by its position, and its operations.
    Group(usize, Vec<OperationId>),
    /// The type that a file is named after, and all types in it.
    Home(TypeId, Vec<TypeId>),
}

pub(super) fn pages(cx: &Cx<'_>, head: &str) -> (Vec<OutputFile>, Guide) {
    let pages = Pages::new(cx);
    let groups = cx.api.groups.iter().map(|group| group.operations.clone());
    let untagged = cx.api.untagged();
    let groups = groups.chain((!untagged.is_empty()).then_some(untagged));
    let mut subjects: Vec<Subject> = groups
        .enumerate()
        .map(|(index, operations)| Subject::Group(index, operations))
        .collect();
    let mut types: IndexMap<TypeId, Vec<TypeId>> = IndexMap::new();
    for (id, _) in cx.api.types.kept() {
        types.entry(cx.names.of_type(id).home).or_default().push(id);
    }
    subjects.extend(types.into_iter().map(|(home, inner)| Subject::Home(home, inner)));
    let files = parallel::map(&subjects, |subject| {
        let (name, text) = match subject {
            Subject::Group(index, operations) => (&pages.groups[*index], pages.api(*index, operations)),
            Subject::Home(home, types) => (&pages.homes[home], pages.model(*home, types)),
        };
        OutputFile::new(format!("{}/{name}.md", pages.folder), format!("{head}{text}"))
    });
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
        let mut claim = |ty: &str| {
            let name = file_name(ty);
            let mut claimed = name.clone();
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
