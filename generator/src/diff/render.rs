//! Reports as text, Markdown and JSON.

use std::fmt::Write as _;
use std::str::FromStr;

use serde_json::{Value, json};

use super::change::{Group, Kind, Spot, Step, Verb};
use super::report::{Change, Report};
use super::wording::code;
use crate::diagnostic::escape_json;

/// The format of a report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// For terminals, with places.
    #[default]
    Text,
    /// For changelogs.
    Markdown,
    /// One object, for programs.
    Json,
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "text" => Ok(Self::Text),
            "markdown" => Ok(Self::Markdown),
            "json" => Ok(Self::Json),
            other => Err(format!("`{other}` is not one of `text`, `markdown`, `json`")),
        }
    }
}

/// What several changes have in common, and the changes.
struct Section<'r> {
    title: String,
    lines: Vec<(String, Option<&'r Change>)>,
}

impl Report {
    /// Returns the report in a format, with at most `most` items in each group of text and Markdown. Ends with a line
    /// break.
    #[must_use]
    pub fn render(&self, format: Format, most: usize) -> String {
        match format {
            Format::Text => self.text(most),
            Format::Markdown => self.markdown(most),
            Format::Json => {
                let text = format!("{:#}", self.json());
                text.lines().map(|line| escape_json(line) + "\n").collect()
            }
        }
    }

    /// Returns the numbers of changes, and the part of the version that they ask for, in one line.
    #[must_use]
    pub fn summary(&self) -> String {
        let counted = |group: Group| match self.count(group) {
            0 => None,
            count => Some(format!("{count} {}", group.word())),
        };
        let counts: Vec<String> = Group::ALL.into_iter().filter_map(counted).collect();
        if counts.is_empty() {
            return "no changes of the API".to_owned();
        }
        format!("{}; semver: {}", counts.join(", "), self.asked())
    }

    /// What version the changes ask for.
    fn asked(&self) -> String {
        match (self.next_version(), &self.version) {
            (Some(next), Some(version)) => format!("{} ({version} -> {next})", self.step()),
            _ => match (Step::of(self.worst(), true), Step::of(self.worst(), false)) {
                (early, late) if early == late => early.to_string(),
                (early, late) => format!("{early} before 1.0, {late} from 1.0"),
            },
        }
    }

    fn text(&self, most: usize) -> String {
        let mut text = format!("{} -> {}: {}\n", self.old, self.new, self.summary());
        for group in Group::ALL {
            let sections = self.sections(group, most);
            if sections.is_empty() {
                continue;
            }
            let _ = writeln!(text, "\n{}", group.word());
            for section in sections.iter().take(most) {
                let _ = writeln!(text, "  {}", section.title);
                for (line, change) in &section.lines {
                    let _ = writeln!(text, "    {line}{}", change.map(places).unwrap_or_default());
                }
            }
            if sections.len() > most {
                let _ = writeln!(text, "  … and {} more", sections.len() - most);
            }
        }
        text
    }

    fn markdown(&self, most: usize) -> String {
        let mut text = format!("**{}**\n", capital(&self.summary()));
        for group in Group::ALL {
            let sections = self.sections(group, most);
            if sections.is_empty() {
                continue;
            }
            let _ = writeln!(text, "\n### {}\n", capital(group.word()));
            for section in sections.iter().take(most) {
                let lines: Vec<&str> = section.lines.iter().map(|(line, _)| line.as_str()).collect();
                let title = match section.lines.first() {
                    Some((_, Some(_))) => code(&section.title),
                    _ => section.title.clone(),
                };
                let _ = writeln!(text, "* {title}: {}", lines.join("; "));
            }
            if sections.len() > most {
                let _ = writeln!(text, "* … and {} more", sections.len() - most);
            }
        }
        text
    }

