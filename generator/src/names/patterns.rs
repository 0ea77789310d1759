//! Names that patterns of the configuration give: only where nothing else would have them.

use std::collections::BTreeMap;

use super::contest::Wish;
use super::given::Given;
use super::scope::fold;
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostics};
use crate::pointer::Pointer;

/// Gives the `wishes` those of the names by patterns that are `free` and that nothing else wants. What is left as it
/// was: the names, each with the positions of the wishes that it is not given to.
pub(super) fn apply(
    wishes: &mut [Wish],
    by_pattern: Vec<Option<String>>,
    free: impl Fn(&str) -> bool,
) -> BTreeMap<String, Vec<usize>> {
    let mut refused: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut left: Vec<(usize, String)> = by_pattern
        .into_iter()
        .enumerate()
        .filter_map(|(index, name)| Some((index, name?)))
        .filter(|(index, name)| !name.is_empty() && *name != wishes[*index].name)
        .collect();
    // what keeps its name may have one that another would be given: until nothing changes
    loop {
        let mut wanted: Vec<&str> = wishes.iter().map(|wish| wish.name.as_str()).collect();
        for (index, name) in &left {
            wanted[*index] = name;
        }
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for name in wanted {
            *counts.entry(fold(name)).or_default() += 1;
        }
        let fits = |name: &str| counts.get(&fold(name)) == Some(&1) && free(name);
        let (kept, out): (Vec<_>, Vec<_>) = left.into_iter().partition(|(_, name)| fits(name));
        left = kept;
        if out.is_empty() {
            break;
        }
        for (index, name) in out {
            refused.entry(name).or_default().push(index);
        }
    }
    for (index, name) in left {
        wishes[index].name = name;
    }
    refused
}

/// Reports a name that patterns give to several things.
pub(super) fn report(given: &Given<'_>, kind: Kind, name: &str, at: &[&Pointer], diagnostics: &mut Diagnostics) {
    let (word, table) = (kind.word(), kind.table());
    for place in at {
        let message = match at.len() {
            1 => format!(
                "a pattern of `rename.{table}` gives this {word} the name `{name}`, which is taken; it keeps its name"
            ),
            all => format!(
                "patterns of `rename.{table}` give {all} items the name `{name}`, this {word} among them; they keep their names"
            ),
        };
        diagnostics.report(Code::Renamed, place, message).help = Some(given.help(kind, place));
    }
}
