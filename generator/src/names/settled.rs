//! Chooses names of which none comes first: where two want one, neither gets it.

use std::collections::HashMap;

use super::scope::fold;
use super::words;

/// After so many rounds, all that still want one name are told apart by what they are.
const MOST_ROUNDS: usize = 12;

/// The names that something could have.
pub(super) struct Candidates {
    /// From short to exact.
    pub(super) names: Vec<String>,
    /// What the name begins with that nothing else has.
    pub(super) base: String,
}

/// Something with the names it could have, from short to exact.
struct Wanted {
    names: Vec<String>,
    base: String,
    /// Which of them it wants.
    level: usize,
    /// Whether none of those was its own alone.
    exact: bool,
}

impl Wanted {
    fn name(&self) -> &str {
        self.names.get(self.level).map_or("", String::as_str)
    }
}

/// By what is named: the first of its names that is `free`, and that nothing else wants; else its base with what
/// `digest` says of it.
pub(super) fn settled(
    candidates: Vec<Candidates>,
    free: impl Fn(&str) -> bool,
    mut digest: impl FnMut(usize) -> String,
) -> Vec<String> {
    let mut wanted: Vec<Wanted> = candidates
        .into_iter()
        .map(|Candidates { names, base }| Wanted {
            names: names.into_iter().map(words::shortened).collect(),
            base,
            level: 0,
            exact: false,
        })
        .collect();
    let mut settled = false;
    let mut rounds = 0;
    while !settled {
        settled = true;
        rounds += 1;
        let mut counts: HashMap<String, usize> = HashMap::new();
        for one in &wanted {
            *counts.entry(fold(one.name())).or_default() += 1;
        }
        for (index, one) in wanted.iter_mut().enumerate() {
            if one.exact || counts[&fold(one.name())] == 1 && free(one.name()) {
                continue;
            }
            settled = false;
            one.level += 1;
            if one.level >= one.names.len() || rounds > MOST_ROUNDS {
                let exact = words::shortened(format!("{}{}", one.base, digest(index)));
                one.exact = true;
                one.level = one.names.len();
                one.names.push(exact);
            }
        }
    }
    wanted
        .into_iter()
        .map(|mut one| one.names.swap_remove(one.level))
        .collect()
}
