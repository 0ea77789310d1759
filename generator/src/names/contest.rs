//! Gives names that several things want. Who gets one depends on what they are, and never on their order: what has a name
//! keeps it, whatever is added, unless that has a better right to it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::digests::digest;
use super::scope::{Scope, fold};

/// What something would be called if nothing else were.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub(super) name: String,
    /// How good a right it has to the name: 0 is the best.
    pub(super) rank: usize,
}

impl Wish {
    /// A wish for the identifier that a text of the document becomes.
    pub(super) fn of(text: &str, name: String) -> Self {
        Self {
            rank: distance(text, &name),
            name,
        }
    }

    /// A wish for a name that somebody gave: it has the best right.
    pub(super) fn given(name: String) -> Self {
        Self { name, rank: 0 }
    }

    /// The wish beside others that are given.
    pub(super) fn behind_given(self) -> Self {
        Self {
            rank: self.rank + 1,
            ..self
        }
    }
}

/// A name for each wish, none of them twice.
///
/// Of those that want one name, the one with the best rank gets it, of these the one with the first `key`, which tells
/// what wishes from everything else. The rest get the first free one of their `others`, or a name with a digest of their key.
pub(super) fn settle(
    scope: &mut Scope<'_>,
    wishes: &[Wish],
    key: impl Fn(usize) -> String,
    others: impl Fn(usize) -> Vec<String>,
) -> Vec<String> {
    let mut names: Vec<String> = wishes.iter().map(|wish| scope.adapted(wish.name.clone())).collect();
    let adapted: Vec<bool> = names
        .iter()
        .zip(wishes)
        .map(|(name, wish)| *name != wish.name)
        .collect();
    let right = |index: usize| (adapted[index], wishes[index].rank, key(index));
    let mut owners: HashMap<String, usize> = HashMap::with_capacity(wishes.len());
    let mut losers = Vec::new();
    for (index, name) in names.iter().enumerate() {
        match owners.entry(fold(name)) {
            Entry::Vacant(entry) => drop(entry.insert(index)),
            Entry::Occupied(mut entry) if right(index) < right(*entry.get()) => losers.push(entry.insert(index)),
            Entry::Occupied(_) => losers.push(index),
        }
    }
    losers.extend(owners.into_values().filter(|index| !scope.take(&names[*index])));
    losers.sort_by_cached_key(|index| (right(*index), *index));
    for index in losers {
        let exact = scope.with(&names[index], &digest(&key(index)));
        let mut free = others(index).into_iter().chain([exact.clone()]);
        let free = free.find(|name| scope.has_free(name)).unwrap_or(exact);
        names[index] = scope.claim(free);
    }
    names
}

/// How far a text is from an identifier: 0 is the identifier itself, 1 has other capitals, 2 something between its words, 3
/// capitals alone, and 4 what the identifier has not.
fn distance(text: &str, name: &str) -> usize {
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let is_plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-. /".contains(c));
    let shouts = text.len() > 1 && !text.chars().any(|c| c.is_ascii_lowercase());
    if text == name {
        0
    } else if !is_plain || !letters(text).eq_ignore_ascii_case(&letters(name)) {
        4
    } else if shouts {
        3
    } else if text.eq_ignore_ascii_case(name) {
        1
    } else {
        2
    }
}

#[cfg(test)]
mod tests {
    use super::{Wish, distance, settle};
    use crate::names::scope::Scope;
    use crate::names::{values, words};

    /// The names of components, by their keys.
    fn names(keys: &[&str]) -> Vec<String> {
        let mut scope = Scope::new(&["Option"], "Model");
        let wishes: Vec<Wish> = keys.iter().map(|key| Wish::of(key, words::camel(key))).collect();
        settle(
            &mut scope,
            &wishes,
            |index| keys[index].to_owned(),
            |index| values::spellings(keys[index]),
        )
    }

    #[test]
    fn distances() {
        for (text, name, expected) in [
            ("Pet", "Pet", 0),
            ("pet", "Pet", 1),
            ("pet-owner", "PetOwner", 2),
            ("PET_OWNER", "PetOwner", 3),
            ("pet-owner", "PetOwners", 4),
            ("Pet!", "Pet", 4),
            ("p", "Pet", 4),
        ] {
            assert_eq!(distance(text, name), expected, "{text} {name}");
        }
    }

    #[test]
    fn the_identifier_itself_has_the_best_right() {
        assert_eq!(names(&["Pet!", "pet", "Pet"]), ["PetNot", "PetLower", "Pet"]);
        assert_eq!(names(&["Pet!", "pet"]), ["PetNot", "Pet"]);
        assert_eq!(names(&["foo_bar", "FooBar"]), ["FooBarLower", "FooBar"]);
        assert_eq!(names(&["Option", "OptionModel"])[1], "OptionModel");
    }

    #[test]
    fn order_makes_no_difference() {
        let keys = [
            "Pet!", "pet", "Pet", "PET", "pe-t", "Pet?", "PetLower", "option", "Option",
        ];
        let mut turned = keys;
        for _ in 0..keys.len() {
            turned.rotate_left(1);
            for (key, name) in turned.iter().zip(names(&turned)) {
                let position = keys.iter().position(|other| other == key).expect("the same keys");
                assert_eq!(name, names(&keys)[position], "{key}");
            }
        }
    }

    #[test]
    fn what_is_added_takes_no_name_without_a_better_right() {
        let before = names(&["pet", "Pet?"]);
        for more in ["Pet!", "p-e-t", "pets"] {
            assert_eq!(names(&[more, "pet", "Pet?"])[1..], before, "{more}");
        }
        assert_eq!(names(&["Pet", "pet"]), ["Pet", "PetLower"]);
    }
}
