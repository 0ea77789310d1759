//! Tables, and the page they stand on.

use std::fmt::{self, Display, Formatter};
use std::fs;

use crate::measure::{End, Run};
use crate::{Result, Workplace};

/// How much of a message goes into a table.
const LONGEST_REASON: usize = 160;

/// A table of Markdown.
pub struct Table {
    heads: Vec<&'static str>,
    lines: Vec<Vec<String>>,
}

impl Table {
    pub fn new(heads: &[&'static str]) -> Self {
        Self {
            heads: heads.to_vec(),
            lines: Vec::new(),
        }
    }

    /// A line: what it is about, and its figures; missing ones are empty.
    pub fn line(&mut self, head: Vec<String>, figures: Vec<String>) {
        let mut cells = head;
        cells.extend(figures);
        cells.resize(self.heads.len().max(cells.len()), String::new());
        self.lines.push(cells);
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "| {} |", self.heads.join(" | "))?;
        let align = |(index, head): (usize, &&str)| if index < 2 || *head == "what" { "---" } else { "---:" };
        let rule: Vec<&str> = self.heads.iter().enumerate().map(align).collect();
        writeln!(f, "|{}|", rule.join("|"))?;
        for line in &self.lines {
            writeln!(f, "| {} |", line.join(" | "))?;
        }
        Ok(())
    }
}

/// Puts a table in place of the one that stands between its marks on the page, with what it was measured on.
pub fn write(place: &Workplace, part: &str, machine: &str, table: &Table) -> Result<()> {
    let Some(path) = &place.report else { return Ok(()) };
    let page = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let command = command(std::env::args().skip(1));
    let text = format!("Measured by `{command}` on {machine}.\n\n{table}\n");
    let page = between(&page, part, &text).ok_or_else(|| format!("{}: no marks for `{part}`", path.display()))?;
    Ok(fs::write(path, page)?)
}

/// The command that was typed, without where things are on this machine.
fn command(arguments: impl Iterator<Item = String>) -> String {
    let mut words = vec!["cargo benchmark".to_owned()];
    let mut arguments = arguments.peekable();
    while let Some(word) = arguments.next() {
        let place = ["--cache", "--folder", "--tools-root", "--report"]
            .iter()
            .find(|place| word.starts_with(*place));
        match place {
            Some(place) if word == *place => drop(arguments.next()),
            Some(_) => {}
            None => words.push(word),
        }
    }
    words.join(" ")
}

fn between(page: &str, part: &str, text: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {part}: begin -->\n"), format!("<!-- {part}: end -->"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}{text}{end}{after}"))
}

/// Why a run failed and when, if it did.
pub fn failure(run: &Run) -> Option<String> {
    let reason = match &run.end {
        End::Good => return None,
        End::Stopped(reason) => reason.clone(),
        End::Bad => reason(&run.said),
    };
    Some(format!("**fails** after {} s: {reason}", seconds(run.cost.seconds)))
}

/// The line of what a program said that says most.
fn reason(said: &str) -> String {
    let lines = || said.lines().map(str::trim).filter(|line| !line.is_empty());
    let count = lines().rfind(|line| line.starts_with("error: could not compile"));
    let panic = lines().skip_while(|line| !line.contains("panicked at")).nth(1);
    let error = lines().find(|line| line.to_lowercase().contains("error"));
    let line = count
        .or(panic)
        .or(error)
        .or_else(|| lines().next_back())
        .unwrap_or("no message");
    let plain: String = line.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect();
    plain.replace('|', "\\|").replace('<', "\\<")
}

pub fn seconds(value: f64) -> String {
    if value < 10.0 {
        format!("{value:.2}")
    } else {
        format!("{value:.0}")
    }
}

pub fn megabytes(value: f64) -> String {
    thousands(value.round() as usize)
}

pub fn times(ratio: Option<f64>) -> String {
    match ratio {
        Some(ratio) if ratio < 10.0 => format!("{ratio:.2}"),
        Some(ratio) => format!("{ratio:.0}"),
        None => String::new(),
    }
}

pub fn thousands(value: usize) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Table, between, command, reason, thousands};

    #[test]
    fn tables_are_markdown() {
        let mut table = Table::new(&["document", "what", "seconds"]);
        table.line(vec!["a".into(), "b".into()], vec![]);
        assert_eq!(
            table.to_string(),
            "| document | what | seconds |\n|---|---|---:|\n| a | b |  |\n"
        );
    }

    #[test]
    fn only_what_stands_between_the_marks_changes() {
        let page = "before\n<!-- a: begin -->\nold\n<!-- a: end -->\nafter\n";
        let new = "before\n<!-- a: begin -->\nnew\n<!-- a: end -->\nafter\n";
        assert_eq!(between(page, "a", "new\n").as_deref(), Some(new));
        assert_eq!(between(page, "b", "new\n"), None);
    }

    #[test]
    fn the_command_names_no_place() {
        let typed = ["all", "--runs", "1", "--folder", "/here", "--cache=/there"].map(str::to_owned);
        assert_eq!(command(typed.into_iter()), "cargo benchmark all --runs 1");
    }

    #[test]
    fn the_reason_is_what_says_most() {
        assert_eq!(
            reason("thread 'main' panicked at a.rs:1:1:\nassertion failed\nnote: x\n"),
            "assertion failed"
        );
        let said = "error[E0412]: cannot find type\n\nerror: could not compile `c` (lib) due to 2 previous errors\n";
        assert_eq!(
            reason(said),
            "error: could not compile `c` (lib) due to 2 previous errors"
        );
        assert_eq!(reason("\n"), "no message");
    }

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(
            [thousands(0), thousands(999), thousands(1_234_567)],
            ["0", "999", "1,234,567"]
        );
    }
}
