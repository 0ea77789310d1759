//! Text of a document -> Markdown that can do no harm in a doc comment.
//!
//! The text is parsed with the parser that rustdoc uses and written anew: code blocks are marked as text, so that no
//! doctest can come out of them; HTML, links into nowhere and what else means something to rustdoc are escaped.

mod escape;

use std::borrow::Cow;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use escape::{escape, fence, guard_start, is_plain, longest_run};

use crate::text::harmless;

/// Doc lines are filled up to this many characters.
const WIDTH: usize = 92;

/// Longer text is cut: a description is to be read.
const LONGEST: usize = 20_000;

/// A cell of a table with more text is cut.
const LONGEST_CELL: usize = 400;

/// Stands for a space at which a line must not be broken, until the lines are made.
const UNBREAKABLE: char = '\u{1}';

/// Rewrites Markdown line by line. No line has a line break, a control character or one that changes the direction.
pub(super) fn lines(text: &str) -> Vec<String> {
    if is_plain(text, LONGEST) {
        return filled(text);
    }
    let text = clean(text);
    let mut writer = Writer::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_GFM;
    for event in Parser::new_ext(&text, options) {
        writer.event(event);
    }
    writer.end_block();
    while writer.lines.last().is_some_and(String::is_empty) {
        writer.lines.pop();
    }
    if has_code(&writer.lines) {
        return literal(&text);
    }
    writer.lines
}

/// Text on one line without any block, fit for the cell of a table: what it says, and not how it looks.
pub(super) fn inline(text: &str) -> String {
    if text.is_empty() || is_plain(text, LONGEST_CELL) {
        return text.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let text = clean(&text.chars().take(LONGEST_CELL * 4).collect::<String>());
    let mut writer = Writer::default();
    for event in Parser::new_ext(&text, Options::ENABLE_TABLES) {
        if writer.text.len() > LONGEST_CELL {
            writer.text.push_str(" …");
            break;
        }
        match event {
            Event::Text(text) => writer.text.push_str(&escape(&text)),
            Event::Code(code) => writer.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => writer.text.push_str(&escape(html.trim())),
            Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_)) => {
                writer.text.push(' ');
            }
            _ => {}
        }
    }
    let text = writer.text.replace(['\n', UNBREAKABLE], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    // text is escaped already; within code nothing was
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '|' && !safe.ends_with('\\') {
            safe.push('\\');
        }
        safe.push(character);
    }
    safe
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

/// Whether rustdoc would see a code block that is not marked as text.
fn has_code(lines: &[String]) -> bool {
    let suspicious = |line: &String| line.contains("```") || line.contains("~~~") || line.starts_with("    ");
    if !lines.iter().any(suspicious) {
        return false;
    }
    let text = lines.join("\n");
    Parser::new_ext(&text, Options::all()).any(|event| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => &*language != "text",
        Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
        _ => false,
    })
}

