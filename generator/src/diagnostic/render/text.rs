//! Escapes and shortens document text for terminals.

use std::fmt::Write as _;

use crate::text::{is_hidden, visible};

/// How many characters of a line are shown.
const WIDTH: usize = 110;
/// How many of them stand before the place in question, at most.
const LEAD: usize = 60;

/// The part of a line around a column, where the column stands in it, and how much to underline.
pub(super) fn window(line: &str, column: usize) -> (String, usize, usize) {
    let at = column - 1;
    let total = line.chars().count();
    let first = if total <= WIDTH {
        0
    } else {
        at.saturating_sub(LEAD).min(total - WIDTH)
    };
    let (mut shown, mut caret) = (String::new(), 0);
    if first > 0 {
        shown.push_str("...");
    }
    for (index, character) in line.chars().enumerate().skip(first).take(WIDTH) {
        if index == at {
            caret = shown.chars().count();
        }
        match character {
            '\t' => shown.push_str("    "),
            other => shown.push_str(&visible(other.encode_utf8(&mut [0; 4]))),
        }
    }
    if at >= total {
        caret = shown.chars().count();
    }
    let length = word(&shown.chars().skip(caret).collect::<String>());
    if first + WIDTH < total {
        shown.push_str("...");
    }
    (shown, caret, length)
}

/// The length of the name or value a line goes on with.
fn word(text: &str) -> usize {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let end = match quote {
        Some(quote) => text[1..].find(quote).map(|end| end + 2),
        None => text
            .find(": ")
            .into_iter()
            .chain(text.find([',', '[', ']', '{', '}', ' ']))
            .chain(text.ends_with(':').then(|| text.len() - 1))
            .min(),
    };
    text[..end.unwrap_or(text.len())].chars().count().max(1)
}

/// JSON text with the same characters escaped; outside of strings it has none.
pub(crate) fn escape_json(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if is_hidden(character) {
            for unit in character.encode_utf16(&mut [0; 2]) {
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(character);
        }
    }
    shown
}
