//! What the parser reads of a text -> lines of Markdown that mean to rustdoc what they mean to the parser.

use std::borrow::Cow;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::element::Open;
use super::escape::{UNBREAKABLE, fence, guard_start, in_cell, longest_run};
use crate::text::harmless;

/// Doc lines are filled up to this many characters.
pub(super) const WIDTH: usize = 92;

#[derive(Default)]
pub(super) struct Writer {
    pub(super) lines: Vec<String>,
    /// The inline text of the block that is open.
    pub(super) text: String,
    /// What lines of the open containers begin with.
    pub(super) prefixes: Vec<String>,
    /// The mark of a list item whose first line is still to come.
    mark: Option<String>,
    /// By open list: the next number, and whether it has an item already.
    pub(super) lists: Vec<(Option<u64>, bool)>,
    pub(super) code: Option<String>,
    pub(super) link: Option<String>,
    pub(super) row: Vec<String>,
    image: usize,
    /// The elements of HTML that are open.
    pub(super) html: Vec<Open>,
    /// By open container of Markdown: how many elements were open where it began.
    floors: Vec<usize>,
    /// The HTML block that is being read.
    block: Option<String>,
    /// Whether a cell of a table is open.
    pub(super) cell: bool,
    /// How many marks of Markdown were begun within code of HTML, where they mean nothing.
    marks_in_code: usize,
}