/// The text as it stands, in one block.
fn literal(text: &str) -> Vec<String> {
    let fence = fence(text);
    let mut lines = vec![format!("{fence}text")];
    lines.extend(text.lines().map(str::to_owned));
    lines.push(fence);
    lines
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The inline text of the block that is open.
    text: String,
    /// What lines of the open containers begin with.
    prefixes: Vec<String>,
    /// The mark of a list item whose first line is still to come.
    mark: Option<String>,
    /// By open list: the next number, and whether it has an item already.
    lists: Vec<(Option<u64>, bool)>,
    code: Option<String>,
    link: Option<String>,
    row: Vec<String>,
    image: usize,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.text.push_str(&escape(&text)),
            },
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => self.inline_code(&code),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                // Sections of the text stand below those that the generated documentation has.
                let depth = if level <= HeadingLevel::H2 { 3 } else { 4 };
                self.text.push_str(&"#".repeat(depth));
                self.text.push(UNBREAKABLE);
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push((first, false));
            }
            Tag::Item => self.start_item(),
            Tag::BlockQuote(kind) => {
                self.end_block();
                self.prefixes.push("> ".to_owned());
                // Which rustdoc does not know, and GitHub does.
                self.text.push_str(kind.map_or("", alert));
            }
            Tag::Emphasis => self.text.push('*'),
            Tag::Strong => self.text.push_str("**"),
            Tag::Link { dest_url, .. } => self.start_link(&dest_url),
            Tag::Image { .. } => self.image += 1,
            Tag::Table(_) | Tag::Paragraph => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_block(),
            TagEnd::Paragraph => self.end_block(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => {
                self.end_block();
                self.lists.pop();
                self.blank();
            }
            TagEnd::Item => {
                self.end_block();
                self.mark = None;
                self.prefixes.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.lines.pop_if(|line| line.ends_with('>'));
                self.prefixes.pop();
                self.blank();
            }
            TagEnd::Emphasis => self.text.push('*'),
            TagEnd::Strong => self.text.push_str("**"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text)
                    .replace('|', "\\|")
                    .replace(['\n', UNBREAKABLE], " ");
                self.row.push(cell);
            }
            TagEnd::TableHead => {
                let columns = self.row.len();
                self.end_row();
                self.push_line(&format!("|{}", " --- |".repeat(columns)));
            }
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.blank(),
            _ => {}
        }
    }

    fn start_item(&mut self) {
        self.end_block();
        let mut mark = "* ".to_owned();
        let nested = self.lists.len() > 1;
        if let Some((number, begun)) = self.lists.last_mut() {
            // Items stand close together, whatever space the document leaves.
            let follows = std::mem::replace(begun, true) || nested;
            if follows && self.lines.last().is_some_and(String::is_empty) {
                self.lines.pop();
            }
            if let Some(number) = number {
                mark = format!("{number}. ");
                *number += 1;
            }
        }
        self.prefixes.push(" ".repeat(mark.len()));
        self.mark = Some(mark);
    }

    fn start_link(&mut self, target: &CowStr<'_>) {
        let followed = target.starts_with("http://") || target.starts_with("https://");
        let plain = !target.contains(['<', '>', ' ', '\n', '\\']);
        if followed && plain && self.image == 0 {
            self.link = Some(target.to_string());
            self.text.push('[');
        }
    }

    fn end_link(&mut self) {
        if let Some(target) = self.link.take() {
            self.text.push_str("](");
            self.text.push_str(&target.replace('(', "%28").replace(')', "%29"));
            self.text.push(')');
        }
    }

    fn inline_code(&mut self, code: &str) {
        let ticks = "`".repeat(longest_run(code, '`') + 1);
        let pad = match code.starts_with('`') || code.ends_with('`') {
            true => " ",
            false => "",
        };
        let code = format!("{ticks}{pad}{code}{pad}{ticks}");
        self.text
            .extend(code.chars().map(|c| if c == ' ' { UNBREAKABLE } else { c }));
    }

    fn html(&mut self, html: &str) {
        let tag = html.trim().trim_matches(['<', '>', '/', ' ']).to_ascii_lowercase();
        match tag.as_str() {
            "br" => self.text.push('\n'),
            "p" => self.end_block(),
            _ => self.text.push_str(&escape(html.trim_end_matches('\n'))),
        }
    }

    fn end_code(&mut self) {
        let code = self.code.take().unwrap_or_default();
        let fence = fence(&code);
        self.push_line(&format!("{fence}text"));
        for line in code.lines() {
            self.push_line(line);
        }
        self.push_line(&fence);
        self.blank();
    }

    fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        self.push_line(&format!("| {} |", cells.join(" | ")));
    }

    /// Writes the open block as filled lines, and a blank line after it.
    fn end_block(&mut self) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n']);
        if text.is_empty() {
            return;
        }
        for part in text.split('\n').filter(|part| !part.trim().is_empty()) {
            self.fill(part.trim());
        }
        self.blank();
    }

    fn fill(&mut self, text: &str) {
        let width = WIDTH.saturating_sub(self.prefixes.iter().map(String::len).sum::<usize>());
        let mut line = String::new();
        let mut length = 0;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let word = match word.contains(UNBREAKABLE) {
                true => Cow::Owned(word.replace(UNBREAKABLE, " ")),
                false => Cow::Borrowed(word),
            };
            let more = word.chars().count();
            if !line.is_empty() && length + 1 + more > width {
                self.push_line(&line);
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
                line.push_str(&word);
                length += 1 + more;
                continue;
            }
            if word.starts_with("### ") || word.starts_with("#### ") {
                line.push_str(&word);
            } else {
                line.push_str(&guard_start(&word));
            }
            length = line.chars().count();
        }
        if !line.is_empty() {
            self.push_line(&line);
        }
    }

    fn push_line(&mut self, content: &str) {
        let mut line = String::new();
        let own = self.prefixes.len().saturating_sub(usize::from(self.mark.is_some()));
        line.extend(self.prefixes[..own].iter().map(String::as_str));
        if let Some(mark) = self.mark.take() {
            line.push_str(&mark);
        } else {
            line.extend(self.prefixes[own..].iter().map(String::as_str));
        }
        line.push_str(content);
        self.lines.push(line.trim_end().to_owned());
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            let quotes: String = self
                .prefixes
                .iter()
                .filter(|prefix| prefix.starts_with('>'))
                .map(String::as_str)
                .collect();
            self.lines.push(quotes.trim_end().to_owned());
        }
    }
}

/// What a block quote of this kind begins with.
fn alert(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "**Note:**",
        BlockQuoteKind::Tip => "**Tip:**",
        BlockQuoteKind::Important => "**Important:**",
        BlockQuoteKind::Warning => "**Warning:**",
        BlockQuoteKind::Caution => "**Caution:**",
    }
}

/// Fills lines with Markdown of our own, which needs no escaping.
pub(super) fn filled(text: &str) -> Vec<String> {
    let mut writer = Writer {
        text: text.to_owned(),
        ..Writer::default()
    };
    writer.end_block();
    writer.lines.pop();
    writer.lines
}

#[cfg(test)]
mod tests;
