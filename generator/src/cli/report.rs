//! Output: results on standard output, messages on standard error.
//!
//! Names of files, lines of files and what the system says go through here too, so nothing that is printed acts on a
//! terminal.

use std::io::{self, ErrorKind, Write};

use anstyle::Style;

use super::arguments::Messages;
use super::failure::Failure;
use crate::diagnostic::{Diagnostic, Renderer, Severity};
use crate::document::Source;
use crate::package::Member;
use crate::pipeline::Outcome;
use crate::text::visible_lines;

/// Messages beyond this many are counted, not shown.
const MOST_SHOWN: usize = 50;

/// A line of results.
pub(super) fn line(text: &str) -> Result<(), Failure> {
    written(writeln!(io::stdout(), "{}", visible_lines(text)))
}

/// Lines of results with colours, if standard output is a terminal and `NO_COLOR` is not set.
pub(super) fn styled(lines: &[(Style, String)]) -> Result<(), Failure> {
    let mut output = anstream::stdout().lock();
    let mut lines = lines.iter();
    written(lines.try_for_each(|(style, text)| writeln!(output, "{style}{}{style:#}", visible_lines(text))))
}

/// Text of results, as it is.
pub(super) fn text(text: &str) -> Result<(), Failure> {
    written(write!(io::stdout(), "{}", visible_lines(text)))
}

/// What became of results. Who closes a pipe has read what they wanted.
pub(super) fn written(printed: io::Result<()>) -> Result<(), Failure> {
    match printed.and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Usage(format!("standard output cannot be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// A message about a document.
pub(super) fn message(text: &str) {
    let _ = writeln!(io::stderr(), "{}", visible_lines(text));
}

/// What went wrong, when it is not about a document.
pub(super) fn error(message: &str) {
    let _ = writeln!(io::stderr(), "error: {}", visible_lines(message));
}

/// The messages about a document.
pub(super) fn messages(outcome: &Outcome, member: &Member, how: &Messages) -> Vec<String> {
    let source = &member.source;
    let renderer =
        Renderer::new(how.message_format, source, outcome.document.as_ref()).with_overlays(&member.config.overlays);
    let least = if how.verbose { Severity::Note } else { Severity::Warning };
    let mut wanted: Vec<&Diagnostic> = outcome
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.severity() >= least)
        .collect();
    // Errors are what the reader came for.
    wanted.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.code.severity()));
    let shown = wanted.iter().take(MOST_SHOWN);
    let mut messages: Vec<String> = shown
        .map(|diagnostic| renderer.render(diagnostic).trim_end().to_owned())
        .collect();
    if wanted.len() > MOST_SHOWN {
        messages.push(format!(
            "… and {} more about {}",
            wanted.len() - MOST_SHOWN,
            source.name
        ));
    }
    messages
}

/// A message about a document that could not even be read.
pub(super) fn unreadable(diagnostic: &Diagnostic, source: &Source, how: &Messages) {
    let renderer = Renderer::new(how.message_format, source, None);
    message(renderer.render(diagnostic).trim_end());
}

/// `3 operations`, `1 type`.
pub(super) fn counted(count: usize, what: &str) -> String {
    if count == 1 {
        format!("1 {what}")
    } else {
        format!("{count} {what}s")
    }
}
