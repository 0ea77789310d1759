//! Attributes and documentation of items.

use std::collections::BTreeSet;

use super::cursor::Cursor;
use super::lex::{Kind, Token};

/// What stands in front of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    /// The words of the documentation, without its examples.
    pub(super) docs: String,
    /// The cargo features of which one has to be on; nothing if it is always there.
    pub(super) features: BTreeSet<String>,
    /// Derived traits, and whether a feature has to be on.
    pub(super) derives: Vec<(String, bool)>,
    pub(super) non_exhaustive: bool,
    pub(super) deprecated: bool,
    /// Whether it is the variant of `Default`.
    pub(super) is_default: bool,
}

/// The heading below which examples stand: they change with what they use.
const EXAMPLES: &str = "# Examples";

impl Attributes {
    /// Takes all attributes and documentation in front of an item.
    pub(super) fn take(cursor: &mut Cursor<'_, '_>) -> Self {
        let mut all = Self::default();
        let mut is_example = false;
        loop {
            if let Some(doc) = cursor.peek().filter(|token| token.kind == Kind::Doc) {
                cursor.next();
                is_example |= doc.text.trim() == EXAMPLES;
                if !is_example {
                    all.document(doc.text);
                }
                continue;
            }
            if !cursor.is("#") {
                break;
            }
            cursor.next();
            cursor.eat("!");
            match cursor.group() {
                Some(attribute) => all.add(attribute),
                None => break,
            }
        }
        all
    }

    /// Adds a line of documentation: its words, since lines break elsewhere where the path of the runtime is longer.
    fn document(&mut self, line: &str) {
        for word in line.split_whitespace() {
            let gap = if self.docs.is_empty() { "" } else { " " };
            self.docs.push_str(gap);
            if word.contains("runtime::") {
                self.docs.push_str(&word.replace("crate::runtime::", "envoi_runtime::"));
            } else {
                self.docs.push_str(word);
            }
        }
    }

    fn add(&mut self, attribute: &[Token<'_>]) {
        let mut cursor = Cursor::new(attribute);
        match cursor.word() {
            Some("cfg") => self.features.extend(features(attribute)),
            Some("derive") => self.derives.extend(derived(cursor).map(|name| (name, false))),
            Some("cfg_attr") => {
                let conditional = Cursor::new(cursor.group().unwrap_or_default()).list();
                for part in conditional.iter().skip(1) {
                    let mut part = Cursor::new(part);
                    if part.eat("derive") {
                        self.derives.extend(derived(part).map(|name| (name, true)));
                    }
                }
            }
            Some("non_exhaustive") => self.non_exhaustive = true,
            Some("deprecated") => self.deprecated = true,
            Some("default") => self.is_default = true,
            _ => {}
        }
    }
}

fn derived(mut cursor: Cursor<'_, '_>) -> impl Iterator<Item = String> {
    let traits = Cursor::new(cursor.group().unwrap_or_default()).list();
    let last = |path: &[Token<'_>]| path.last().map(|name| name.text.to_owned());
    traits.into_iter().filter_map(last).collect::<Vec<_>>().into_iter()
}

/// The features that a condition names.
fn features(condition: &[Token<'_>]) -> impl Iterator<Item = String> {
    let literals = condition.iter().filter(|token| token.kind == Kind::Literal);
    literals.map(|token| token.text.trim_matches('"').to_owned())
}
