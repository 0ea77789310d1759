//! Two APIs -> their changes.

use std::collections::HashSet;

use super::api::{Surface, Type};
use super::change::{Change, Group, Kind, Site, Verb};
use super::gates::Gates;
use super::item::{Member, Sort};
use super::manifest::Manifest;
use super::pairs::Pairs;

use super::wording::code;

/// Collects changes.
pub(super) struct Compare<'a> {
    pub(super) pairs: Pairs<'a>,
    pub(super) changes: Vec<Change>,
    gates: Gates,
}

/// The changes from one API to another, in the order of the items.
pub(super) fn compare(old: (&Surface, &Manifest), new: (&Surface, &Manifest)) -> Vec<Change> {
    let mut compare = Compare {
        pairs: Pairs::of(old.0, new.0),
        gates: Gates::new(old.1, new.1),
        changes: Vec::new(),
    };
    compare.paths();
    compare.contents();
    compare.credentials();
    let Compare { mut changes, gates, .. } = compare;
    changes.extend(gates.change());
    changes
}

/// An item before and after.
#[derive(Clone, Copy)]
pub(super) struct Both<'a> {
    pub(super) old: &'a Type,
    pub(super) new: &'a Type,
    pub(super) before: usize,
    pub(super) now: usize,
    /// A name that programs have for it before and after.
    pub(super) name: &'a str,
}

impl<'a> Compare<'a> {
    /// Paths that programs cannot name any more, and new ones.
    fn paths(&mut self) {
        let (old, new) = (self.pairs.old, self.pairs.new);
        for (before, one) in old.types.iter().enumerate() {
            if let Some(now) = self.pairs.renamed.get(&before).copied() {
                self.renamed(before, now);
                continue;
            }
            let gone: Vec<&String> = one
                .paths
                .iter()
                .filter(|path| !new.public.contains_key(*path))
                .collect();
            let stays = one.paths.iter().find(|path| new.public.contains_key(*path));
            for path in gone {
                // a name of what is removed goes with it
                if stays.is_some() || path == one.name() {
                    self.removed(before, path, stays);
                }
            }
        }
        for (now, one) in new.types.iter().enumerate() {
            if self.pairs.renamed.values().any(|renamed| *renamed == now) {
                continue;
            }
            let mut added = one.paths.iter().filter(|path| !old.public.contains_key(*path));
            if self.pairs.is_new(now)
                && let Some(path) = added.next()
            {
                self.added(now, path);
            }
        }
    }

    fn renamed(&mut self, before: usize, now: usize) {
        let (old, new) = (&self.pairs.old.types[before], &self.pairs.new.types[now]);
        if Self::is_part(self.pairs.old, before, old.name()) {
            return;
        }
        let (kind, item, name) = match new.operation {
            Some(_) => (Kind::Operation, self.pairs.old.call(before), self.pairs.new.call(now)),
            None => (Kind::Type, old.name().to_owned(), new.name().to_owned()),
        };
        if item != name {
            self.changes.push(Change {
                group: Group::Breaking,
                kind,
                verb: Verb::Renamed,
                item,
                text: format!("is now {}", code(&name)),
                old: site(before, None),
                new: site(now, None),
            });
        } else if old.name() != new.name() {
            self.changes.push(Change {
                group: Group::Breaking,
                kind,
                verb: Verb::Changed,
                item,
                text: format!("the marker type {} is now {}", code(old.name()), code(new.name())),
                old: site(before, None),
                new: site(now, None),
            });
        }
    }

    fn removed(&mut self, before: usize, path: &str, stays: Option<&String>) {
        let one = &self.pairs.old.types[before];
        if Self::is_part(self.pairs.old, before, path) {
            return;
        }
        let (kind, item) = match one.operation {
            Some(_) => (Kind::Operation, self.pairs.old.call(before)),
            None => (Kind::Type, path.to_owned()),
        };
        let text = match stays {
            Some(other) => format!("is removed; {} is the same type", code(other)),
            None => "is removed".to_owned(),
        };
        self.changes.push(Change {
            group: Group::Breaking,
            kind,
            verb: if stays.is_some() { Verb::Unnamed } else { Verb::Removed },
            item,
            text,
            old: site(before, None),
            new: None,
        });
    }

    fn added(&mut self, now: usize, path: &str) {
        let one = &self.pairs.new.types[now];
        if Self::is_part(self.pairs.new, now, path) {
            return;
        }
        let (kind, item) = match one.operation {
            Some(_) => (Kind::Operation, self.pairs.new.call(now)),
            None => (Kind::Type, path.to_owned()),
        };
        self.changes.push(Change {
            group: Group::Additive,
            kind,
            verb: Verb::Added,
            item,
            text: "is new".to_owned(),
            old: None,
            new: site(now, None),
        });
    }

