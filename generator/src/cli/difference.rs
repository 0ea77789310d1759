//! Differences between files on disk and generated ones, as lines for a terminal.

use anstyle::{AnsiColor, Style};
use similar::{ChangeTag, DiffOp, TextDiff};

use super::report::counted;
use crate::write::Difference;

/// How many lines are shown around what changed.
const CONTEXT: usize = 3;

/// Maximum number of hunks shown of a file, of lines of a hunk, and of characters of a line.
const MAX_HUNKS: usize = 3;
const MAX_LINES: usize = 40;
const MAX_CHARS: usize = 200;

const FILE: Style = Style::new().bold();
const HUNK: Style = AnsiColor::Cyan.on_default();
const ON_DISK: Style = AnsiColor::Red.on_default();
const GENERATED: Style = AnsiColor::Green.on_default();
const OMITTED: Style = Style::new().dimmed();

/// A line, and how it is shown.
pub(super) type Line = (Style, String);

/// Returns one line about a difference.
pub(super) fn headline(difference: &Difference) -> Line {
    let text = match difference {
        Difference::Unfinished => {
            "unfinished: a run was interrupted while writing files, or is still running; `envoi generate` completes it"
                .to_owned()
        }
        Difference::Missing { path } => format!("missing: {path}"),
        Difference::Stale { path } => format!("stale: {path}"),
        Difference::Changed {
            path,
            edited,
            expected,
            found,
        } => {
            let kind = if *edited { "edited" } else { "changed" };
            format!("{kind}: {path}:{}", first_difference(expected, found))
        }
    };
    (FILE, text)
}

/// Returns the first hunks of a changed file as a unified diff, and how many more there are.
pub(super) fn hunks(difference: &Difference) -> Vec<Line> {
    let Difference::Changed { expected, found, .. } = difference else {
        return Vec::new();
    };
    let diff = TextDiff::from_lines(found.as_str(), expected.as_str());
    let hunks = diff.grouped_ops(CONTEXT);
    let mut lines: Vec<Line> = hunks
        .iter()
        .take(MAX_HUNKS)
        .flat_map(|hunk| self::hunk(&diff, hunk))
        .collect();
    if hunks.len() > MAX_HUNKS {
        lines.push((OMITTED, format!("… {}", counted(hunks.len() - MAX_HUNKS, "more hunk"))));
    }
    lines
}

fn hunk(diff: &TextDiff<'_, '_, str>, hunk: &[DiffOp]) -> Vec<Line> {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return Vec::new();
    };
    let old = range(first.old_range().start, last.old_range().end);
    let new = range(first.new_range().start, last.new_range().end);
    let mut lines = vec![(HUNK, format!("@@ -{old} +{new} @@"))];
    let changes: Vec<_> = hunk.iter().flat_map(|op| diff.iter_changes(op)).collect();
    for change in changes.iter().take(MAX_LINES) {
        let (sign, style) = match change.tag() {
            ChangeTag::Equal => (' ', Style::new()),
            ChangeTag::Delete => ('-', ON_DISK),
            ChangeTag::Insert => ('+', GENERATED),
        };
        let ending = if change.missing_newline() {
            " (no line break at the end)"
        } else {
            ""
        };
        lines.push((style, format!("{sign}{}{ending}", short(change.value()))));
    }
    if changes.len() > MAX_LINES {
        lines.push((
            OMITTED,
            format!("… {}", counted(changes.len() - MAX_LINES, "more line")),
        ));
    }
    lines
}

/// Lines as a unified diff counts them.
fn range(start: usize, end: usize) -> String {
    match end - start {
        0 => format!("{start},0"),
        1 => (start + 1).to_string(),
        length => format!("{},{length}", start + 1),
    }
}

/// A line without its end, cut if it is long.
fn short(line: &str) -> String {
    let line = line.strip_suffix('\n').unwrap_or(line);
    match line.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// The first line that differs, counted from 1.
fn first_difference(expected: &str, found: &str) -> usize {
    let same = expected
        .split('\n')
        .zip(found.split('\n'))
        .take_while(|(one, other)| one == other);
    same.count() + 1
}
