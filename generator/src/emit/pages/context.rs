//! Where the pages of a client are, and how they refer to each other.

use std::collections::{BTreeSet, HashMap};

use crate::emit::context::Cx;
use crate::emit::documentation::markdown;
use crate::ir::{Docs, TypeId};
use crate::names::file_name;
use crate::plan;

/// Where the pages of a client are.
pub(super) struct Pages<'s, 'a> {
    pub(super) cx: &'s Cx<'a>,
    /// The folder, below the crate.
    pub(super) folder: String,
    /// From the folder to the crate.
    pub(super) up: String,
    /// The section of the README with the indices.
    pub(super) section: String,
    /// By group, the one without a tag last: the name of the page.
    pub(super) groups: Vec<String>,
    /// By the type that a file is named after: the name of the page.
    pub(super) homes: HashMap<TypeId, String>,
}

impl<'s, 'a> Pages<'s, 'a> {
    pub(super) fn new(cx: &'s Cx<'a>) -> Self {
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
    pub(super) fn link(&self, id: TypeId) -> Option<String> {
        let names = self.cx.names.of_type(id);
        let page = self.homes.get(&names.home)?;
        Some(match names.home == id {
            true => format!("{page}.md"),
            false => format!("{page}.md#{}", names.ty.plain().to_lowercase()),
        })
    }

    /// What stands at the end of each page.
    pub(super) fn footer(&self, operations: bool) -> String {
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
    pub(super) fn description(&self, docs: &Docs) -> String {
        let mut text = String::new();
        let summary = docs.summary.trim();
        let parts = match docs.description.trim().starts_with(summary) {
            true => ["", docs.description.as_str()],
            false => [summary, docs.description.as_str()],
        };
        for part in parts.into_iter().filter(|part| !part.trim().is_empty()) {
            let lines = markdown::lines(part);
            text.push_str(&lines.join("\n"));
            text.push_str("\n\n");
        }
        if docs.deprecated {
            text.push_str("**Deprecated.**\n\n");
        }
        text
    }
}