    /// Whether an item goes with another: the handle of a group with its accessor, and what is named after the marker of an
    /// operation with the operation, which says so.
    fn is_part(surface: &Surface, index: usize, path: &str) -> bool {
        let one = &surface.types[index];
        if one.operation.is_some() {
            return false;
        }
        if surface.is_handle(one) {
            return true;
        }
        let Some((module, name)) = path.rsplit_once("::") else {
            return false;
        };
        let suffixes = ["Error", "Output", "Body"];
        let marker = suffixes.iter().find_map(|suffix| name.strip_suffix(suffix));
        let Some(marker) = marker.map(|marker| format!("{module}::{marker}")) else {
            return false;
        };
        let is_operation = |index: &usize| surface.types[*index].operation.is_some();
        surface.public.get(&marker).is_some_and(is_operation)
    }

    /// What is different about items that stay.
    fn contents(&mut self) {
        let mut done = HashSet::new();
        for (before, one) in self.pairs.old.types.iter().enumerate() {
            let main = self.pairs.became.get(&before).copied();
            for path in &one.paths {
                let now = self.pairs.new.public.get(path).copied();
                let Some(now) = now.or_else(|| self.pairs.renamed.get(&before).copied()) else {
                    continue;
                };
                if !done.insert((before, now)) {
                    continue;
                }
                let new = &self.pairs.new.types[now];
                let name = path.as_str();
                let both = Both {
                    old: one,
                    new,
                    before,
                    now,
                    name,
                };
                if main.is_some_and(|main| main != now) {
                    let was = code(one.name());
                    let text = match new.name() {
                        own if own == name => format!("is a type of its own, was {was}"),
                        other => format!("is {}, was {was}", code(other)),
                    };
                    self.change(both, Group::Breaking, None, text);
                }
                self.both(both);
            }
        }
    }

    /// Credentials that are sent in another way.
    fn credentials(&mut self) {
        for (key, old) in &self.pairs.old.schemes {
            let Some(new) = self.pairs.new.schemes.get(key).filter(|new| *new != old) else {
                continue;
            };
            let (module, name) = key;
            self.changes.push(Change {
                group: Group::Behaviour,
                kind: Kind::Type,
                verb: Verb::Changed,
                item: format!("{module}ClientBuilder"),
                text: format!("the credential {} is {}, was {}", code(name), code(new), code(old)),
                old: None,
                new: None,
            });
        }
    }

    fn both(&mut self, both: Both<'a>) {
        let count = self.changes.len();
        if both.old.sort() != both.new.sort() {
            let (old, new) = (both.old.sort().word(), both.new.sort().word());
            self.change(
                both,
                Group::Breaking,
                None,
                format!("is a {new}, was a {old}").replace(" a enum", " an enum"),
            );
            return;
        }
        if both.old.sort() != Sort::Alias {
            self.gates.compare(both.name, &both.old.features, &both.new.features);
        }
        match (&both.old.operation, &both.new.operation) {
            (Some(old), Some(new)) => self.operation(both, old, new),
            _ => self.item(both),
        }
        if self.changes.len() == count {
            self.documentation(both);
        }
    }

    /// Adds a change of an item.
    pub(super) fn change(&mut self, both: Both<'_>, group: Group, member: Option<&str>, text: String) {
        let (kind, item) = match both.new.operation {
            Some(_) => (Kind::Operation, self.pairs.new.call(both.now)),
            None => (Kind::Type, both.name.to_owned()),
        };
        self.changes.push(Change {
            group,
            kind,
            verb: Verb::Changed,
            item,
            text,
            old: site(both.before, member),
            new: site(both.now, member),
        });
    }

    /// Documentation of an item in which nothing else is different.
    fn documentation(&mut self, both: Both<'_>) {
        let (old, new) = (
            self.pairs.old.documented(both.before),
            self.pairs.new.documented(both.now),
        );
        if both.old.definition.attributes.docs != both.new.definition.attributes.docs {
            self.change(both, Group::Documentation, None, "the description".to_owned());
        }
        for member in &new {
            let Some(before) = old.iter().find(|other| is_same_member(other, member)) else {
                continue;
            };
            let name = member.name.as_str();
            let called = self.pairs.new.is_call(both.now, member);
            let text = match (super::wording::default(before), super::wording::default(member)) {
                _ if before.attributes.docs == member.attributes.docs => continue,
                (Some(old), Some(new)) if old != new => {
                    format!("the default of {} is {}, was {}", code(name), code(new), code(old))
                }
                _ if called => "the description".to_owned(),
                _ => format!("the description of {}", code(name)),
            };
            self.change(both, Group::Documentation, (!called).then_some(name), text);
        }
    }
}

fn is_same_member(one: &Member, other: &Member) -> bool {
    one.name == other.name && one.role == other.role
}

#[expect(clippy::unnecessary_wraps, reason = "a change may lack a site, and this is one")]
pub(super) fn site(index: usize, member: Option<&str>) -> Option<Site> {
    let member = member.map(str::to_owned);
    Some(Site { index, member })
}
