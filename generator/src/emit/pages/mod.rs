//! Markdown for readers: a page per API, a page per model with those that are inline in it, and what a README says.
//!
//! Pages lie in `docs/` and refer to each other; all text of the document passes `documentation::markdown`. Knows all
//! folders below.

mod api;
mod context;
mod model;
mod readme;
mod text;

pub use readme::{Guide, readme};

use indexmap::IndexMap;

use self::context::Pages;
use super::context::Cx;
use crate::ir::{OperationId, TypeId};
use crate::output::OutputFile;
use crate::parallel;

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