impl Writer {
    /// For text that is one line.
    pub(super) fn of_cell() -> Self {
        Self {
            cell: true,
            ..Self::default()
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => match self.code {
                Some(_) => self.words(&code),
                None => self.inline_code(&code),
            },
            Event::Html(html) => match &mut self.block {
                Some(block) => block.push_str(&html),
                None => self.html(&html),
            },
            Event::InlineHtml(html) => self.html(&html),
            Event::SoftBreak | Event::HardBreak if self.code.is_some() => self.words("\n"),
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Rule | Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        let is_inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. });
        if self.code.is_some() && is_inline {
            self.marks_in_code += 1;
            return;
        }
        if !matches!(tag, Tag::Paragraph | Tag::HtmlBlock) {
            self.end_html_code();
        }
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.start_heading(level <= HeadingLevel::H2);
            }
            Tag::CodeBlock(_) => {
                self.end_block();
                self.code = Some(String::new());
            }
            Tag::List(first) => {
                self.end_block();
                self.lists.push((first, false));
            }
            Tag::Item => {
                self.start_item();
                self.floors.push(self.html.len());
            }
            Tag::BlockQuote(kind) => {
                self.end_block();
                self.floors.push(self.html.len());
                self.prefixes.push("> ".to_owned());
                // Which rustdoc does not know, and GitHub does.
                self.text.push_str(kind.map_or("", alert));
            }
            Tag::Emphasis => self.text.push('*'),
            Tag::Strong => self.text.push_str("**"),
            Tag::Link { dest_url, .. } => {
                if self.link.is_some() {
                    self.end_inline();
                }
                self.start_link(&dest_url);
            }
            Tag::Image { .. } => self.image += 1,
            Tag::HtmlBlock => {
                self.end_block();
                self.block = Some(String::new());
            }
            Tag::TableCell => {
                self.cell = true;
                self.floors.push(self.html.len());
            }
            Tag::Table(_) | Tag::Paragraph => self.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) {
            if self.marks_in_code > 0 {
                self.marks_in_code -= 1;
                return;
            }
            self.end_html_code();
        }
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
                self.end_container();
                self.finish_item();
            }
            TagEnd::BlockQuote(_) => {
                self.end_container();
                self.finish_quote();
            }
            TagEnd::Emphasis => self.text.push('*'),
            TagEnd::Strong => self.text.push_str("**"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.image = self.image.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let block = self.block.take().unwrap_or_default();
                self.html(&block);
                self.end_block();
            }
            TagEnd::TableCell => {
                self.end_container();
                self.finish_cell();
            }
            TagEnd::TableHead => self.end_head(),
            TagEnd::TableRow => self.end_row(),
            TagEnd::Table => self.blank(),
            _ => {}
        }
    }

    /// The start of a heading: sections of the text stand below those that the generated documentation has.
    pub(super) fn start_heading(&mut self, is_high: bool) {
        self.text.push_str(if is_high { "###" } else { "####" });
        self.text.push(UNBREAKABLE);
    }

    /// How many elements of HTML are open around the innermost container of Markdown.
    pub(super) fn floor(&self) -> usize {
        self.floors.last().copied().unwrap_or_default()
    }

    /// Ends what HTML has begun within a container of Markdown.
    fn end_container(&mut self) {
        let floor = self.floors.pop().unwrap_or_default();
        self.end_html(floor);
    }

    pub(super) fn finish_item(&mut self) {
        self.end_block();
        self.mark = None;
        self.prefixes.pop();
    }

    pub(super) fn finish_quote(&mut self) {
        self.end_block();
        self.lines.pop_if(|line| line.ends_with('>'));
        self.prefixes.pop();
        self.blank();
    }

    pub(super) fn finish_cell(&mut self) {
        let cell = std::mem::take(&mut self.text).replace(['\n', UNBREAKABLE], " ");
        self.row.push(in_cell(cell.trim()));
        self.cell = false;
    }

    pub(super) fn end_head(&mut self) {
        let columns = self.row.len();
        self.end_row();
        self.push_line(&format!("|{}", " --- |".repeat(columns)));
    }

    pub(super) fn start_item(&mut self) {
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

    pub(super) fn start_link(&mut self, target: &CowStr<'_>) {
        let followed = target.starts_with("http://") || target.starts_with("https://");
        let plain = !target.contains(|c| matches!(c, '<' | '>' | ' ' | '\\') || c != harmless(c));
        if followed && plain && self.image == 0 {
            self.link = Some(target.to_string());
            // an exclamation mark before a link would make an image of it
            if self.text.ends_with('!') {
                self.text.insert(self.text.len() - 1, '\\');
            }
            self.text.push('[');
        }
    }

    pub(super) fn end_link(&mut self) {
        if let Some(target) = self.link.take() {
            // a link without words
            if self.text.ends_with('[') && !self.text.ends_with("\\[") {
                self.text.pop();
                return;
            }
            self.text.push_str("](");
            self.text.push_str(&target.replace('(', "%28").replace(')', "%29"));
            self.text.push(')');
        }
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        // something between them was left out, and backticks in a row are one mark
        if self.text.ends_with('`') {
            self.text.push(' ');
        }
        let ticks = "`".repeat(longest_run(code, '`') + 1);
        let pad = match code.starts_with('`') || code.ends_with('`') {
            true => " ",
            false => "",
        };
        let code = format!("{ticks}{pad}{code}{pad}{ticks}");
        self.text
            .extend(code.chars().map(|c| if c == ' ' { UNBREAKABLE } else { c }));
    }

    pub(super) fn end_code(&mut self) {
        let Some(code) = self.code.take() else {
            return;
        };
        let fence = fence(&code);
        self.push_line(&format!("{fence}text"));
        for line in code.lines() {
            self.push_line(line);
        }
        self.push_line(&fence);
        self.blank();
    }

    pub(super) fn end_row(&mut self) {
        let cells = std::mem::take(&mut self.row);
        self.push_line(&format!("| {} |", cells.join(" | ")));
    }

    /// Writes the open block as filled lines, and a blank line after it.
    pub(super) fn end_block(&mut self) {
        self.end_inline();
        let text = std::mem::take(&mut self.text);
        let text = text.trim_matches([' ', '\n']);
        if text.is_empty() {
            return;
        }
        let mut parts = text
            .split('\n')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .peekable();
        while let Some(part) = parts.next() {
            self.fill(part);
            // a line break of the text (CommonMark, 6.7)
            let goes_on = parts.peek().is_some() && !part.starts_with("###");
            if let Some(line) = self.lines.last_mut().filter(|_| goes_on) {
                line.push('\\');
            }
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

    pub(super) fn blank(&mut self) {
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
