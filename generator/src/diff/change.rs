//! Changes of an API, and the version they ask for.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// Who notices a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Programs that use the item do not compile, or no longer mean the same.
    Breaking,
    /// Programs compile, and something else is sent or read.
    Behaviour,
    /// Programs compile, and can use more.
    Additive,
    /// Only documentation differs.
    Documentation,
}

impl Group {
    /// All groups, the worst first.
    pub const ALL: [Self; 4] = [Self::Breaking, Self::Behaviour, Self::Additive, Self::Documentation];

    /// Returns its name in messages, arguments and JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Behaviour => "behaviour",
            Self::Additive => "additive",
            Self::Documentation => "documentation",
        }
    }
}

impl FromStr for Group {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|group| group.word() == text);
        let words = Self::ALL.map(|group| format!("`{}`", group.word()));
        found.ok_or_else(|| format!("`{text}` is not one of {}", words.join(", ")))
    }
}

/// The part of a version that a change asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// No new version.
    None,
    /// `0.0.x` becomes one more.
    Patch,
    /// `0.x.0` becomes one more.
    Minor,
    /// `x.0.0` becomes one more.
    Major,
}

impl Step {
    /// Returns what changes ask for, by the worst of them. Before 1.0, breaking changes ask for a minor version and
    /// all others for a patch.
    #[must_use]
    pub fn of(worst: Option<Group>, before_1_0: bool) -> Self {
        match (worst, before_1_0) {
            (None, _) => Self::None,
            (Some(Group::Breaking), false) => Self::Major,
            (Some(Group::Breaking), true) | (Some(Group::Behaviour | Group::Additive), false) => Self::Minor,
            (Some(Group::Behaviour | Group::Additive), true) | (Some(Group::Documentation), _) => Self::Patch,
        }
    }

    /// Returns the version after `version`; `None` if that is no version.
    #[must_use]
    pub fn next(self, version: &str) -> Option<String> {
        let core = version.split(['-', '+']).next()?;
        let mut parts = core.split('.').map(|part| part.parse::<u64>().ok());
        let (major, minor, patch) = (parts.next()??, parts.next()??, parts.next()??);
        Some(match self {
            Self::None => version.to_owned(),
            Self::Patch => format!("{major}.{minor}.{}", patch.checked_add(1)?),
            Self::Minor => format!("{major}.{}.0", minor.checked_add(1)?),
            Self::Major => format!("{}.0.0", major.checked_add(1)?),
        })
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        })
    }
}

/// A place in a document, or in a file of a crate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spot {
    /// The name of the file.
    pub file: String,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column in characters, from 1.
    pub column: Option<usize>,
    /// The JSON Pointer, in a document.
    pub pointer: Option<String>,
}

/// What a change is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Operation,
    Type,
    Manifest,
}

/// What happened to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verb {
    Added,
    Removed,
    /// A name of a type is removed, and the type has others.
    Unnamed,
    Renamed,
    Changed,
}

/// A member of an item, by the position of the item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Site {
    pub(super) index: usize,
    pub(super) member: Option<String>,
}

/// A change, before its places are known.
#[derive(Debug, Clone)]
pub(super) struct Change {
    pub(super) group: Group,
    pub(super) kind: Kind,
    pub(super) verb: Verb,
    /// The operation or type, as programs name it.
    pub(super) item: String,
    /// What is different; the rest of a sentence about the item.
    pub(super) text: String,
    pub(super) old: Option<Site>,
    pub(super) new: Option<Site>,
}

#[cfg(test)]
mod tests {
    use super::{Group, Step};

    #[test]
    fn versions_follow_the_worst_change() {
        let step = |group, early| Step::of(Some(group), early);
        assert_eq!(step(Group::Breaking, true).next("0.3.7").as_deref(), Some("0.4.0"));
        assert_eq!(step(Group::Breaking, false).next("1.3.7").as_deref(), Some("2.0.0"));
        assert_eq!(step(Group::Additive, true).next("0.3.7").as_deref(), Some("0.3.8"));
        assert_eq!(
            step(Group::Additive, false).next("1.3.7-rc.1").as_deref(),
            Some("1.4.0")
        );
        assert_eq!(
            step(Group::Documentation, false).next("1.3.7").as_deref(),
            Some("1.3.8")
        );
        assert_eq!(Step::of(None, true).next("0.3.7").as_deref(), Some("0.3.7"));
        assert_eq!(Step::Minor.next("next"), None);
        assert_eq!(Step::Patch.next("0.0.18446744073709551615"), None);
    }
}
