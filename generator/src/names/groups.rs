//! Names of groups of operations.

use super::contest::{Wish, settle};
use super::given::Given;
use super::members::snakes;
use super::scope::Scope;
use super::{Ident, ident, patterns, values, words};
use crate::config::Kind;
use crate::ir::{Api, Group};

/// The names of a group of operations.
#[derive(Debug, Clone)]
pub struct GroupNames {
    /// The method of the client that leads to the group, and the module it stands in.
    pub accessor: Ident,
    /// The type that holds the methods.
    pub ty: Ident,
}

/// The module of operations without a tag; reserved among the modules of groups.
pub const UNTAGGED: &str = "client_operations";

/// Methods of every client. Those that values of all types have, and that take them by value, would be found first.
pub(super) const CLIENT_METHODS: [&str; 8] = [
    "base_url",
    "builder",
    "clone",
    "into",
    "new",
    "operation",
    "request",
    "try_into",
];

pub(super) fn assign(api: &Api, given: &Given<'_>) -> Vec<GroupNames> {
    let words: Vec<Wish> = words_of(api, given);
    let reserved = CLIENT_METHODS.into_iter().chain([UNTAGGED, "mod"]);
    let reserved: Vec<&str> = reserved.chain(words::DEVICES).collect();
    let mut accessors = Scope::new(&reserved, "api");
    let mut types = Scope::new(&[], "Api");
    let tag = |index: usize| api.groups[index].tag.clone();
    let wish = |name: fn(&str) -> String| {
        let each = words.iter();
        let wish = each.map(move |wish| Wish {
            name: name(&wish.name),
            rank: wish.rank,
        });
        wish.collect::<Vec<Wish>>()
    };
    let accessors = settle(&mut accessors, &wish(words::module), tag, |index| modules(&tag(index)));
    let types = settle(
        &mut types,
        &wish(|words| format!("{}Api", words::camel(words))),
        tag,
        |index| {
            let spellings = values::spellings(&tag(index)).into_iter();
            spellings.map(|name| format!("{name}Api")).collect()
        },
    );
    let names = accessors.iter().zip(&types);
    names
        .map(|(accessor, ty)| GroupNames {
            accessor: ident::value(accessor),
            ty: ident::ty(ty),
        })
        .collect()
}

/// Names of modules in which more and more of a tag is spelled out.
fn modules(tag: &str) -> Vec<String> {
    snakes(tag).iter().map(|name| words::module(name)).collect()
}

/// What each group is called, and how good a right it has to that.
fn words_of(api: &Api, given: &Given<'_>) -> Vec<Wish> {
    let plain = |group: &Group| {
        let name = given.exact(Kind::Tag, &[&group.tag]).or_else(|| group.name.clone());
        match name {
            Some(name) => Wish::given(name),
            None => Wish {
                rank: Wish::of(&group.tag, words::snake(&group.tag)).rank,
                name: group.tag.clone(),
            }
            .behind_given(),
        }
    };
    let mut wishes: Vec<Wish> = api.groups.iter().map(plain).collect();
    if given.has(Kind::Tag) {
        let named = |group: &Group| given.by_pattern(Kind::Tag, &[&group.tag]);
        let by_pattern = api.groups.iter().zip(&wishes);
        let by_pattern = by_pattern.map(|(group, wish)| named(group).filter(|_| wish.rank > 0));
        let by_pattern = by_pattern.collect();
        patterns::apply(&mut wishes, by_pattern, |_| true);
    }
    wishes
}
