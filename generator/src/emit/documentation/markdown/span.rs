//! Text of a document within inline code of our own.
//!
//! Inline code ends with its paragraph, and a paragraph with the first line that begins another block. So inline code is
//! never broken into lines: nothing in it can stand where a block begins.

use std::ops::Range;

use super::escape::UNBREAKABLE;

/// Text of a document for between two backticks of our own: backticks, and what is invisible or acts, are replaced.
pub(crate) fn printable(text: &str) -> String {
    // nothing between backticks is no code
    if text.is_empty() {
        return "\"\"".to_owned();
    }
    let replaced = |c: char| c.is_control() || c == '`' || !c.is_ascii() && !c.is_alphanumeric();
    text.replace(replaced, "\u{fffd}")
}

/// The text with inline code at whose blanks no line is broken.
pub(super) fn bound(text: &str) -> String {
    within_code(text, |code| code.replace(' ', UNBREAKABLE.encode_utf8(&mut [0; 4])))
}

/// Whether inline code holds nothing that means something in Markdown.
pub(super) fn are_plain(text: &str) -> bool {
    let special = |c: char| !is_plain(c);
    !codes(text).into_iter().any(|code| text[code].contains(special))
}

/// The text with inline code that can mean nothing but itself.
pub(super) fn blunted(text: &str) -> String {
    within_code(text, |code| code.replace(|c: char| !is_plain(c), "\u{fffd}"))
}

fn is_plain(character: char) -> bool {
    character.is_alphanumeric()
        || matches!(
            character,
            UNBREAKABLE | ' ' | '_' | '-' | '.' | ',' | ':' | '/' | '{' | '}'
        )
}

fn within_code(text: &str, change: impl Fn(&str) -> String) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut rest = 0;
    for code in codes(text) {
        changed.push_str(&text[rest..code.start]);
        changed.push_str(&change(&text[code.clone()]));
        rest = code.end;
    }
    changed.push_str(&text[rest..]);
    changed
}

/// Where inline code stands, without its backticks: it ends with as many as it begins with (CommonMark, 6.1).
fn codes(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('`') {
        match runs.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let mut codes = Vec::new();
    let mut rest = runs.as_slice();
    while let Some((open, others)) = rest.split_first() {
        let close = others.iter().position(|run| run.len() == open.len());
        rest = others;
        if let Some(close) = close {
            codes.push(open.end..others[close].start);
            rest = &others[close + 1..];
        }
    }
    codes
}
