//! Which names stay.

use std::collections::{HashMap, HashSet};

use envoi::{Named, Pointer};

use super::kinds::Edit;

/// What became of names.
#[derive(Default)]
pub struct Compared {
    /// Names whose item is still there and called otherwise.
    pub renamed: Vec<String>,
    /// The same of definitions that stand for several inline schemas; the names of these are with the others.
    pub shared: Vec<String>,
}

/// Compares the names of two clients. What is not there any more has no name.
pub fn compare(before: &[Named], after: &[Named], edit: &Edit) -> Compared {
    let mut called: HashMap<(&str, &str), HashSet<&str>> = HashMap::new();
    let mut shared: HashMap<&str, HashSet<&str>> = HashMap::new();
    for named in after {
        let places = named.places.iter().map(Pointer::as_str);
        for place in places {
            shared.entry(place).or_default().insert(own(named));
        }
        if named.places.is_empty() {
            let what = (named.at.as_str(), named.part.as_str());
            called.entry(what).or_default().insert(own(named));
        }
    }
    let mut compared = Compared::default();
    for named in before {
        if named.places.is_empty() {
            let at = edit.place(named.at.as_str());
            if let Some(names) = called.get(&(at.as_str(), named.part.as_str()))
                && !names.contains(own(named))
            {
                compared.renamed.push(line(named, names));
            }
            continue;
        }
        let places = named.places.iter().map(|place| edit.place(place.as_str()));
        let names: HashSet<&str> = places
            .filter_map(|place| shared.get(place.as_str()))
            .flatten()
            .copied()
            .collect();
        if !names.is_empty() && !names.contains(own(named)) {
            compared.shared.push(line(named, &names));
        }
    }
    compared
}

/// The name itself, without that of what it is in, which is counted by itself.
fn own(named: &Named) -> &str {
    match named.part.is_empty() {
        true => &named.name,
        false => named.name.rsplit(['.', ':']).next().unwrap_or(&named.name),
    }
}

fn line(named: &Named, names: &HashSet<&str>) -> String {
    let mut names: Vec<&str> = names.iter().copied().collect();
    names.sort_unstable();
    format!(
        "`{}` is `{}`, of {} {}",
        named.name,
        names.join("`, `"),
        named.at,
        named.part
    )
}
