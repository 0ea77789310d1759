//! Which item of the old API is which of the new one.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::api::{Surface, Type};
use super::item::{Role, Sort};
use super::signature::{Piece, Signature};

/// Two APIs, and what of them belongs together.
#[derive(Debug)]
pub(super) struct Pairs<'a> {
    pub(super) old: &'a Surface,
    pub(super) new: &'a Surface,
    /// Items that a path stands for before and after, or that were renamed.
    same: HashSet<(usize, usize)>,
    /// What became of an item: the one that has its own path, if there is one.
    pub(super) became: BTreeMap<usize, usize>,
    /// Items that have other paths than before, and no path in common.
    pub(super) renamed: BTreeMap<usize, usize>,
    /// Items of the new API that were there before.
    known: HashSet<usize>,
    old_paths: HashMap<&'a str, usize>,
    new_paths: HashMap<&'a str, usize>,
}

impl<'a> Pairs<'a> {
    pub(super) fn of(old: &'a Surface, new: &'a Surface) -> Self {
        let mut pairs = Self {
            old,
            new,
            same: HashSet::new(),
            became: BTreeMap::new(),
            renamed: BTreeMap::new(),
            known: HashSet::new(),
            old_paths: paths(old),
            new_paths: paths(new),
        };
        for (index, one) in old.types.iter().enumerate() {
            for path in &one.paths {
                if let Some(now) = new.public.get(path) {
                    pairs.same.insert((index, *now));
                    pairs.known.insert(*now);
                    pairs.became.entry(index).or_insert(*now);
                }
            }
        }
        pairs.operations();
        pairs.renames();
        pairs
    }

    /// Whether an item of the new API was not there before.
    pub(super) fn is_new(&self, now: usize) -> bool {
        !self.known.contains(&now)
    }

    fn rename(&mut self, before: usize, now: usize) {
        self.same.insert((before, now));
        self.known.insert(now);
        self.became.insert(before, now);
        self.renamed.insert(before, now);
    }

    /// Operations that are called otherwise: those with the same id, or else with the same method and path.
    fn operations(&mut self) {
        let keys: [fn(&Type) -> Option<String>; 2] = [
            |one| Some(one.operation.as_ref()?.id.clone()),
            |one| {
                one.operation
                    .as_ref()
                    .map(|info| format!("{} {}", info.method, info.path))
            },
        ];
        for key in keys {
            for (before, now) in self.unique(key) {
                self.rename(before, now);
                for (name, ty) in &self.old.types[before].associated {
                    let other = self.new.types[now].associated.get(name);
                    if let ([Piece::Item(ty)], Some([Piece::Item(other)])) = (ty.as_slice(), other.map(Vec::as_slice))
                        && let (Some(ty), Some(other)) =
                            (self.old_paths.get(ty.as_str()), self.new_paths.get(other.as_str()))
                        && !self.became.contains_key(ty)
                        && self.is_new(*other)
                    {
                        self.rename(*ty, *other);
                    }
                }
            }
        }
    }

    /// Types that are the same but for their name; found from the leaves, since renamed types contain renamed ones.
    fn renames(&mut self) {
        const MOST_ROUNDS: usize = 4;
        for _ in 0..MOST_ROUNDS {
            let shapes = (
                shapes(self.old, |path| self.partner(path)),
                shapes(self.new, |path| self.known(path)),
            );
            let found = unique(
                self,
                |before| shapes.0.get(&before).cloned(),
                |now| shapes.1.get(&now).cloned(),
            );
            if found.is_empty() {
                break;
            }
            found.into_iter().for_each(|(before, now)| self.rename(before, now));
        }
    }

    fn unique(&self, key: fn(&Type) -> Option<String>) -> Vec<(usize, usize)> {
        unique(
            self,
            |before| key(&self.old.types[before]),
            |now| key(&self.new.types[now]),
        )
    }

    /// The new path of what has an old one.
    fn partner(&self, path: &str) -> Option<&str> {
        let now = self.became.get(self.old_paths.get(path)?)?;
        Some(&self.new.types[*now].definition.path)
    }

    fn known<'p>(&self, path: &'p str) -> Option<&'p str> {
        let now = self.new_paths.get(path)?;
        self.known.contains(now).then_some(path)
    }

    /// An item of the new API by the path of its definition.
    pub(super) fn new_item(&self, path: &str) -> Option<&'a Type> {
        self.new_paths.get(path).map(|index| &self.new.types[*index])
    }

    /// Whether two signatures are the same for programs.
    pub(super) fn is_same(&self, old: &Signature, new: &Signature) -> bool {
        old.len() == new.len()
            && old.iter().zip(new).all(|pieces| match pieces {
                (Piece::Text(old), Piece::Text(new)) => old == new,
                (Piece::Item(old), Piece::Item(new)) => self.is_item(old, new),
                _ => false,
            })
    }

    fn is_item(&self, old: &str, new: &str) -> bool {
        match (self.old_paths.get(old), self.new_paths.get(new)) {
            (Some(before), Some(now)) => self.same.contains(&(*before, *now)) || self.is_private(*before, old == new),
            _ => old == new,
        }
    }

    /// What has no public path is the same under the same path.
    fn is_private(&self, before: usize, same_path: bool) -> bool {
        same_path && self.old.types[before].paths.is_empty()
    }
}

fn paths(surface: &Surface) -> HashMap<&str, usize> {
    let types = surface.types.iter().enumerate();
    types
        .map(|(index, one)| (one.definition.path.as_str(), index))
        .collect()
}

/// Removed and added items with the same key, where no others have it.
fn unique(
    pairs: &Pairs<'_>,
    old: impl Fn(usize) -> Option<String>,
    new: impl Fn(usize) -> Option<String>,
) -> Vec<(usize, usize)> {
    let mut keys: BTreeMap<String, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    let public = |one: &Type| !one.paths.is_empty();
    for (index, one) in pairs.old.types.iter().enumerate() {
        if public(one)
            && !pairs.became.contains_key(&index)
            && let Some(key) = old(index)
        {
            keys.entry(key).or_default().0.push(index);
        }
    }
    for (index, one) in pairs.new.types.iter().enumerate() {
        if public(one)
            && pairs.is_new(index)
            && let Some(key) = new(index)
        {
            keys.entry(key).or_default().1.push(index);
        }
    }
    let found = keys
        .into_values()
        .filter_map(|both| match (both.0.as_slice(), both.1.as_slice()) {
            ([before], [now]) => Some((*before, *now)),
            _ => None,
        });
    found.collect()
}

/// What types consist of, with `?` for each item that has no partner.
fn shapes<'s>(surface: &'s Surface, partner: impl Fn(&'s str) -> Option<&'s str>) -> HashMap<usize, String> {
    let text = |signature: &'s Signature| -> String {
        let words = signature.iter().map(|piece| match piece {
            Piece::Text(text) => text.as_str(),
            Piece::Item(path) => partner(path).unwrap_or("?"),
        });
        words.collect()
    };
    let mut shapes = HashMap::new();
    for (index, one) in surface.types.iter().enumerate() {
        let members = &one.definition.members;
        if members.is_empty() || !matches!(one.sort(), Sort::Struct | Sort::Enum) {
            continue;
        }
        let mut shape = one.sort().word().to_owned();
        for member in members.iter().filter(|member| member.role != Role::Function) {
            shape.push_str(&format!("; {} {}", member.name, text(&member.ty)));
            shape.push_str(one.wire.get(&member.name).map_or("", String::as_str));
        }
        shapes.insert(index, shape);
    }
    shapes
}
