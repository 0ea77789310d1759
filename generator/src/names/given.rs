//! Names given by the configuration.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use crate::config::{Kind, Renames, is_pattern, is_pointer};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::document::Document;
use crate::pointer::Pointer;
use crate::select::captures;
use crate::text::is_rust_name;

/// The names that the configuration gives by name or by pattern; those that it gives by pointer stand in the document.
#[derive(Debug)]
pub(super) struct Given<'r> {
    document: &'r Document,
    names: BTreeMap<Kind, BTreeMap<&'r str, &'r str>>,
    /// By kind, the most specific first.
    patterns: BTreeMap<Kind, Vec<(&'r str, &'r str)>>,
    /// The keys that are the name of something.
    used: Mutex<BTreeSet<(Kind, String)>>,
}

impl<'r> Given<'r> {
    /// Reports names that are no identifiers, and leaves them out.
    pub(super) fn new(renames: &'r Renames, document: &'r Document, diagnostics: &mut Diagnostics) -> Self {
        let mut given = Self {
            document,
            names: BTreeMap::new(),
            patterns: BTreeMap::new(),
            used: Mutex::default(),
        };
        for kind in Kind::ALL {
            for (key, name) in renames.of(kind) {
                let pattern = is_pattern(key);
                let literal = if pattern { name.replace('*', "") } else { name.clone() };
                let empty_pattern = pattern && literal.is_empty() && !name.is_empty();
                let fits = match pattern {
                    true => is_rust_name(&literal),
                    false => kind.is_rust_name(name),
                };
                if !empty_pattern && !fits {
                    let table = kind.table();
                    let message = format!(
                        "`rename.{table}` gives `{key}` the name `{name}`, which is {}; ignored",
                        Kind::no_name(name)
                    );
                    diagnostics.push(Diagnostic::new(Code::UnusedSetting, Place::Document, message));
                } else if pattern {
                    given.patterns.entry(kind).or_default().push((key, name));
                } else if !is_pointer(key) {
                    given.names.entry(kind).or_default().insert(key, name);
                }
            }
        }
        let literal = |pattern: &str| pattern.chars().filter(|c| !"*?".contains(*c)).count();
        let stars = |pattern: &str| pattern.matches('*').count();
        for patterns in given.patterns.values_mut() {
            patterns.sort_by_key(|(key, _)| (Reverse(literal(key)), stars(key)));
        }
        given
    }

    /// How to give something a name.
    pub(super) fn help(&self, kind: Kind, at: &Pointer) -> String {
        let (table, key) = (kind.table(), self.document.bundled(at));
        format!("to choose the name, set `\"{}\"` in `rename.{table}`", key.as_str())
    }

    /// Whether there are names of a kind.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.names.contains_key(&kind) || self.patterns.contains_key(&kind)
    }

    /// The name of what is called by one of `keys`, the first of which count most; `document` is what the document calls it.
    pub(super) fn name(&self, kind: Kind, keys: &[&str], document: Option<&String>) -> Option<String> {
        let exact = self.exact(kind, keys);
        exact
            .or_else(|| document.cloned())
            .or_else(|| self.by_pattern(kind, keys))
    }

    /// The name that a key gives which is no pattern.
    pub(super) fn exact(&self, kind: Kind, keys: &[&str]) -> Option<String> {
        let names = self.names.get(&kind)?;
        let found = keys.iter().find_map(|key| names.get_key_value(key))?;
        self.use_up(kind, found.0);
        Some((*found.1).to_owned())
    }

    /// The words of the name that a pattern gives.
    pub(super) fn by_pattern(&self, kind: Kind, keys: &[&str]) -> Option<String> {
        let mut chosen = None;
        for (pattern, name) in self.patterns.get(&kind).into_iter().flatten() {
            if let Some(captured) = keys.iter().find_map(|key| captures(pattern, key)) {
                self.use_up(kind, pattern);
                chosen = chosen.or_else(|| Some(filled(name, &captured)));
            }
        }
        chosen.filter(|name| name.chars().any(char::is_alphanumeric))
    }

    fn use_up(&self, kind: Kind, key: &str) {
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert((kind, key.to_owned()));
    }

    /// The keys that are the name of nothing.
    pub(super) fn unused(self) -> Vec<(Kind, String)> {
        let used = self.used.into_inner().unwrap_or_else(PoisonError::into_inner);
        let names = self
            .names
            .iter()
            .flat_map(|(kind, names)| names.keys().map(|key| (*kind, (*key).to_owned())));
        let patterns = self.patterns.iter();
        let patterns = patterns.flat_map(|(kind, each)| each.iter().map(|(key, _)| (*kind, (*key).to_owned())));
        names.chain(patterns).filter(|key| !used.contains(key)).collect()
    }
}

/// A name with what was captured in place of each `*`.
fn filled(name: &str, captured: &[String]) -> String {
    let mut pieces = name.split('*');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (index, piece) in pieces.enumerate() {
        text += captured.get(index).map_or("", String::as_str);
        text += piece;
    }
    text
}