    /// The changes of a group by item; what is removed, added or only documented is listed by name.
    fn sections(&self, group: Group, most: usize) -> Vec<Section<'_>> {
        let changes: Vec<&Change> = self.changes.iter().filter(|change| change.group == group).collect();
        let mut sections = Vec::new();
        let lists = [
            ("removed operations", Kind::Operation, Verb::Removed),
            ("removed types", Kind::Type, Verb::Removed),
            ("removed names of types that have others", Kind::Type, Verb::Unnamed),
            ("new operations", Kind::Operation, Verb::Added),
            ("new types", Kind::Type, Verb::Added),
        ];
        for (title, kind, verb) in lists {
            let of = changes
                .iter()
                .filter(|change| change.kind == kind && change.verb == verb);
            let of: Vec<&Change> = of.copied().collect();
            // a few are told with their places
            if of.len() > FEW {
                let is_minor = kind == Kind::Type && verb == Verb::Added;
                sections.push(listed(title, &of, if is_minor { most.min(MOST_NAMES) } else { most }));
            } else if !of.is_empty() {
                of.into_iter().for_each(|change| add(&mut sections, change));
            }
        }
        let described: Vec<&Change> = changes
            .iter()
            .filter(|_| group == Group::Documentation)
            .filter(|change| is_description(change))
            .copied()
            .collect();
        if described.len() > FEW {
            sections.push(listed("changed descriptions", &described, most.min(MOST_NAMES)));
        }
        for change in changes {
            let is_listed = matches!(change.verb, Verb::Removed | Verb::Unnamed | Verb::Added);
            let is_described = described.len() > FEW && is_description(change);
            if !is_listed && !is_described {
                add(&mut sections, change);
            }
        }
        sections
    }

    fn json(&self) -> Value {
        let counts: serde_json::Map<String, Value> = Group::ALL
            .into_iter()
            .map(|group| (group.word().to_owned(), self.count(group).into()))
            .collect();
        let changes = self.changes.iter().map(|change| {
            json!({
                "group": change.group.word(),
                "kind": match change.kind {
                    Kind::Operation => "operation",
                    Kind::Type => "type",
                    Kind::Manifest => "manifest",
                },
                "change": match change.verb {
                    Verb::Added => "added",
                    Verb::Removed | Verb::Unnamed => "removed",
                    Verb::Renamed => "renamed",
                    Verb::Changed => "changed",
                },
                "item": change.item,
                "message": change.text,
                "old": change.old,
                "new": change.new,
            })
        });
        json!({
            "old": self.old,
            "new": self.new,
            "version": self.version,
            "next_version": self.next_version(),
            "semver": {
                "before_1_0": Step::of(self.worst(), true).to_string(),
                "from_1_0": Step::of(self.worst(), false).to_string(),
            },
            "counts": counts,
            "changes": changes.collect::<Vec<Value>>(),
        })
    }
}

/// New types and changed descriptions beyond this many are counted: operations and fields say what they are for.
const MOST_NAMES: usize = 20;

/// More items than this are a list of names.
const FEW: usize = 3;

fn is_description(change: &Change) -> bool {
    change.text.starts_with("the description")
}

/// Adds a change to the section of its item.
fn add<'r>(sections: &mut Vec<Section<'r>>, change: &'r Change) {
    let line = (change.text.clone(), Some(change));
    match sections.last_mut().filter(|section| section.title == change.item) {
        Some(section) => section.lines.push(line),
        None => sections.push(Section {
            title: change.item.clone(),
            lines: vec![line],
        }),
    }
}

fn listed<'r>(title: &str, changes: &[&'r Change], most: usize) -> Section<'r> {
    let mut names: Vec<&str> = changes.iter().map(|change| change.item.as_str()).collect();
    names.dedup();
    let shown: Vec<String> = names.iter().take(most).map(|name| code(name)).collect();
    let more = match names.len().saturating_sub(most) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Section {
        title: format!("{} {title}", names.len()),
        lines: vec![(format!("{}{more}", shown.join(", ")), None)],
    }
}

/// The places of a change, in brackets.
fn places(change: &Change) -> String {
    let spot = |spot: &Spot| match (spot.line, spot.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", spot.file),
        (Some(line), None) => format!("{}:{line}", spot.file),
        _ => spot.file.clone(),
    };
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(" ({} -> {})", spot(old), spot(new)),
        (Some(one), None) | (None, Some(one)) => format!(" ({})", spot(one)),
        (None, None) => String::new(),
    }
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
