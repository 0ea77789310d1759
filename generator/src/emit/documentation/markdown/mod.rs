//! Text of a document -> Markdown that can do no harm in a doc comment.
//!
//! The text is parsed with the parser that rustdoc uses and written again: code blocks are marked as text, so that no
//! doctest can come out of them; HTML becomes Markdown; links into nowhere and what else means something to rustdoc are
//! escaped.

mod element;
mod escape;
mod html;
mod sound;
mod span;
mod writer;

use pulldown_cmark::{Event, Options, Parser, TagEnd};

use escape::{escape, fence, is_plain};
use writer::Writer;

pub(crate) use escape::in_cell;
pub(crate) use span::printable;

use self::escape::UNBREAKABLE;
use crate::text::harmless;

/// Longer text is cut: a description is to be read.
const LONGEST: usize = 20_000;

/// A cell of a table with more text is cut.
const LONGEST_CELL: usize = 400;

/// Rewrites Markdown line by line. No line has a line break, a control character or one that changes the direction.
pub(crate) fn lines(text: &str) -> Vec<String> {
    if is_plain(text, LONGEST) {
        return fill(text);
    }
    let text = clean(text);
    let mut writer = Writer::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    for event in Parser::new_ext(&text, options) {
        writer.event(event);
    }
    writer.end_html(0);
    writer.end_block();
    while writer.lines.last().is_some_and(String::is_empty) {
        writer.lines.pop();
    }
    match sound::is_text(&writer.lines.join("\n")) {
        true => writer.lines,
        false => literal(&text),
    }
}

/// Text on one line without any block, fit for the cell of a table: what it says, and not how it looks.
pub(crate) fn inline(text: &str) -> String {
    if text.is_empty() || is_plain(text, LONGEST_CELL) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let text = clean(&text.chars().take(LONGEST_CELL * 4).collect::<String>());
    let mut writer = Writer::of_cell();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        if writer.text.len() > LONGEST_CELL {
            writer.text.push_str(" …");
            break;
        }
        match event {
            Event::Text(_) | Event::Code(_) | Event::Html(_) | Event::InlineHtml(_) => writer.event(event),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                writer.text.push(' ');
            }
            _ => {}
        }
    }
    writer.end_html(0);
    let text = writer.text.replace(['\n', UNBREAKABLE], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let safe = in_cell(&text);
    match sound::is_text(&format!("| |\n|-|\n| {safe} |")) {
        true => safe,
        false => in_cell(&escape(&text)),
    }
}

/// Replaces what must not reach a source file, and cuts what is too long to be read.
fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len().min(LONGEST + 4));
    for (count, character) in text.replace("\r\n", "\n").chars().enumerate() {
        if count == LONGEST {
            clean.push('…');
            break;
        }
        clean.push(match character {
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => '\n',
            '\t' => ' ',
            '\n' => '\n',
            other => harmless(other),
        });
    }
    clean
}

/// The text as it stands, in one block.
fn literal(text: &str) -> Vec<String> {
    let fence = fence(text);
    let mut lines = vec![format!("{fence}text")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

/// Fills lines with Markdown of our own, in which text of a document stands as inline code and nowhere else.
pub(crate) fn filled(text: &str) -> Vec<String> {
    let bound = span::bound(text);
    let lines = fill(&bound);
    if span::are_plain(&bound) {
        return lines;
    }
    let blunted = fill(&span::blunted(&bound));
    match sound::are_alike(&lines.join("\n"), &blunted.join("\n")) {
        true => lines,
        false => blunted,
    }
}

fn fill(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    writer.text.push_str(text);
    writer.end_block();
    writer.lines.pop();
    writer.lines
}

#[cfg(test)]
mod tests;
